import type { PositiveState, ScreenKind } from '@youyu/shared/birth-defects/prenatal-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import { factsOf, type Kept } from '../queries-facts.ts'
import { screenPositives, screenPositiveSteps } from './tables.ts'

export type CaseRow = Kept & {
  screenId: Id
  chainId: Id
  womanId: Id
  kind: ScreenKind
  flagged: string[]
  openedOn: CivilDate
  expectedOn: CivilDate | null
  state: PositiveState
  stateOn: CivilDate
  dueBy: CivilDate | null
  closedOn: CivilDate | null
  outcome: string | null
  version: number
}
export const cases = factsOf<CaseRow>(screenPositives, 'womanId')

export type StepRow = Kept & {
  caseId: Id
  chainId: Id
  womanId: Id
  ordinal: number
  fromState: PositiveState
  toState: PositiveState
  occurredOn: CivilDate
  mode: string | null
  counsellor: string | null
  options: string[]
  diagnosisId: Id | null
  terminationId: Id | null
  referredTo: string | null
  outcome: string | null
  noteCipher: Buffer | null
}
export const steps = factsOf<StepRow>(screenPositiveSteps, 'womanId')

export async function selectHolidays(
  tx: Transaction,
  from: CivilDate,
  to: CivilDate,
): Promise<Map<CivilDate, boolean>> {
  const rows = await ask<{ day: CivilDate; isWorkday: boolean }>(
    tx,
    'select day, is_workday as "isWorkday" from holidays where day between $1 and $2',
    [from, to],
  )
  return new Map(rows.map(({ day, isWorkday }) => [day, isWorkday]))
}

export type NewCase = Pick<
  CaseRow,
  'id' | 'screenId' | 'chainId' | 'womanId' | 'kind' | 'flagged' | 'openedOn' | 'expectedOn' | 'dueBy'
> & { divisionCode: string }

/** One for each screen, whoever reports it twice. */
export async function insertCases(
  tx: Transaction,
  { county, facility, actorId }: Access,
  rows: readonly NewCase[],
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into screen_positives (county_code, id, screen_id, chain_id, woman_id, facility_id, division_code, kind, flagged, opened_on,
       expected_on, state, state_on, due_by, recorded_at, recorded_by, source, updated_at, version)
     select $1, n.id, n."screenId", n."chainId", n."womanId", $2, n."divisionCode", n.kind, n.flagged, n."openedOn", n."expectedOn",
       'RESULT_HIGH', n."openedOn", n."dueBy", $5, $4, 'MANUAL', $5, 1
     from jsonb_to_recordset($3::jsonb) as n (id uuid, "screenId" uuid, "chainId" uuid, "womanId" uuid, "divisionCode" text, kind text,
       flagged text[], "openedOn" date, "expectedOn" date, "dueBy" date)
     on conflict do nothing`,
    [county, facility, JSON.stringify(rows), actorId, at],
  )
}

/** Cases of these screens, with the steps that were taken. */
export async function voidOfScreens(
  tx: Transaction,
  { county, facility, actorId }: Access,
  screenIds: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `with gone as (
       update screen_positives c set voided_at = $4, voided_by = $5, void_reason = $6, updated_at = $4, version = c.version + 1
       where c.county_code = $1 and c.facility_id = $2 and c.screen_id = any($3) and c.voided_at is null
       returning c.id)
     update screen_positive_steps s set voided_at = $4, voided_by = $5, void_reason = $6
     from gone g where s.county_code = $1 and s.facility_id = $2 and s.case_id = g.id and s.voided_at is null`,
    [county, facility, screenIds, at, actorId, reason],
  )
}

export type DiagnosisFound = { chainId: Id; performedOn: CivilDate | null; result: string | null; id: Id }

export async function findDiagnosis(
  tx: Transaction,
  { county }: Access,
  womanId: Id,
  id: Id,
): Promise<DiagnosisFound | undefined> {
  const [row] = await ask<DiagnosisFound>(
    tx,
    `select id, chain_id as "chainId", performed_on as "performedOn", result from prenatal_diagnoses
     where county_code = $1 and id = $2 and woman_id = $3 and voided_at is null`,
    [county, id, womanId],
  )
  return row
}

export async function findTermination(
  tx: Transaction,
  { county }: Access,
  womanId: Id,
  id: Id,
): Promise<{ performedOn: CivilDate | null } | undefined> {
  const [row] = await ask<{ performedOn: CivilDate | null }>(
    tx,
    `select performed_on as "performedOn" from medical_terminations
     where county_code = $1 and id = $2 and woman_id = $3 and voided_at is null`,
    [county, id, womanId],
  )
  return row
}
