import type { LeftReason, TogetherRequest } from '@youyu/shared/subsidies/application-reviews'
import { prefixOf, type CivilDate, type Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import { ofCounty } from './queries.ts'
import { hasAccount, isKnownByNumber } from './queries-evidence.ts'

export type Waiting = {
  id: Id
  number: string
  programme: string
  versionId: Id
  subjectId: Id
  applicantId: Id
  claimYear: number
  filedOn: CivilDate
  missing: string[]
  /** She filed it, or decided on it at another tier. */
  isOwnHand: boolean
}

/** What was missing when it was filed and has not come since. */
const stillMissing = `case when a.missing = '{}' then a.missing else array(select m from unnest(a.missing) m
  where not (m = 'ACCOUNT_PROOF' and ${hasAccount('a.county_code', 'a.payee_id')})
    and not (m = 'ID_CARD' and a.channel = 'AUTO_PROPOSED' and ${isKnownByNumber('a.county_code', 'a.payee_id')})
    and not exists (select from application_evidence e where e.county_code = a.county_code and e.application_id = a.id and e.type = m and e.withdrawn_at is null)
    and not exists (select from attachments f where f.county_code = a.county_code and f.subject_type = 'APPLICATION' and f.subject_id = a.id
      and f.kind = m and f.voided_at is null)) end`

/** What waits at a step, locked, those filed first in front. */
export async function lockWaiting(
  tx: Transaction,
  access: Access,
  state: string,
  { ids, programme, division }: TogetherRequest,
): Promise<Waiting[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access), `a.state = ${bound.bind(state)}`]
  if (ids) conditions.push(`a.id = any (${bound.bind(ids)}::uuid[])`)
  if (programme) conditions.push(`a.programme = ${bound.bind(programme)}`)
  if (division) conditions.push(within(bound, 'a.division_code', [prefixOf(division)]))
  const actor = bound.bind(access.actorId)
  const text = `select a.id, a.number, a.programme, a.version_id as "versionId", a.subject_id as "subjectId", a.applicant_id as "applicantId",
      a.claim_year as "claimYear", a.filed_on as "filedOn", ${stillMissing} as missing,
      coalesce(a.filed_by = ${actor}::uuid or (a.town_by = ${actor}::uuid and a.state <> 'TOWN_REVIEW')
        or (a.county_by = ${actor}::uuid and a.state <> 'COUNTY_CONFIRM') or (a.city_by = ${actor}::uuid and a.state <> 'CITY_APPROVE'), false) as "isOwnHand"
    from applications a where ${conditions.join(' and ')} order by a.filed_on, a.number for no key update`
  return await ask(tx, text, bound.values)
}

/** Of those asked for by name, what does not wait at the step. */
export async function selectElsewhere(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
  waiting: readonly Id[],
): Promise<{ id: Id; number: string; reason: LeftReason }[]> {
  const bound = new Bound()
  const text = `select a.id, a.number, 'NOT_AT_THIS_STEP' as reason from applications a
    where ${ofCounty(bound, access)} and a.id = any (${bound.bind(ids)}::uuid[]) and a.id <> all (${bound.bind(waiting)}::uuid[]) order by a.number`
  return await ask(tx, text, bound.values)
}

/** Tells the planner how large the tables of a batch have become. */
export async function noteSizes(tx: Transaction): Promise<void> {
  await tx.client.query('select app.note_benefit_sizes()')
}
