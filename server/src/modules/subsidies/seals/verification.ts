import type { KeyObject } from 'node:crypto'
import { isSignedBy, keyIdOf, type Heads } from '../../../audit/index.ts'
import type { Database } from '../../../database/connect.ts'
import * as queries from './queries.ts'
import * as books from './queries-books.ts'
import { FIRST_ROOT, HASH_BYTES, hashOf, rootOf } from './seals.ts'

type Fault = {
  kind:
    | 'row-changed'
    | 'row-deleted'
    | 'row-inserted'
    | 'seal-changed'
    | 'seal-missing'
    | 'signature-wrong'
    | 'key-unknown'
    | 'sums-differ'
  county: number
  sequence: number | null
  /** Kind of record and its own number: `ENTRIES 12`, `ITEMS <batch> 7`, or the book that does not close. */
  what: string | null
}

export type Report = { counties: number; seals: number; rows: number; waiting: number; faults: Fault[] }

const PAGE = 20

/** Checks rows, seals and signatures with public keys alone, and that the books agree with each other. */
export async function verifyLedger(
  owner: Database['owner'],
  publicKeys: readonly KeyObject[],
  heads: Heads = {},
): Promise<Report> {
  const keys = new Map(publicKeys.map((key) => [keyIdOf(key), key]))
  const report: Report = { counties: 0, seals: 0, rows: 0, waiting: 0, faults: [] }
  const counties = new Set([...(await queries.countiesOfLedger(owner)), ...Object.keys(heads).map(Number)])
  for (const county of counties) {
    report.counties += 1
    await verifyCounty(owner, county, keys, heads[county], report)
    for (const what of await books.differences(owner, county))
      report.faults.push({ kind: 'sums-differ', county, sequence: null, what })
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
  const fault = (kind: Fault['kind'], sequence: number | null, what: string | null = null) =>
    report.faults.push({ kind, county, sequence, what })
  let previous = FIRST_ROOT
  let sequence = 0
  let sealedNumber = 0
  let holdsHead = head === undefined
  const outcomes = new Map<string, queries.KeptSeal[]>()

  for (
    let seals = await queries.sealsAfter(owner, county, 0, PAGE);
    seals.length > 0;
    seals = await queries.sealsAfter(owner, county, sequence, PAGE)
  ) {
    for (const seal of seals) {
      for (sequence += 1; sequence < seal.sequence; sequence += 1) fault('seal-missing', sequence)
      const isWhole = seal.rowHashes.length === seal.rows * HASH_BYTES
      if (!isWhole || !rootOf(previous, seal, seal.rowHashes).equals(seal.root))
        fault('seal-changed', seal.sequence)
      const key = keys.get(seal.keyId)
      if (!key) fault('key-unknown', seal.sequence)
      else if (!isSignedBy(seal.root, seal.signature, key)) fault('signature-wrong', seal.sequence)
      if (head && seal.sequence === head.sequence && seal.root.toString('hex') === head.root) holdsHead = true
      if (seal.subject === 'OUTCOMES')
        outcomes.set(seal.scopeId!, [...(outcomes.get(seal.scopeId!) ?? []), seal])
      else await compare(seal)
      if (seal.subject === 'ENTRIES') sealedNumber = seal.toNumber
      report.seals += 1
      previous = seal.root
    }
  }
  if (!holdsHead) fault('seal-missing', head!.sequence)
  for (const [batchId, seals] of outcomes) await compareOutcomes(batchId, seals)
  const { waiting, missing } = await books.entriesAfter(owner, county, sealedNumber)
  report.waiting += waiting
  for (const number of missing) fault('row-deleted', null, `ENTRIES ${number}`)

  /** Row by row: what a seal covers stands as it was, nothing more and nothing less. */
  async function compare(seal: queries.KeptSeal): Promise<void> {
    const rows = await queries.rowsOf(owner, county, seal)
    report.rows += rows.length
    const name = seal.scopeId === null ? seal.subject : `${seal.subject} ${seal.scopeId}`
    // Entries and items are numbered without a gap: the place of a row follows from its number.
    const first = seal.subject === 'ENTRIES' ? seal.fromNumber + 1 : 1
    let place = 0
    for (const [number, text] of rows) {
      for (; place < number - first && place < seal.rows; place += 1)
        fault('row-deleted', seal.sequence, `${name} ${first + place}`)
      if (number - first < place || number - first >= seal.rows) {
        fault('row-inserted', seal.sequence, `${name} ${number}`)
        continue
      }
      const offset = place * HASH_BYTES
      if (!seal.rowHashes.subarray(offset, offset + HASH_BYTES).equals(hashOf(text)))
        fault('row-changed', seal.sequence, `${name} ${number}`)
      place += 1
    }
    for (; place < seal.rows; place += 1) fault('row-deleted', seal.sequence, `${name} ${first + place}`)
  }

  /** Outcomes are only added: whatever an earlier seal covered is still there, and the newest covers all. */
  async function compareOutcomes(batchId: string, seals: readonly queries.KeptSeal[]): Promise<void> {
    const newest = seals.at(-1)!
    const rows = await queries.rowsOf(owner, county, newest)
    report.rows += rows.length
    const isAsSealed = (row: [number, string], place: number) =>
      newest.rowHashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES).equals(hashOf(row[1]))
    if (seals.length === 1 && newest.rows === rows.length && rows.every(isAsSealed)) return
    const present = new Map(rows.map(([number, text]) => [hashOf(text).toString('base64'), number]))
    const sealed = new Set<string>()
    for (const seal of seals) {
      for (let offset = 0; offset < seal.rowHashes.length; offset += HASH_BYTES) {
        const hash = seal.rowHashes.toString('base64', offset, offset + HASH_BYTES)
        if (sealed.has(hash)) continue
        sealed.add(hash)
        if (!present.has(hash))
          fault('row-changed', seal.sequence, `OUTCOMES ${batchId} no. ${offset / HASH_BYTES + 1}`)
      }
    }
    const isCurrent = (await queries.answersOf(owner, county, batchId)) === newest.toNumber
    for (const [hash, number] of present) {
      if (sealed.has(hash)) continue
      if (isCurrent) fault('row-inserted', newest.sequence, `OUTCOMES ${batchId} ${number}`)
      else report.waiting += 1
    }
  }
}
