import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { pino } from 'pino'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import type { Access } from '../../src/access/access.ts'
import { viewLog } from '../../src/audit/index.ts'
import { openBank } from '../../src/bank-simulator/bank.ts'
import { standardLayout } from '../../src/bank-simulator/layout.ts'
import { readConfig } from '../../src/config.ts'
import { makeCiphers } from '../../src/crypto/field-cipher.ts'
import { readKeys } from '../../src/crypto/keys.ts'
import { connect } from '../../src/database/connect.ts'
import { longTransaction } from '../../src/database/transaction.ts'
import { systemAccess } from '../../src/modules/accounts/index.ts'
import { runBankWork, sealLedger } from '../../src/modules/subsidies/index.ts'
import { recompute } from '../../src/modules/subsidies/entitlements/index.ts'
import { openAccounts } from '../../src/modules/subsidies/payment-accounts/index.ts'
import { lockBatch } from '../../src/modules/subsidies/payment-batches/rosters.ts'
import { approveBatch, makeBatch, readBatch } from '../../src/modules/subsidies/payment-batches/service.ts'
import { sendBatch } from '../../src/modules/subsidies/bank-exchange/sending.ts'
import { piecesOf } from '../../src/modules/subsidies/bank-files/index.ts'
import { takeReturn } from '../../src/modules/subsidies/bank-returns/index.ts'
import { todayOf, type Office } from '../../src/office.ts'
import { anotherOfficer, openServer, residentMemory, type Installation } from '../installation.ts'
import { compare, type Result } from '../measure.ts'

const COUNTY = 371121
const ITEMS = 50_000
const NOW = new Date()
const TODAY = todayOf(NOW)
const YEAR = TODAY.slice(0, 4)

const accessOf = (actorId: string): Access => ({
  ...systemAccess,
  ...{ actorId, county: COUNTY, prefixes: [String(COUNTY)], clearance: 'L2' },
})
const maker = accessOf(randomUUID())
const checker = accessOf(randomUUID())

/** A house without its doors: what the routes call, on a database. */
export function openHouse(
  installation: Pick<Installation, 'directory'>,
  url: string,
): { office: Office; close: () => Promise<void> } {
  const DATA_DIR = join(installation.directory, 'data')
  mkdirSync(DATA_DIR, { recursive: true })
  const config = readConfig({
    DATA_DIR,
    DEMO: 'off',
    SECOND_FACTOR_POLICY: 'off',
  })
  const log = pino({ level: 'silent' })
  const db = connect(url, { poolSize: 4, onError: () => undefined })
  const keys = readKeys(config)
  const now = () => NOW
  const office: Office = {
    config,
    db,
    keys,
    ciphers: makeCiphers(keys),
    views: viewLog(db, log, now),
    log,
    now,
  }
  return { office, close: () => db.close() }
}

const people = `
  insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, id_number_mask, hukou_division,
    residence_division, residence_status, status, source, recorded_at, updated_at, version)
  select ${COUNTY}, app.derived_id('payee ' || k), '张' || chr(20013 + k % 9000), 'zhang', 'z', '2', '1950-05-17', 'D', '01', '990000********1234', v, v, '1', 'ACTIVE',
    'IMPORT', now(), now(), 1
  from generate_series(1, ${ITEMS}) k cross join lateral (select '${COUNTY}' || lpad((1 + k % 12)::text, 3, '0') || lpad((1 + k % 50)::text, 3, '0') as v) p;
  insert into beneficiaries (county_code, id, programme, version_id, person_id, payee_id, level, confirmed_on, from_month, state, division_code, updated_at,
    version, recorded_at)
  select ${COUNTY}, app.derived_id('beneficiary ' || p.id), 'P01', t.version_id, p.id, p.id, '', '${YEAR}-01-05', '${YEAR}-01-01', 'ACTIVE', p.hukou_division, now(), 1, now()
  from persons p cross join app.programme_terms(${COUNTY}, '${YEAR}-01-05') t where t.code = 'P01';
  insert into budgets (county_code, programme, year, tier, amount_fen)
  select ${COUNTY}, 'P01', ${YEAR}, t, 900000000000 from unnest('{CENTRAL,PROVINCE,CITY,COUNTY,TOWNSHIP,OTHER}'::text[]) t`

