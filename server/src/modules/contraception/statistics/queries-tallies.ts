import { ask } from '../../../database/statements.ts'
import type { Transaction } from '../../../database/connect.ts'

/** Something counted: `measure` says what (procedure, choice, check …), `item` of which kind. */
export type Counted = {
  /** Any day of the month. */
  on: string
  facilityId: string
  /** Where the client lives; counted by township. */
  divisionCode: string
  measure: string
  item: string
  /** −1 takes one back. */
  number?: number
}

/** Counts in the same transaction what it records (care_tallies); nobody is in it. */
export async function tally(tx: Transaction, county: number, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return
  await ask(tx, 'select app.tally_care($1, $2, $3, $4, $5, $6, $7)', [
    county,
    counted.map(({ on }) => on),
    counted.map(({ facilityId }) => facilityId),
    counted.map(({ divisionCode }) => divisionCode),
    counted.map(({ measure }) => measure),
    counted.map(({ item }) => item),
    counted.map(({ number = 1 }) => number),
  ])
}

export type CountedEpisode = {
  divisionCode: string
  /** Any day of the month in which it began or ended. */
  on: string
  method: string
  birthYear: number
  inUnion: boolean
  started: number
  ended: number
}

/** Counts method episodes begun and ended (method_months) in the same transaction. */
export async function countMethods(
  tx: Transaction,
  county: number,
  counted: readonly CountedEpisode[],
): Promise<void> {
  if (counted.length === 0) return
  await ask(tx, 'select app.count_methods($1, $2, $3, $4, $5, $6, $7, $8)', [
    county,
    counted.map(({ divisionCode }) => divisionCode),
    counted.map(({ on }) => on),
    counted.map(({ method }) => method),
    counted.map(({ birthYear }) => birthYear),
    counted.map(({ inUnion }) => inUnion),
    counted.map(({ started }) => started),
    counted.map(({ ended }) => ended),
  ])
}
