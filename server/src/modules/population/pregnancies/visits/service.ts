import { endFact } from '../../queries-facts.ts'
import type {
  AntenatalVisit,
  correctAntenatalVisit,
  NewAntenatalVisit,
} from '@youyu/shared/population/antenatal-visits'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { mayReadSensitive, type KeptPregnancy } from '../pregnancy-row.ts'
import { findPregnancy, lockPregnancy } from '../queries.ts'
import { gestationOn } from '../rules.ts'
import { recordTelling, withoutKey } from '../service.ts'
import {
  countOrganisations,
  findLatestColour,
  findVisit,
  followVisits,
  insertVisit,
  selectVisits,
  type KeptVisit,
  type VisitRecord,
} from './queries.ts'
import { trimesterOf, visitFaults, visitFindings } from './rules.ts'

type Correction = z.output<(typeof correctAntenatalVisit)['schema']['body']>

/** What is to be done to the visits of a pregnancy. */
type Wish =
  | { kind: 'record'; body: NewAntenatalVisit }
  | ({ kind: 'correct'; visitId: string } & Correction)
  | { kind: 'void'; visitId: string; reason: string }

export async function listVisits(
  office: Office,
  access: Access,
  pregnancyId: string,
  withVoided: boolean,
): Promise<{ items: AntenatalVisit[] }> {
  return await transaction(office.db, access, async (tx) => {
    const pregnancy = await treated(tx, access, pregnancyId)
    const [visits] = await Promise.all([
      selectVisits(tx, access, pregnancyId, withVoided),
      recordTelling(tx, access, pregnancy.divisionCode, pregnancyId, office.now()),
    ])
    return { items: visits.map(shownVisit) }
  })
}

export async function previewWish(
  office: Office,
  access: Access,
  pregnancyId: string,
  wish: Wish,
): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const before = await treated(tx, access, pregnancyId)
    const id = await carryOut(tx, access, pregnancyId, wish, at)
    const [after, visit] = await Promise.all([
      treated(tx, access, pregnancyId),
      findVisit(tx, access, pregnancyId, id),
    ])
    return previewOf(before, after, visit as KeptVisit)
  })
}

/** The answer carries L4 and is read anew, also the second time. */
export async function applyWish(
  office: Office,
  access: Access,
  pregnancyId: string,
  wish: Wish,
): Promise<AntenatalVisit> {
  const at = office.now()
  const id = await transaction(office.db, access, (tx) => carryOut(tx, access, pregnancyId, wish, at))
  return await transaction(office.db, withoutKey(access), async (tx) => {
    const pregnancy = await treated(tx, access, pregnancyId)
    const [visit] = await Promise.all([
      findVisit(tx, access, pregnancyId, id),
      recordTelling(tx, access, pregnancy.divisionCode, pregnancyId, at),
    ])
    return shownVisit(visit as KeptVisit)
  })
}

/** Visits are read and written by who treats the woman; for anybody else they do not exist (E8). */
async function treated(tx: Transaction, access: Access, id: string): Promise<KeptPregnancy> {
  const pregnancy = mayReadSensitive(access) ? await findPregnancy(tx, access, id) : undefined
  if (!pregnancy || pregnancy.voidedAt) throw new Refused('not-found')
  return pregnancy
}

/** Does what is wished to the visits, and the pregnancy follows. */
export async function carryOut(
  tx: Transaction,
  access: Access,
  pregnancyId: string,
  wish: Wish,
  at: Date,
): Promise<string> {
  const [, pregnancy] = await Promise.all([
    lockPregnancy(tx, access, pregnancyId),
    treated(tx, access, pregnancyId),
  ])
  const earlier = wish.kind === 'record' ? null : await standing(tx, access, pregnancyId, wish.visitId)
  if (earlier && wish.kind !== 'record')
    await endFact(tx, access, 'antenatal_visits', { id: earlier.id, reason: wish.reason, at })
  const visit =
    wish.kind === 'void'
      ? null
      : visitOf(
          pregnancy,
          wish.kind === 'record'
            ? wish.body
            : ({ ...said(earlier as KeptVisit), ...wish.set } as NewAntenatalVisit),
          at,
        )
  if (visit) await enter(tx, access, pregnancy, visit, earlier?.id ?? null, at)
  const colour = (await findLatestColour(tx, access, pregnancyId)) ?? pregnancy.riskColour
  await followVisits(tx, access, pregnancyId, colour, visit !== null, at)
  const id = visit?.id ?? (earlier as KeptVisit).id
  await record(
    tx,
    access,
    {
      action: wish.kind === 'record' ? 'create' : 'correct',
      entity: 'antenatal-visit',
      entityId: id,
      division: pregnancy.divisionCode,
      ...(wish.kind !== 'record' && { reason: wish.reason }),
    },
    at,
  )
  return id
}

