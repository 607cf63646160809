import { countOf, shareOf, type Measure } from '../../../population/index.ts'
import { ofCountyOnly, share, summed } from './sharing.ts'

const attended = summed('check', 'f.hit')
const invited = summed('check', 'f.due')

const optedOut = summed('check', 'f.more')
const invitedReleased = [{ family: { total: invited, cells: [attended, optedOut] }, cells: [0, 1, 2] }]

/** Both denominators: with and without those who had said no. */
export const coverage: Measure = () => [
  { ...shareOf(null, attended, summed('check', 'f.due - f.more')), release: invitedReleased },
  { ...shareOf('of-all', attended, invited), release: invitedReleased },
  { ...countOf('opted-out', optedOut), unit: '人', release: invitedReleased },
]

const planned = { relation: 'sessions', where: 'true' }
const onDay = { relation: 'sessions', where: 'f.held_on = f.published_on' }
const held = { relation: 'sessions', where: 'f.held_on is not null' }

/** Sessions are of facilities and tell of no person. */
export const planExecution: Measure = () => [
  { ...shareOf(null, onDay, planned), release: 'open' },
  { ...shareOf('held', held, planned), release: 'open' },
  {
    ...shareOf(
      'capacity',
      summed('sessions', 'f.attended', 'f.held_on is not null'),
      summed('sessions', 'f.slots', 'f.held_on is not null'),
    ),
    release: 'open',
  },
]

const examined = summed('care', 'f.tally', `f.measure = 'check'`)
const found = (kind: string) => summed('care', 'f.tally', `f.measure = 'check-found' and f.item = '${kind}'`)
const treated = (kind: string) =>
  summed('care', 'f.tally', `f.measure = 'check-treated' and f.item = '${kind}'`)

const untreated = summed(
  'care',
  `case f.measure when 'check-found' then f.tally else -f.tally end`,
  `f.measure in ('check-found', 'check-treated') and f.item = 'ANY'`,
)
const findingsReleased = [
  { family: { total: examined, cells: [treated('ANY'), untreated] }, cells: [0, 1, 2], ...ofCountyOnly },
]

/** Infections are told of whole counties only; kinds overlap, so that they are not published beside the whole. */
export const detection: Measure = ({ isParted }) =>
  isParted
    ? []
    : [
        { ...shareOf(null, found('ANY'), examined), release: findingsReleased },
        shareOf('rti', found('RTI'), examined),
        shareOf('gyn', found('GYN'), examined),
        { ...shareOf('treated', treated('ANY'), found('ANY')), release: findingsReleased },
        shareOf('rti-treated', treated('RTI'), found('RTI')),
      ]

const women = { sex: '2', from: 35, to: 64, at: 'end' } as const
const screenedFor = (item: string) => summed('twoCancer', 'f.hit', `f.item = '${item}'`)

export const twoCancer: Measure = () => [
  {
    ...shareOf(null, screenedFor('BOTH'), women),
    release: [{ family: { total: screenedFor('BOTH'), cells: [] }, cells: [], isOfYearsOnly: true }],
  },
  shareOf('cervix', screenedFor('CERVIX'), women),
  shareOf('breast', screenedFor('BREAST'), women),
]

export const stockOuts: Measure = () => [
  { ...shareOf(null, summed('shelves', 'f.days_out'), summed('shelves', 'f.days')), release: 'open' },
]

const hasAll = `not exists (select from supply_items i where i.is_free and i.method like 'M%' and i.valid_from <= p.today and (i.valid_to is null or i.valid_to > p.today)
  and not exists (select from supply_stocks s where s.county_code = f.county_code and s.store_id = f.id and s.item_code = i.code
    and s.on_hand > 0 and not s.is_quarantined and s.expires_on >= p.today))`

export const reach: Measure = () => [
  {
    ...shareOf(null, { relation: 'outlets', where: hasAll }, { relation: 'outlets', where: 'true' }),
    release: 'open',
  },
]

const cases = (item: string) =>
  summed('care', 'f.tally', `f.measure = 'infertility-case' and f.item = '${item}'`)

export const infertility: Measure = ({ isParted }) =>
  isParted ? [] : [share(null, cases('COMPLETE'), cases('OPENED'), ofCountyOnly)]

const visits = summed('care', 'f.tally', `f.measure = 'encounter-sex'`)
const ofMen = summed('care', 'f.tally', `f.measure = 'encounter-sex' and f.item = '1'`)

export const men: Measure = () => [
  share(null, ofMen, visits),
  share(
    'vasectomy-counselling',
    summed('care', 'f.tally', `f.measure = 'choice-explained' and f.item = 'M20'`),
    summed('care', 'f.tally', `f.measure = 'choice'`),
  ),
]
