import type { IndicatorCode, IndicatorDefinition } from '@youyu/shared/population/indicators'

type Both = readonly [zh: string, en: string]

export type Written = {
  name: Both
  unit: string
  numerator: Both
  denominator?: Both
  caveat?: Both
  targetForbidden?: true
  isRate?: true
  components?: readonly (readonly [key: string, zh: string, en: string])[]
}

/** Raised with every change of what an indicator counts. */
const VERSION = '1.0'

const spoken = ([zh, en]: Both) => ({ zh, en })

export function defined(code: IndicatorCode, written: Written): IndicatorDefinition {
  const { name, unit, numerator, denominator, caveat, components = [] } = written
  return {
    code,
    ...spoken(name),
    unit,
    numerator: spoken(numerator),
    denominator: denominator ? spoken(denominator) : null,
    caveat: caveat ? spoken(caveat) : null,
    targetForbidden: written.targetForbidden ?? false,
    isRate: written.isRate ?? false,
    components: components.map(([key, zh, en]) => ({ key, zh, en })),
    definitionVersion: VERSION,
  }
}

/** Five-year groups of women in which births are counted. */
export const motherGroups = [15, 20, 25, 30, 35, 40, 45].map((from) => ({
  key: `${from}-${from + 4}`,
  from,
  to: from + 4,
}))

export const motherYears = Array.from({ length: 35 }, (_, index) => ({
  key: String(15 + index),
  from: 15 + index,
  to: 15 + index,
}))
