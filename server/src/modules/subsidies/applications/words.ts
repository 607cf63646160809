import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'

/** Words of people and facts of a case (L3), bound to their application. */
export function sealed(
  { ciphers }: Office,
  { county }: Access,
  applicationId: Id,
  words: string | undefined,
): Buffer | null {
  return words === undefined ? null : ciphers.benefit.encipher(words, { county, id: applicationId })
}

export function opened(
  { ciphers }: Office,
  { county }: Access,
  applicationId: Id,
  bytes: Buffer | null,
): string | null {
  return bytes && ciphers.benefit.decipher(bytes, { county, id: applicationId })
}
