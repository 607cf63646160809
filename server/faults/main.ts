import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openHouse } from '../bench/subsidies/paying.ts'
import { openBank } from '../src/bank-simulator/bank.ts'
import { openCounter } from '../src/bank-simulator/counter.ts'
import { standardLayout } from '../src/bank-simulator/layout.ts'
import { startEmbedded } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'
import { withoutDatabase } from './away.ts'
import { openDesk } from './desk.ts'
import { interruptImports } from './interrupted-imports.ts'
import { killPostgres } from './postgres.ts'
import { furnishVillage } from './register-files.ts'
import { payOutWithoutRoom } from './room.ts'
import { openServer, warmUp } from './server.ts'
import { appoint, entitle, findingsIn, fund } from './treasury.ts'
import { sendLargeFiles } from './uploads.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    'database-kills': { type: 'string', default: '60' },
    submissions: { type: 'string', default: '20' },
    races: { type: 'string', default: '300' },
    returns: { type: 'string', default: '2000' },
    room: { type: 'string', default: '1' },
    away: { type: 'string', default: '30' },
    uploads: { type: 'string', default: '1' },
    imports: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    `npm run test:faults -- [--kills 500] [--database-kills 60] [--submissions 20] [--races 300] [--returns 2000] [--room 1]
                       [--away 30] [--uploads 1] [--imports 8] [--seed 1]

Pays out while the server and PostgreSQL are killed at random, while a hundred submit and four approve at once, with return
files that are broken and on a disk that is full, and looks whether anything was lost or doubled. Then the register: the
database is gone or slow for so many seconds in four ways, files come that are too large, as large as may be and packed, and
so many imports are ended or killed on their way. 0 leaves a trial out.`,
  )
  process.exit(0)
}
const wanted = (name: Exclude<keyof typeof values, 'help' | 'seed'>) => Number(values[name])

let state = Number(values.seed) >>> 0 || 1
/** Below so many; the same of the same seed. */
function draw(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const began = performance.now()
const directory = await mkdtemp(join(tmpdir(), 'youyu-faults-'))
// PostgreSQL runs under an account of its own, which has to reach its data.
await chmod(directory, 0o755)
const silent = { info: () => undefined, warn: () => undefined }
const postgres = await startEmbedded({ dataDir: join(directory, 'postgres'), log: silent })
await migrate(postgres.url)
const { office, close } = openHouse({ directory }, postgres.url)
await appoint(office)
const bank = openBank(standardLayout, { failed: 0.02, seed: values.seed })
const counter = openCounter(bank).listen(0, '127.0.0.1')
await once(counter, 'listening')
const environment = {
  DATABASE_URL: postgres.url,
  DATA_DIR: join(directory, 'data'),
  SECOND_FACTOR_POLICY: 'off',
  BANK_URL: `http://127.0.0.1:${(counter.address() as AddressInfo).port}`,
  LOG_LEVEL: 'error',
  POOL_SIZE: '5',
  // Days are those of Shanghai wherever the machine believes to be.
  TZ: 'America/Los_Angeles',
  NODE_COMPILE_CACHE: join(directory, 'compiled'),
}
await warmUp(environment)
const server = openServer(environment)
const desk = openDesk({ office, server, bank, draw })
const done = { kills: 0, databaseKills: 0, submissions: 0, races: 0, returns: 0 }
const findings: string[] = []
const complaint = (error: Error) => [error.message]

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    console.log(`ended before its time by ${signal}`)
    setTimeout(() => process.exit(1), 20_000)
    void Promise.all([server.stop(), postgres.stop()]).finally(() => process.exit(1))
  })

/** Batches of which return files were invented. */
const invented = new Set<string>()

