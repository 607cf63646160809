import { createPublicKey, randomUUID } from 'node:crypto'
import type { Access } from '../src/access/access.ts'
import { longTransaction } from '../src/database/transaction.ts'
import { ensureAccount, systemAccess } from '../src/modules/accounts/index.ts'
import { recompute } from '../src/modules/subsidies/entitlements/index.ts'
import { openAccounts, sealLedger, verifyLedger } from '../src/modules/subsidies/index.ts'
import { todayOf, type Office } from '../src/office.ts'
import type { Server } from './server.ts'

const COUNTY = 371121
export const password = 'a password of the trials, long enough'
const access: Access = { ...systemAccess, county: COUNTY, prefixes: [String(COUNTY)] }
const verifiedBy = randomUUID()

/** The officers of the trials. */
export async function appoint({ db, now }: Office): Promise<void> {
  for (const role of ['county_subsidy', 'county_finance', 'county_population'] as const)
    await ensureAccount(db, {
      ...{ username: role, password, displayName: role, now: now() },
      grants: [{ role, divisionPrefix: String(COUNTY) }],
    })
}

/** Budgets and funds that do not run out. */
export async function fund(server: Server): Promise<void> {
  const today = todayOf(new Date())
  const year = Number(today.slice(0, 4))
  for (const tier of ['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY']) {
    const line = { programme: 'P01', year, tier, amountFen: 900_000_000_000 }
    for (const [path, more] of [
      ['budget-changes', { decidedOn: today, document: '预算批复' }],
      ['fund-arrivals', { arrivedOn: today, voucher: `拨款 ${tier}` }],
    ] as const) {
      const said = await server.ask('county_finance', 'POST', `/${path}`, { body: { ...line, ...more } })
      if (said.status !== 201) throw new Error(`${path}: ${said.status} ${said.text}`)
    }
  }
}

let serial = 0

/** So many more people who are entitled since January. */
export async function entitle(office: Office, count: number): Promise<void> {
  const year = todayOf(office.now()).slice(0, 4)
  const from = (serial += count) - count
  const { rows } = await office.db.owner.query<{
    id: string
    name: string
    village: string
    beneficiary: string
  }>(
    `with drawn as (
       select app.derived_id('payee ' || k) as id, '张' || chr(20013 + k % 9000) as name, '${COUNTY}00100' || (1 + k % 3) as village
       from generate_series($1::int, $2::int) k
     ), people as (
       insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division,
         residence_division, residence_status, status, source, recorded_at, updated_at, version)
       select ${COUNTY}, id, name, 'zhang', 'z', '2', '1950-05-17', 'D', '01', village, village, '1', 'ACTIVE', 'MANUAL', now(), now(), 1 from drawn
     ), entitled as (
       insert into beneficiaries (county_code, id, programme, version_id, person_id, payee_id, level, confirmed_on, from_month, state, division_code,
         updated_at, version, recorded_at)
       select ${COUNTY}, app.derived_id('beneficiary ' || d.id), 'P01', t.version_id, id, id, '', '${year}-01-05', '${year}-01-01', 'ACTIVE', village, now(), 1, now()
       from drawn d cross join app.programme_terms(${COUNTY}, '${year}-01-05') t where t.code = 'P01')
     select id, name, village, app.derived_id('beneficiary ' || id) as beneficiary from drawn`,
    [from, from + count - 1],
  )
  await longTransaction(office.db, access, async (tx) => {
    const ids = rows.map(({ beneficiary }) => beneficiary)
    await recompute(tx, access, { kind: 'FACTS', cause: 'trial', ids }, office.now())
    const given = rows.map(({ id, name, village }, place) => ({
      ...{ payeeId: id, divisionCode: village, bankName: '农商银行', holderName: name },
      ...{ number: `6217${String(from + place).padStart(15, '0')}`, requestedOn: `${year}-01-05` },
    }))
    await openAccounts(tx, office, access, given, { verifiedBy, at: office.now() })
  })
}

type Paid = Map<string, { times: number; fen: number }>

/**
 * What must hold whatever was killed; a line for everything that does not. What invented return files said of a batch says
 * nothing of what the bank did.
 */
export async function findingsIn(
  { db, keys }: Office,
  paidByBank: Paid,
  invented: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const { rows } = await db.owner.query<Record<string, number>>(
    `select (select count(*)::int from (select from payment_item_months m join payment_items i on i.id = m.item_id and i.state = 'OPEN'
         join entitlement_months e on e.beneficiary_id = m.beneficiary_id and e.month = m.month
         group by m.beneficiary_id, m.month, e.amount_fen having sum(m.amount_fen) > e.amount_fen) q) as "months paid twice",
       (select count(*)::int from payment_batches b where b.state = 'CLOSED' and b.total_fen <> b.paid_fen + b.failed_fen + b.returned_fen + b.stopped_fen) as "batches that do not sum",
       (select count(*)::int from (select from bank_submissions group by batch_id having count(*) > 1) q) as "batches sent twice",
       (select count(*)::int from (select from ledger_entries where kind = 'COMMITMENT' group by ref_id having count(*) > 1) q) as "commitments twice",
       (select count(*)::int from payment_batches where approved_by = made_by) as "makers who approved"`,
  )
  const findings = Object.entries(rows[0]!).flatMap(([what, n]) => (n === 0 ? [] : [`${n} ${what}`]))
  await sealLedger(db.owner, keys.auditSigningKey, new Date())
  const { faults } = await verifyLedger(db.owner, [createPublicKey(keys.auditSigningKey)])
  findings.push(...faults.map(({ kind, what }) => `the ledger: ${kind} ${what ?? ''}`))
  return [...findings, ...(await differencesFrom(paidByBank, db, invented))]
}

/** What the bank paid against what we were told. */
async function differencesFrom(
  paidByBank: Paid,
  { owner }: Office['db'],
  invented: ReadonlySet<string>,
): Promise<string[]> {
  const { rows } = await owner.query<{
    number: string
    seq: number
    fen: string
    isPaid: boolean
    isClosed: boolean
  }>(
    `select b.number, i.seq, i.amount_fen as fen, coalesce(o.code = '00', false) as "isPaid", b.state = 'CLOSED' as "isClosed"
     from payment_items i join payment_batches b on b.id = i.batch_id and b.sent_at is not null
     left join payment_outcomes o on o.batch_id = i.batch_id and o.seq = i.seq and o.nth = 0`,
  )
  const findings: string[] = []
  const ours = new Map(rows.map((row) => [`${row.number} ${row.seq}`, row]))
  for (const [key, { times, fen }] of paidByBank) {
    const item = ours.get(key)
    if (times !== 1) findings.push(`${key} was paid ${times} times`)
    if (!item) findings.push(`${key} was paid and is nobody's`)
    else if (Number(item.fen) !== fen) findings.push(`${key} was paid ${fen} instead of ${item.fen}`)
    else if (item.isClosed && !item.isPaid) findings.push(`${key} was paid and is not told as paid`)
  }
  for (const [key, { number, isPaid }] of ours)
    if (isPaid && !paidByBank.has(key) && !invented.has(number))
      findings.push(`${key} is told as paid and was not`)
  return findings
}
