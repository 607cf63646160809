import { earlyMortality, unregistered } from '../../../../statistics/index.ts'
import { exactly, shareOf } from '../rules-judging.ts'
import type { Component, Counted, Family, Measure, People, Release, Tally } from '../rules-measure.ts'
import { everybodyNow } from './ages.ts'
import { live, liveBirths } from './births.ts'

export const separation: Measure = (situation) => {
  const isOfResidents = situation.population === 'residence'
  const separated: Tally = { relation: 'counts', where: 'true', sum: isOfResidents ? 'f.inflow' : 'f.away' }
  return [
    {
      ...shareOf(null, { ...separated, listed: personsSeparated(isOfResidents) }, everybodyNow(situation)),
      release: released(separated, everybodyNow(situation)),
    },
  ]
}

/** A share of a total, published with what is left of it. */
function released(part: Tally, total: Tally, more: readonly Tally[] = []): Release[] {
  return [{ family: { total, cells: [part, ...more] }, cells: [0, 1, ...more.map((_, index) => index + 2)] }]
}

const personsSeparated = (isOfResidents: boolean): Tally => ({
  relation: 'persons',
  where: isOfResidents ? `f.residence_status in ('3', '4')` : `f.residence_status = '2'`,
})

const floatingPersons: Tally = {
  relation: 'persons',
  where: `f.residence_status = '3'`,
  within: 'f.residence_division <> f.hukou_division',
}

export const floating: Measure = (situation) => [
  {
    ...shareOf(null, floatingPersons, everybodyNow(situation)),
    release: released(floatingPersons, everybodyNow(situation)),
  },
]

/** Deliveries of mothers who are in-flow: twins are one delivery. */
const ofMigrants = `f.sequence = 1 and exists (select from persons m where m.county_code = f.county_code and m.id = f.mother_id
  and m.residence_status in ('3', '4') and m.status in ('ACTIVE', 'SUSPECT_DUP'))`
const wasServed = `(exists (select from birth_registrations g where g.county_code = f.county_code and (g.registrant_id = f.mother_id or g.partner_id = f.mother_id)
    and g.status <> 'WITHDRAWN' and g.recorded_at < p.until_on + interval '1 day')
  or exists (select from antenatal_visits v where v.county_code = f.county_code and v.pregnancy_id = f.pregnancy_id
    and v.voided_at is null and v.occurred_on <= p.until_on))`

const served = live(`${ofMigrants} and ${wasServed}`)

export const migrantContact: Measure = () => [
  {
    ...shareOf(null, served, live(ofMigrants)),
    release: released(served, liveBirths, [live(`${ofMigrants} and not ${wasServed}`)]),
  },
]

const dying = (where: string): Tally => ({ relation: 'deaths', where })
const early = {
  infant: dying(`f.occurred_on < f.birth_date + interval '1 year'`),
  neonatal: dying('f.age_days <= 27'),
  earlyNeonatal: dying('f.age_days <= 6'),
  underFive: dying(`f.occurred_on < f.birth_date + interval '5 years'`),
  maternal: dying(`f.maternal <> 'NO'`),
  fetal: { relation: 'births', where: `f.outcome <> 'LIVE' and f.gestation_days >= 196` },
} satisfies Record<string, Tally>

type Mortality = keyof ReturnType<typeof earlyMortality>

/** Deaths of children by age; each rate adds the next age. */
const byAgeOfChildren: Family = {
  total: { relation: 'deaths', where: 'true' },
  cells: [
    early.earlyNeonatal,
    dying('f.age_days between 7 and 27'),
    dying(`f.age_days > 27 and f.occurred_on < f.birth_date + interval '1 year'`),
    dying(
      `f.occurred_on >= f.birth_date + interval '1 year' and f.occurred_on < f.birth_date + interval '5 years'`,
    ),
  ],
}
const maternalFamily: Family = { total: { relation: 'deaths', where: 'true' }, cells: [early.maternal] }
const fetalFamily: Family = { total: early.fetal, cells: [] }
const ofBirths: Release = { family: { total: liveBirths, cells: [] }, cells: [], isOfCountyOnly: true }
const childDeaths = (...cells: number[]): Release => ({
  family: byAgeOfChildren,
  cells,
  isOfCountyOnly: true,
})
const mortalityReleases: Record<Mortality, Release[]> = {
  neonatal: [ofBirths, childDeaths(0, 1)],
  infant: [ofBirths, childDeaths(0, 1, 2)],
  underFive: [ofBirths, childDeaths(0, 1, 2, 3)],
  perinatal: [ofBirths, childDeaths(0), { family: fetalFamily, cells: [], isOfCountyOnly: true }],
  maternal: [ofBirths, { family: maternalFamily, cells: [0], isOfCountyOnly: true }],
}

