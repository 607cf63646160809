import type { ParentageKind } from '@youyu/shared/population/value-sets'
import type { CivilDate } from '@youyu/shared/values'
import { ageOn } from '../persons/rules.ts'

/** An adoption that holds, as the parents of a child follow from it. */
export type Adoption = {
  id: string
  kind: ParentageKind
  occurredOn: CivilDate
  endedOn: CivilDate | null
  recordedAt: Date
  adultId: string
  adultSex: string
}

export type Parents = { motherId: string | null; fatherId: string | null }

/**
 * The parents of a child: those of the latest adoption that has not ended, by the sex of the adult, else those of
 * birth. A step-parent or guardian changes neither.
 */
export function parentsOf(adoptions: readonly Adoption[], born: Parents, today: CivilDate): Parents {
  const keyOf = ({ occurredOn, recordedAt, id }: Adoption) =>
    `${occurredOn} ${recordedAt.toISOString()} ${id}`
  const holding = adoptions
    .filter(({ kind, endedOn }) => kind === 'ADOPTIVE' && (endedOn === null || endedOn > today))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const latest = (sex: string) => holding.findLast(({ adultSex }) => adultSex === sex)?.adultId
  return { motherId: latest('2') ?? born.motherId, fatherId: latest('1') ?? born.fatherId }
}

/** F7: the adult is hardly older than the child. */
export function parentageFindings(kind: ParentageKind, child: CivilDate, adult: CivilDate): string[] {
  const least = kind === 'GUARDIAN' ? 0 : 12
  return adult > child || ageOn(adult, child) < least ? ['F7'] : []
}
