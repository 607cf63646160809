import type { ApplicationState, ApplicationStep } from '@youyu/shared/subsidies/application-states'
import type { ApplicationChannel } from '@youyu/shared/subsidies/application-case'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import { hasAccount, isKnownByNumber } from './queries-evidence.ts'

export type FiledRow = {
  id: Id
  subjectId: Id
  applicantId: Id
  payeeId: Id
  accountId: Id | null
  missing: readonly string[]
  isMet: boolean | null
  level: string
}
export type FiledSet = {
  programme: string
  versionId: Id
  steps: readonly ApplicationStep[]
  channel: ApplicationChannel
  claimYear: number
  state: Extract<ApplicationState, 'DRAFT' | 'SUBMITTED'>
  dueOn: CivilDate | null
  overallDueOn: CivilDate | null
  agentId: Id | null
  authorisation: string | null
  authorisedOn: CivilDate | null
  filedOn: CivilDate
  source: string
  sourceRef: string | null
}

/**
 * Files many at once, each with its number: those of the area whose village is known, who neither ask for the same already
 * nor were given it.
 */
export async function insertApplications(
  tx: Transaction,
  access: Access,
  set: FiledSet,
  rows: readonly FiledRow[],
  at: Date,
): Promise<{ id: Id; subjectId: Id; number: string }[]> {
  const bound = new Bound()
  const of = (values: unknown, type: string) => `${bound.bind(values)}::${type}`
  const county = bound.bind(access.county)
  const programme = of(set.programme, 'text')
  const claimYear = of(set.claimYear, 'smallint')
  const state = of(set.state, 'text')
  const day = of(set.filedOn, 'date')
  const moment = of(at, 'timestamptz')
  const actor = of(access.actorId, 'uuid')
  const standing =
    set.claimYear > 0
      ? `not exists (select from applications o where o.county_code = ${county} and o.programme = ${programme} and o.subject_id = k.subject_id
          and o.claim_year = ${claimYear} and o.state in ('CONFIRMED', 'BENEFICIARY_ACTIVE'))`
      : `not exists (select from beneficiaries b where b.county_code = ${county} and b.programme = ${programme} and b.person_id = k.subject_id
          and b.state in ('ACTIVE', 'SUSPENDED'))`
  const text = `with asked as (
      select * from unnest(${of(
        rows.map(({ id }) => id),
        'uuid[]',
      )}, ${of(
        rows.map(({ subjectId }) => subjectId),
        'uuid[]',
      )},
        ${of(
          rows.map(({ applicantId }) => applicantId),
          'uuid[]',
        )}, ${of(
          rows.map(({ payeeId }) => payeeId),
          'uuid[]',
        )},
        ${of(
          rows.map(({ accountId }) => accountId),
          'uuid[]',
        )}, ${of(
          rows.map(({ missing }) => missing.join(',')),
          'text[]',
        )},
        ${of(
          rows.map(({ isMet }) => isMet),
          'boolean[]',
        )}, ${of(
          rows.map(({ level }) => level),
          'text[]',
        )})
        with ordinality as k (id, subject_id, applicant_id, payee_id, account_id, missing, is_met, level, place)
    ), fit as (
      select k.*, p.hukou_division, row_number() over (order by k.place) as seq
      from asked k join persons p on p.county_code = ${county} and p.id = k.subject_id
      where ${within(bound, 'p.hukou_division', access.prefixes)} and p.status in ('ACTIVE', 'SUSPECT_DUP')
        and not exists (select from applications o where o.county_code = ${county} and o.programme = ${programme} and o.subject_id = k.subject_id
          and o.applicant_id = k.applicant_id and o.claim_year = ${claimYear}
          and o.state not in ('CONFIRMED', 'BENEFICIARY_ACTIVE', 'REJECTED', 'UPHELD', 'WITHDRAWN'))
        and ${standing}
    ), counted as (
      insert into application_numbers (county_code, programme, year, last_number)
      select ${county}, ${programme}, extract(year from ${day})::smallint, count(*)::int from fit having count(*) > 0
      on conflict (county_code, programme, year) do update set last_number = application_numbers.last_number + excluded.last_number
      returning last_number
    ), filed as (
      insert into applications (county_code, id, number, programme, version_id, subject_id, payee_id, applicant_id, agent_id, authorisation,
        authorised_on, channel, claim_year, division_code, state, state_since, due_on, overall_due_on, steps, passed, round, missing, is_met,
        level, account_id, filed_on, filed_by, source, source_ref, recorded_at, updated_at, version)
      select ${county}, f.id, ${programme} || '-' || ${county}::text || '-' || extract(year from ${day})::text || '-' ||
          lpad((c.last_number - (select count(*) from fit) + f.seq)::text, 6, '0'),
        ${programme}, ${of(set.versionId, 'uuid')}, f.subject_id, f.payee_id, f.applicant_id, ${of(set.agentId, 'uuid')},
        ${of(set.authorisation, 'text')}, ${of(set.authorisedOn, 'date')}, ${of(set.channel, 'text')}, ${claimYear}, f.hukou_division, ${state},
        ${day}, ${of(set.dueOn, 'date')}, ${of(set.overallDueOn, 'date')}, ${of(set.steps, 'text[]')}, '{}', 0,
        case when f.missing = '' then '{}'::text[] else array(select m from unnest(string_to_array(f.missing, ',')) m
          where not (m = 'ACCOUNT_PROOF' and ${hasAccount(county, 'f.payee_id')})
            and not (m = 'ID_CARD' and ${of(set.channel, 'text')} = 'AUTO_PROPOSED' and ${isKnownByNumber(county, 'f.payee_id')})) end, f.is_met, f.level, f.account_id, ${day}, ${actor},
        ${of(set.source, 'text')}, ${of(set.sourceRef, 'text')}, ${moment}, ${moment}, 1
      from fit f, counted c
      on conflict do nothing
      returning id, subject_id, number, division_code
    ), written as (
      insert into application_reviews (county_code, id, application_id, division_code, round, sequence, event, from_state, to_state, items,
        due_on, done_on, recorded_at, recorded_by)
      select ${county}, app.derived_id('application review ' || id || ' 1'), id, division_code, 0, 1, 'SUBMIT', null, ${state}, '{}', null,
        ${day}, ${moment}, ${actor} from filed where ${state} <> 'DRAFT'
    )
    select id, subject_id as "subjectId", number from filed`
  return await ask(tx, text, bound.values)
}

