import { measureOf } from '../values/measures/index.ts'
import { relations } from '../values/relations.ts'
import type { Catalogue } from '../values/service.ts'
import { definitionOf, definitions } from './rules.ts'

export const populationCatalogue: Catalogue = { definitions, definitionOf, measureOf, relations }
