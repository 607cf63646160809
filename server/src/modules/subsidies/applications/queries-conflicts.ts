import type { ApplicationState } from '@youyu/shared/subsidies/application-states'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** Others who ask for the same, or were given it, for the same subject. */
export type RivalRecord = {
  id: Id
  subjectId: Id
  applicantId: Id
  state: ApplicationState
  claimYear: number
}
export async function selectRivals(
  tx: Transaction,
  access: Access,
  programme: string,
  subjects: readonly Id[],
  claimYear: number,
): Promise<RivalRecord[]> {
  const text = `select a.id, a.subject_id as "subjectId", a.applicant_id as "applicantId", a.state, a.claim_year as "claimYear" from applications a
    where a.county_code = $1 and a.programme = $2 and a.subject_id = any ($3::uuid[]) and a.claim_year = $4
      and a.state not in ('WITHDRAWN', 'REJECTED', 'UPHELD', 'DRAFT') order by a.filed_on, a.number`
  return await ask(tx, text, [access.county, programme, subjects, claimYear])
}

/** Those of these people who stand in the programme already. */
export async function selectStanding(
  tx: Transaction,
  access: Access,
  programme: string,
  subjects: readonly Id[],
): Promise<{ subjectId: Id }[]> {
  const text = `select b.person_id as "subjectId" from beneficiaries b
    where b.county_code = $1 and b.programme = $2 and b.person_id = any ($3::uuid[]) and b.state in ('ACTIVE', 'SUSPENDED')`
  return await ask(tx, text, [access.county, programme, subjects])
}

/** What is known of claims in other counties that stands against these people. */
export async function selectClaims(
  tx: Transaction,
  access: Access,
  programme: string,
  people: readonly Id[],
): Promise<{ personId: Id; state: string; otherCounty: number }[]> {
  const text = `select person_id as "personId", state, other_county as "otherCounty" from claim_matches
    where county_code = $1 and person_id = any ($2::uuid[]) and programme = $3
      and (state in ('POSSIBLE', 'SUSPECTED', 'NOTIFIED') or (state = 'RESOLVED' and owner_county <> county_code))`
  return await ask(tx, text, [access.county, people, programme])
}
