import type { CareIndicatorCode } from '@youyu/shared/contraception/statistics'
import type { IndicatorDefinition } from '@youyu/shared/population/indicators'
import { defined, type Catalogue } from '../../../population/index.ts'
import { measureOf } from './measures.ts'
import { relations } from './relations.ts'
import { written } from './definitions.ts'

const byCode = new Map<CareIndicatorCode, IndicatorDefinition>(
  Object.entries(written).map(([code, each]) => [code, defined(code, each)]),
)

/** CON-01 … CON-24: all that the contract lets in is defined. */
export const careCatalogue: Catalogue = {
  definitions: [...byCode.values()],
  definitionOf: (code) => byCode.get(code)!,
  measureOf,
  relations,
}
