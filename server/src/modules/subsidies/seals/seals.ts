import { createHash } from 'node:crypto'

export type SealSubject = 'ENTRIES' | 'ITEMS' | 'OUTCOMES'

/** What a seal says of its rows; all of it is under the signature. */
export type SealHead = {
  county: number
  sequence: number
  subject: SealSubject
  scopeId: string | null
  fromNumber: number
  toNumber: number
  rows: number
  sealedAt: string
  keyId: string
}

export const FIRST_ROOT: Buffer = Buffer.alloc(32)
export const HASH_BYTES = 32

const FORM = 'youyu-ledger-1'

/** The root of a seal: over the root before it, what the seal says of itself, and the hashes of its rows in order. */
export function rootOf(previous: Buffer, head: SealHead, rowHashes: Buffer): Buffer {
  const { county, sequence, subject, scopeId, fromNumber, toNumber, rows, sealedAt, keyId } = head
  return createHash('sha256')
    .update(previous)
    .update(
      JSON.stringify([FORM, county, sequence, subject, scopeId, fromNumber, toNumber, rows, sealedAt, keyId]),
    )
    .update(rowHashes)
    .digest()
}

export function hashOf(canonical: string): Buffer {
  return createHash('sha256').update(canonical).digest()
}
