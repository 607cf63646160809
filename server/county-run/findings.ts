import { tiers, type Tier } from '@youyu/shared/subsidies/shares'
import { rowsOf, type Desk } from './desk.ts'
import { dueTo, expectedOf } from './expected.ts'
import { COUNTY } from './loading.ts'
import { programmes, type County, type Programme, type Recipient } from './people.ts'

/** What is asked of the books; every answer must be empty. */
const questions: readonly [what: string, text: string][] = [
  [
    'applications not decided',
    `select programme || ' ' || state as what from applications where county_code = $1
       and not (state = 'BENEFICIARY_ACTIVE' or state = 'CONFIRMED' and programme in ('P07', 'P08'))`,
  ],
  [
    'a step that was passed twice, or not',
    `select a.number as what from applications a join application_reviews r on r.county_code = $1 and r.application_id = a.id and r.event in ('PASS', 'ABSTAIN')
     where a.county_code = $1 group by a.number, a.steps having count(*) <> cardinality(a.steps) or count(distinct r.step) <> cardinality(a.steps)`,
  ],
  [
    'maker who checked',
    `select number as what from applications where county_code = $1 and (filed_by in (town_by, county_by) or town_by = county_by)
     union all select number from payment_batches where county_code = $1 and made_by in (approved_by, closed_by)
     union all select proposed_by::text from payment_account_versions where county_code = $1 and proposed_by = decided_by`,
  ],
  [
    'application on other than two lists',
    `select a.number as what from applications a left join notice_entries e on e.county_code = $1 and e.application_id = a.id and e.outcome = 'PASSED'
     where a.county_code = $1 and a.programme in ('P01', 'P02') group by a.number having count(e.seq) <> 2`,
  ],
  [
    'list still up',
    `select number as what from public_notices where county_code = $1 and state <> 'CLOSED_CLEAN'`,
  ],
  [
    'batch not closed',
    `select number || ' ' || state as what from payment_batches where county_code = $1 and state <> 'CLOSED'`,
  ],
  [
    'month paid twice, or not',
    `select e.programme || ' ' || e.month as what from entitlement_months e
     left join payment_item_months m on m.county_code = $1 and m.beneficiary_id = e.beneficiary_id and m.month = e.month
       and exists (select from payment_items i where i.county_code = $1 and i.id = m.item_id and i.state = 'OPEN')
     where e.county_code = $1 and (e.programme not in ('P03', 'L01') or e.month < '2026-10-01')
     group by e.programme, e.beneficiary_id, e.month, e.amount_fen having e.amount_fen <> coalesce(sum(m.amount_fen), 0)`,
  ],
  [
    'entry out of balance',
    `select entry_id::text as what from ledger_lines where county_code = $1 group by entry_id, tier having sum(debit_fen) <> sum(credit_fen)`,
  ],
]

/** Everything that is not as it should be, a line each. */
export async function findingsIn(desk: Desk, county: County): Promise<string[]> {
  const findings: string[] = []
  for (const [what, text] of questions) {
    const rows = await rowsOf<{ what: string }>(desk, text, [COUNTY])
    if (rows.length > 0) findings.push(`${rows.length} × ${what} (${rows[0]!.what})`)
  }
  return [
    ...findings,
    ...(await eachPaid(desk, county.recipients)),
    ...(await bankDiffers(desk)),
    ...(await fundsDiffer(desk, county)),
  ]
}

/** Every single recipient got what was reckoned by hand, once; nobody else got anything. */
async function eachPaid(desk: Desk, recipients: readonly Recipient[]): Promise<string[]> {
  const rows = await rowsOf<{ key: string; fen: string }>(
    desk,
    `select i.programme || ' ' || i.person_id || ' ' || i.payee_id as key, sum(i.amount_fen)::text as fen
     from payment_items i join payment_outcomes o on o.county_code = $1 and o.batch_id = i.batch_id and o.seq = i.seq and o.code = '00'
     where i.county_code = $1 group by 1`,
    [COUNTY],
  )
  const paid = new Map(rows.map(({ key, fen }) => [key, Number(fen)]))
  const findings: string[] = []
  for (const recipient of recipients) {
    const key = `${recipient.programme} ${recipient.subject} ${recipient.payee}`
    const due = dueTo(recipient)
    if (paid.get(key) !== due) findings.push(`${key} got ${paid.get(key) ?? 0} fen instead of ${due}`)
    paid.delete(key)
  }
  return [...findings, ...[...paid.keys()].map((key) => `${key} was paid without ground`)]
}

