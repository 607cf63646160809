import type { DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { Refused } from '../../../refused.ts'
import { areaOf } from '../../population/index.ts'

/** A county as a whole, or nothing: counts of a part of it would tell of persons (E8, domain §9.5). */
export function countyAsked(
  access: Access,
  division: DivisionCode,
): { county: number; division: DivisionCode } {
  const area = areaOf(access, division)
  const isWhole = area.level === 3 && area.parts.some((part) => String(area.county).startsWith(part))
  if (!isWhole) throw new Refused('out-of-area', { errors: [{ pointer: '?division', code: 'out-of-area' }] })
  return { county: area.county, division: area.division }
}
