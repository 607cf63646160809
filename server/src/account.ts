import { roles } from '@youyu/shared/permissions'
import { readConfig } from './config.ts'
import { connect } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { openPostgres } from './database/open.ts'
import { accountIn, accountUsage, ensureAccount, Misuse } from './modules/accounts/index.ts'

async function run(args: string[]): Promise<void> {
  const wanted = accountIn(args)
  if (!wanted) return console.log(accountUsage)
  const config = readConfig(process.env)
  const postgres = await openPostgres(config, {
    info: () => undefined,
    warn: (_fields, message) => console.warn(message),
  })
  try {
    await migrate(postgres.url)
    const db = connect(postgres.url, { poolSize: 1, onError: (error) => console.warn(error.message) })
    try {
      const { created } = await ensureAccount(db, { ...wanted, now: new Date() })
      console.log(
        `${created ? 'Created' : 'Reset'} ${wanted.username}${wanted.grants.map(({ role }) => `, ${roles[role].zh}`).join('')}`,
      )
    } finally {
      await db.close()
    }
  } finally {
    await postgres.stop()
  }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  const isMisuse = error instanceof Misuse
  console.error((error as Error).message)
  if (isMisuse) console.error(`\n${accountUsage}`)
  process.exitCode = isMisuse ? 2 : 1
}
