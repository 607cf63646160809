import type { KeyObject } from 'node:crypto'
import type { Database } from '../database/connect.ts'
import * as queries from './queries-seals.ts'
import { FIRST_ROOT, hashOf, isSignedBy, keyIdOf, rootOf, type SealedEntry } from './seals.ts'
import type { Heads } from './heads.ts'

type Fault = {
  kind:
    | 'entry-changed'
    | 'entry-deleted'
    | 'entry-inserted'
    | 'seal-changed'
    | 'seal-missing'
    | 'signature-wrong'
    | 'key-unknown'
  county: number
  sequence: number | null
  entryId: string | null
}

export type Report = { counties: number; seals: number; entries: number; waiting: number; faults: Fault[] }

/** No transaction stays open longer: an entry older than the sealing before its own by more was put in afterwards. */
const LONGEST_TRANSACTION = 3600_000
const PAGE = 500

/** Checks rows, seals and signatures with public keys alone. */
export async function verifyLog(
  owner: Database['owner'],
  publicKeys: readonly KeyObject[],
  heads: Heads = {},
): Promise<Report> {
  const keys = new Map(publicKeys.map((key) => [keyIdOf(key), key]))
  const report: Report = { counties: 0, seals: 0, entries: 0, waiting: 0, faults: [] }
  const counties = new Set([...(await queries.countiesInLog(owner)), ...Object.keys(heads).map(Number)])
  for (const county of counties) {
    report.counties += 1
    await verifyCounty(owner, county, keys, heads[county], report)
  }
  return report
}

async function verifyCounty(
  owner: Database['owner'],
  county: number,
  keys: ReadonlyMap<string, KeyObject>,
  head: Heads[string] | undefined,
  report: Report,
): Promise<void> {
  const fault = (kind: Fault['kind'], sequence: number | null, entryId: string | null = null) =>
    report.faults.push({ kind, county, sequence, entryId })
  let previous = FIRST_ROOT
  let sequence = 0
  let runAt = ''
  let runBefore = ''
  let holdsHead = head === undefined

  for (
    let seals = await queries.sealsAfter(owner, county, 0, PAGE);
    seals.length > 0;
    seals = await queries.sealsAfter(owner, county, sequence, PAGE)
  ) {
    for (const seal of seals) {
      for (sequence += 1; sequence < seal.sequence; sequence += 1) fault('seal-missing', sequence)
      if (seal.sealedAt !== runAt) [runBefore, runAt] = [runAt, seal.sealedAt]
      const rows = await queries.rowsUnder(owner, county, seal.sequence)
      const isWhole = rows.length === seal.rows && rows.every((row, index) => row.position === index)
      const root = rootOf(
        previous,
        { county, ...seal },
        rows.map((row) => row.rowHash),
      )
      if (!isWhole || !root.equals(seal.root)) fault('seal-changed', seal.sequence)
      const key = keys.get(seal.keyId)
      if (!key) fault('key-unknown', seal.sequence)
      else if (!isSignedBy(seal.root, seal.signature, key)) fault('signature-wrong', seal.sequence)
      for (const row of rows) {
        if (row.id === null) fault('entry-deleted', seal.sequence, row.entryId)
        else if (!hashOf(row as SealedEntry).equals(row.rowHash))
          fault('entry-changed', seal.sequence, row.entryId)
        else if (isTooOld(row.at, runBefore)) fault('entry-inserted', seal.sequence, row.entryId)
      }
      if (head && seal.sequence === head.sequence && seal.root.toString('hex') === head.root) holdsHead = true
      report.seals += 1
      report.entries += rows.length
      previous = seal.root
    }
  }
  if (!holdsHead) fault('seal-missing', head!.sequence)
  for (const orphans of await queries.rowsWithoutSeal(owner, county))
    if (orphans.sequence > sequence) fault('seal-missing', orphans.sequence)
  const { waiting, late } = await queries.entriesWithoutSeal(
    owner,
    county,
    runAt === '' ? '-infinity' : new Date(Date.parse(runAt) - LONGEST_TRANSACTION).toISOString(),
  )
  report.waiting += waiting
  for (const entryId of late) fault('entry-inserted', null, entryId)
}

function isTooOld(at: string, runBefore: string): boolean {
  return runBefore !== '' && Date.parse(at) < Date.parse(runBefore) - LONGEST_TRANSACTION
}