export type SeenPaper = { type: string; document?: string | undefined; issuer?: string | undefined }
export async function insertEvidence(
  tx: Transaction,
  access: Access,
  { applicationId, divisionCode, on }: { applicationId: Id; divisionCode: string; on: CivilDate },
  papers: readonly (SeenPaper & { id: Id })[],
  at: Date,
): Promise<void> {
  for (const { id, type, document, issuer } of papers)
    await insertRow(tx, 'application_evidence', {
      ...{ countyCode: access.county, id, applicationId, divisionCode, type, manner: 'SEEN' },
      ...{ document: document ?? null, issuer: issuer ?? null, seenOn: on },
      ...{ recordedAt: at, recordedBy: access.actorId },
    })
}

const settable = {
  declarationCipher: 'declaration_cipher',
  accountId: 'account_id',
  authorisation: 'authorisation',
  authorisedOn: 'authorised_on',
  missing: 'missing',
  isMet: 'is_met',
  level: 'level',
} as const
export async function updateApplication(
  tx: Transaction,
  access: Access,
  id: Id,
  set: Partial<Record<keyof typeof settable, unknown>>,
  at: Date,
): Promise<void> {
  const bound = new Bound()
  const changes = Object.entries(set).map(
    ([field, value]) => `${settable[field as keyof typeof settable]} = ${bound.bind(value)}`,
  )
  if (changes.length === 0) return
  const text = `update applications set ${changes.join(', ')}, updated_at = ${bound.bind(at)}, version = version + 1
    where county_code = ${bound.bind(access.county)} and id = ${bound.bind(id)}`
  await ask(tx, text, bound.values)
}

