import { PersonFilter } from '@youyu/shared/population/persons'

/** The criteria of the person list as the URL carries them, the search box apart. */
export const filterKeys = [
  'division',
  'hukou',
  'sex',
  'ageFrom',
  'ageTo',
  'residenceStatus',
  'status',
  'counted',
] as const
type FilterKey = (typeof filterKeys)[number]
export type FilterDraft = Record<FilterKey, string>

/** What of it the contract takes; a criterion mistyped in the URL is left out rather than failing the page. */
export function filterOf(values: Partial<FilterDraft>): PersonFilter {
  const filter: Record<string, unknown> = {}
  for (const key of filterKeys) {
    const parsed = PersonFilter.shape[key].safeParse(values[key] || undefined)
    if (parsed.success && parsed.data !== undefined) filter[key] = parsed.data
  }
  return filter
}

/** Words that may be an identity or phone number stay out of the address bar and so out of the browser's history. */
export function mayBePersonalNumber(words: string): boolean {
  return /\d{7}/.test(words.normalize('NFKC').replace(/[\s-]/g, ''))
}
