import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openHouse } from '../bench/subsidies/paying.ts'
import { openBank } from '../src/bank-simulator/bank.ts'
import { standardLayout } from '../src/bank-simulator/layout.ts'
import { startEmbedded } from '../src/database/embedded.ts'
import { migrate } from '../src/database/migrate.ts'
import type { Office } from '../src/office.ts'
import { newBatch } from './desk.ts'
import { untilItAnswers } from './postgres.ts'
import { batchIn, openServer, type Asked, type Said } from './server.ts'
import { AMPLE, mountSmallDisk } from './small-disk.ts'
import { appoint, entitle, findingsIn, fund } from './treasury.ts'

const PEOPLE = 1500
/** So much more room is made after every refusal. */
const STEP = 128 * 1024

const silent = { info: () => undefined, warn: () => undefined }

type Counts = {
  state: string
  items: number
  commitments: number
  submissions: number
  returns: number
  outcomes: number
  keys: number
}

/** What stands of a batch, and under a key. */
async function standing({ db }: Office, id: string, key: string): Promise<Counts> {
  const { rows } = await db.owner.query<Counts>(
    `select b.state, (select count(*)::int from payment_items where batch_id = b.id) as items,
       (select count(*)::int from ledger_entries where ref_id = b.id and kind = 'COMMITMENT') as commitments,
       (select count(*)::int from bank_submissions where batch_id = b.id) as submissions,
       (select count(*)::int from bank_returns where batch_id = b.id) as returns,
       (select count(*)::int from payment_outcomes where batch_id = b.id) as outcomes,
       (select count(*)::int from idempotency_keys where key = $2) as keys
     from payment_batches b where b.id = $1`,
    [id, key],
  )
  return rows[0]!
}

/** A refusal that says what is the matter, in both languages, as a problem document. */
function isClear({ status, type, body }: Said): boolean {
  const titles = (body['titles'] ?? {}) as Record<string, string>
  return (
    [507, 503].includes(status) &&
    type.startsWith('application/problem+json') &&
    Boolean(titles['zh-CN'] && titles['en'])
  )
}

type RoomTrial = { findings: string[]; refusals: Map<string, number> }