async function standing(
  tx: Transaction,
  access: Access,
  pregnancyId: string,
  visitId: string,
): Promise<KeptVisit> {
  const visit = await findVisit(tx, access, pregnancyId, visitId)
  if (!visit) throw new Refused('not-found')
  if (visit.voidedAt) throw new Refused('conflict')
  return visit
}

async function enter(
  tx: Transaction,
  access: Access,
  pregnancy: KeptPregnancy,
  visit: VisitRecord,
  replaces: string | null,
  at: Date,
): Promise<void> {
  const faults = visitFaults(visit, pregnancy, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const named = new Set([visit.organisationId, visit.referredToId].filter((id) => id !== null))
  if (named.size > 0 && (await countOrganisations(tx, [...named])) < named.size)
    throw Refused.field('/organisationId', 'not-found')
  await insertVisit(tx, access, visit, replaces, at)
}

function visitOf(pregnancy: KeptPregnancy, body: NewAntenatalVisit, at: Date): VisitRecord {
  const { occurredOn } = body
  return {
    id: newId(at.getTime()),
    pregnancyId: pregnancy.id,
    occurredOn,
    gestationDays: gestationOn(pregnancy.expectedOn, occurredOn),
    organisationId: body.organisationId ?? null,
    systolic: body.systolic ?? null,
    diastolic: body.diastolic ?? null,
    weightKilograms: body.weightKilograms ?? null,
    fundalHeightCentimetres: body.fundalHeightCentimetres ?? null,
    fetalHeartRate: body.fetalHeartRate ?? null,
    haemoglobin: body.haemoglobin ?? null,
    urineProtein: body.urineProtein ?? null,
    riskColour: body.riskColour ?? pregnancy.riskColour,
    nextOn: body.nextOn ?? null,
    referredToId: body.referredToId ?? null,
  }
}

/** What an earlier visit said, as a body. */
function said(visit: KeptVisit): NewAntenatalVisit {
  const { occurredOn, organisationId, systolic, diastolic, weightKilograms, fundalHeightCentimetres } = visit
  const { fetalHeartRate, haemoglobin, urineProtein, riskColour, nextOn, referredToId } = visit
  return {
    ...{ occurredOn, organisationId, systolic, diastolic, weightKilograms, fundalHeightCentimetres },
    ...{ fetalHeartRate, haemoglobin, urineProtein, riskColour, nextOn, referredToId },
  }
}

function previewOf(before: KeptPregnancy, after: KeptPregnancy, visit: KeptVisit): EventPreview {
  const label = after.womanName ?? '*'
  const told = (['status', 'riskColour'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      entity: 'pregnancy' as const,
      id: after.id,
      label,
      field,
      before: before[field],
      after: after[field],
    }))
  const own = {
    entity: 'event' as const,
    id: visit.id,
    label,
    field: 'occurredOn',
    before: visit.voidedAt ? visit.occurredOn : null,
    after: visit.voidedAt ? null : visit.occurredOn,
  }
  return { changes: [own, ...told], book: [], findings: visitFindings(visit.gestationDays) }
}

function shownVisit(visit: KeptVisit): AntenatalVisit {
  const { organisationId, organisationName, referredToId, referredToName, ...rest } = visit
  const named = (id: string | null, name: string | null) => (id && name ? { id, name } : null)
  return {
    ...rest,
    trimester: trimesterOf(visit.gestationDays),
    organisation: named(organisationId, organisationName),
    referredTo: named(referredToId, referredToName),
    recordedAt: visit.recordedAt.toISOString(),
    voidedAt: visit.voidedAt?.toISOString() ?? null,
    findings: visitFindings(visit.gestationDays),
  }
}
