import type { IndicatorCode, IndicatorDefinition } from '@youyu/shared/population/indicators'
import { defined, type Written } from './rules-definition.ts'
import { ageDefinitions } from './rules-definitions-ages.ts'
import { birthDefinitions } from './rules-definitions-births.ts'

const written: Record<IndicatorCode, Written> = { ...birthDefinitions, ...ageDefinitions }

const byCode = new Map(Object.entries(written).map(([code, each]) => [code, defined(code, each)]))

export const definitions: readonly IndicatorDefinition[] = [...byCode.values()]

/** The contract lets no other code in than POP-01 … POP-29; all of them are defined. */
export function definitionOf(code: IndicatorCode): IndicatorDefinition {
  return byCode.get(code)!
}
