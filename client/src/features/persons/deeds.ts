import type { PersonMerge, ResidenceEpisode } from '@youyu/shared/population/persons'
import type { Revealable } from './reveal.ts'

/** What an officer is about to do to the record in front of her. */
export type Deed =
  | { kind: 'none' }
  | { kind: 'reveal'; fields: Revealable[] }
  | { kind: 'correct' }
  | { kind: 'void'; episode: ResidenceEpisode }
  | { kind: 'undo-merge'; merge: PersonMerge }

export const emptyDeed: Deed = { kind: 'none' }
