import type { IndicatorDefinition } from '@youyu/shared/population/indicators'
import { defined, type Catalogue } from '../../../population/index.ts'
import { written } from './definitions.ts'
import { measureOf } from './measures.ts'
import { relations } from './relations.ts'

const byCode = new Map<string, IndicatorDefinition>(
  Object.keys(written)
    .sort()
    .map((code) => [code, defined(code, written[code]!)]),
)

/** BDI-01 … BDI-26: all that the contract lets in is defined. */
export const birthDefectCatalogue: Catalogue = {
  definitions: [...byCode.values()],
  definitionOf: (code) => byCode.get(code)!,
  measureOf,
  relations,
}