/** A payout on a disk that is full at every point of it, and for PostgreSQL's log; null where none can be mounted. */
export async function payOutWithoutRoom(directory: string, seed: string): Promise<RoomTrial | null> {
  const disk = await mountSmallDisk(join(directory, 'small-disk'))
  if (!disk) return null
  const findings: string[] = []
  const refusals = new Map<string, number>()
  const postgres = await startEmbedded({ dataDir: disk.directory, log: silent })
  await migrate(postgres.url)
  const { office, close } = openHouse({ directory: join(directory, 'small-office') }, postgres.url)
  await appoint(office)
  const bank = openBank(standardLayout, { failed: 0.02, seed })
  const server = openServer({
    ...{ DATABASE_URL: postgres.url, DATA_DIR: join(directory, 'small-office', 'data') },
    ...{ SECOND_FACTOR_POLICY: 'off', LOG_LEVEL: 'silent', POOL_SIZE: '5' },
  })
  const owner = (text: string) => office.db.owner.query(text)

  /** Asks with no room at all, and with a little more each time until it is done; then once more, which changes nothing. */
  async function squeeze(what: string, id: string, key: string, ask: () => Promise<Said>): Promise<Said> {
    const before = await standing(office, id, key)
    await owner('checkpoint')
    for (let room = 0; ; room += STEP) {
      await disk!.leave(room)
      const said = await ask()
      const isOutOfWal = said.status === 503 || said.status === 0
      if (said.status > 0 && said.status < 500) {
        await disk!.leave(AMPLE)
        const after = await standing(office, id, key)
        const again = await ask()
        if (said.status !== 201)
          findings.push(`${what} in the end: ${said.status} ${said.text.slice(0, 200)}`)
        if (again.text !== said.text) findings.push(`${what} a second time says something else`)
        if (JSON.stringify(await standing(office, id, key)) !== JSON.stringify(after))
          findings.push(`${what} a second time was done twice`)
        return said
      }
      refusals.set(what, (refusals.get(what) ?? 0) + 1)
      if (!isClear(said)) findings.push(`${what} without room: ${said.status} ${said.text.slice(0, 200)}`)
      if (isOutOfWal) await disk!.leave(AMPLE)
      await untilItAnswers(office)
      const now = await standing(office, id, key)
      if (JSON.stringify(now) !== JSON.stringify(before))
        findings.push(`${what} without room was done by half: ${JSON.stringify(now)}`)
    }
  }

  async function step(id: string, name: string, body?: object): Promise<void> {
    const role = ['approval', 'closing'].includes(name) ? 'county_finance' : 'county_subsidy'
    const { version } = batchIn(await server.ask('county_subsidy', 'GET', `/payment-batches/${id}`))
    const key = `${name}-${id}`
    const asked: Asked = { version, key, ...(body && { body }) }
    await squeeze(name, id, key, () => server.ask(role, 'POST', `/payment-batches/${id}/${name}`, asked))
  }

  async function made(): Promise<{ id: string; number: string }> {
    const said = await server.ask('county_subsidy', 'POST', '/payment-batches', { body: newBatch() })
    if (said.status !== 201) throw new Error(`making: ${said.status} ${said.text.slice(0, 200)}`)
    return batchIn(said)
  }

  async function bankFileOf(id: string): Promise<Buffer> {
    for (let look = 0; look < 200; look += 1) {
      const said = await server.ask('county_subsidy', 'GET', `/payment-batches/${id}/bank-file`)
      if (said.status === 200) return Buffer.from(said.text)
      await owner('update bank_submissions set lease_until = now(), next_at = now()')
      await pause(100)
    }
    throw new Error('The file for the bank was never made')
  }

  /** The log of PostgreSQL is full: it ends, answers are refusals, and it comes back when there is room. */
  async function withoutLog(): Promise<void> {
    await entitle(office, 20)
    const { id } = await made()
    const { version } = batchIn(await server.ask('county_subsidy', 'GET', `/payment-batches/${id}`))
    const asked: Asked = { version, key: `log-${id}` }
    const lock = () => server.ask('county_subsidy', 'POST', `/payment-batches/${id}/lock`, asked)
    await disk!.leave(0)
    for (let turn = 0; turn < 2000; turn += 1)
      if (
        !(await owner(`select pg_logical_emit_message(false, 'room', repeat('x', 900000))`).catch(() => null))
      )
        break
    const refused = await lock()
    if (!isClear(refused)) findings.push(`without a log: ${refused.status} ${refused.text.slice(0, 200)}`)
    refusals.set('log', 1)
    await disk!.leave(AMPLE)
    await untilItAnswers(office)
    let said = await lock()
    for (let attempt = 0; said.status !== 201 && attempt < 100; attempt += 1) {
      await pause(100)
      said = await lock()
    }
    const { state, items } = await standing(office, id, asked.key!)
    if (said.status !== 201 || state !== 'LOCKED' || items < 20)
      findings.push(`with a log again: ${said.status} ${state} ${items}`)
  }

  try {
    await server.ready()
    await fund(server)
    await entitle(office, PEOPLE)
    const { id, number } = await made()
    await step(id, 'lock')
    await step(id, 'approval', {})
    await step(id, 'submissions', { channel: 'FILE' })
    bank.receive(number, await bankFileOf(id))
    const [file] = bank.returns(number)
    await squeeze('returns', id, 'none', () => {
      const body = new FormData()
      body.set('file', new Blob([new Uint8Array(file!.content)]), file!.name)
      return server.ask('county_subsidy', 'POST', `/payment-batches/${id}/returns`, { body })
    })
    await step(id, 'closing')
    for (const [what, least] of [
      ['lock', 3],
      ['returns', 3],
    ] as const)
      if ((refusals.get(what) ?? 0) < least) findings.push(`${what} was hardly ever without room`)
    await withoutLog()
    findings.push(...(await findingsIn(office, bank.paid())))
  } catch (error) {
    findings.push((error as Error).message)
  } finally {
    await disk.leave(AMPLE)
    await server.stop()
    await close()
    await postgres.stop()
    await disk.unmount()
  }
  return { findings, refusals }
}
