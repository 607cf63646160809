import {
  createPrivateKey,
  generateKeyPairSync,
  hash,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'

const MIN_LENGTH = 32

/** All keys of one installation, derived from its secret by HKDF; one per table and column. */
export type Keys = {
  derive(purpose: string): Buffer
  auditSigningKey: KeyObject
}

export function readKeys(config: Pick<Config, 'SECRET' | 'AUDIT_SIGNING_KEY' | 'DATA_DIR'>): Keys {
  const secret =
    config.SECRET ?? keptInDataDir(config.DATA_DIR, 'secret', () => randomBytes(48).toString('base64url'))
  const pem =
    config.AUDIT_SIGNING_KEY ?? keptInDataDir(config.DATA_DIR, 'audit-signing-key.pem', newSigningKey)
  return {
    derive: (purpose) => Buffer.from(hkdfSync('sha256', secret, 'youyu', purpose, 32)),
    auditSigningKey: createPrivateKey(pem),
  }
}

function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
}

/** Linked into place whole: a crash never leaves half a secret, and two starters agree on one. */
function keptInDataDir(directory: string, name: string, make: () => string): string {
  const path = join(directory, name)
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const draft = `${path}.${randomBytes(6).toString('hex')}`
    writeFileSync(draft, make(), { mode: 0o600, flush: true })
    try {
      linkSync(draft, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft)
    }
  }
  const kept = readFileSync(path, 'utf8')
  if (kept.length < MIN_LENGTH)
    throw new Error(`${path} is damaged: what it kept is too short to be a secret`)
  return kept
}

export function sha256(content: string | Buffer): Buffer {
  return hash('sha256', content, 'buffer')
}
