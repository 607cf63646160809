import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomFillSync } from 'node:crypto'
import type { Keys } from './keys.ts'

const AES_256_GCM = 1

/** Where a value stands; bound to its ciphertext, so that it cannot be moved to another row. */
type Cell = { county: number; id: string }

/** Enciphers one column. The one place to exchange for an SM4/SM3 profile. */
export type FieldCipher = {
  /** Version byte ‖ 12-byte nonce ‖ ciphertext ‖ 16-byte tag. */
  encipher(value: string | Buffer, cell: Cell): Buffer
  /** Throws when the bytes were made for another cell or were changed. */
  decipher(bytes: Buffer, cell: Cell): string
  /** The same of a file. */
  decipherBytes(bytes: Buffer, cell: Cell): Buffer
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
  function opened(bytes: Buffer, cell: Cell) {
    if (bytes[0] !== AES_256_GCM) throw new Error(`Unknown cipher version ${bytes[0]}`)
    return createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 13), { authTagLength: 16 })
      .setAAD(bound(cell))
      .setAuthTag(bytes.subarray(-16))
  }
  return {
    encipher(value, cell) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(cell))
      const body = typeof value === 'string' ? cipher.update(value, 'utf8') : cipher.update(value)
      return Buffer.concat([Buffer.of(AES_256_GCM), nonce, body, cipher.final(), cipher.getAuthTag()])
    },
    decipher(bytes, cell) {
      const decipher = opened(bytes, cell)
      return decipher.update(bytes.subarray(13, -16), undefined, 'utf8') + decipher.final('utf8')
    },
    decipherBytes(bytes, cell) {
      const decipher = opened(bytes, cell)
      return Buffer.concat([decipher.update(bytes.subarray(13, -16)), decipher.final()])
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
  /** L3: declarations, reasons and facts of applications for benefits; bound to the application. */
  benefit: FieldCipher
  /** Files of a benefit case. */
  attachment: FieldCipher
  /** What was objected, found and replied. */
  objection: FieldCipher
  /** L3: account numbers; each version is its own cell. */
  account: FieldCipher
  /** L3: files to and from the bank, in pieces. */
  bankFile: FieldCipher
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
    account: fieldCipher(keys, 'payment_accounts.number'),
    bankFile: fieldCipher(keys, 'bank_files.content'),
    benefit: fieldCipher(keys, 'applications.facts'),
    attachment: fieldCipher(keys, 'attachments.content'),
    objection: fieldCipher(keys, 'objections.content'),
  }
}