/** 50,000 people with a year's entitlement, verified accounts and funds. */
async function loadPayees(installation: Installation): Promise<void> {
  await installation.loaded('payees', async () => {
    const draft = 'payees_draft'
    await installation.sql(draft, people)
    await installation.sql(draft, 'vacuum analyze')
    const { office, close } = openHouse(installation, installation.urlOf(draft))
    try {
      const rows = (await installation.sql(
        draft,
        'select id, name, hukou_division from persons order by id',
      )) as {
        id: string
        name: string
        hukou_division: string
      }[]
      await longTransaction(office.db, maker, async (tx) => {
        await recompute(tx, maker, { kind: 'RATE', cause: 'bench', programme: 'P01' }, NOW)
        const given = rows.map(({ id, name, hukou_division }, place) => ({
          ...{ payeeId: id, divisionCode: hukou_division, bankName: '农商银行', holderName: name },
          ...{ number: `6217${String(place).padStart(15, '0')}`, requestedOn: TODAY },
        }))
        await openAccounts(tx, office, maker, given, { verifiedBy: checker.actorId, at: NOW })
        for (const tier of ['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY'])
          await tx.client.query(`select app.post_ledger($1, $2, $3, $4, $5)`, [
            COUNTY,
            JSON.stringify({
              ...{ id: randomUUID(), kind: 'FUND_ARRIVAL', programme: 'P01', year: Number(YEAR) },
              ...{ occurredOn: TODAY, refType: 'FUND', refId: randomUUID() },
            }),
            JSON.stringify([
              { account: 'RECEIVED', tier, debitFen: 800_000_000_000, creditFen: 0 },
              { account: 'BUDGET', tier, debitFen: 0, creditFen: 800_000_000_000 },
            ]),
            ...[NOW, maker.actorId],
          ])
      })
      await sealLedger(office.db.owner, office.keys.auditSigningKey, NOW)
      await makeBatch(office, maker, {
        programme: 'P01',
        throughMonth: `${TODAY.slice(0, 7)}-01`,
        payOn: TODAY,
      })
    } finally {
      await close()
    }
  })
}

async function theBatch(office: Office): Promise<PaymentBatch> {
  const { rows } = await office.db.owner.query<{ id: string }>('select id from payment_batches')
  return await readBatch(office, maker, rows[0]!.id)
}

/** Freezing, approving and posting, with seals. */
async function payOut(office: Office): Promise<PaymentBatch> {
  const draft = await theBatch(office)
  const locked = await lockBatch(office, maker, draft.id, draft.version)
  const approved = await approveBatch(office, checker, draft.id, locked.version, undefined)
  await sealLedger(office.db.owner, office.keys.auditSigningKey, NOW)
  return approved
}

const written = [
  'payment_items',
  'payment_item_months',
  'ledger_entries',
  'ledger_lines',
  'ledger_seals',
  'access_log',
] as const

/** Copies of the database as often as they are wanted. */
async function fresh(installation: Installation, name: string, template: string): Promise<string> {
  await installation.sql('postgres', `drop database if exists ${name} with (force)`)
  await installation.sql('postgres', `create database ${name} template ${template} strategy file_copy`)
  await installation.sql('postgres', 'checkpoint')
  return installation.urlOf(name)
}

/** The rows that a payout wrote, set aside in a database that does not have them. */
async function rowsAside(installation: Installation): Promise<void> {
  await installation.loaded(
    'payout_rows',
    async () => {
      const draft = 'payout_rows_draft'
      const ends = async () => {
        const { office, close } = openHouse(installation, installation.urlOf(draft))
        await payOut(office).finally(close)
      }
      await installation.sql(
        draft,
        written.map((table) => `create table before_${table} as select * from ${table}`).join(';'),
      )
      await ends()
      for (const table of written)
        await installation.sql(
          draft,
          // In the order in which they were written: the base shall not pay for another one.
          `create table aside_${table} as select t.* from ${table} t where not exists (select from before_${table} b where b = t);
         truncate ${table} cascade; insert into ${table} select * from before_${table}; drop table before_${table}`,
        )
      await installation.sql(draft, 'vacuum analyze')
    },
    'payees',
  )
}

async function bareInsert(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query('begin')
    for (const table of written) await client.query(`insert into ${table} select * from aside_${table}`)
    await client.query('commit')
  } finally {
    await client.end()
  }
}

const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

export async function payout(installation: Installation, rounds: number): Promise<Result> {
  await loadPayees(installation)
  await rowsAside(installation)
  return await compare({
    ...{ name: 'payout', better: 'lower', goal: 2, unit: 'ms', rounds },
    ours: async () => {
      const { office, close } = openHouse(installation, await fresh(installation, 'payout_now', 'payees'))
      return await timed(() => payOut(office)).finally(close)
    },
    base: async () => {
      const url = await fresh(installation, 'payout_bare', 'payout_rows')
      return await timed(() => bareInsert(url))
    },
  })
}

/** A batch with the bank, and the bank's answer to it. */
async function sentAndAnswered(installation: Installation, name: string): Promise<Buffer> {
  const { office, close } = openHouse(installation, await fresh(installation, name, 'payees'))
  try {
    const approved = await payOut(office)
    await sendBatch(office, maker, approved.id, { version: approved.version, channel: 'FILE' })
    await runBankWork(office)
    const { submission, number } = await theBatch(office)
    const pieces: Buffer[] = []
    for await (const piece of piecesOf(office, maker, submission!.id)) pieces.push(piece)
    const bank = openBank(standardLayout, { failed: 0.02 }, () => NOW.getTime())
    bank.receive(number, Buffer.concat(pieces))
    return bank.returns(number)[0]!.content
  } finally {
    await close()
  }
}

