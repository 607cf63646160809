import type { Relation } from '@youyu/shared/population/value-sets'
import type { z } from 'zod'

export type RelationCode = z.infer<typeof Relation>

const HEAD = '0'

/** What somebody becomes to a new head: by what the new head was to the old one, then by what she herself was. */
const restated: Partial<Record<RelationCode, Partial<Record<RelationCode, RelationCode>>>> = {
  '1': { '0': '1', '2': '2', '3': '3', '4': '4' },
  '2': { '0': '5', '1': '5', '2': '7', '3': '7', '5': '6' },
  '3': { '0': '5', '1': '5', '2': '7', '3': '7', '5': '6' },
  '4': { '0': '6', '1': '6' },
  '5': { '5': '1', '2': '4', '3': '4' },
  '6': { '0': '4', '6': '1' },
  '7': { '0': '7', '7': '7', '5': '5', '6': '6' },
}

/** The relation to the new head (GB/T 4761); what does not follow is 其他. */
export function relationToNewHead(
  newHeadWas: RelationCode,
  relation: RelationCode,
  sex: string,
): RelationCode {
  const isChildOfParent = newHeadWas === '5' && (relation === HEAD || relation === '7')
  if (isChildOfParent) return sex === '1' ? '2' : sex === '2' ? '3' : '8'
  return restated[newHeadWas]?.[relation] ?? '8'
}

/** F6 household with no head, F7 a relation that the ages contradict (domain §7.5). */
export function findingsOfHousehold(
  headId: string | null,
  members: number,
  hasOddRelation: boolean,
): string[] {
  return [...(headId === null && members > 0 ? ['F6'] : []), ...(hasOddRelation ? ['F7'] : [])]
}
