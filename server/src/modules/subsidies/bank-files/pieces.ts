import { Readable } from 'node:stream'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import type { Office } from '../../../office.ts'
import { findPart } from './queries.ts'

const cellOf = (county: number, fileId: Id, part: number) => ({ county, id: `${fileId}:${part}` })

export function encipherPart(
  ciphers: Office['ciphers'],
  county: number,
  fileId: Id,
  part: number,
  content: Buffer,
): Buffer {
  return ciphers.bankFile.encipher(content.toString('latin1'), cellOf(county, fileId, part))
}

function decipherPart(
  ciphers: Office['ciphers'],
  county: number,
  fileId: Id,
  part: number,
  bytes: Buffer,
): Buffer {
  return Buffer.from(ciphers.bankFile.decipher(bytes, cellOf(county, fileId, part)), 'latin1')
}

/** The file's pieces one after another, each read when it is wanted. */
export async function* piecesOf(office: Office, access: Access, fileId: Id): AsyncGenerator<Buffer> {
  for (let part = 1; ; part += 1) {
    const bytes = await reading(office.db, access, async (tx) => await findPart(tx, access, fileId, part))
    if (!bytes) return
    yield decipherPart(office.ciphers, access.county, fileId, part, bytes)
  }
}

export const fileStream = (office: Office, access: Access, fileId: Id): Readable =>
  Readable.from(piecesOf(office, access, fileId))
