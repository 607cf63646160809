import type {
  ApplicationEvent,
  ApplicationState,
  ApplicationStep,
} from '@youyu/shared/subsidies/application-states'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'

export type Position = {
  versionId: Id
  state: ApplicationState
  steps: ApplicationStep[]
  passed: ApplicationStep[]
  rejectedAt: ApplicationStep | null
}

/** Where these stand: of thousands in a batch a handful of different positions. */
export async function selectPositions(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
): Promise<Position[]> {
  const text = `select distinct version_id as "versionId", state, steps, passed, rejected_at as "rejectedAt"
    from applications where county_code = $1 and id = any ($2::uuid[])`
  return await ask(tx, text, [access.county, ids])
}

export type Target = Position & {
  toState: ApplicationState
  toPassed: readonly ApplicationStep[]
  toRejectedAt: ApplicationStep | null
  dueOn: CivilDate | null
}
/** Columns of hands and days that an event sets. */
export type Marks = Partial<
  Record<
    | 'acceptedOn'
    | 'decidedOn'
    | 'appealUntil'
    | 'townBy'
    | 'countyBy'
    | 'cityBy'
    | 'rejectedBy'
    | 'reconsideredBy',
    string | null
  >
> & { missing?: readonly string[]; nextRound?: boolean }
const marked = {
  acceptedOn: ['accepted_on', 'date'],
  decidedOn: ['decided_on', 'date'],
  appealUntil: ['appeal_until', 'date'],
  townBy: ['town_by', 'uuid'],
  countyBy: ['county_by', 'uuid'],
  cityBy: ['city_by', 'uuid'],
  rejectedBy: ['rejected_by', 'uuid'],
  reconsideredBy: ['reconsidered_by', 'uuid'],
} as const

export type Told = {
  event: ApplicationEvent
  step: ApplicationStep | null
  items?: readonly string[]
  reasonCipher?: Buffer | null
  batchId?: Id | null
}

/** Moves applications from where they stand to where their positions lead, and appends what was done, in one statement. */
export async function moveApplications(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  targets: readonly Target[],
  { told, marks, on, at }: { told: Told; marks: Marks; on: CivilDate; at: Date },
): Promise<Id[]> {
  const bound = new Bound()
  const set = Object.entries(marked).flatMap(([field, [column, type]]) =>
    field in marks ? [`${column} = ${bound.bind(marks[field as keyof typeof marked])}::${type}`] : [],
  )
  if (marks.missing) set.push(`missing = ${bound.bind(marks.missing)}::text[]`)
  if (marks.nextRound) set.push('round = a.round + 1')
  const day = bound.bind(on)
  const moment = bound.bind(at)
  const county = bound.bind(access.county)
  const text = `with target as (
      select * from jsonb_to_recordset(${bound.bind(JSON.stringify(targets))}::jsonb) as t ("versionId" uuid, state text, steps text[],
        passed text[], "rejectedAt" text, "toState" text, "toPassed" text[], "toRejectedAt" text, "dueOn" date)
    ), moved as (
      update applications a set state = t."toState", passed = t."toPassed", rejected_at = t."toRejectedAt", state_since = ${day}::date,
        due_on = least(t."dueOn", case when t."dueOn" is not null then a.overall_due_on end), updated_at = ${moment}::timestamptz,
        version = a.version + 1${set.map((one) => `, ${one}`).join('')}
      from target t, applications o
      where a.county_code = ${county} and a.id = any (${bound.bind(ids)}::uuid[]) and o.county_code = ${county} and o.id = a.id
        and a.version_id = t."versionId" and a.state = t.state and a.steps = t.steps and a.passed = t.passed
      returning a.id, a.division_code, a.round, a.version, a.state as to_state, o.state as from_state, o.due_on
    ), written as (
      insert into application_reviews (county_code, id, application_id, division_code, round, sequence, event, step, from_state, to_state,
        items, reason_cipher, due_on, done_on, batch_id, recorded_at, recorded_by)
      select ${county}, app.derived_id('application review ' || m.id || ' ' || m.version), m.id, m.division_code, m.round, m.version,
        ${bound.bind(told.event)}, ${bound.bind(told.step)}, m.from_state, m.to_state, ${bound.bind(told.items ?? [])}::text[],
        ${bound.bind(told.reasonCipher ?? null)}::bytea, m.due_on, ${day}::date, ${bound.bind(told.batchId ?? null)}::uuid,
        ${moment}::timestamptz, ${bound.bind(access.actorId)}
      from moved m
    )
    select id from moved`
  const rows = await ask<{ id: Id }>(tx, text, bound.values)
  return rows.map(({ id }) => id)
}
