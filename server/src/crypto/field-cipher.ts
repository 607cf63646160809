import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomFillSync } from 'node:crypto'
import type { Keys } from './keys.ts'

const AES_256_GCM = 1

/** Where a value stands; bound to its ciphertext, so that it cannot be moved to another row. */
type Cell = { county: number; id: string }

/** Enciphers one column. The one place to exchange for an SM4/SM3 profile. */
export type FieldCipher = {
  /** Version byte ‖ 12-byte nonce ‖ ciphertext ‖ 16-byte tag. */
  encipher(value: string, cell: Cell): Buffer
  /** Throws when the bytes were made for another cell or were changed. */
  decipher(bytes: Buffer, cell: Cell): string
  /** Keyed hash for exact look-up, 16 bytes. */
  blindIndex(value: string): Buffer
}

const NONCE = 12
const nonces = Buffer.alloc(NONCE * 512)
let nonceOffset = nonces.length

/** Random bytes drawn from the system many at a time; each is used once. */
function nextNonce(): Buffer {
  if (nonceOffset === nonces.length) {
    randomFillSync(nonces)
    nonceOffset = 0
  }
  return nonces.subarray(nonceOffset, (nonceOffset += NONCE))
}

export function fieldCipher(keys: Keys, column: string): FieldCipher {
  // Key objects: a key passed as bytes is set up anew at every call, which costs thrice the cipher itself.
  const key = createSecretKey(keys.derive(`cipher ${column}`))
  const indexKey = createSecretKey(keys.derive(`blind index ${column}`))
  const bound = (cell: Cell) => Buffer.from(`${column} ${cell.county} ${cell.id}`)
  return {
    encipher(value, cell) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(cell))
      const body = cipher.update(value, 'utf8')
      return Buffer.concat([Buffer.of(AES_256_GCM), nonce, body, cipher.final(), cipher.getAuthTag()])
    },
    decipher(bytes, cell) {
      if (bytes[0] !== AES_256_GCM) throw new Error(`Unknown cipher version ${bytes[0]}`)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 })
        .setAAD(bound(cell))
        .setAuthTag(bytes.subarray(-16))
      return decipher.update(bytes.subarray(13, -16), undefined, 'utf8') + decipher.final('utf8')
    },
    blindIndex: (value) => createHmac('sha256', indexKey).update(value).digest().subarray(0, 16),
  }
}

/** The ciphers of the register, by column. */
export type Ciphers = {
  idNumber: FieldCipher
  phone: FieldCipher
  /** Rejected rows of an import, kept until corrected. */
  importRow: FieldCipher
  totpSecret: FieldCipher
  /** L4. */
  pregnancy: FieldCipher
  /** L4. */
  causeOfDeath: FieldCipher
  /** L4: what was told, found and done in care; each row is its own cell. */
  clinical: FieldCipher
}

export function makeCiphers(keys: Keys): Ciphers {
  return {
    idNumber: fieldCipher(keys, 'persons.id_number'),
    phone: fieldCipher(keys, 'persons.phone'),
    importRow: fieldCipher(keys, 'import_errors.row'),
    totpSecret: fieldCipher(keys, 'users.totp_secret'),
    pregnancy: fieldCipher(keys, 'pregnancies.sensitive'),
    causeOfDeath: fieldCipher(keys, 'deaths.cause'),
    clinical: fieldCipher(keys, 'care.clinical'),
  }
}
