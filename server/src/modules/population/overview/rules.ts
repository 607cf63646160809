import type { DivisionCode } from '@youyu/shared/values'
import { countyOf } from '@youyu/shared/values'

/** What the counts of a village depend on in a person. */
export type CountedPerson = {
  residenceDivision: DivisionCode
  hukouDivision: DivisionCode
  residenceStatus: string
  sex: string
  status: string
}

export const countedColumns = [
  'residents',
  'registered',
  'inflow',
  'away',
  'households',
  'male',
  'female',
] as const
export type VillageDelta = { village: DivisionCode } & Record<(typeof countedColumns)[number], number>

const residentStatuses = ['1', '3', '4']
const inflowStatuses = ['3', '4']
const countedStatuses = ['ACTIVE', 'SUSPECT_DUP']

export function noChangeOf(village: DivisionCode): VillageDelta {
  return { village, residents: 0, registered: 0, inflow: 0, away: 0, households: 0, male: 0, female: 0 }
}

function contributionOf(person: CountedPerson, weight: number): VillageDelta[] {
  if (!countedStatuses.includes(person.status)) return []
  const { residenceStatus, sex } = person
  const isResident = residentStatuses.includes(residenceStatus)
  return [
    {
      ...noChangeOf(person.residenceDivision),
      residents: isResident ? weight : 0,
      inflow: inflowStatuses.includes(residenceStatus) ? weight : 0,
      male: isResident && sex === '1' ? weight : 0,
      female: isResident && sex === '2' ? weight : 0,
    },
    {
      ...noChangeOf(person.hukouDivision),
      registered: residenceStatus !== '9' ? weight : 0,
      away: residenceStatus === '2' ? weight : 0,
    },
  ]
}

/** How the counts of the county's villages change when a person becomes another; null stands for nobody. */
export function deltasBetween(
  county: number,
  before: CountedPerson | null,
  after: CountedPerson | null,
): VillageDelta[] {
  const all = [...(before ? contributionOf(before, -1) : []), ...(after ? contributionOf(after, 1) : [])]
  return summed(all.filter(({ village }) => countyOf(village) === county))
}

export function summed(deltas: readonly VillageDelta[]): VillageDelta[] {
  const villages = new Map<DivisionCode, VillageDelta>()
  for (const delta of deltas) {
    const sum = villages.get(delta.village) ?? noChangeOf(delta.village)
    for (const column of countedColumns) sum[column] += delta[column]
    villages.set(delta.village, sum)
  }
  return [...villages.values()].filter((delta) => countedColumns.some((column) => delta[column] !== 0))
}
