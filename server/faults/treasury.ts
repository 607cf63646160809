import { randomUUID } from 'node:crypto'
import type { Access } from '../src/access/access.ts'
import { longTransaction } from '../src/database/transaction.ts'
import { ensureAccount, systemAccess } from '../src/modules/accounts/index.ts'
import { recompute } from '../src/modules/subsidies/entitlements/index.ts'
import { openAccounts } from '../src/modules/subsidies/index.ts'
import { todayOf, type Office } from '../src/office.ts'

const COUNTY = 371121
export const password = 'a password of the trials, long enough'
const access: Access = { ...systemAccess, county: COUNTY, prefixes: [String(COUNTY)] }
const verifiedBy = randomUUID()

/** Officers, and funds that do not run out. */
export async function furnish({ db, now }: Office): Promise<void> {
  for (const role of ['county_subsidy', 'county_finance'] as const)
    await ensureAccount(db, {
      ...{ username: role, password, displayName: role, now: now() },
      grants: [{ role, divisionPrefix: String(COUNTY) }],
    })
  const year = Number(todayOf(now()).slice(0, 4))
  for (const tier of ['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY']) {
    await db.owner.query(
      'insert into budgets (county_code, programme, year, tier, amount_fen) values ($1, $2, $3, $4, 900000000000)',
      [COUNTY, 'P01', year, tier],
    )
    await longTransaction(db, access, async (tx) => {
      await tx.client.query('select app.post_ledger($1, $2, $3, now(), $4)', [
        COUNTY,
        JSON.stringify({
          ...{ id: randomUUID(), kind: 'FUND_ARRIVAL', programme: 'P01', year, occurredOn: todayOf(now()) },
          ...{ refType: 'FUND', refId: randomUUID() },
        }),
        JSON.stringify([
          { account: 'RECEIVED', tier, debitFen: 800_000_000_000, creditFen: 0 },
          { account: 'BUDGET', tier, debitFen: 0, creditFen: 800_000_000_000 },
        ]),
        verifiedBy,
      ])
    })
  }
}

let serial = 0

/** So many more people who are entitled since January. */
export async function entitle(office: Office, count: number): Promise<void> {
  const year = todayOf(office.now()).slice(0, 4)
  const from = (serial += count) - count
  const { rows } = await office.db.owner.query<{ id: string; name: string; village: string }>(
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
     select id, name, village from drawn`,
    [from, from + count - 1],
  )
  await longTransaction(office.db, access, async (tx) => {
    await recompute(tx, access, { kind: 'RATE', cause: 'trial', programme: 'P01' }, office.now())
    const given = rows.map(({ id, name, village }, place) => ({
      ...{ payeeId: id, divisionCode: village, bankName: '农商银行', holderName: name },
      ...{ number: `6217${String(from + place).padStart(15, '0')}`, requestedOn: `${year}-01-05` },
    }))
    await openAccounts(tx, office, access, given, { verifiedBy, at: office.now() })
  })
}

/** What must hold whatever was killed; a line for everything that does not. */
export async function findingsIn(
  office: Office,
  paidByBank: Map<string, { times: number; fen: number }>,
): Promise<string[]> {
  const { rows } = await office.db.owner.query<Record<string, number>>(
    `select (select count(*)::int from (select from ledger_lines group by entry_id, tier having sum(debit_fen) <> sum(credit_fen)) q) as "entries out of balance",
       (select count(*)::int from (select from payment_item_months m join payment_items i on i.id = m.item_id and i.state = 'OPEN'
         join entitlement_months e on e.beneficiary_id = m.beneficiary_id and e.month = m.month
         group by m.beneficiary_id, m.month, e.amount_fen having sum(m.amount_fen) > e.amount_fen) q) as "months paid twice",
       (select count(*)::int from payment_batches b where b.state = 'CLOSED' and b.total_fen <> b.paid_fen + b.failed_fen + b.returned_fen + b.stopped_fen) as "batches that do not sum",
       (select count(*)::int from (select from bank_submissions group by batch_id having count(*) > 1) q) as "batches sent twice",
       (select count(*)::int from (select from ledger_entries where kind = 'COMMITMENT' group by ref_id having count(*) > 1) q) as "commitments twice",
       (select count(*)::int from payment_batches where approved_by = made_by) as "makers who approved"`,
  )
  const findings = Object.entries(rows[0]!).flatMap(([what, n]) => (n === 0 ? [] : [`${n} ${what}`]))
  const { rows: paid } = await office.db.owner.query<{ key: string; fen: string }>(
    `select b.number || ' ' || o.seq as key, i.amount_fen as fen from payment_outcomes o
     join payment_batches b on b.id = o.batch_id join payment_items i on i.batch_id = o.batch_id and i.seq = o.seq where o.code = '00'`,
  )
  const known = new Map(paid.map(({ key, fen }) => [key, Number(fen)]))
  for (const [key, { times, fen }] of paidByBank) {
    if (times !== 1) findings.push(`${key} was paid ${times} times`)
    if (known.has(key) && known.get(key) !== fen)
      findings.push(`${key} was paid ${fen} instead of ${known.get(key)}`)
  }
  for (const key of known.keys())
    if (!paidByBank.has(key)) findings.push(`${key} is told as paid and was not`)
  return findings
}
