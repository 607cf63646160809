import { type Day, formatDay, parseDay } from './civil-days.ts'
import { type Random, seededRandom, weighted } from './random.ts'
import type { EventRows } from './rows.ts'

export type EventDefect = {
  kind: keyof EventRows
  /** The first row below the header is 1. */
  row: number
  column: string
  defect: string
  outcome: 'rejected' | 'finding'
}

type Spoilt = Omit<EventDefect, 'kind' | 'row'>
type Row = Record<string, string>

const unknownNumber = '991121190001010019'

function spoilBirth(random: Random, row: Row, asOf: Day): Spoilt | undefined {
  const defect = draw(random)
  if (defect === 'unborn') {
    row['birthDate'] = formatDay(asOf + 4000)
    return { column: 'birthDate', defect, outcome: 'rejected' }
  }
  if (defect === 'unknown-mother' && row['motherIdNumber'] !== '') {
    row['motherIdNumber'] = unknownNumber
    return { column: 'motherIdNumber', defect, outcome: 'rejected' }
  }
  row['weight'] = '6800'
  row['gestation'] = '27+0'
  return { column: 'weight', defect: 'implausible-weight', outcome: 'finding' }
}

const draw = weighted<'unborn' | 'unknown-mother' | 'implausible-weight'>([
  ['unborn', 1],
  ['unknown-mother', 1],
  ['implausible-weight', 2],
])

/** Spoils about `share` of the births, methods and deaths in place and tells what was done. */
export function eventSpoiler(seed: number, asOf: string, share: number) {
  const random = seededRandom(seed)
  const today = parseDay(asOf) ?? 0

  return function spoil(rows: EventRows, before: Record<keyof EventRows, number>): EventDefect[] {
    if (share === 0) return []
    const found: EventDefect[] = []
    for (const [index, row] of rows.births.entries()) {
      if (row.outcome !== 'LIVE' || !random.chance(share)) continue
      const spoilt = spoilBirth(random, row, today)
      if (spoilt) found.push({ kind: 'births', row: before.births + index + 1, ...spoilt })
    }
    for (let index = 0; index < rows.methods.length; index++) {
      if (!random.chance(share)) continue
      const row = rows.methods[index]!
      const number = before.methods + index + 1
      if (random.chance(0.4)) {
        row.endedOn = '1999-12-31'
        row.endReason = 'EXPIRED'
        const spoilt: Spoilt = { column: 'endedOn', defect: 'ended-before-started', outcome: 'rejected' }
        found.push({ kind: 'methods', row: number, ...spoilt })
      } else {
        rows.methods.splice(++index, 0, { ...row })
        const spoilt: Spoilt = { column: 'startedOn', defect: 'told-twice', outcome: 'finding' }
        found.push({ kind: 'methods', row: number + 1, ...spoilt })
      }
    }
    for (const [index, row] of rows.deaths.entries()) {
      if (!random.chance(share)) continue
      row.deathDate = '1899-12-31'
      const spoilt: Spoilt = { column: 'deathDate', defect: 'dead-before-birth', outcome: 'rejected' }
      found.push({ kind: 'deaths', row: before.deaths + index + 1, ...spoilt })
    }
    return found
  }
}
