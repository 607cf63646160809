import { tiers } from '@youyu/shared/subsidies/shares'
import type { Component, Measure, Tally } from '../../population/index.ts'
import { alone, counted, inYuan, ratioOfSums, share, sumOf } from './sharing.ts'

/** Special families are told of in whole counties only (domain §9.5). */
const ofCountyOnly = { isOfCountyOnly: true } as const

const largest = ['P01', 'P02', 'P04'] as const
const coverage: Measure = () =>
  [null, ...largest].map((programme) => {
    const where = programme === null ? 'true' : `f.programme = '${programme}'`
    return share(
      programme,
      counted('eligible', where, 'f.drawing'),
      counted('eligible', where, 'f.entitled'),
      programme === 'P02' ? ofCountyOnly : {},
    )
  })

const due = counted('items')
const timeliness: Measure = () => [
  share(null, counted('items', `o.code = '00' and o.value_date <= b.pay_on`), due),
]

const entitled = counted('months', 'true', inYuan('f.amount_fen'))
const fullness: Measure = () => [
  ratioOfSums(null, counted('paidMonths', 'true', inYuan('m.amount_fen')), entitled, {
    release: [alone(counted('months'))],
  }),
]

const rechecked = counted('rechecks')
const accuracy: Measure = () => [share(null, counted('rechecks', `f.recheck = 'ENTITLED'`), rechecked)]

const failure: Measure = () => [
  share(null, counted('items', `o.code <> '00'`), counted('items', 'o.code is not null')),
]

const unpaid = `not exists (select from payment_item_months m join payment_items i on i.county_code = m.county_code and i.id = m.item_id and i.state = 'OPEN'
  where m.county_code = f.county_code and m.beneficiary_id = f.beneficiary_id and m.month = f.month)`
const arrears: Measure = () => [
  sumOf(null, counted('months', unpaid, inYuan('f.amount_fen')), 'yuan', [alone(counted('months', unpaid))]),
  sumOf('months', counted('months', unpaid), 'count', [alone(counted('months', unpaid))]),
]

const decided = counted('decided')
const days = { ...decided, by: 'f.decided_on - f.filed_on' }

/** The smallest number of days that this part of the cases did not exceed. */
function quantile(key: string | null, part: number): Component {
  return {
    key,
    numerator: [],
    denominator: [decided],
    also: { histograms: [days] },
    unit: 'days',
    release: [alone(decided)],
    judge: (seen) => {
      const cases = [...seen.histogram(days)].sort((a, b) => a.key - b.key)
      const denominator = cases.reduce((sum, { n }) => sum + n, 0)
      let passed = 0
      const reached = cases.find(({ n }) => (passed += n) >= denominator * part)
      const estimate = { value: reached?.key ?? null, low: null, high: null, method: 'quantile' }
      return {
        numerator: null,
        denominator,
        estimate,
        basis: null,
        comparable: { kind: 'estimate', estimate },
      }
    },
  }
}
const ofLimit = `f.overall_due_on is not null`
const processing: Measure = () => [
  quantile(null, 0.5),
  quantile('p90', 0.9),
  {
    ...share(
      'in-time',
      counted('decided', `${ofLimit} and f.decided_on <= f.overall_due_on`),
      counted('decided', ofLimit),
    ),
    unit: '%',
  },
]

const objections: Measure = () => [
  share(null, counted('objections', `f.state = 'UPHELD'`), counted('objections')),
]
const verification: Measure = () => [
  share(null, counted('verifications', `f.state = 'DONE'`), counted('verifications')),
]

const identified = counted('overpayments', 'true', inYuan('f.amount_fen'))
const recovery: Measure = () => [
  ratioOfSums(null, counted('overpayments', 'true', inYuan('f.returned_fen')), identified, {
    release: [alone(counted('overpayments'))],
  }),
]

const contact = (tier: string) =>
  `exists (select from support_contacts c where c.county_code = f.county_code and c.family_id = f.id and c.tier = '${tier}'
     and c.from_on <= p.until_on and (c.to_on is null or c.to_on > p.until_on))`
