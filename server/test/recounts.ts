/** How a number is counted again: over `p` (prefix, day before, first day, last day), from the tables alone. */
export type Recount = {
  code: string
  component: string | null
  numerator: string
  denominator?: string
  per?: number
  /** Day before, first and last day where they are not those of 2025, by the digits of the division. */
  days?: (digits: number) => [string, string, string]
}

const threeYears = (digits: number): [string, string, string] =>
  digits === 6 ? ['2024-12-31', '2025-01-01', '2025-12-31'] : ['2022-12-31', '2023-01-01', '2025-12-31']
const december = (): [string, string, string] => ['2025-11-30', '2025-12-01', '2025-12-31']

/** Every indicator as an independent question to the facts; nothing of how the office counts is used. */
export function recounts(population: 'residence' | 'hukou'): Recount[] {
  const place = population === 'residence' ? 'division_code' : 'hukou_division'
  const home = population === 'residence' ? 'residence_division' : 'hukou_division'
  const births = (where = 'true') =>
    `select count(*) from births b where b.voided_at is null and b.outcome = 'LIVE' and b.${place} like p.prefix and b.occurred_on between p.first and p.last and ${where}`
  const fetal = `select count(*) from births b where b.voided_at is null and b.outcome in ('STILLBIRTH', 'FETAL_DEATH') and b.gestation_days / 7 >= 28 and b.${place} like p.prefix and b.occurred_on between p.first and p.last`
  const deaths = (where = 'true') =>
    `select count(*) from deaths d where d.voided_at is null and d.${place} like p.prefix and d.occurred_on >= p.first and d.occurred_on <= p.last and ${where}`
  const isHere =
    population === 'residence'
      ? (day: string) =>
          `exists (select from residence_episodes e where e.person_id = x.id and e.status in ('1', '3', '4') and e.division_code like p.prefix
            and (e.from_on is null or e.from_on <= ${day}) and (e.to_on is null or e.to_on > ${day}))`
      : () => 'x.hukou_division like p.prefix'
  const people = (day: string, where = 'true') =>
    `(select count(*) from persons x where x.birth_date <= ${day} and ${isHere(day)}
      and not exists (select from deaths d where d.person_id = x.id and d.occurred_on <= ${day}) and ${where})`
  const mean = (where: (day: string) => string = () => 'true', factor = '1') =>
    `(${people('p.before', where('p.before'))} + ${people('p.last', where('p.last'))}) / 2.0 * ${factor}`
  const women = (from: number, to: number) => (day: string) =>
    `x.sex = '2' and extract(year from age(${day} + 1, date_trunc('month', x.birth_date) + interval '1 month')) between ${from} and ${to}`
  const here = `x.status = 'ACTIVE' and x.${home} like p.prefix and ${population === 'residence' ? `x.residence_status in ('1', '3', '4')` : `x.residence_status <> '9'`}`
  const now = (where = 'true') => `select count(*) from persons x where ${here} and ${where}`
  const standing = (where: string) =>
    `select count(*) from persons x where x.status = 'ACTIVE' and x.${home} like p.prefix and ${where}`
  const ageNow = (from: number, to: number) =>
    `x.sex = '2' and extract(year from age(date '2026-08-15', x.birth_date)) between ${from} and ${to}`
  const brides = (where = 'true') => `select count(*) from (
    select division_a as at, age_a as age from marriage_events where sex_a = '2' and order_a = 'FIRST' and event <> 'DIVORCE' and voided_at is null and occurred_on between p.first and p.last
    union all
    select division_b, age_b from marriage_events where sex_b = '2' and order_b = 'FIRST' and event <> 'DIVORCE' and voided_at is null and occurred_on between p.first and p.last
  ) w where at like p.prefix and ${where}`
  const delivered = (sex: string) =>
    `select count(*) from births b where b.voided_at is null and b.outcome = 'LIVE' and b.sex = '${sex}' and b.occurred_on between p.first and p.last
     and b.facility_id in (select id from organisations where midwifery_licence and division_code like p.prefix)`
  const inMonthBefore = births()
    .replaceAll('p.first', `(p.first - interval '1 month')`)
    .replaceAll('p.last', `(p.first - 1)`)
  const migrants = `exists (select from persons m where m.id = b.mother_id and m.status = 'ACTIVE' and m.residence_status in ('3', '4'))`
  const inInstitution = `b.place = 'HOSPITAL'`

  return [
    { code: 'POP-01', component: null, numerator: births() },
    { code: 'POP-01', component: 'male', numerator: births(`b.sex = '1'`) },
    { code: 'POP-02', component: null, numerator: births(), denominator: mean(), per: 1000 },
    { code: 'POP-03', component: null, numerator: deaths(), denominator: mean(), per: 1000 },
    {
      code: 'POP-04',
      component: null,
      numerator: `(${births()}) - (${deaths()})`,
      denominator: mean(),
      per: 1000,
    },
    {
      code: 'POP-05',
      component: null,
      numerator: births(`b.sex = '1'`),
      denominator: births(`b.sex = '2'`),
      per: 100,
    },
    {
      code: 'POP-05',
      component: 'order-3',
      numerator: births(`b.sex = '1' and b.order_of_mother > 2`),
      denominator: births(`b.sex = '2' and b.order_of_mother > 2`),
      per: 100,
    },
    { code: 'POP-06', component: null, numerator: delivered('1'), denominator: delivered('2'), per: 100 },
    { code: 'POP-07', component: null, numerator: births(), denominator: inMonthBefore, days: december },
    { code: 'POP-08', component: null, numerator: births(), denominator: mean(women(15, 49)), per: 1000 },
    {
      code: 'POP-09',
      component: '25-29',
      numerator: births('b.mother_age >= 25 and b.mother_age < 30'),
      denominator: mean(women(25, 29)),
      per: 1000,
    },
    {
      code: 'POP-10',
      component: null,
      numerator: births('b.mother_age >= 15 and b.mother_age < 50'),
      denominator: mean(women(15, 49), `(extract(year from p.last) - extract(year from p.before))`),
      days: threeYears,
    },
    {
      code: 'POP-11',
      component: 'order-1',
      numerator: births('b.order_of_mother = 1'),
      denominator: births('b.order_of_mother is not null'),
      per: 100,
    },
    {
      code: 'POP-11',
      component: 'unknown',
      numerator: births('b.order_of_mother is null'),
      denominator: births(),
      per: 100,
    },
    {
      code: 'POP-12',
      component: null,
      numerator: births('b.mother_age < 20 and b.mother_age > 14'),
      denominator: mean(women(15, 19)),
      per: 1000,
    },
    { code: 'POP-13', component: null, numerator: brides() },
    { code: 'POP-14', component: null, numerator: brides('age > 22'), denominator: brides(), per: 100 },
    {
      code: 'POP-15',
      component: null,
      numerator: births('b.order_of_mother = 1 and b.mother_age > 23'),
      denominator: births('b.order_of_mother = 1 and b.mother_age > 0'),
      per: 100,
    },
    { code: 'POP-16', component: null, numerator: brides() },
    {
      code: 'POP-16',
      component: 'smam',
      numerator: now(`${ageNow(15, 54)} and x.marital_status = '10'`),
      denominator: now(`${ageNow(15, 54)} and x.marital_status <> '90'`),
    },
    {
      code: 'POP-17',
      component: null,
      numerator: births('b.order_of_mother = 1 and b.mother_age is not null'),
    },
    {
      code: 'POP-18',
      component: null,
      numerator: births('b.mother_age between 15 and 49'),
      denominator: mean(women(15, 49)),
    },
    {
      code: 'POP-19',
      component: null,
      numerator: now(`${ageNow(15, 49)} and x.marital_status like '2%'`),
      denominator: now(),
      per: 100,
    },
    {
      code: 'POP-20',
      component: null,
      numerator: standing(
        population === 'residence' ? `x.residence_status in ('3', '4')` : `x.residence_status = '2'`,
      ),
      denominator: now(),
      per: 100,
    },
    {
      code: 'POP-21',
      component: null,
      numerator: standing(`x.residence_status = '3' and x.residence_division <> x.hukou_division`),
      denominator: now(),
      per: 100,
    },
    {
      code: 'POP-22',
      component: null,
      numerator: births(
        `${migrants} and b.mother_id in (select registrant_id from birth_registrations where recorded_at < p.last + 1)`,
      ),
      denominator: births(migrants),
      per: 100,
    },
    {
      code: 'POP-23',
      component: 'infant',
      numerator: deaths(`extract(year from age(d.occurred_on, d.birth_date)) < 1`),
      denominator: births(),
      per: 1000,
    },
    {
      code: 'POP-23',
      component: 'neonatal',
      numerator: deaths('d.occurred_on - d.birth_date < 28'),
      denominator: births(),
      per: 1000,
    },
    {
      code: 'POP-23',
      component: 'under-5',
      numerator: deaths(`extract(year from age(d.occurred_on, d.birth_date)) < 5`),
      denominator: births(),
      per: 1000,
    },
    {
      code: 'POP-23',
      component: 'perinatal',
      numerator: `(${fetal}) + (${deaths('d.occurred_on - d.birth_date < 7')})`,
      denominator: `(${fetal}) + (${births()})`,
      per: 1000,
    },
    {
      code: 'POP-23',
      component: 'maternal',
      numerator: deaths(`d.maternal <> 'NO'`),
      denominator: births(),
      per: 100_000,
    },
    {
      code: 'POP-24',
      component: null,
      numerator: births('b.hukou_registered_on - b.occurred_on <= 30'),
      denominator: births(),
      per: 100,
    },
    {
      code: 'POP-25',
      component: null,
      numerator: births(`${inInstitution} and b.certificate_number like 'X%'`),
      denominator: births(inInstitution),
      per: 100,
    },
    {
      code: 'POP-26',
      component: null,
      numerator: births(`b.registers @> '{H}'`),
      denominator: births(`b.registers @> '{R}'`),
    },
    {
      code: 'POP-27',
      component: null,
      numerator: `select coalesce(sum(places_under_1 + places_1 + places_2), 0) from childcare_institutions where opened_on <= p.last and coalesce(closed_on, '2100-01-01') > p.last and division_code like p.prefix`,
      denominator: people('p.last'),
      per: 1000,
    },
    {
      code: 'POP-28',
      component: null,
      numerator: `select count(distinct child_id) from childcare_enrolments e join persons x on x.id = e.child_id where e.from_on <= p.last and coalesce(e.to_on, '2100-01-01') > p.last and age(p.last, x.birth_date) < interval '3 years' and x.${home} like p.prefix`,
      denominator: people('p.last', `extract(year from age(p.last, x.birth_date)) < 3`),
      per: 100,
    },
    {
      code: 'POP-29',
      component: null,
      numerator: `select count(*) from mother_infant_rooms where required and standard_met and division_code like p.prefix`,
      denominator: `select count(*) from mother_infant_rooms where required and division_code like p.prefix`,
      per: 100,
    },
  ]
}
