import type { Relations } from '../../../population/index.ts'

const both = (column: string) => ({ residence: column, hukou: column })

/** Over counts only: there is no record of a person behind any of them (E8). */
const ofCounts = { base: 'true', place: both('f.division_code'), isPresent: false, record: null } as const

export const relations = {
  /** Of residents: services have no hukou, and whoever lives elsewhere belongs to the indicators of another county. */
  tallies: {
    ...ofCounts,
    from: 'birth_defect_tallies f',
    base: `right(f.division_code, 6) <> '000000'`,
    day: 'f.month',
    named: 'f.month',
  },
  /** Of the county's facilities, whoever they served: told of the whole county only. */
  facilities: { ...ofCounts, from: 'birth_defect_tallies f', day: 'f.month', named: 'f.month' },
  /** Families known, and those with a file, at a period's end. */
  families: {
    ...ofCounts,
    from: `lateral (
      select k.county_code, k.division_code, k.item, sum(k.tally) as families from birth_defect_tallies k
      where k.county_code = p.county_code and k.measure = 'family' and k.month <= p.until_on group by 1, 2, 3
    ) f`,
    day: null,
    named: null,
  },
  /** Pregnancies at thirteen weeks or later on some day of a period. */
  ongoing: {
    ...ofCounts,
    from: 'pregnancies f',
    base: `f.voided_at is null and f.expected_on - 189 <= least(p.until_on, p.today) and coalesce(f.ended_on, f.expected_on + 14) >= greatest(p.from_on, f.expected_on - 189)`,
    day: null,
    named: null,
  },
} satisfies Relations

export type ChainRelation = keyof typeof relations
