import { countyOf, levelOf, prefixOf, type DivisionCode } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { Refused } from '../../../refused.ts'

/** The county of a division that lies in the reader's area, or a refusal. */
export function countyFor(access: Access, division: DivisionCode, pointer = '?division'): number {
  const isInside =
    covers(access.prefixes, prefixOf(division)) ||
    access.prefixes.some((own) => own.startsWith(prefixOf(division)))
  if (!isInside || levelOf(division) < 3)
    throw new Refused('out-of-area', { errors: [{ pointer, code: 'out-of-area' }] })
  return countyOf(division)
}
