import {
  BirthCorrection,
  NewBirth,
  correctBirth,
  getBirth,
  recordBirth,
  voidBirth,
} from '@youyu/shared/population/births'
import type { Birth, BirthRow } from '@youyu/shared/population/births'
import {
  DeathCorrection,
  NewDeath,
  correctDeath,
  getDeath,
  recordDeath,
  voidDeath,
} from '@youyu/shared/population/deaths'
import type { Death, DeathRow } from '@youyu/shared/population/deaths'
import {
  MarriageCorrection,
  NewMarriage,
  correctMarriage,
  getMarriage,
  recordMarriage,
  voidMarriage,
} from '@youyu/shared/population/marriages'
import type { Marriage, MarriageRow } from '@youyu/shared/population/marriages'
import {
  MoveCorrection,
  NewMove,
  correctMove,
  getMove,
  recordMove,
  voidMove,
} from '@youyu/shared/population/moves'
import type { Move, MoveRow } from '@youyu/shared/population/moves'
import {
  NewParentage,
  ParentageCorrection,
  correctParentage,
  getParentage,
  recordParentage,
  voidParentage,
} from '@youyu/shared/population/parentage'
import type { Parentage, ParentageRow } from '@youyu/shared/population/parentage'

/** What an officer can do with each kind of event, by the noun of its address. */
export const nouns = {
  births: {
    get: getBirth,
    record: recordBirth,
    correct: correctBirth,
    void: voidBirth,
    entry: NewBirth,
    correction: BirthCorrection,
    permission: 'birth.record',
    page: 'birth-new',
  },
  deaths: {
    get: getDeath,
    record: recordDeath,
    correct: correctDeath,
    void: voidDeath,
    entry: NewDeath,
    correction: DeathCorrection,
    permission: 'event.record',
    page: 'death-new',
  },
  marriages: {
    get: getMarriage,
    record: recordMarriage,
    correct: correctMarriage,
    void: voidMarriage,
    entry: NewMarriage,
    correction: MarriageCorrection,
    permission: 'event.record',
    page: 'marriage-new',
  },
  moves: {
    get: getMove,
    record: recordMove,
    correct: correctMove,
    void: voidMove,
    entry: NewMove,
    correction: MoveCorrection,
    permission: 'event.record',
    page: 'move-new',
  },
  parentage: {
    get: getParentage,
    record: recordParentage,
    correct: correctParentage,
    void: voidParentage,
    entry: NewParentage,
    correction: ParentageCorrection,
    permission: 'event.record',
    page: 'parentage-new',
  },
} as const

export type EventNoun = keyof typeof nouns
export const eventNouns = Object.keys(nouns) as EventNoun[]
export type EventRecord = Birth | Death | Marriage | Move | Parentage
export type EventRow = BirthRow | DeathRow | MarriageRow | MoveRow | ParentageRow

/** An event together with what it is. */
export type Told =
  | { noun: 'births'; event: Birth }
  | { noun: 'deaths'; event: Death }
  | { noun: 'marriages'; event: Marriage }
  | { noun: 'moves'; event: Move }
  | { noun: 'parentage'; event: Parentage }

export function toldOf(noun: EventNoun, event: EventRecord): Told {
  return { noun, event } as Told
}
