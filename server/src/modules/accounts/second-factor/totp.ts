import { createHmac, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Keys } from '../../../crypto/keys.ts'

const PERIOD = 30
const RECOVERY_CODES = 10
/** Without characters that are read for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** RFC 6238 as every authenticator app understands it: SHA-1, six digits, thirty seconds. */
function totpOf(secret: string, username: string): TOTP {
  return new TOTP({
    issuer: 'Youyu',
    label: username,
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD,
    secret: Secret.fromBase32(secret),
  })
}

export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

export function totpUri(secret: string, username: string): string {
  return totpOf(secret, username).toString()
}

/** The time step that a code belongs to, at most one step early or late; null for a wrong code. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  const delta = totpOf(secret, '').validate({ token: code, window: 1, timestamp: now.getTime() })
  return delta === null ? null : Math.floor(now.getTime() / (PERIOD * 1000)) + delta
}

/** Codes that each replace the authenticator once. */
export function newRecoveryCodes(): string[] {
  const four = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: RECOVERY_CODES }, () => `${four()}-${four()}`)
}

/** Keyed, because forty bits of randomness could be tried out against a plain hash. */
export function recoveryCodeHash(keys: Keys, userId: string, code: string): string {
  return createHmac('sha256', keys.derive('recovery codes')).update(`${userId} ${code}`).digest('hex')
}
