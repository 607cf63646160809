import type { ApplicationConflict } from '@youyu/shared/subsidies/application-case'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { claimConflicts } from '../claims/index.ts'
import { selectClaims, selectRivals, selectStanding } from './queries-conflicts.ts'
import { stackingConflicts } from './stacking.ts'

export type Contender = { id: Id | null; subjectId: Id; applicantId: Id; level: string }

/**
 * What speaks against giving these subjects the benefit: other applicants, the benefit itself, what does not go with it, claims
 * in other counties.
 */
export async function conflictsOf(
  tx: Transaction,
  access: Access,
  programme: string,
  claimYear: number,
  contenders: readonly Contender[],
  /** With a look among the other counties once more, or what is known of them. */
  { on, isLook }: { on: CivilDate; isLook: boolean },
): Promise<Map<Id, ApplicationConflict[]>> {
  const subjects = [...new Set(contenders.map(({ subjectId }) => subjectId))]
  const rivals = await selectRivals(tx, access, programme, subjects, claimYear)
  const standing = claimYear === 0 ? await selectStanding(tx, access, programme, subjects) : []
  const claims = isLook
    ? await claimConflicts(tx, access, subjects, programme, on)
    : await selectClaims(tx, access, programme, subjects)
  const stacking = await stackingConflicts(tx, access, programme, contenders, on)
  const found = new Map<Id, ApplicationConflict[]>(subjects.map((subject) => [subject, []]))
  const local = { programme, county: access.county }
  const own = new Map(contenders.map((contender) => [contender.subjectId, contender]))
  for (const { id, subjectId, applicantId, state } of rivals) {
    const asking = own.get(subjectId)!
    if (id === asking.id) continue
    const isGiven = state === 'CONFIRMED' || state === 'BENEFICIARY_ACTIVE'
    if (isGiven && claimYear === 0) continue
    const kind = isGiven || applicantId === asking.applicantId ? 'SAME_PROGRAMME' : 'OTHER_APPLICANT'
    found.get(subjectId)!.push({ kind, ...local })
  }
  for (const { subjectId } of standing) found.get(subjectId)!.push({ kind: 'SAME_PROGRAMME', ...local })
  for (const [subjectId, others] of stacking)
    found.get(subjectId)!.push(...others.map((other) => ({ ...other, county: access.county })))
  for (const { personId, state, otherCounty } of claims)
    found.get(personId)?.push({
      ...{ kind: state === 'POSSIBLE' ? 'POSSIBLE_MATCH' : 'CLAIM_ELSEWHERE' },
      ...{ programme, county: otherCounty },
    })
  return found
}