/** What the bank has really paid, item by item. */
async function bankDiffers({ bank, superuser }: Desk): Promise<string[]> {
  const { rows } = await superuser.query<{ key: string; fen: string }>(
    `select b.number || ' ' || o.seq as key, i.amount_fen::text as fen from payment_outcomes o
     join payment_batches b on b.county_code = $1 and b.id = o.batch_id
     join payment_items i on i.county_code = $1 and i.batch_id = o.batch_id and i.seq = o.seq where o.county_code = $1 and o.code = '00'`,
    [COUNTY],
  )
  const told = new Map(rows.map(({ key, fen }) => [key, Number(fen)]))
  const findings: string[] = []
  for (const [key, { times, fen }] of bank.paid()) {
    if (times !== 1 || told.get(key) !== fen)
      findings.push(`the bank paid ${key} ${times} times ${fen} fen, the books say ${told.get(key)}`)
    told.delete(key)
  }
  return [
    ...findings,
    ...[...told.keys()].map((key) => `${key} is in the books and the bank has not paid it`),
  ]
}

/** Of every programme and tier what was paid, and that nothing else of the funds is bound or left. */
async function fundsDiffer(desk: Desk, { recipients }: County): Promise<string[]> {
  const rows = await rowsOf<{ programme: Programme; tier: Tier; account: string; fen: string }>(
    desk,
    `select programme, tier, account, abs(sum(debit_fen - credit_fen))::text as fen from ledger_balances where county_code = $1 group by 1, 2, 3`,
    [COUNTY],
  )
  const expected = expectedOf(recipients)
  return rows.flatMap(({ programme, tier, account, fen }) => {
    const whole = expected.get(programme)?.byTier.get(tier) ?? 0
    const due = account === 'PAID' || account === 'RECEIVED' ? whole : 0
    return Number(fen) === due
      ? []
      : [`${programme} ${tier} ${account} stands at ${fen} fen instead of ${due}`]
  })
}

const yuan = (fen: number) => (fen / 100).toLocaleString('en', { minimumFractionDigits: 2 })

/** The closing figures: what was reckoned beside what was paid. */
export async function closing(desk: Desk, { recipients }: County): Promise<string> {
  const rows = await rowsOf<{
    programme: Programme
    people: number
    fen: string
    failed: number
    batches: number
  }>(
    desk,
    `select i.programme, count(distinct i.person_id) filter (where o.code = '00')::int as people,
       sum(i.amount_fen) filter (where o.code = '00')::text as fen, (count(*) filter (where o.code <> '00'))::int as failed,
       count(distinct i.batch_id)::int as batches
     from payment_items i join payment_outcomes o on o.county_code = $1 and o.batch_id = i.batch_id and o.seq = i.seq
     where i.county_code = $1 group by 1`,
    [COUNTY],
  )
  const paid = new Map(rows.map((row) => [row.programme, row]))
  const expected = expectedOf(recipients)
  const lines = programmes.map((programme) => {
    const { people, fen, byTier } = expected.get(programme)!
    const row = paid.get(programme)
    return [
      programme,
      people,
      row?.people ?? 0,
      yuan(fen),
      yuan(Number(row?.fen ?? 0)),
      ...shareCells(byTier),
      row?.failed ?? 0,
      row?.batches ?? 0,
    ]
  })
  const sum = (of: (programme: Programme) => number) =>
    programmes.reduce((whole, programme) => whole + of(programme), 0)
  const tier = (name: Tier) => yuan(sum((programme) => expected.get(programme)!.byTier.get(name) ?? 0))
  const total = [
    ...['all', sum((each) => expected.get(each)!.people), sum((each) => paid.get(each)?.people ?? 0)],
    ...[yuan(sum((each) => expected.get(each)!.fen)), yuan(sum((each) => Number(paid.get(each)?.fen ?? 0)))],
    ...shown.map(tier),
    ...[sum((each) => paid.get(each)?.failed ?? 0), sum((each) => paid.get(each)?.batches ?? 0)],
  ]
  const titles = [
    '',
    'people',
    'paid',
    'yuan',
    'yuan paid',
    ...shown.map((name) => name.toLowerCase()),
    'failed',
    'batches',
  ]
  return table([titles, ...lines, total])
}

const shown = tiers.filter((tier) => tier === 'CENTRAL' || tier === 'CITY' || tier === 'COUNTY')
const shareCells = (byTier: ReadonlyMap<Tier, number>) => shown.map((tier) => yuan(byTier.get(tier) ?? 0))

function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)))
  return rows
    .map((row) => row.map((cell, column) => String(cell).padStart(widths[column]!)).join('  '))
    .join('\n')
}
