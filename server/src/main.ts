import type { AddressInfo } from 'node:net'
import closeWithGrace from 'close-with-grace'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { readConfig, type Config } from './config.ts'
import { readKeys } from './crypto/keys.ts'
import { connect } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { openPostgres } from './database/open.ts'
import { loadDemo } from './demo/load.ts'
import { drain } from './http/draining.ts'
import { failureShown, logOptions } from './logging.ts'
import { ensureAdministrator } from './modules/accounts/index.ts'

const UNUSABLE_CONFIGURATION = 78

const config = configOrRefusal()
const log = pino(logOptions(config.LOG_LEVEL))
const undo: (() => Promise<unknown>)[] = []
let closing = false

const grace = closeWithGrace(
  { delay: 30_000, logger: false, skip: ['SIGINT', 'SIGTERM'] },
  async ({ err: error }) => {
    closing = true
    if (error) log.error({ failure: failureShown(error) }, 'closing after an error')
    for (const step of undo.reverse()) {
      await step().catch((failure: unknown) =>
        log.error({ failure: failureShown(failure) }, 'a part did not close'),
      )
    }
  },
)
// The terminal and npm both deliver Ctrl-C: the second one must not cut the draining short.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (closing) return
    closing = true
    grace.close()
  })
}

try {
  await start()
} catch (error) {
  if (!closing) {
    console.error(`Youyu could not start: ${reasonOf(error)}`)
    log.fatal({ failure: failureShown(error) }, 'could not start')
    process.on('exit', () => (process.exitCode = 1))
    closing = true
    grace.close()
  }
}

async function start(): Promise<void> {
  const postgres = await openPostgres(config, log)
  undo.push(() => postgres.stop())
  const migrations = await migrate(postgres.url)
  if (migrations.length > 0) log.info({ migrations }, 'migrated')
  const db = connect(postgres.url, {
    poolSize: config.POOL_SIZE,
    onError: (error) => log.warn({ type: error.name }, 'a database connection was lost'),
  })
  undo.push(() => db.close())
  const { app, office } = await buildApp({
    config,
    db,
    keys: readKeys(config),
    log,
    isClosing: () => closing,
  })
  undo.push(() => app.close())
  const administrator = await ensureAdministrator(db, { password: config.ADMIN_PASSWORD, now: new Date() })
  await app.listen({ host: config.HOST, port: config.PORT })
  undo.push(() => drain(app.server))
  if (administrator.created && config.DEMO) await loadDemo(app, office, log)

  const { port } = app.server.address() as AddressInfo
  const address = `http://${config.HOST === '0.0.0.0' ? 'localhost' : config.HOST}:${port}`
  console.log(`\nYouyu 优育: ${address}`)
  if (administrator.password)
    console.log(
      `First administrator: admin / ${administrator.password}  (shown this once; change it at the first sign-in)`,
    )
}

function configOrRefusal(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(UNUSABLE_CONFIGURATION)
  }
}

/** A host with several addresses fails with a message that is empty: its parts say why. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
