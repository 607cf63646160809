import { setImmediate as otherRequests } from 'node:timers/promises'
import { rangeOf } from '@youyu/shared/values'
import { BEFORE_RECORDS, placeReadings } from '../../../divisions/index.ts'
import { copyLine } from '../files/copy-text.ts'
import { shapeFault, type FileRow } from '../files/records.ts'
import { cellReader, reject, type Loading, type Rejection } from '../loading.ts'
import { copyInto } from '../queries-copy.ts'
import { mergeDivisions, openDivisionStaging } from './queries.ts'
import { readDivision } from './rules.ts'

const SLICE = 2000

export async function loadDivisions(loading: Loading, rows: AsyncIterable<FileRow>): Promise<void> {
  const { register, access, row: kept, tally, today, now } = loading
  await openDivisionStaging(register)
  let lines = ''
  let waiting = 0
  let rejections: Rejection[] = []
  const byNumber = new Map<number, FileRow>()

  async function settle(): Promise<void> {
    await copyInto(
      register,
      'incoming (row, code, name, pinyin, initials, level, parent_code, urban_rural)',
      lines === '' ? [] : [Buffer.from(lines)],
    )
    await reject(loading, rejections)
    lines = ''
    waiting = 0
    rejections = []
    loading.isStopping()
    await otherRequests()
  }

  for await (const row of rows) {
    tally.rowsRead += 1
    const shape = shapeFault(row, kept.headers.length)
    const { candidate, faults } = readDivision(cellReader(loading, row))
    if (shape || faults.length > 0)
      rejections.push({ row, faults: shape ? [{ key: null, code: shape }] : faults })
    else {
      const { pinyin, initials } = placeReadings(candidate.name)
      lines += copyLine([
        String(row.number),
        candidate.code,
        candidate.name,
        pinyin,
        initials,
        String(candidate.level),
        candidate.parentCode,
        candidate.urbanRural,
      ])
      byNumber.set(row.number, row)
    }
    waiting += 1
    if (waiting >= SLICE) await settle()
  }
  await settle()
  const { accepted, matched, rejected } = await mergeDivisions(register, {
    today,
    now,
    firstDay: BEFORE_RECORDS,
    mayRename: kept.onMatch === 'overwrite',
    ranges: access.prefixes.map(rangeOf),
  })
  tally.rowsAccepted = accepted
  tally.rowsMatched = matched
  await reject(
    loading,
    rejected.map(({ row, key, code }) => ({ row: byNumber.get(row)!, faults: [{ key, code }] })),
  )
}