/** The rows as they were made, copied into the same indexed table. */
async function rawCopy(url: string, rows: Buffer): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query('begin')
    const stream = client.query(copyFrom('copy payment_outcomes from stdin'))
    stream.end(rows)
    await finished(stream)
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function outcomesOf(url: string): Promise<Buffer> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const pieces: Buffer[] = []
    for await (const piece of client.query(copyTo('copy payment_outcomes to stdout')))
      pieces.push(piece as Buffer)
    return Buffer.concat(pieces)
  } finally {
    await client.end()
  }
}

export async function returnFile(installation: Installation, rounds: number): Promise<Result> {
  await loadPayees(installation)
  const content = await sentAndAnswered(installation, 'answered')
  await installation.sql('answered', 'vacuum analyze')
  async function* inPieces() {
    for (let from = 0; from < content.length; from += 65_536) yield content.subarray(from, from + 65_536)
  }
  const ours = async () => {
    const { office, close } = openHouse(installation, await fresh(installation, 'return_now', 'answered'))
    const batch = await theBatch(office)
    // A server that runs has its connections.
    await office.db.streams.query('select 1')
    return await timed(() =>
      takeReturn(office, maker, {
        ...{ batch: { id: batch.id }, name: 'r.csv', channel: 'FILE', content: inPieces() },
      }),
    ).finally(close)
  }
  // A server has read files before: once without counting.
  await ours()
  const rows = await outcomesOf(installation.urlOf('return_now'))
  return await compare({
    ...{ name: 'return-file', better: 'lower', goal: 4, unit: 'ms', rounds },
    ours,
    base: async () => {
      const url = await fresh(installation, 'return_now', 'answered')
      return await timed(() => rawCopy(url, rows))
    },
  })
}

/** The whole way of a batch through a server of its own, its memory looked at all the while. */
export async function payoutMemory(installation: Installation, rounds: number): Promise<Result> {
  await loadPayees(installation)
  let idle = 0
  return await compare({
    ...{ name: 'payout-memory', better: 'lower', goal: 2, unit: 'MiB', rounds: Math.min(rounds, 3) },
    ours: async () => {
      const url = await fresh(installation, 'payout_memory', 'payees')
      const server = await openServer(installation, url, String(COUNTY), { role: 'county_subsidy' })
      try {
        const finance = await anotherOfficer(server, installation, url, String(COUNTY), {
          role: 'county_finance',
        })
        await pause(2000)
        idle = await residentMemory(server.pid)
        let peak = idle
        const watching = setInterval(
          () => void residentMemory(server.pid).then((now) => (peak = Math.max(peak, now))),
          20,
        )
        await throughServer(server, finance).finally(() => clearInterval(watching))
        return peak
      } finally {
        await server.stop()
      }
    },
    base: () => Promise.resolve(idle),
  })
}

type At = { url: string; token: string }

async function throughServer(server: At, finance: string): Promise<void> {
  const ask = async (token: string, path: string, init: RequestInit = {}, version?: number) => {
    const answer = await fetch(`${server.url}/api/v1/payment-batches${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        ...(typeof init.body === 'string' && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const batchOf = async (answer: Promise<Response>) => (await (await answer).json()) as PaymentBatch
  const { items } = (await (await ask(server.token, '')).json()) as { items: { id: string }[] }
  const [{ id }] = items as [{ id: string }]
  const draft = await batchOf(ask(server.token, `/${id}`))
  const locked = await batchOf(ask(server.token, `/${id}/lock`, { method: 'POST' }, draft.version))
  const approved = await batchOf(
    ask(finance, `/${id}/approval`, { method: 'POST', body: '{}' }, locked.version),
  )
  const body = JSON.stringify({ channel: 'FILE' })
  await ask(server.token, `/${id}/submissions`, { method: 'POST', body }, approved.version)
  while ((await batchOf(ask(server.token, `/${id}`))).submission?.state === 'PREPARING') await pause(200)
  const file = Buffer.from(await (await ask(server.token, `/${id}/bank-file`)).arrayBuffer())
  const bank = openBank(standardLayout, { failed: 0.02 }, () => NOW.getTime())
  bank.receive(approved.number, file)
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bank.returns(approved.number)[0]!.content)]), 'return.csv')
  await ask(server.token, `/${id}/returns`, { method: 'POST', body: form })
}

/** A database of one batch that was paid, answered and sealed. */
export async function settleBatch(installation: Installation, name: string): Promise<void> {
  await loadPayees(installation)
  const content = await sentAndAnswered(installation, name)
  const { office, close } = openHouse(installation, installation.urlOf(name))
  try {
    const { id } = await theBatch(office)
    const whole = Readable.from([content])
    await takeReturn(office, maker, { batch: { id }, name: 'r.csv', channel: 'FILE', content: whole })
    await sealLedger(office.db.owner, office.keys.auditSigningKey, NOW)
  } finally {
    await close()
  }
  await installation.sql(
    name,
    `insert into budget_changes (county_code, id, programme, year, tier, amount_fen, decided_on, document, recorded_at)
     select county_code, app.derived_id(tier), programme, year, tier, amount_fen, '${TODAY}', 'bench', now() from budgets`,
  )
  await installation.sql(name, 'vacuum analyze')
}
