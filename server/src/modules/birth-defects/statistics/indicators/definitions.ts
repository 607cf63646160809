import type { Written } from '../../../population/index.ts'
import { definitionsBefore } from './definitions-before.ts'
import { definitionsOfCare } from './definitions-care.ts'
import { definitionsOfDefects } from './definitions-defects.ts'

export const written: Record<string, Written> = {
  ...definitionsBefore,
  ...definitionsOfCare,
  ...definitionsOfDefects,
}
