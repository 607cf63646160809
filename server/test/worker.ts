import { pino } from 'pino'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { readKeys } from '../src/crypto/keys.ts'
import { connect } from '../src/database/connect.ts'

/** A process that works off the queue of a test office until it is killed. */
const [url = '', dataDir = ''] = process.argv.slice(2)
const config = readConfig({
  SECRET: 'a secret of the test office, long enough',
  DEMO: 'off',
  SECOND_FACTOR_POLICY: 'off',
  LOG_LEVEL: 'silent',
  WORKERS: 'on',
  DATA_DIR: dataDir,
})
const db = connect(url, { poolSize: 4, onError: () => undefined })
const { app } = await buildApp({ config, db, keys: readKeys(config), log: pino({ level: 'silent' }) })
await app.ready()
