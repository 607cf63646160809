import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { keyIdOf, readHeads, type Heads } from './audit/index.ts'
import { readConfig } from './config.ts'
import { readKeys } from './crypto/keys.ts'
import { connect, type Database } from './database/connect.ts'
import { openPostgres } from './database/open.ts'

const SHOWN = 20

type Fault = { kind: string; county: number; sequence: number | null; where: string | null }

export type Verification = {
  command: string
  /** What is checked, and what its records are called. */
  checks: string
  records: string
  headsFile: string
  /** How it is said that all holds, and that something does not. */
  whole: string
  broken: string
  verify(
    owner: Database['owner'],
    keys: KeyObject[],
    heads: Heads,
  ): Promise<{ counties: number; seals: number; records: number; waiting: number; faults: Fault[] }>
}

/** Checks what is sealed from the command line. Ends with 0 when everything holds, with 1 when anything does not. */
export async function runVerification(verification: Verification): Promise<void> {
  try {
    const { values } = parseArgs({
      options: {
        'public-key': { type: 'string', multiple: true },
        'database-url': { type: 'string' },
        heads: { type: 'string' },
        'print-public-key': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) return console.log(usageOf(verification))
    const keys = publicKeys(values['public-key'])
    if (values['print-public-key'])
      console.log(keys[0]!.export({ type: 'spki', format: 'pem' }).toString().trim())
    else if (!(await verify(verification, keys, values))) process.exitCode = 1
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}

function publicKeys(files: string[] | undefined): KeyObject[] {
  if (files) return files.map((file) => createPublicKey(readFileSync(file, 'utf8')))
  return [createPublicKey(readKeys(readConfig(process.env)).auditSigningKey)]
}

type Wishes = { 'public-key'?: string[]; 'database-url'?: string; heads?: string }

async function verify(verification: Verification, keys: KeyObject[], wishes: Wishes): Promise<boolean> {
  const url = wishes['database-url'] ?? process.env['DATABASE_URL']
  const config = url && wishes['public-key'] ? null : readConfig(process.env)
  const headsFile = wishes.heads ?? (config && join(config.DATA_DIR, verification.headsFile))
  if (wishes.heads && !existsSync(wishes.heads)) throw new Error(`${wishes.heads} does not exist`)
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const postgres = url ? { url, stop: () => Promise.resolve() } : await openPostgres(config!, quiet)
  const db = connect(postgres.url, { poolSize: 1, onError: () => undefined })
  try {
    const { counties, seals, records, waiting, faults } = await verification.verify(
      db.owner,
      keys,
      headsFile ? readHeads(headsFile) : {},
    )
    console.log(`keys ${keys.map(keyIdOf).join(', ')}`)
    console.log(
      `counties ${counties}, seals ${seals}, ${verification.records} ${records}, waiting to be sealed ${waiting}, faults ${faults.length}`,
    )
    for (const { kind, county, sequence, where } of faults.slice(0, SHOWN)) {
      const seal = sequence === null ? '' : `, seal ${sequence}`
      console.log(`  ${kind}: county ${county}${seal}${where === null ? '' : `, ${where}`}`)
    }
    if (faults.length > SHOWN) console.log(`  … and ${faults.length - SHOWN} more`)
    console.log(faults.length === 0 ? verification.whole : verification.broken)
    return faults.length === 0
  } finally {
    await db.close()
    await postgres.stop()
  }
}

function usageOf({ command, checks, headsFile }: Verification): string {
  return `npm run ${command} -- [--public-key FILE]… [--database-url URL] [--heads FILE] [--print-public-key]

${checks}
  --public-key FILE    PEM of the key that signed; again for each earlier key. Default: the key of this installation
  --database-url URL   database to check. Default: DATABASE_URL, else the embedded one of DATA_DIR
  --heads FILE         newest seals as the sealing worker keeps them. Default: DATA_DIR/${headsFile}
  --print-public-key   prints the public key of this installation and checks nothing
Ends with 0 when everything holds, with 1 when anything was changed, deleted or put in.`
}
