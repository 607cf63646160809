import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
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
import { todayOf } from '../src/office.ts'
import { batchIn, openServer, type Said } from './server.ts'
import { entitle, findingsIn, furnish } from './treasury.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    'database-kills': { type: 'string', default: '60' },
    submissions: { type: 'string', default: '20' },
    races: { type: 'string', default: '300' },
    returns: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    'npm run test:faults -- [--kills 500] [--database-kills 60] [--submissions 20] [--races 300] [--returns 2000] [--seed 1]\n\nPays out while the server and PostgreSQL are killed at random, and looks whether anything was lost or doubled.',
  )
  process.exit(0)
}

let state = Number(values.seed) >>> 0 || 1
/** Below so many; the same of the same seed. */
function draw(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

const directory = await mkdtemp(join(tmpdir(), 'youyu-faults-'))
const silent = { info: () => undefined, warn: () => undefined }
const dataDir = join(directory, 'postgres')
let postgres = await startEmbedded({ dataDir, log: silent })
await migrate(postgres.url)
let { office, close } = openHouse({ directory }, postgres.url)
await furnish(office)
const bank = openBank(standardLayout, { failed: 0.02, seed: values.seed })
const counter = openCounter(bank).listen(0, '127.0.0.1')
await once(counter, 'listening')
const environment = {
  DATABASE_URL: postgres.url,
  DATA_DIR: join(directory, 'data'),
  SECOND_FACTOR_POLICY: 'off',
  BANK_URL: `http://127.0.0.1:${(counter.address() as AddressInfo).port}`,
  LOG_LEVEL: 'error',
}
const server = openServer(environment)
let kills = 0
let databaseKills = 0
const findings: string[] = []
const today = todayOf(new Date())

/** Asks; perhaps somebody kills something before the answer. Until it is an answer. */
async function insist(ask: () => Promise<Said>, killer: (() => Promise<void>) | null): Promise<Said> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const asking = ask()
    if (killer && attempt < 2) await pause(draw(120)).then(killer)
    const answer = await asking
    if (answer.status > 0 && answer.status < 500 && answer.status !== 401) return answer
    await pause(100)
  }
  throw new Error('There was no answer any more')
}

async function killServer(): Promise<void> {
  kills += 1
  await server.kill()
}

async function killDatabase(): Promise<void> {
  databaseKills += 1
  const pid = Number(
    (await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '0')).split('\n')[0],
  )
  if (pid > 0) process.kill(pid, 'SIGKILL')
  await close()
  await pause(300)
  postgres = await startEmbedded({ dataDir, log: silent })
  ;({ office, close } = openHouse({ directory }, postgres.url))
}

/** Time passes: leases run out, the bank is looked at again. */
const later = () =>
  office.db.owner
    .query(
      `update bank_submissions set lease_until = now() where lease_until > now(); update bank_submissions set next_at = now()`,
    )
    .catch(() => undefined)

async function payOut(killer: (() => Promise<void>) | null): Promise<string> {
  await entitle(office, 8)
  const clerk = 'county_subsidy'
  const body = { programme: 'P01', throughMonth: `${today.slice(0, 7)}-01`, payOn: today }
  const key = `make-${bank.paid().size}-${kills}-${databaseKills}-${draw(1e9)}`
  const { id } = batchIn(
    await insist(() => server.ask(clerk, 'POST', '/payment-batches', { body, key }), killer),
  )
  const now = async () =>
    batchIn(await insist(() => server.ask(clerk, 'GET', `/payment-batches/${id}`), null))
  const step = async (role: 'county_subsidy' | 'county_finance', name: string, given?: object) => {
    const { version } = await now()
    const asked = { version, key: `${name}-${id}`, ...(given && { body: given }) }
    const said = await insist(() => server.ask(role, 'POST', `/payment-batches/${id}/${name}`, asked), killer)
    if (said.status !== 201) throw new Error(`${name}: ${said.text}`)
  }
  await step(clerk, 'lock')
  await step('county_finance', 'approval', {})
  await step(clerk, 'submissions', { channel: 'HTTP' })
  for (let look = 0; ; look += 1) {
    await later()
    if (killer && look < 2) await pause(draw(400)).then(killer)
    await pause(150)
    const batch = await now()
    if (batch.paid.count + batch.failed.count === batch.items.count) break
    if (look > 400) throw new Error(`The bank's answer to ${batch.number} never came in`)
  }
  await step('county_finance', 'closing')
  return id
}

async function trial(name: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await work().catch((error: Error) => findings.push(`${name}: ${error.message}`))
  findings.push(...(await findingsIn(office, bank.paid())))
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(
    `${name.padEnd(28)} ${seconds} s  ${findings.length === 0 ? 'nothing lost, nothing doubled' : findings.join('; ')}`,
  )
}

await trial('server killed', async () => {
  while (kills < Number(values.kills)) await payOut(killServer)
})
await trial('PostgreSQL killed', async () => {
  while (databaseKills < Number(values['database-kills'])) await payOut(killDatabase)
})

/** A batch with its roster frozen, and whoever approves it. */
async function locked(): Promise<{ id: string; version: number }> {
  await entitle(office, 3)
  const body = { programme: 'P01', throughMonth: `${today.slice(0, 7)}-01`, payOn: today }
  const made = batchIn(
    await insist(() => server.ask('county_subsidy', 'POST', '/payment-batches', { body }), null),
  )
  const said = await server.ask('county_subsidy', 'POST', `/payment-batches/${made.id}/lock`, {
    version: made.version,
  })
  return batchIn(said)
}

