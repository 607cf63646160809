import type { ApplicationState, ApplicationStep } from '@youyu/shared/subsidies/application-states'
import type { ApplicationChannel } from '@youyu/shared/subsidies/application-case'
import type { EvidenceType } from '@youyu/shared/subsidies/programmes'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { personNamed, within } from '../../population/index.ts'

/** The first gate: applications of the area; the village sees those it is asked about, and those it filed. */
export function ofCounty(bound: Bound, access: Access, alias = 'a'): string {
  const gate = `${alias}.county_code = ${bound.bind(access.county)} and ${within(bound, `${alias}.division_code`, access.prefixes)}`
  if (access.role !== 'village_worker') return gate
  return `${gate} and ('VILLAGE_OPINION' = any (${alias}.steps) or ${alias}.filed_by = ${bound.bind(access.actorId)})`
}

export type ApplicationRecord = {
  id: Id
  number: string
  programme: string
  versionId: Id
  subjectId: Id
  payeeId: Id
  applicantId: Id
  agentId: Id | null
  authorisation: string | null
  authorisedOn: CivilDate | null
  channel: ApplicationChannel
  claimYear: number
  divisionCode: DivisionCode
  state: ApplicationState
  stateSince: CivilDate
  dueOn: CivilDate | null
  overallDueOn: CivilDate | null
  steps: ApplicationStep[]
  passed: ApplicationStep[]
  round: number
  rejectedAt: ApplicationStep | null
  missing: EvidenceType[]
  isMet: boolean | null
  level: string
  accountId: Id | null
  declarationCipher: Buffer | null
  filedOn: CivilDate
  acceptedOn: CivilDate | null
  decidedOn: CivilDate | null
  appealUntil: CivilDate | null
  filedBy: Id
  townBy: Id | null
  countyBy: Id | null
  cityBy: Id | null
  rejectedBy: Id | null
  version: number
}
export type ListedApplication = ApplicationRecord & {
  subjectName: string | null
  subjectBirth: CivilDate | null
  applicantName: string | null
  applicantBirth: CivilDate | null
  payeeName: string | null
  payeeBirth: CivilDate | null
  divisionName: string | null
  programmeZh: string
  programmeEn: string
}

const columns = `a.id, a.number, a.programme, a.version_id as "versionId", a.subject_id as "subjectId", a.payee_id as "payeeId",
  a.applicant_id as "applicantId", a.agent_id as "agentId", a.authorisation, a.authorised_on as "authorisedOn", a.channel,
  a.claim_year as "claimYear", a.division_code as "divisionCode", a.state, a.state_since as "stateSince", a.due_on as "dueOn",
  a.overall_due_on as "overallDueOn", a.steps, a.passed, a.round, a.rejected_at as "rejectedAt", a.missing, a.is_met as "isMet",
  a.level, a.account_id as "accountId", a.declaration_cipher as "declarationCipher", a.filed_on as "filedOn",
  a.accepted_on as "acceptedOn", a.decided_on as "decidedOn", a.appeal_until as "appealUntil", a.filed_by as "filedBy",
  a.town_by as "townBy", a.county_by as "countyBy", a.city_by as "cityBy", a.rejected_by as "rejectedBy", a.version`

const around = (bound: Bound, access: Access) => `
  left join divisions d on d.code = a.division_code and d.valid_to is null
  left join lateral (select name_zh, name_en from programmes q where q.code = a.programme and q.owner_county in (0, a.county_code)
    order by q.owner_county desc limit 1) g on true
  ${personNamed(bound, access, 's', 'a.subject_id')}
  ${personNamed(bound, access, 'w', 'a.applicant_id')}
  ${personNamed(bound, access, 'y', 'a.payee_id')}`
const named = `s.name as "subjectName", s.birth_date as "subjectBirth", w.name as "applicantName", w.birth_date as "applicantBirth",
  y.name as "payeeName", y.birth_date as "payeeBirth", d.name as "divisionName",
  coalesce(g.name_zh, a.programme) as "programmeZh", coalesce(g.name_en, a.programme) as "programmeEn"`

export type ListFilter = {
  division?: DivisionCode | undefined
  programme?: string | undefined
  state?: ApplicationState | undefined
  channel?: ApplicationChannel | undefined
  personId?: Id | undefined
  number?: string | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
}

