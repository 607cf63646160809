import type { IndicatorDefinition } from '@youyu/shared/population/indicators'
import { defined, type Catalogue } from '../../population/index.ts'
import { written } from './definitions.ts'
import { measureOf } from './measures.ts'
import { relations } from './relations.ts'

const byCode = new Map<string, IndicatorDefinition>(
  Object.entries(written).map(([code, words]) => [code, defined(code, words)]),
)

/** SUB-01 … SUB-16: all that the contract lets in is defined. */
export const subsidyCatalogue: Catalogue = {
  definitions: [...byCode.values()],
  definitionOf: (code) => byCode.get(code)!,
  measureOf,
  relations,
}
