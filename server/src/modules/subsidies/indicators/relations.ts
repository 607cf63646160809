import { RosterProgramme } from '@youyu/shared/subsidies/benefit-rosters'
import type { Relations } from '../../population/index.ts'

const at = (place: string) => ({
  place: { residence: place, hukou: place },
  isPresent: false,
  named: null,
  record: null,
})
/** Where a row is counted: at the village of hukou at its time. */
const inVillage = at('f.division_code')
/** Money is the county's as a whole. */
const ofCounty = at(`rpad(f.county_code::text, 12, '0') collate "C"`)

const answered = `left join payment_outcomes o on o.county_code = f.county_code and o.batch_id = f.batch_id and o.seq = f.seq and o.nth = 0`
const elsewhere = RosterProgramme.options.map((code) => `'${code}'`).join(', ')
const yearOf = 'extract(year from p.until_on)'

/** Where benefits and their money are counted; `f` is the fact, `p` the period. */
export const relations = {
  /** Who met the rule of a programme in its latest run before the period's end. */
  eligible: {
    ...inVillage,
    from: `lateral (
      select c.* from eligibility_counts c where c.county_code = p.county_code and c.run_id = (
        select r.id from eligibility_runs r
        where r.county_code = p.county_code and r.finished_at is not null and r.as_of <= p.until_on and c.programme = any(r.programmes)
        order by r.as_of desc, r.id desc limit 1)
    ) f`,
    base: 'true',
    day: null,
  },
  /** Items of batches by the day they were to be paid. */
  items: {
    ...inVillage,
    from: `payment_items f join payment_batches b on b.county_code = f.county_code and b.id = f.batch_id ${answered}`,
    base: `b.sent_at is not null and f.state not in ('STOPPED', 'VOID')`,
    day: 'b.pay_on',
  },
  /** Paid items drawn by chance and looked at again. */
  rechecks: {
    ...inVillage,
    from: 'payment_confirmations f join payment_batches b on b.county_code = f.county_code and b.id = f.batch_id',
    base: 'f.recheck is not null',
    day: 'b.pay_on',
  },
  /** Months that a bank is to pay; those of rosters are paid by other departments. */
  months: {
    ...inVillage,
    from: 'entitlement_months f',
    base: `f.amount_fen > 0 and f.month <= p.today and f.programme not in (${elsewhere})`,
    day: 'f.month',
  },
  /** Parts of months that a bank has paid, by the month they are for. */
  paidMonths: {
    ...inVillage,
    from: `payment_item_months m join payment_items f on f.county_code = m.county_code and f.id = m.item_id ${answered}`,
    base: `f.state = 'OPEN' and o.code = '00'`,
    day: 'm.month',
  },
  decided: {
    ...inVillage,
    from: 'applications f',
    base: 'f.decided_on is not null and f.decided_on >= f.filed_on',
    day: 'f.decided_on',
  },
  objections: { ...inVillage, from: 'objections f', base: 'true', day: 'f.received_on' },
  verifications: { ...inVillage, from: 'annual_verifications f', base: 'true', day: 'f.due_on' },
  overpayments: {
    ...inVillage,
    from: 'overpayments f',
    base: `f.state <> 'WITHDRAWN'`,
    day: 'f.identified_on',
  },
  /** Special families whose file was open at the period's end. */
  families: {
    ...inVillage,
    from: 'special_families f',
    base: 'f.opened_on <= p.until_on and (f.closed_on is null or f.closed_on > p.until_on)',
    day: null,
  },
  familyMembers: {
    ...inVillage,
    from: `family_members f join special_families s on s.county_code = f.county_code and s.id = f.family_id`,
    base: `f.joined_on <= p.until_on and (f.left_on is null or f.left_on > p.until_on)
      and s.opened_on <= p.until_on and (s.closed_on is null or s.closed_on > p.until_on)`,
    day: null,
  },
  /** Whoever a policy covers at the period's end, with her share of the premium. */
  insured: {
    ...inVillage,
    from: 'insured_persons f join insurance_policies c on c.county_code = f.county_code and c.id = f.cover_id',
    base: 'c.voided_at is null and c.from_on <= p.until_on and c.to_on >= p.until_on',
    day: null,
  },
  /** Budgets of the year that the period ends in, with what had arrived by then. */
  funds: {
    ...ofCounty,
    from: `lateral (
      select b.county_code, b.tier, b.year, b.amount_fen, (
        select coalesce(sum(l.debit_fen - l.credit_fen), 0) from ledger_entries e
        join ledger_lines l on l.county_code = e.county_code and l.entry_id = e.id
        where e.county_code = p.county_code and e.programme = b.programme and e.year = b.year and e.occurred_on <= p.until_on
          and l.tier = b.tier and l.account in ('RECEIVED', 'CARRIED')) as received_fen
      from budgets b where b.county_code = p.county_code and b.year in (${yearOf}, ${yearOf} - 1)
    ) f`,
    base: 'true',
    day: null,
  },
  revenues: {
    ...ofCounty,
    from: `lateral (
      select distinct on (r.year) r.county_code, r.year, r.revenue_fen from county_revenues r
      where r.county_code = p.county_code and r.year in (${yearOf}, ${yearOf} - 1) order by r.year, r.recorded_at desc, r.id desc
    ) f`,
    base: 'true',
    day: null,
  },
  findings: { ...ofCounty, from: 'fund_findings f', base: 'true', day: 'f.found_on' },
} satisfies Relations

export type SubsidyRelation = keyof typeof relations