function conditionsOf(bound: Bound, access: Access, filter: ListFilter): string[] {
  const { division, personId, number, from, to } = filter
  const conditions = [ofCounty(bound, access)]
  if (division) conditions.push(within(bound, 'a.division_code', [prefixOf(division)]))
  for (const field of ['programme', 'state', 'channel'] as const)
    if (filter[field]) conditions.push(`a.${field} = ${bound.bind(filter[field])}`)
  if (personId) {
    const person = bound.bind(personId)
    conditions.push(`(a.subject_id = ${person} or a.applicant_id = ${person} or a.payee_id = ${person})`)
  }
  if (number) conditions.push(`a.number = ${bound.bind(number.toUpperCase())}`)
  if (from) conditions.push(`a.filed_on >= ${bound.bind(from)}`)
  if (to) conditions.push(`a.filed_on <= ${bound.bind(to)}`)
  return conditions
}

/** The latest first. */
export async function selectApplications(
  tx: Transaction,
  access: Access,
  filter: ListFilter,
  after: readonly [string, string] | null,
  limit: number,
): Promise<ListedApplication[]> {
  const bound = new Bound()
  const conditions = conditionsOf(bound, access, filter)
  if (after)
    conditions.push(`(a.filed_on, a.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by a.filed_on desc, a.id desc'
  const text = `select ${columns}, ${named} from (select * from applications a where ${conditions.join(' and ')} ${inOrder} limit ${pageLimit(limit)}) a
    ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

/** What waits at these states, the nearest deadline first. */
export async function selectQueue(
  tx: Transaction,
  access: Access,
  filter: ListFilter & {
    states: readonly ApplicationState[]
    lateOpinions: boolean
    dueBefore?: CivilDate | undefined
  },
  { today, after, limit }: { today: CivilDate; after: readonly [string, string] | null; limit: number },
): Promise<ListedApplication[]> {
  const bound = new Bound()
  const { states, lateOpinions, dueBefore, ...rest } = filter
  const conditions = conditionsOf(bound, access, rest)
  const late = lateOpinions ? ` or (a.state = 'VILLAGE_OPINION' and a.due_on < ${bound.bind(today)})` : ''
  conditions.push(`(a.state = any (${bound.bind(states)}::text[])${late})`)
  if (dueBefore) conditions.push(`a.due_on < ${bound.bind(dueBefore)}`)
  const key = `coalesce(a.due_on, date '9999-12-31')`
  if (after)
    conditions.push(`(${key}, a.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by ${key}, a.id`
  const text = `select ${columns}, ${named} from (select * from applications a where ${conditions.join(' and ')} ${inOrder} limit ${pageLimit(limit)}) a
    ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export type StateCount = {
  state: ApplicationState
  programme: string
  count: number
  overdue: number
  dueSoon: number
}
export async function countByState(
  tx: Transaction,
  access: Access,
  division: DivisionCode | undefined,
  today: CivilDate,
): Promise<StateCount[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (division) conditions.push(within(bound, 'a.division_code', [prefixOf(division)]))
  const day = bound.bind(today)
  const text = `select a.state, a.programme, count(*)::int as count, (count(*) filter (where a.due_on < ${day}))::int as overdue,
      (count(*) filter (where a.due_on between ${day} and ${day}::date + 2))::int as "dueSoon"
    from applications a where ${conditions.join(' and ')}
      and a.state not in ('CONFIRMED', 'BENEFICIARY_ACTIVE', 'UPHELD', 'WITHDRAWN')
    group by a.state, a.programme order by a.state, a.programme`
  return await ask(tx, text, bound.values)
}

export async function findApplication(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<ListedApplication | undefined> {
  const bound = new Bound()
  const text = `select ${columns}, ${named} from applications a ${around(bound, access)}
    where ${ofCounty(bound, access)} and a.id = ${bound.bind(id)}`
  const [application] = await ask<ListedApplication>(tx, text, bound.values)
  return application
}

/** Locked for a decision. */
export async function lockApplication(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<ApplicationRecord | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from applications a where ${ofCounty(bound, access)} and a.id = ${bound.bind(id)} for no key update`
  const [application] = await ask<ApplicationRecord>(tx, text, bound.values)
  return application
}

/** Of these, those that stand at a step, locked. */
export async function lockStanding(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  state: ApplicationState,
): Promise<Id[]> {
  const bound = new Bound()
  const text = `select a.id from applications a where ${ofCounty(bound, access)} and a.id = any (${bound.bind(ids)}::uuid[])
    and a.state = ${bound.bind(state)} order by a.id for no key update`
  const rows = await ask<{ id: Id }>(tx, text, bound.values)
  return rows.map(({ id }) => id)
}
