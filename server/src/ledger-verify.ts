import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { keyIdOf } from './audit/index.ts'
import { readConfig } from './config.ts'
import { readKeys } from './crypto/keys.ts'
import { connect } from './database/connect.ts'
import { openPostgres } from './database/open.ts'
import { readHeads, verifyLedger } from './modules/subsidies/index.ts'

const usage = `npm run ledger:verify -- [--public-key FILE]… [--database-url URL] [--heads FILE] [--print-public-key]

Checks every entry of the ledger and every item and outcome of a batch against its seals, with the public key alone, and
that the books of money agree with each other.
  --public-key FILE    PEM of the key that signed; again for each earlier key. Default: the key of this installation
  --database-url URL   database to check. Default: DATABASE_URL, else the embedded one of DATA_DIR
  --heads FILE         newest seals as the sealing worker keeps them. Default: DATA_DIR/ledger-heads.json
  --print-public-key   prints the public key of this installation and checks nothing
Ends with 0 when everything holds, with 1 when anything was changed, deleted or put in.`

const SHOWN = 20

const { values } = parseArgs({
  options: {
    'public-key': { type: 'string', multiple: true },
    'database-url': { type: 'string' },
    heads: { type: 'string' },
    'print-public-key': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
})

function publicKeys(): KeyObject[] {
  const files = values['public-key']
  if (files) return files.map((file) => createPublicKey(readFileSync(file, 'utf8')))
  return [createPublicKey(readKeys(readConfig(process.env)).auditSigningKey)]
}

async function verify(): Promise<boolean> {
  const keys = publicKeys()
  const url = values['database-url'] ?? process.env['DATABASE_URL']
  const config = url && values['public-key'] ? null : readConfig(process.env)
  const headsFile = values.heads ?? (config && join(config.DATA_DIR, 'ledger-heads.json'))
  if (values.heads && !existsSync(values.heads)) throw new Error(`${values.heads} does not exist`)
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const postgres = url ? { url, stop: () => Promise.resolve() } : await openPostgres(config!, quiet)
  const db = connect(postgres.url, { poolSize: 1, onError: () => undefined })
  try {
    const { counties, seals, rows, waiting, faults } = await verifyLedger(
      db.owner,
      keys,
      headsFile ? readHeads(headsFile) : {},
    )
    console.log(`keys ${keys.map(keyIdOf).join(', ')}`)
    console.log(
      `counties ${counties}, seals ${seals}, rows ${rows}, waiting to be sealed ${waiting}, faults ${faults.length}`,
    )
    for (const { kind, county, sequence, what } of faults.slice(0, SHOWN)) {
      console.log(
        `  ${kind}: county ${county}${sequence === null ? '' : `, seal ${sequence}`}${what === null ? '' : `, ${what}`}`,
      )
    }
    if (faults.length > SHOWN) console.log(`  … and ${faults.length - SHOWN} more`)
    console.log(
      faults.length === 0
        ? 'The ledger is whole. 台账完整。'
        : 'The ledger was tampered with. 台账已被改动。',
    )
    return faults.length === 0
  } finally {
    await db.close()
    await postgres.stop()
  }
}

try {
  if (values.help) console.log(usage)
  else if (values['print-public-key'])
    console.log(publicKeys()[0]!.export({ type: 'spki', format: 'pem' }).toString().trim())
  else if (!(await verify())) process.exitCode = 1
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