function mortalityOf(key: string, kind: Mortality, numerator: readonly Tally[], unit = '‰'): Component {
  const denominator = kind === 'perinatal' ? [early.fetal, liveBirths] : [liveBirths]
  const one = (counted: Counted, tally: Tally) => (numerator.includes(tally) ? counted.sum([tally]) : 0)
  return {
    key,
    numerator,
    denominator,
    unit,
    release: mortalityReleases[kind],
    judge: (counted) => {
      const [events, among] = [counted.sum(numerator), counted.sum(denominator)]
      const estimates = earlyMortality({
        liveBirths: counted.sum([liveBirths]),
        infant: one(counted, early.infant),
        neonatal: one(counted, early.neonatal),
        earlyNeonatal: one(counted, early.earlyNeonatal),
        underFive: one(counted, early.underFive),
        fetal: one(counted, early.fetal),
        maternal: one(counted, early.maternal),
      })
      return {
        numerator: events,
        denominator: among,
        estimate: estimates[kind],
        basis: { kind: 'rate', events, denominator: among },
        comparable:
          kind === 'perinatal'
            ? { kind: 'proportion', events, denominator: among }
            : { kind: 'rate', events, population: among },
      }
    },
  }
}

export const mortality: Measure = () => [
  mortalityOf('infant', 'infant', [early.infant]),
  mortalityOf('neonatal', 'neonatal', [early.neonatal]),
  mortalityOf('under-5', 'underFive', [early.underFive]),
  mortalityOf('perinatal', 'perinatal', [early.fetal, early.earlyNeonatal]),
  mortalityOf('maternal', 'maternal', [early.maternal], '/10万'),
]

const timely = live('f.hukou_registered_on <= f.occurred_on + 30')

export const timelyRegistration: Measure = () => [
  { ...shareOf(null, timely, liveBirths), release: released(timely, liveBirths) },
]

const inInstitutions = `f.place in ('HOSPITAL', 'MCH', 'TOWNSHIP_CENTRE')`

const certified = live(`${inInstitutions} and f.certificate_number is not null`)

export const certificates: Measure = () => [
  {
    ...shareOf(null, certified, live(inInstitutions)),
    release: released(certified, liveBirths, [live(`${inInstitutions} and f.certificate_number is null`)]),
  },
]

const inHukou = live(`'R' = any(f.registers)`)
const inHospital = live(`'H' = any(f.registers)`)
const inBoth = live(`f.registers @> '{H,R}'`)

export const unregisteredBirths: Measure = () => [
  {
    key: null,
    numerator: [inHospital],
    denominator: [inHukou],
    unit: 'count',
    also: { tallies: [inBoth] },
    release: 'value',
    judge: (counted) => {
      const [first, second, both] = [inHukou, inHospital, inBoth].map((tally) => counted.sum([tally])) as [
        number,
        number,
        number,
      ]
      const estimate =
        second === 0 ? exactly(null, 'Chapman, normal 95 %') : unregistered({ first, second, both }, first)
      return {
        numerator: second,
        denominator: first,
        estimate,
        basis: { kind: 'count', events: both },
        comparable: { kind: 'estimate', estimate },
      }
    },
  },
]

const everybodyThen: People = { at: 'end' }
const places: Tally = {
  relation: 'institutions',
  where: 'true',
  sum: 'f.places_under_1 + f.places_1 + f.places_2',
}

export const childcarePlaces: Measure = () => [
  {
    key: null,
    numerator: [places],
    denominator: everybodyThen,
    release: 'open',
    judge: (counted) => {
      const [offered, population] = [counted.sum([places]), counted.people(everybodyThen)]
      const estimate = exactly(population ? (1000 * offered) / population : null)
      return {
        numerator: offered,
        denominator: population,
        estimate,
        basis: null,
        comparable: { kind: 'estimate', estimate },
      }
    },
  },
]

const enrolled: Tally = { relation: 'enrolments', where: 'true' }

export const enrolment: Measure = () => [
  {
    ...shareOf(null, enrolled, { from: 0, to: 2, at: 'end' }),
    release: [{ family: { total: enrolled, cells: [] }, cells: [] }],
  },
]

export const motherInfantRooms: Measure = () => [
  {
    ...shareOf(
      null,
      { relation: 'rooms', where: 'f.required and f.standard_met' },
      { relation: 'rooms', where: 'f.required' },
    ),
    release: 'open',
  },
]
