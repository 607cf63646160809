import { setImmediate as otherRequests } from 'node:timers/promises'
import { covers } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import { knownDivisions } from '../divisions-known.ts'
import { copyBytes, copyLine } from '../files/copy-text.ts'
import { shapeFault, type FileRow } from '../files/records.ts'
import {
  addFindings,
  cellReader,
  CHUNK,
  reject,
  type Fault,
  type Loading,
  type Rejection,
} from '../loading.ts'
import { settleVillageCounts } from '../persons/queries.ts'
import { correctPlanner } from '../posting.ts'
import { copyInto } from '../queries-copy.ts'
import { clearHouseholdStaging, mergeHouseholds, openHouseholdStaging } from './queries.ts'
import { readHousehold, type HouseholdCandidate } from './rules.ts'

type Read = { row: FileRow; candidate: HouseholdCandidate; faults: readonly Fault[] }

export async function loadHouseholds(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const { office, access, register, row: kept, today, now, tally } = loading
  const divisions = knownDivisions(office, today)
  await openHouseholdStaging(register)
  let read: Read[] = []

  function placeFault({ division }: HouseholdCandidate): readonly Fault[] {
    if (!divisions.isKnown(division)) return [{ key: 'division', code: 'unknown-division' }]
    return covers(access.prefixes, division) ? [] : [{ key: 'division', code: 'out-of-area' }]
  }

  async function settle(): Promise<void> {
    await divisions.learn(read.map(({ candidate }) => candidate.division))
    const rejections: Rejection[] = []
    const staged = new Map<number, FileRow>()
    let lines = ''
    for (const { row, candidate, faults } of read) {
      const all = faults.length > 0 ? faults : placeFault(candidate)
      if (all.length > 0) rejections.push({ row, faults: all })
      else {
        const { number, type, division, headIdNumber, address } = candidate
        const hash = headIdNumber && copyBytes(office.ciphers.idNumber.blindIndex(`01:${headIdNumber}`))
        lines += copyLine([String(row.number), newId(), number, type, division, hash, address])
        staged.set(row.number, row)
      }
      if (staged.size % 500 === 499) await otherRequests()
    }
    read = []
    loading.isStopping()
    if (staged.size > 0) {
      await correctPlanner(register)
      await clearHouseholdStaging(register)
      await copyInto(register, 'incoming', [Buffer.from(lines)])
      const { accepted, matched, withoutHead, taken } = await mergeHouseholds(register, kept, now)
      tally.rowsAccepted += accepted
      tally.rowsMatched += matched
      if (withoutHead > 0) addFindings(tally, { F6: withoutHead })
      for (const number of taken)
        rejections.push({
          row: staged.get(number)!,
          faults: [{ key: 'householdNumber', code: 'household-number-taken' }],
        })
    }
    await reject(loading, rejections)
  }

  for await (const row of rows) {
    tally.rowsRead += 1
    const shape = shapeFault(row, kept.headers.length)
    const { candidate, faults } = readHousehold(cellReader(loading, row), today)
    read.push({ row, candidate, faults: shape ? [{ key: null, code: shape }] : faults })
    if (read.length >= CHUNK) await settle()
  }
  await settle()
  await settleVillageCounts(register, kept.countyCode, now)
}