export type NewDecision = {
  id: Id
  applicationId: Id
  step: string
  event: string
  versionId: Id
  asOf: CivilDate
  isMet: boolean
  level: string
  failing: readonly string[]
  factsCipher: Buffer
}
/** Decisions of many, each with the facts it stood on. */
export async function insertDecisions(
  tx: Transaction,
  access: Access,
  decisions: readonly NewDecision[],
  on: CivilDate,
  at: Date,
): Promise<void> {
  const bound = new Bound()
  const of = <Field extends keyof NewDecision>(field: Field, type: string) =>
    `${bound.bind(decisions.map((decision) => decision[field]))}::${type}[]`
  const text = `insert into application_decisions (county_code, id, application_id, division_code, round, step, event, programme, version_id,
      as_of, is_met, level, failing, facts_cipher, decided_on, recorded_at, recorded_by)
    select a.county_code, k.id, a.id, a.division_code, a.round, k.step, k.event, a.programme, k.version_id, k.as_of, k.is_met, k.level,
      case when k.failing = '' then '{}'::text[] else string_to_array(k.failing, ',') end, k.facts, ${bound.bind(on)}::date,
      ${bound.bind(at)}::timestamptz, ${bound.bind(access.actorId)}
    from unnest(${of('id', 'uuid')}, ${of('applicationId', 'uuid')}, ${of('step', 'text')}, ${of('event', 'text')}, ${of('versionId', 'uuid')},
      ${of('asOf', 'date')}, ${of('isMet', 'boolean')}, ${of('level', 'text')},
      ${bound.bind(decisions.map(({ failing }) => failing.join(',')))}::text[], ${of('factsCipher', 'bytea')})
      as k (id, application_id, step, event, version_id, as_of, is_met, level, failing, facts)
    join applications a on a.county_code = ${bound.bind(access.county)} and a.id = k.application_id`
  await ask(tx, text, bound.values)
}

/** What the rule says of many, kept beside them. */
export async function updateMet(
  tx: Transaction,
  access: Access,
  rows: readonly { id: Id; isMet: boolean; level: string }[],
): Promise<void> {
  const text = `update applications a set is_met = k.is_met, level = k.level
    from unnest($2::uuid[], $3::boolean[], $4::text[]) as k (id, is_met, level)
    where a.county_code = $1 and a.id = k.id and (a.is_met is distinct from k.is_met or a.level <> k.level)`
  await ask(tx, text, [
    access.county,
    rows.map(({ id }) => id),
    rows.map(({ isMet }) => isMet),
    rows.map(({ level }) => level),
  ])
}

export async function insertAppeal(tx: Transaction, row: Record<string, unknown>): Promise<void> {
  await insertRow(tx, 'application_appeals', row)
}

export async function settleAppeal(
  tx: Transaction,
  access: Access,
  applicationId: Id,
  {
    result,
    replyCipher,
    on,
  }: { result: 'UPHELD' | 'REVERSED'; replyCipher: (appealId: Id) => Buffer; on: CivilDate },
): Promise<void> {
  const [open] = await ask<{ id: Id }>(
    tx,
    'select id from application_appeals where county_code = $1 and application_id = $2 and result is null',
    [access.county, applicationId],
  )
  if (!open) return
  await ask(
    tx,
    `update application_appeals set result = $3, reply_cipher = $4, decided_on = $5, decided_by = $6
     where county_code = $1 and id = $2`,
    [access.county, open.id, result, replyCipher(open.id), on, access.actorId],
  )
}
