import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openHouse } from '../bench/subsidies/paying.ts'
import { openBank } from '../src/bank-simulator/bank.ts'
import { openCounter } from '../src/bank-simulator/counter.ts'
import { standardLayout } from '../src/bank-simulator/layout.ts'
import { startEmbedded } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'
import { openCounters } from './counters.ts'
import { runCounty } from './county.ts'
import { makeCounty } from './families.ts'
import { closing, findingsIn } from './findings.ts'
import { hire, load, placesOf } from './loading.ts'
import { keepingFiles } from './recorded-bank.ts'

const { values } = parseArgs({
  options: {
    recipients: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    keep: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    'npm run test:county -- [--recipients 50000] [--seed 1] [--keep DIR]\n\nA county with so many recipients of eight programmes, from the rules to the closed books, while the server is killed.',
  )
  process.exit(0)
}

const recipients = Number(values.recipients)
const directory = values.keep ?? (await mkdtemp(join(tmpdir(), 'youyu-county-')))
const silent = { info: () => undefined, warn: () => undefined }
const postgres = await startEmbedded({ dataDir: join(directory, 'postgres'), log: silent })
await migrate(postgres.url)
const { office, close } = openHouse({ directory }, postgres.url)
// What is asked behind the counter at the end may take longer than an officer would wait.
const superuser = new pg.Pool({
  connectionString: postgres.url,
  max: 2,
  options: '-c timezone=Asia/Shanghai',
})
superuser.on('error', () => undefined)
const bank = keepingFiles(openBank(standardLayout, { failed: 0.02, seed: values.seed }))
const service = openCounter(bank).listen(0, '127.0.0.1')
await once(service, 'listening')
const kills: string[] = []
const desk = openCounters({
  ...{ superuser, bank, told: (what) => void kills.push(what) },
  environment: {
    ...{ DATABASE_URL: postgres.url, DATA_DIR: join(directory, 'data'), LOG_LEVEL: 'error' },
    ...{ SECOND_FACTOR_POLICY: 'off', SIGN_INS_PER_MINUTE: '100000' },
    BANK_URL: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
  },
})

const findings: string[] = []
const began = performance.now()

async function step(name: string, work: () => Promise<number | string>): Promise<void> {
  const start = performance.now()
  const known = findings.length
  const count = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${name.padEnd(32)} ${String(count).padStart(8)}  ${seconds.padStart(6)} s`)
  for (const text of [...kills.splice(0), ...findings.slice(known, known + 5)]) console.log(`  ${text}`)
}

const places = await placesOf(Math.max(6, Math.min(240, Math.round(recipients / 100))))
const county = makeCounty(recipients, places.villages, Number(values.seed))
try {
  await step('people, families, accounts', async () => {
    await load(office, places, county)
    return county.people.length
  })
  const staff = await hire(office, places)
  await runCounty({ desk, county, staff, step, finding: (text) => void findings.push(text) })
  findings.push(...(await findingsIn(desk, county)))
  console.log(`\n${await closing(desk, county)}`)
} catch (error) {
  findings.push((error as Error).stack ?? String(error))
} finally {
  await desk.close()
  await superuser.end()
  await close()
  service.close()
  await postgres.stop()
  if (!values.keep) await rm(directory, { recursive: true, force: true })
}
const minutes = ((performance.now() - began) / 60_000).toFixed(1)
for (const finding of findings.slice(0, 40)) console.log(`✗ ${finding}`)
console.log(
  `\n${county.recipients.length} recipients in ${minutes} min: ${findings.length === 0 ? 'nothing lost, nothing doubled, both crimes caught' : `${findings.length} findings`}`,
)
process.exit(findings.length === 0 ? 0 : 1)