async function trial(name: string, times: number, work: () => Promise<void>): Promise<void> {
  if (times === 0 || !isFurnished) return
  const start = performance.now()
  const found = findings.length
  findings.push(...(await work().then(() => [], complaint)))
  findings.push(...(await findingsIn(office, bank.paid(), invented).catch(complaint)))
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  const told = findings.slice(found, found + 20).join('; ') || 'nothing lost, nothing doubled'
  console.log(`${name.padEnd(28)} ${seconds} s  ${told}`)
}

findings.push(...(await fund(server).then(() => [], complaint)))
const isFurnished = findings.length === 0
if (!isFurnished) console.log(findings.join('; '))

async function killServer(): Promise<void> {
  if (await server.kill()) done.kills += 1
}
await trial('server killed', wanted('kills'), async () => {
  while (done.kills < wanted('kills') && findings.length === 0) await desk.payOut(killServer)
})

const manners = ['all', 'postmaster', 'one'] as const
async function killDatabase(): Promise<void> {
  if (await killPostgres(postgres, office, manners[draw(3)]!)) done.databaseKills += 1
}
await trial('PostgreSQL killed', wanted('database-kills'), async () => {
  while (done.databaseKills < wanted('database-kills') && findings.length === 0)
    await desk.payOut(killDatabase)
})

await trial('100 submissions at once', wanted('submissions'), async () => {
  for (; done.submissions < wanted('submissions'); done.submissions += 1) {
    await entitle(office, 3)
    const { id } = await desk.locked()
    await desk.step(id, 'approval', { body: {} })
    const { version } = await desk.now(id)
    const asked = { version, body: { channel: 'HTTP' }, key: `send-${id}` }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        desk.insist(() => server.ask('county_subsidy', 'POST', `/payment-batches/${id}/submissions`, asked)),
      ),
    )
    const different = new Set(answers.map(({ status, text }) => `${status} ${text}`))
    if (different.size !== 1 || answers[0]!.status !== 201)
      findings.push(`answers differ: ${[...different].map((each) => each.slice(0, 60)).join(', ')}`)
  }
})

await trial('approvals racing', wanted('races'), async () => {
  await entitle(office, 3)
  for (; done.races < wanted('races'); done.races += 1) {
    const { id, version } = await desk.locked()
    const url = `/payment-batches/${id}`
    const answers = await Promise.all([
      server.ask('county_finance', 'POST', `${url}/approval`, { version, body: {} }),
      server.ask('county_finance', 'POST', `${url}/approval`, { version, body: {} }),
      server.ask('county_subsidy', 'POST', `${url}/approval`, { version, body: {} }),
      server.ask('county_subsidy', 'POST', `${url}/voiding`, { version, body: { reason: '竞态' } }),
    ])
    const won = answers.filter(({ status }) => status === 201)
    if (won.length !== 1 || answers[2].status !== 403)
      findings.push(`race ${done.races}: ${answers.map(({ status }) => status).join(' ')}`)
    const now = await desk.now(id)
    if (now.state !== (answers[3].status === 201 ? 'VOID' : 'APPROVED'))
      findings.push(`race ${done.races}: ${now.state}`)
    // Its months are owed again, for the next race.
    if (now.state === 'APPROVED') await desk.step(id, 'voiding', { body: { reason: '重做' } })
  }
})

/** What a bank's return looks like when it comes broken: cut off, with a piece twice, with other bytes in it. */
function mangle(right: Buffer): Buffer {
  const cut = right.subarray(0, right.length - (draw(3) === 0 ? draw(right.length) : 0))
  const from = draw(cut.length + 1)
  const again = draw(4) === 0 ? cut.subarray(from, from + draw(200)) : Buffer.alloc(0)
  const mangled = Buffer.concat([cut.subarray(0, from), again, cut.subarray(from)])
  for (let edit = draw(5); edit > 0 && mangled.length > 0; edit -= 1)
    mangled[draw(mangled.length)] = draw(3) === 0 ? 0x30 + draw(10) : draw(256)
  return mangled
}

