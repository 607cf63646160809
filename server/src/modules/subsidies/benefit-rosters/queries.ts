import type { BenefitRoster, NewRoster } from '@youyu/shared/subsidies/benefit-rosters'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import type { Answer } from './answer-file.ts'

export type RosterRecord = Omit<BenefitRoster, 'settlement' | 'madeAt' | 'sentAt' | 'returnedAt'> & {
  settlementId: Id | null
  settlementState: string | null
  madeAt: Date
  sentAt: Date | null
  returnedAt: Date | null
}

const columns = `r.id, r.number, r.programme, r.year, r.period, r.department, r.per_person_fen as "perPersonFen", r.state, r.people, r.total_fen as "totalFen",
  r.paid_fen as "paidFen", r.made_at as "madeAt", r.sent_at as "sentAt", r.returned_at as "returnedAt", r.version, s.id as "settlementId", s.state as "settlementState"`
const joins = `left join benefit_settlements s on s.county_code = $1 and s.subject_id = r.id and s.state <> 'VOID'`

export async function selectRosters(
  tx: Transaction,
  access: Access,
  after: readonly [string, string] | null,
  limit: number,
): Promise<RosterRecord[]> {
  const bound = new Bound()
  const conditions = [`r.county_code = ${bound.bind(access.county)}`]
  if (after)
    conditions.push(`(r.period, r.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from benefit_rosters r ${joins} where ${conditions.join(' and ')} order by r.period desc, r.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findRoster(tx: Transaction, access: Access, id: Id): Promise<RosterRecord | undefined> {
  const text = `select ${columns} from benefit_rosters r ${joins} where r.county_code = $1 and r.id = $2`
  return (await ask<RosterRecord>(tx, text, [access.county, id]))[0]
}

export async function lockRoster(tx: Transaction, county: number, id: Id): Promise<void> {
  await ask(tx, 'select id from benefit_rosters where county_code = $1 and id = $2 for no key update', [
    county,
    id,
  ])
}

export async function insertRoster(
  tx: Transaction,
  access: Access,
  { programme, period, department, perPersonFen }: NewRoster,
  { id, number }: { id: Id; number: string },
  at: Date,
): Promise<void> {
  await insertRow(tx, 'benefit_rosters', {
    ...{
      countyCode: access.county,
      id,
      number,
      programme,
      year: Number(period.slice(0, 4)),
      period,
      department,
    },
    ...{
      perPersonFen,
      state: 'DRAFT',
      people: 0,
      totalFen: 0,
      paidFen: 0,
      madeAt: at,
      madeBy: access.actorId,
      version: 1,
    },
  })
}

/** Everybody who draws the benefit on the first day of the period, each once; whom the bank pays for it is not paid again. */
export async function fillRoster(
  tx: Transaction,
  county: number,
  {
    id,
    programme,
    period,
    perPersonFen,
  }: { id: Id; programme: string; period: CivilDate; perPersonFen: number },
): Promise<void> {
  await ask(
    tx,
    `insert into benefit_roster_lines (county_code, roster_id, seq, person_id, division_code, amount_fen, outcome)
     select $1, $2, row_number() over (order by b.division_code, b.person_id)::integer, b.person_id, b.division_code, $5, 'PENDING'
     from (select distinct on (b.person_id) b.* from beneficiaries b
       where b.county_code = $1 and b.programme = $3 and b.state in ('ACTIVE', 'SUSPENDED') and b.from_month <= $4::date
         and (b.to_month is null or b.to_month >= $4::date) and (b.suspended_from is null or b.suspended_from > $4::date)
         and not exists (select from payment_item_months m
           join payment_items i on i.county_code = $1 and i.id = m.item_id and i.state = 'OPEN'
           where m.county_code = $1 and m.beneficiary_id = b.id and m.month = date_trunc('month', $4::date)::date)
       order by b.person_id, b.from_month) b`,
    [county, id, programme, period, perPersonFen],
  )
  await ask(
    tx,
    `update benefit_rosters r set people = n.people, total_fen = n.fen from (
       select count(*)::integer as people, coalesce(sum(amount_fen), 0)::bigint as fen from benefit_roster_lines where county_code = $1 and roster_id = $2) n
     where r.county_code = $1 and r.id = $2`,
    [county, id],
  )
}

export type LineRecord = {
  seq: number
  personId: Id
  name: string
  code: DivisionCode
  place: string | null
  amountFen: number
  outcome: 'PENDING' | 'PAID' | 'NOT_PAID'
  paidOn: CivilDate | null
  reason: string | null
}
export async function selectLines(
  tx: Transaction,
  access: Access,
  id: Id,
  outcome: string | undefined,
  after: readonly [number] | null,
  limit: number,
): Promise<LineRecord[]> {
  const bound = new Bound()
  const county = bound.bind(access.county)
  const conditions = [
    `l.county_code = ${county}`,
    `l.roster_id = ${bound.bind(id)}`,
    `l.seq > ${bound.bind(after?.[0] ?? 0)}`,
  ]
  if (outcome) conditions.push(`l.outcome = ${bound.bind(outcome)}`)
  const text = `select l.seq, l.person_id as "personId", p.name, l.division_code as code, d.name as place, l.amount_fen as "amountFen", l.outcome, l.paid_on as "paidOn", l.reason
    from benefit_roster_lines l join persons p on p.county_code = ${county} and p.id = l.person_id left join divisions d on d.code = l.division_code and d.valid_to is null
    where ${conditions.join(' and ')} order by l.seq limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function selectIdentified(
  tx: Transaction,
  county: number,
  id: Id,
): Promise<
  {
    seq: number
    personId: Id
    name: string
    idNumber: Buffer | null
    place: string | null
    amountFen: number
  }[]
> {
  return await ask(
    tx,
    `select l.seq, p.id as "personId", p.name, p.id_number_cipher as "idNumber", d.name as place, l.amount_fen as "amountFen"
     from benefit_roster_lines l join persons p on p.county_code = $1 and p.id = l.person_id left join divisions d on d.code = l.division_code and d.valid_to is null
     where l.county_code = $1 and l.roster_id = $2 order by l.seq`,
    [county, id],
  )
}

export async function send(tx: Transaction, county: number, id: Id, at: Date): Promise<void> {
  await ask(
    tx,
    `update benefit_rosters set state = 'SENT', sent_at = $3, version = version + 1 where county_code = $1 and id = $2`,
    [county, id, at],
  )
}

export async function applyAnswers(
  tx: Transaction,
  county: number,
  { id, answers, fileHash }: { id: Id; answers: readonly Answer[]; fileHash: Buffer },
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update benefit_roster_lines l set outcome = a.outcome, paid_on = a."paidOn", reason = a.reason
     from jsonb_to_recordset($3::jsonb) as a (seq integer, outcome text, "paidOn" date, reason text)
     where l.county_code = $1 and l.roster_id = $2 and l.seq = a.seq`,
    [county, id, JSON.stringify(answers)],
  )
  await ask(
    tx,
    `update benefit_rosters r set state = 'RETURNED', returned_at = $3, file_hash = $4, version = version + 1, paid_fen = (
       select coalesce(sum(l.amount_fen), 0)::bigint from benefit_roster_lines l where l.county_code = $1 and l.roster_id = $2 and l.outcome = 'PAID')
     where r.county_code = $1 and r.id = $2`,
    [county, id, at, fileHash],
  )
}

export async function cancel(tx: Transaction, county: number, id: Id): Promise<void> {
  await ask(
    tx,
    `update benefit_rosters set state = 'VOID', version = version + 1 where county_code = $1 and id = $2`,
    [county, id],
  )
}