await trial('100 submissions at once', async () => {
  for (let round = 0; round < Number(values.submissions); round += 1) {
    const { id, version } = await locked()
    const approved = batchIn(
      await server.ask('county_finance', 'POST', `/payment-batches/${id}/approval`, { version, body: {} }),
    )
    const asked = { version: approved.version, body: { channel: 'HTTP' }, key: `send-${id}` }
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        server.ask('county_subsidy', 'POST', `/payment-batches/${id}/submissions`, asked),
      ),
    )
    const good = answers.filter(({ status }) => status === 201)
    if (good.length === 0 || new Set(good.map(({ text }) => text)).size !== 1) findings.push('answers differ')
  }
})

await trial('approvals racing', async () => {
  let { id, version } = await locked()
  for (let race = 0; race < Number(values.races); race += 1) {
    const url = `/payment-batches/${id}`
    const answers = await Promise.all([
      server.ask('county_finance', 'POST', `${url}/approval`, { version, body: {} }),
      server.ask('county_finance', 'POST', `${url}/approval`, { version, body: {} }),
      server.ask('county_subsidy', 'POST', `${url}/approval`, { version, body: {} }),
      server.ask('county_subsidy', 'POST', `${url}/voiding`, { version, body: { reason: '竞态' } }),
    ])
    const won = answers.filter(({ status }) => status === 201)
    if (won.length !== 1 || answers[2].status !== 403)
      findings.push(`race ${race}: ${answers.map(({ status }) => status).join(' ')}`)
    const now = batchIn(await server.ask('county_subsidy', 'GET', url))
    if (now.state === 'APPROVED')
      await server.ask('county_subsidy', 'POST', `${url}/voiding`, {
        version: now.version,
        body: { reason: '重做' },
      })
    ;({ id, version } = await locked())
  }
})

await trial('malformed returns', async () => {
  const { id, version } = await locked()
  const approved = batchIn(
    await server.ask('county_finance', 'POST', `/payment-batches/${id}/approval`, { version, body: {} }),
  )
  await server.ask('county_subsidy', 'POST', `/payment-batches/${id}/submissions`, {
    version: approved.version,
    body: { channel: 'FILE' },
  })
  const line = (seq: number) => `${approved.number},${seq},6217000000000000000,96000,00,,R${seq},${today}`
  const right = Buffer.from(
    `batch_no,seq,account_no,amount_fen,code,message,bank_ref,value_date\n${[1, 2, 3].map(line).join('\n')}\n`,
  )
  for (let turn = 0; turn < Number(values.returns); turn += 1) {
    const mangled = Buffer.from(right.subarray(0, right.length - draw(right.length - 40)))
    for (let edit = 0; edit <= draw(6); edit += 1) mangled[draw(mangled.length)] = draw(256)
    const body = new FormData()
    body.set('file', new Blob([new Uint8Array(mangled)]), 'return.csv')
    const { status, text } = await server.ask('county_subsidy', 'POST', `/payment-batches/${id}/returns`, {
      body,
    })
    if (![201, 422].includes(status)) findings.push(`return ${turn}: ${status} ${text.slice(0, 80)}`)
  }
  const { rows } = await office.db.owner.query<{ lines: number; kept: number }>(
    `select (select coalesce(sum(lines - repeated), 0)::int from bank_returns where batch_id = $1) as lines,
       (select count(*)::int from payment_outcomes where batch_id = $1) + (select count(*)::int from bank_return_unmatched where batch_id = $1) as kept`,
    [id],
  )
  if (rows[0]!.lines !== rows[0]!.kept) findings.push('a return was applied by half')
  // What these files said was invented: the bank has paid nothing of it.
  await office.db.owner.query('delete from payment_outcomes where batch_id = $1', [id])
})

await trial('no room before the first row', async () => {
  await entitle(office, 400)
  const body = { programme: 'P01', throughMonth: `${today.slice(0, 7)}-01`, payOn: today }
  const made = batchIn(
    await insist(() => server.ask('county_subsidy', 'POST', '/payment-batches', { body }), null),
  )
  await office.db.owner.query(
    `alter function app.freeze_roster set temp_file_limit = 0; alter function app.freeze_roster set work_mem = '64kB'`,
  )
  await server.ask('county_subsidy', 'POST', `/payment-batches/${made.id}/lock`, { version: made.version })
  const { rows } = await office.db.owner.query<{ n: number; state: string }>(
    `select b.state, (select count(*)::int from payment_items i where i.batch_id = b.id) as n from payment_batches b where b.id = $1`,
    [made.id],
  )
  if ((rows[0]!.state === 'DRAFT') !== (rows[0]!.n === 0)) findings.push('a roster was frozen by half')
  await office.db.owner.query(
    `alter function app.freeze_roster reset temp_file_limit; alter function app.freeze_roster set work_mem = '96MB'`,
  )
})

await server.stop()
await close()
counter.close()
await postgres.stop()
await rm(directory, { recursive: true, force: true })
console.log(
  `\n${kills} kills of the server, ${databaseKills} of PostgreSQL: ${findings.length === 0 ? 'all holds' : `${findings.length} findings`}`,
)
process.exit(findings.length === 0 ? 0 : 1)