await trial('malformed returns', wanted('returns'), async () => {
  await entitle(office, 60)
  const { id, number } = await desk.locked()
  await desk.step(id, 'approval', { body: {} })
  await desk.step(id, 'submissions', { body: { channel: 'FILE' } })
  invented.add(number)
  let file = await server.ask('county_subsidy', 'GET', `/payment-batches/${id}/bank-file`)
  for (let look = 0; file.status !== 200 && look < 200; look += 1) {
    await pause(100)
    file = await server.ask('county_subsidy', 'GET', `/payment-batches/${id}/bank-file`)
  }
  bank.receive(number, Buffer.from(file.text))
  const right = bank.returns(number)[0]!.content
  const upload = async (content: Buffer) => {
    const body = new FormData()
    body.set('file', new Blob([new Uint8Array(content)]), 'return.csv')
    return await server.ask('county_subsidy', 'POST', `/payment-batches/${id}/returns`, { body })
  }
  let taken = 0
  for (; done.returns < wanted('returns'); done.returns += 1) {
    const { status, body, text } = await upload(mangle(right))
    if (status === 201) taken += 1
    const named = (body['errors'] as { pointer: string }[] | undefined)?.[0]?.pointer ?? ''
    if (status !== 201 && !(status === 422 && /^\/lines\/\d+|^\/file|^$/.test(named)))
      findings.push(`return ${done.returns}: ${status} ${text.slice(0, 120)}`)
  }
  const { status, text } = await upload(right)
  if (status !== 201) findings.push(`the right return: ${status} ${text.slice(0, 120)}`)
  const { rows } = await office.db.owner.query<{ lines: number; kept: number }>(
    `select (select coalesce(sum(lines - repeated), 0)::int from bank_returns where batch_id = $1) as lines,
       (select count(*)::int from payment_outcomes where batch_id = $1) + (select count(*)::int from bank_return_unmatched where batch_id = $1) as kept`,
    [id],
  )
  if (rows[0]!.lines !== rows[0]!.kept) findings.push('a return was applied by half')
  console.log(`  ${taken} of ${done.returns} could be read after all`)
})

// The register's trials count on a server of their own, which takes its own work and nobody else's.
await server.stop()
await furnishVillage(office)
const register = { office, environment, directory }
const told = async (work: Promise<string[]>) => void findings.push(...(await work))
await trial('the database is away', wanted('away'), () =>
  told(withoutDatabase({ ...register, url: postgres.url, seconds: wanted('away'), from: 9_000_000 })),
)
await trial('large and packed files', wanted('uploads'), () =>
  told(sendLargeFiles({ ...register, from: 5_000_000 })),
)
await trial('imports interrupted', wanted('imports'), () =>
  told(interruptImports({ ...register, times: wanted('imports'), rows: 60_000, draw, from: 0 })),
)

await close()
counter.close()
await postgres.stop()

let room = 'not tried'
if (wanted('room') > 0) {
  const start = performance.now()
  const tried = await payOutWithoutRoom(directory, values.seed)
  findings.push(...(tried?.findings ?? []))
  room = tried
    ? [...tried.refusals].map(([what, times]) => `${what} ${times}`).join(', ')
    : 'left out: a small disk can only be mounted by root'
  const told = tried?.findings.join('; ') || 'nothing lost, nothing doubled'
  console.log(
    `${'no room on the disk'.padEnd(28)} ${((performance.now() - start) / 1000).toFixed(0)} s  ${told}`,
  )
}
await rm(directory, { recursive: true, force: true })

const minutes = ((performance.now() - began) / 60_000).toFixed(1)
console.log(
  `\n${done.kills} kills of the server, ${done.databaseKills} of PostgreSQL, ${done.submissions} × 100 submissions, ${done.races} races, ${done.returns} returns; refused without room: ${room}; ${minutes} minutes; ${findings.length === 0 ? 'all holds' : `${findings.length} findings`}`,
)
process.exit(findings.length === 0 ? 0 : 1)
