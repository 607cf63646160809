import type { MatchKind } from '@youyu/shared/population/persons'

type TagKind = 'good' | 'note' | 'plain' | 'warn'

/** How sure a hit is: exact by number, exact by name, found through a part or a sound, or only similar. */
const kinds: Record<MatchKind | 'name-start', TagKind> = {
  'id-number': 'good',
  phone: 'good',
  'household-number': 'good',
  name: 'good',
  'name-start': 'note',
  'name-part': 'note',
  pinyin: 'note',
  initials: 'note',
  fuzzy: 'warn',
}

export function matchTag(match: MatchKind | 'name-start'): TagKind {
  return kinds[match]
}

/** What a hit is called: a name that only begins with the words is not the same name. */
export function matchLabel(match: MatchKind, name: string, words: string): MatchKind | 'name-start' {
  return match === 'name' && name !== words.trim() ? 'name-start' : match
}

/** Whether hits of this list are only similar to what was typed, which the page must say. */
export function hasFuzzy(rows: readonly { match?: MatchKind }[]): boolean {
  return rows.some((row) => row.match === 'fuzzy')
}
