import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { sha256 } from '../crypto/keys.ts'

/** A row of the access log as it is sealed: every column, moments to the microsecond. */
export type SealedEntry = {
  county: number
  id: string
  at: string
  actorId: string | null
  actorKind: string
  role: string | null
  action: string
  entity: string
  entityId: string | null
  division: string
  fields: string[]
  purpose: string | null
  reason: string | null
  rows: number
  result: string
  address: string | null
  requestId: string | null
}

/** What a seal says of its rows; all of it is under the signature. */
export type SealHead = {
  county: number
  sequence: number
  firstId: string
  lastId: string
  rows: number
  sealedAt: string
  keyId: string
}

export const FIRST_ROOT: Buffer = Buffer.alloc(32)

const FORM = 1

export function hashOf(entry: SealedEntry): Buffer {
  const {
    county,
    id,
    at,
    actorId,
    actorKind,
    role,
    action,
    entity,
    entityId,
    division,
    fields,
    purpose,
    reason,
    rows,
    result,
    address,
    requestId,
  } = entry
  const canonical = JSON.stringify([
    FORM,
    county,
    id,
    at,
    actorId,
    actorKind,
    role,
    action,
    entity,
    entityId,
    division,
    fields,
    purpose,
    reason,
    rows,
    result,
    address,
    requestId,
  ])
  return sha256(canonical)
}

export function rootOf(previous: Buffer, head: SealHead, rowHashes: readonly Buffer[]): Buffer {
  const { county, sequence, firstId, lastId, rows, sealedAt, keyId } = head
  const hash = createHash('sha256')
    .update(previous)
    .update(JSON.stringify([FORM, county, sequence, firstId, lastId, rows, sealedAt, keyId]))
  for (const rowHash of rowHashes) hash.update(rowHash)
  return hash.digest()
}

/** Names a key by the hash of its public half. */
export function keyIdOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
}

export function signRoot(root: Buffer, key: KeyObject): Buffer {
  return sign(null, root, key)
}

export function isSignedBy(root: Buffer, signature: Buffer, publicKey: KeyObject): boolean {
  return verify(null, root, publicKey, signature)
}
