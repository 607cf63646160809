import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export async function insertPart(
  tx: Transaction,
  access: Access,
  fileId: Id,
  part: number,
  cipher: Buffer,
): Promise<void> {
  await ask(
    tx,
    'insert into bank_file_parts (county_code, file_id, part, content_cipher) values ($1, $2, $3, $4)',
    [access.county, fileId, part, cipher],
  )
}

export async function findPart(
  tx: Transaction,
  access: Access,
  fileId: Id,
  part: number,
): Promise<Buffer | undefined> {
  const [row] = await ask<{ contentCipher: Buffer }>(
    tx,
    'select content_cipher as "contentCipher" from bank_file_parts where county_code = $1 and file_id = $2 and part = $3',
    [access.county, fileId, part],
  )
  return row?.contentCipher
}
