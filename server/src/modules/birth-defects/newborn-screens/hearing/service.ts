import type { z } from 'zod'
import type {
  HearingScreen,
  NewHearingScreen,
  correctHearingScreen,
} from '@youyu/shared/birth-defects/hearing-screens'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction } from '../../../contraception/index.ts'
import { childOf, opened, sealed } from '../../cells.ts'
import { recordLinks, type LinkEvent } from '../../chains/index.ts'
import type { Named } from '../../queries-facts.ts'
import { parametersOn } from '../../screening-parameters/index.ts'
import { keptScreens } from '../kept-screens.ts'
import { proposeFound } from '../proposing.ts'
import { ageOnDay, newbornOf, rowOf } from '../newborn.ts'
import { hearings, type HearingRow } from './queries.ts'
import { heard, hearingFaults } from './rules.ts'

function shown(office: Office, access: Access, row: HearingRow & Named): HearingScreen {
  const { id, chainId, stage, occurredOn, ageDays, method, left, right, outcome, dueBy, diagnosisCodes } = row
  return {
    ...{ id, child: childOf(row), chainId, stage, occurredOn, ageDays, method, left, right, outcome, dueBy },
    ...{ diagnosisCodes, voidReason: row.voidReason, replaces: row.replaces },
    note: opened(office, access, id, row.noteCipher),
    isOurs: row.facilityId === access.facility,
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export const hearingScreens = keptScreens('hearing-screen', hearings, shown)

function linksOf(
  id: Id,
  row: Pick<HearingRow, 'chainId' | 'childId' | 'stage' | 'outcome' | 'occurredOn'>,
): LinkEvent[] {
  if (!row.chainId) return []
  const item = {
    chainId: row.chainId,
    item: 'HEARING' as const,
    childId: row.childId,
    on: row.occurredOn,
    recordId: id,
  }
  if (row.stage === 'FIRST')
    return [
      { ...item, event: 'DONE' },
      ...(row.outcome === 'REFER' ? [{ ...item, event: 'POSITIVE' as const }] : []),
    ]
  const isEnd = row.outcome === 'PASS' || row.outcome === 'NORMAL' || row.stage === 'INTERVENTION'
  return isEnd ? [{ ...item, event: 'FOLLOWED' }] : []
}

async function recordIn(
  tx: Transaction,
  office: Office,
  access: Access,
  given: NewHearingScreen,
  at: Date,
  replaces: Id | null = null,
): Promise<Id> {
  const newborn = await newbornOf(tx, access, given.childId, given.occurredOn, at)
  const faults = hearingFaults(given, newborn.bornOn, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const set = await parametersOn(tx, access, given.occurredOn)
  const id = newId(at.getTime())
  const { stage, occurredOn, method, left = null, right = null } = given
  const { outcome, dueBy } = heard(given, newborn.bornOn, set)
  await hearings.insert(
    tx,
    access,
    {
      ...{ id, ...rowOf(newborn), stage, occurredOn, ageDays: ageOnDay(newborn.bornOn, occurredOn), method },
      ...{ leftEar: left, rightEar: right, outcome, dueBy, diagnosisCodes: given.diagnosisCodes ?? [] },
      ...{ noteCipher: sealed(office, access, id, given.note ?? null), replaces },
    },
    at,
  )
  await recordLinks(tx, access, linksOf(id, { ...newborn, stage, outcome, occurredOn }), at)
  if (outcome === 'LOSS')
    await proposeFound(tx, office, access, newborn, {
      codes: given.diagnosisCodes ?? [],
      basis: 'CLINICAL',
      on: occurredOn,
    })
  return id
}

export async function recordHearing(
  office: Office,
  access: Access,
  body: NewHearingScreen,
): Promise<HearingScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const id = await recordIn(tx, office, access, body, at)
    await record(
      tx,
      access,
      careDeed(office, body.childId, 'create', 'hearing-screen', { fields: [body.stage] }),
      at,
    )
    return await hearingScreens.told(tx, office, access, id)
  })
}

const findings = ['NORMAL', 'LOSS', 'UNCERTAIN'] as const

export async function correctHearing(
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: z.output<(typeof correctHearingScreen)['schema']['body']>,
): Promise<HearingScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await hearingScreens.takeBack(tx, access, id, reason, at)
    const { childId, stage, occurredOn, method, left, right, diagnosisCodes } = before
    const written: NewHearingScreen = {
      ...{ childId, stage, occurredOn, method, left, right, diagnosisCodes },
      finding: findings.find((finding) => finding === before.outcome) ?? null,
      note: opened(office, access, id, before.noteCipher),
    }
    const replacement = await recordIn(tx, office, access, { ...written, ...set } as NewHearingScreen, at, id)
    const fields = Object.keys(set)
    await record(tx, access, careDeed(office, childId, 'correct', 'hearing-screen', { fields }), at)
    return await hearingScreens.told(tx, office, access, replacement)
  })
}
