import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { keyIdOf, readHeads, verifyLog } from './audit/index.ts'
import { readConfig } from './config.ts'
import { readKeys } from './crypto/keys.ts'
import { connect } from './database/connect.ts'
import { openPostgres } from './database/open.ts'

const usage = `npm run audit:verify -- [--public-key FILE]… [--database-url URL] [--heads FILE] [--print-public-key]

Checks every row of the access log against its seals, with the public key alone.
  --public-key FILE    PEM of the key that signed; again for each earlier key. Default: the key of this installation
  --database-url URL   database to check. Default: DATABASE_URL, else the embedded one of DATA_DIR
  --heads FILE         newest seals as the sealing worker keeps them. Default: DATA_DIR/audit-heads.json
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
  const headsFile = values.heads ?? (config && join(config.DATA_DIR, 'audit-heads.json'))
  if (values.heads && !existsSync(values.heads)) throw new Error(`${values.heads} does not exist`)
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const postgres = url ? { url, stop: () => Promise.resolve() } : await openPostgres(config!, quiet)
  const db = connect(postgres.url, { poolSize: 1, onError: () => undefined })
  try {
    const { counties, seals, entries, waiting, faults } = await verifyLog(
      db.owner,
      keys,
      headsFile ? readHeads(headsFile) : {},
    )
    console.log(`keys ${keys.map(keyIdOf).join(', ')}`)
    console.log(
      `counties ${counties}, seals ${seals}, entries ${entries}, waiting to be sealed ${waiting}, faults ${faults.length}`,
    )
    for (const { kind, county, sequence, entryId } of faults.slice(0, SHOWN)) {
      console.log(
        `  ${kind}: county ${county}${sequence === null ? '' : `, seal ${sequence}`}${entryId === null ? '' : `, entry ${entryId}`}`,
      )
    }
    if (faults.length > SHOWN) console.log(`  … and ${faults.length - SHOWN} more`)
    console.log(
      faults.length === 0
        ? 'The access log is whole. 访问日志完整。'
        : 'The access log was tampered with. 访问日志已被改动。',
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
