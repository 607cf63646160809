import type { EventPreview } from '@youyu/shared/population/event-preview'
import type {
  ChangedPregnancy,
  listPregnancies,
  Pregnancy,
  PregnancyRow,
} from '@youyu/shared/population/pregnancies'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  encipherSensitive,
  mayReadSensitive,
  sensitiveOf,
  shownPregnancy,
  shownRow,
  type KeptPregnancy,
} from './pregnancy-row.ts'
import {
  findPregnancy,
  isOrganisation,
  lockPregnancy,
  restateVisits,
  selectPregnancies,
  updatePregnancy,
} from './queries.ts'
import { dateFaults, withExpectedDay, type Dated, type Dates, type Fault } from './rules.ts'

type Asked = z.output<(typeof listPregnancies)['schema']['querystring']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<PregnancyRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectPregnancies(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownRow(row, access),
    (row) => [row.expectedOn, row.id],
  )
}

/** What is L4 is told to the treating clinician alone, and that it was told is written with it. */
export async function readPregnancy(office: Office, access: Access, id: string): Promise<Pregnancy> {
  const at = office.now()
  if (mayReadSensitive(access))
    return await transaction(office.db, withoutKey(access), (tx) => tell(tx, office, access, id, at))
  const pregnancy = await reading(office.db, access, (tx) => shown(tx, office, access, id))
  const division = pregnancy.division.code
  office.views.note(access, { action: 'view', entity: 'pregnancy', entityId: id, division })
  return pregnancy
}

/** Answers that carry L4 are not kept under an idempotency key: what is kept is which record to read. */
export function withoutKey({ idempotency: _, ...access }: Access): Access {
  return access
}

/** A pregnancy as the reader may see it; a telling of L4 is recorded. */
export async function tell(
  tx: Transaction,
  office: Office,
  access: Access,
  id: string,
  at: Date,
): Promise<Pregnancy> {
  const pregnancy = await shown(tx, office, access, id)
  if (pregnancy.sensitive) await recordTelling(tx, access, pregnancy.division.code, id, at)
  return pregnancy
}

export async function recordTelling(
  tx: Transaction,
  access: Access,
  division: string,
  id: string,
  at: Date,
): Promise<void> {
  const fields = ['sensitive']
  const deed = {
    action: 'view',
    entity: 'pregnancy',
    entityId: id,
    division,
    fields,
    purpose: 'SERVICE',
  } as const
  await record(tx, access, deed, at)
}

async function shown(tx: Transaction, office: Office, access: Access, id: string): Promise<Pregnancy> {
  const row = await findPregnancy(tx, access, id)
  if (!row) throw new Refused('not-found')
  return shownPregnancy(office, row, access)
}

export function previewOf(before: Pregnancy | null, after: Pregnancy): EventPreview {
  const fields = ['status', 'expectedOn', 'riskColour', 'endedOn'] as const
  return {
    changes: fields.flatMap((field) => {
      const [was, is] = [before?.[field] ?? null, after[field]]
      if (was === is) return []
      return [
        {
          entity: 'pregnancy' as const,
          id: after.id,
          label: after.woman.name,
          field,
          before: was,
          after: is,
        },
      ]
    }),
    book: [],
    findings: after.findings,
  }
}

export function checkedDates(dates: Dates, today: string): Dated {
  const dated = withExpectedDay(dates)
  if (Array.isArray(dated)) throw new Refused('invalid-request', { errors: dated })
  refuseAny(dateFaults(dated, today))
  return dated
}

export function refuseAny(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Refused('invalid-request', { errors: [...faults] })
}

/** A pregnancy for a change against the version that the officer saw. */
export async function pregnancyAt(
  tx: Transaction,
  access: Access,
  id: string,
  version: number,
): Promise<KeptPregnancy> {
  const [, pregnancy] = await Promise.all([lockPregnancy(tx, access, id), findPregnancy(tx, access, id)])
  if (!pregnancy || pregnancy.voidedAt) throw new Refused('not-found')
  assertVersion(version, pregnancy.version)
  return pregnancy
}

export async function patchPregnancy(
  office: Office,
  access: Access,
  id: string,
  version: number,
  patch: ChangedPregnancy,
): Promise<Pregnancy> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const before = await pregnancyAt(tx, access, id, version)
    const { isPurple, intention, registeredOrganisationId, ...plain } = patch
    const changed = { ...before, ...plain } as KeptPregnancy
    if (registeredOrganisationId !== undefined) changed.organisationId = registeredOrganisationId
    const dates = checkedDates({ ...changed, ...expectation(before, patch) }, todayOf(at))
    if (registeredOrganisationId && !(await isOrganisation(tx, registeredOrganisationId)))
      throw Refused.field('/registeredOrganisationId', 'not-found')
    const kept = sensitiveOf(office, access.county, before)
    const sensitive = {
      ...kept,
      ...(isPurple !== undefined && { isPurple }),
      ...(intention !== undefined && { intention }),
    }
    await Promise.all([
      updatePregnancy(
        tx,
        access,
        {
          ...changed,
          ...dates,
          sensitiveCipher: encipherSensitive(office, access.county, id, sensitive),
        },
        at,
      ),
      restateVisits(tx, access, id, dates.expectedOn),
      record(
        tx,
        access,
        {
          action: 'change',
          entity: 'pregnancy',
          entityId: id,
          division: before.divisionCode,
          fields: Object.keys(patch),
        },
        at,
      ),
    ])
    return await tell(tx, office, access, id, at)
  })
}

/** What now says when the child is expected: the day given, or the last menstruation given, or what said so before. */
function expectation(
  before: KeptPregnancy,
  { expectedOn, expectedBasis, lastMenstruationOn }: ChangedPregnancy,
): Pick<Dates, 'expectedOn' | 'expectedBasis'> {
  if (expectedOn) return { expectedOn, expectedBasis: expectedBasis ?? null }
  const basis = expectedBasis ?? before.expectedBasis
  const isRecounted = basis === 'LMP' && (lastMenstruationOn !== undefined || expectedBasis !== undefined)
  return { expectedOn: isRecounted ? null : before.expectedOn, expectedBasis: basis }
}

/** Whether an infectious disease stands beside the colour (L4), as the assessment of a visit found it. */
export async function keepPurple(
  tx: Transaction,
  office: Office,
  access: Access,
  id: string,
  isPurple: boolean,
  at: Date,
): Promise<void> {
  const row = await findPregnancy(tx, access, id)
  if (!row) throw new Refused('not-found')
  const sensitive = sensitiveOf(office, access.county, row)
  if ((sensitive.isPurple ?? false) === isPurple) return
  const sensitiveCipher = encipherSensitive(office, access.county, id, { ...sensitive, isPurple })
  await updatePregnancy(tx, access, { ...row, sensitiveCipher }, at)
}
