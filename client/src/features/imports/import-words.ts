import type { ImportField } from '@youyu/shared/population/imports'
import { inLanguage } from '../../texts/texts.ts'
import { fieldName as registerField } from '../population/index.ts'

export const stateKinds = {
  queued: 'plain',
  running: 'note',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'warn',
} as const

/** A field as its import kind calls it; a header that is no field keeps its own words. */
export function fieldName(fields: readonly ImportField[] | undefined, key: string): string {
  const field = fields?.find((candidate) => candidate.key === key)
  return field ? inLanguage([field.zh, field.en]) : registerField(key)
}
