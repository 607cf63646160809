import { countyOf, levelOf, prefixOf, type DivisionCode, type DivisionPrefix } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { Refused } from '../../../refused.ts'
import { partsInside } from '../area.ts'

type Level = 3 | 4 | 5

/** A division inside one county, as far as it lies in the reader's area. */
export type Area = {
  county: number
  division: DivisionCode
  level: Level
  /** What of the division may be read: itself, or the reader's parts of it. */
  parts: readonly DivisionPrefix[]
}

/** The area asked for, or the reader's own; indicators are kept by county. */
export function areaOf(access: Access, asked: DivisionCode | undefined): Area {
  const division = asked ?? (access.prefixes.find((prefix) => prefix.length >= 6) ?? '').padEnd(12, '0')
  const prefix = prefixOf(division)
  const parts = partsInside(access.prefixes, prefix)
  const level = levelOf(division)
  if (prefix === '' || level < 3 || parts.length === 0)
    throw new Refused('out-of-area', { errors: [{ pointer: '?division', code: 'out-of-area' }] })
  return { county: countyOf(division), division, level: level as Level, parts }
}

/** A county as a whole, or nothing: counts of care in a part of it would tell of persons (E8, domain §9.5). */
export function countyAsked(
  access: Access,
  division: DivisionCode | undefined,
): { county: number; division: DivisionCode } {
  const area = areaOf(access, division)
  const isWhole = area.level === 3 && area.parts.some((part) => String(area.county).startsWith(part))
  if (!isWhole) throw new Refused('out-of-area', { errors: [{ pointer: '?division', code: 'out-of-area' }] })
  return { county: area.county, division: area.division }
}