const contacts: Measure = () => [
  share(
    null,
    counted('families', `${contact('TOWNSHIP')} and ${contact('VILLAGE')}`),
    counted('families'),
    ofCountyOnly,
  ),
]

const members = counted('familyMembers')
const service = (kind: string) =>
  counted(
    'familyMembers',
    `exists (select from family_services v where v.county_code = f.county_code and v.family_id = f.family_id and v.person_id = f.person_id
       and v.kind = '${kind}' and not v.is_declined and v.from_on <= p.until_on and (v.to_on is null or v.to_on > p.until_on))`,
  )
const channels: Measure = () => [
  share(null, service('GREEN_CHANNEL'), members, ofCountyOnly),
  share('doctor', service('FAMILY_DOCTOR'), members, ofCountyOnly),
]

const isInsured = counted(
  'familyMembers',
  `exists (select from insured_persons v join insurance_policies c on c.county_code = v.county_code and c.id = v.cover_id
     where v.county_code = f.county_code and v.person_id = f.person_id and c.voided_at is null and c.from_on <= p.until_on and c.to_on >= p.until_on)`,
)
const insured = counted('insured')
const insurance: Measure = () => [
  share(null, isInsured, members, ofCountyOnly),
  ratioOfSums('premium', counted('insured', 'true', inYuan('f.premium_fen')), insured, {
    per: 1,
    unit: 'yuan',
    release: [alone(insured, ofCountyOnly)],
  }),
]

const thisYear = 'f.year = extract(year from p.until_on)'
const lastYear = 'f.year = extract(year from p.until_on) - 1'
const inPlace: Measure = ({ isParted }) =>
  isParted
    ? []
    : [null, ...tiers].map((tier) => {
        const where = tier === null ? thisYear : `${thisYear} and f.tier = '${tier}'`
        return ratioOfSums(
          tier,
          counted('funds', where, inYuan('f.received_fen')),
          counted('funds', where, inYuan('f.amount_fen')),
          { release: 'open' },
        )
      })

const budget = (year: string) => counted('funds', year, inYuan('f.amount_fen'))
/** Revenue in units of ten thousand yuan: a county's is more than a count holds. */
const revenue = (year: string) => counted('revenues', year, 'f.revenue_fen / 1000000.0')
const growing: readonly [Tally, Tally, Tally, Tally] = [
  budget(thisYear),
  budget(lastYear),
  revenue(thisYear),
  revenue(lastYear),
]
const growth: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        {
          key: null,
          numerator: [],
          denominator: null,
          also: { tallies: growing },
          unit: 'pp',
          release: 'open',
          judge: (seen) => {
            const [now, before, revenueNow, revenueBefore] = growing.map((tally) => seen.sum([tally])) as [
              ...[number, number, number, number],
            ]
            const isKnown = before > 0 && revenueBefore > 0 && now > 0 && revenueNow > 0
            const value = isKnown ? (now / before - revenueNow / revenueBefore) * 100 : null
            const estimate = { value, low: null, high: null, method: 'exact' }
            return {
              ...{ numerator: null, denominator: null, estimate, basis: null },
              comparable: { kind: 'estimate', estimate },
            }
          },
        },
      ]

const diverted = (more = '') => counted('findings', `f.kind = 'DIVERTED'${more}`, inYuan('f.amount_fen'))
const diversion: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        sumOf(null, diverted(), 'yuan', 'open'),
        sumOf('open', diverted(' and f.put_right_on is null'), 'yuan', 'open'),
      ]

const measures: Record<string, Measure> = {
  'SUB-01': coverage,
  'SUB-02': timeliness,
  'SUB-03': fullness,
  'SUB-04': accuracy,
  'SUB-05': failure,
  'SUB-06': arrears,
  'SUB-07': processing,
  'SUB-08': objections,
  'SUB-09': verification,
  'SUB-10': recovery,
  'SUB-11': contacts,
  'SUB-12': channels,
  'SUB-13': insurance,
  'SUB-14': inPlace,
  'SUB-15': growth,
  'SUB-16': diversion,
}

export function measureOf(code: string): Measure {
  return measures[code]!
}
