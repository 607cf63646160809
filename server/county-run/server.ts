import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { buildApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { readKeys } from '../src/crypto/keys.ts'
import { connect } from '../src/database/connect.ts'
import { logOptions } from '../src/logging.ts'

/**
 * The server of the county run: the application as it is, with a clock that is so many milliseconds away. The product's own
 * entry has no such thing.
 */
const away = Number(process.env['CLOCK_AWAY'])
const config = readConfig(process.env)
const log = pino(logOptions(config.LOG_LEVEL))
const db = connect(config.DATABASE_URL!, {
  poolSize: config.POOL_SIZE,
  onError: (error) => log.warn({ type: error.name }, 'a database connection was lost'),
})
const { app } = await buildApp({
  ...{ config, db, keys: readKeys(config), log },
  now: () => new Date(Date.now() + away),
})
process.once('SIGTERM', () => void app.close().then(() => db.close()))
await app.listen({ host: '127.0.0.1', port: config.PORT })
console.log(`\nYouyu 优育: http://127.0.0.1:${(app.server.address() as AddressInfo).port}`)
