import { foundCounty, type Place } from './county.ts'
import type { TestOffice } from './office.ts'

/** The moment at which the furnished county is looked at. */
const NOW = new Date('2026-08-15T04:00:00Z')

const COUNTY = 371121

/**
 * A county of two townships and four villages with some 1,600 people and three and a half years of events, put in as
 * facts by the owner: every number can be counted again from the tables.
 */
export async function furnishEvents(office: TestOffice): Promise<Place> {
  const place = await foundCounty(office, String(COUNTY))
  office.setNow(NOW)
  await adults(office)
  await births(office)
  await deaths(office)
  await marriages(office)
  await services(office)
  await keep(office)
  return place
}

/** Villages of very different size, so that small cells exist. */
const village = (n: string) =>
  `(array['371121101201','371121101201','371121101201','371121101201','371121101202','371121102201','371121102201','371121102201','371121102202','371121101201'])[1 + (${n} % 10)]`
const numbered = (kind: number, n: string) =>
  `('00000000-0000-4000-8${kind}00-' || lpad((${n})::text, 12, '0'))::uuid`
const told = `'2026-01-01T00:00:00Z'::timestamptz`

const personColumns =
  'county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, marital_status, hukou_division, residence_division, residence_status, status, source, recorded_at, updated_at, version'

async function adults(office: TestOffice): Promise<void> {
  await office.sql(`
    insert into persons (${personColumns})
    select ${COUNTY}, ${numbered(0, 'n')}, '张三' || n, '', '', case when n % 2 = 0 then '2' else '1' end,
      date '1946-03-01' + (n * 53) % 22600, 'DAY', '01',
      case when n % 41 = 0 then null when (n * 53) % 22600 > 20000 then '10' when n % 13 = 0 then '30' when n % 7 = 0 then '10' else '20' end,
      case when n % 11 = 0 then '370321101201' else ${village('n / 2')} end, ${village('n / 2')},
      case when n % 11 = 0 then case when n % 22 = 0 then '3' else '4' end else '1' end,
      'ACTIVE', 'MANUAL', ${told}, ${told}, 1
    from generate_series(1, 1000) n`)
  await office.sql(`
    insert into persons (${personColumns})
    select ${COUNTY}, ${numbered(1, 'n')}, '李四' || n, '', '', case when n % 2 = 0 then '2' else '1' end,
      date '1980-03-01' + (n * 53) % 9000, 'DAY', '01', '20', ${village('n')}, '110000000000', '2', 'ACTIVE', 'MANUAL', ${told}, ${told}, 1
    from generate_series(1, 60) n`)
}

async function births(office: TestOffice): Promise<void> {
  await office.sql(`
    insert into organisations (id, code, type, name, division_code, midwifery_licence, family_planning_licence, digitised, status, version, recorded_at, updated_at)
    values (${numbered(9, '1')}, 'H1', 'ORG-H', '县医院', '371121101201', true, false, true, 'active', 1, ${told}, ${told}),
      (${numbered(9, '2')}, 'H2', 'ORG-H', '诊所', '371121102201', false, false, true, 'active', 1, ${told}, ${told})`)
  await office.sql(`
    create table born as
    select n, date '2023-01-05' + (n * 97) % 1310 as day, m.id as mother, m.residence_division as lives, m.hukou_division as hukou,
      extract(year from age(date '2023-01-05' + (n * 97) % 1310, m.birth_date))::int as age,
      case when (n * 7) % 13 < 7 then '1' else '2' end as sex, ${numbered(2, 'n')} as child
    from generate_series(1, 620) n
    cross join lateral (
      select * from persons p where p.sex = '2' and p.residence_status <> '2'
        and p.birth_date between date '2023-01-05' + (n * 97) % 1310 - 46 * 365 and date '2023-01-05' + (n * 97) % 1310 - 15 * 366
      order by (('x' || left(md5(p.id::text || n), 6))::bit(24))::int limit 1) m`)
  await office.sql(`
    insert into persons (${personColumns})
    select ${COUNTY}, child, '张小' || n, '', '', sex, day, 'DAY', '01', '10', hukou, lives,
      case when hukou = lives then '1' else '3' end, 'ACTIVE', 'MANUAL', ${told}, ${told}, 1 from born`)
  await office.sql(`
    insert into births (county_code, id, child_id, mother_id, occurred_on, outcome, sex, order_of_mother, mother_age, plurality, sequence, gestation_days,
      place, facility_id, certificate_number, hukou_registered_on, division_code, hukou_division, registers, recorded_at, source)
    select ${COUNTY}, ${numbered(3, 'n')}, child, mother, day, 'LIVE', sex, case when n % 50 = 0 then null else 1 + (n % 9) / 4 end, case when n % 60 = 0 then null else age end,
      1, 1, 270, case when n % 8 = 0 then 'HOME' else 'HOSPITAL' end, case when n % 8 = 0 then null when n % 8 = 1 then ${numbered(9, '2')} else ${numbered(9, '1')} end,
      case when n % 8 <> 0 and n % 9 <> 0 then 'X' || lpad(n::text, 9, '0') end, case when n % 5 <> 0 then day + (n % 40) end, lives, hukou,
      array_remove(array[case when n % 5 <> 0 then 'R' end, case when n % 8 <> 0 then 'H' end], null), ${told}, 'MANUAL'
    from born`)
  await office.sql(`
    insert into births (county_code, id, mother_id, occurred_on, outcome, sex, plurality, sequence, gestation_days, place, division_code, hukou_division, recorded_at, source)
    select ${COUNTY}, ${numbered(4, 'n')}, mother, day + 1, case when n % 2 = 0 then 'STILLBIRTH' else 'FETAL_DEATH' end, sex, 1, 1, 170 + n % 60, 'HOSPITAL', lives, hukou, ${told}, 'MANUAL'
    from born where n % 70 = 3`)
  await office.sql(`
    insert into births (county_code, id, child_id, occurred_on, outcome, sex, plurality, sequence, place, division_code, hukou_division, recorded_at, source, voided_at, void_reason)
    select ${COUNTY}, ${numbered(4, 'n + 5000')}, child, day, 'LIVE', sex, 1, 1, 'HOSPITAL', lives, hukou, ${told}, 'MANUAL', ${told}, '重复' from born where n % 30 = 1`)
}

async function deaths(office: TestOffice): Promise<void> {
  const death = (
    kind: number,
  ) => `insert into deaths (county_code, id, person_id, occurred_on, place, maternal, reporter, sex, birth_date, age_days, division_code, hukou_division, recorded_at, source)
    select ${COUNTY}, ${numbered(kind, 'd.n')}, p.id, d.day, 'HOME', d.maternal, 'HEALTH', p.sex, p.birth_date, d.day - p.birth_date, p.residence_division, p.hukou_division, ${told}, 'MANUAL'`
  await office.sql(`${death(5)} from (select n, date '2023-02-01' + (n * 89) % 1260 as day, case when n = 30 then 'DIRECT' else 'NO' end as maternal from generate_series(1, 110) n) d
    join persons p on p.id = ${numbered(0, 'd.n * 9')}`)
  await office.sql(`${death(6)} from (select n, day + (n % 97) * (n % 7) as day, 'NO' as maternal, child from born where n % 23 = 5 and day + (n % 97) * (n % 7) < date '2026-08-10') d
    join persons p on p.id = d.child`)
  await office.sql(`update persons p set status = 'DECEASED' from deaths d where d.person_id = p.id`)
}

async function marriages(office: TestOffice): Promise<void> {
  await office.sql(`
    insert into marriage_events (county_code, id, event, occurred_on, party_a, party_b, order_a, order_b, age_a, age_b, sex_a, sex_b, division_a, division_b, recorded_at, source)
    select ${COUNTY}, ${numbered(7, 'n')}, case when n % 9 = 0 then 'REMARRY' when n % 31 = 0 then 'DIVORCE' else 'MARRY' end, date '2023-01-03' + (n * 61) % 1300, a.id, b.id,
      case when n % 9 = 0 then 'RE' else 'FIRST' end, case when n % 4 = 0 then 'RE' else 'FIRST' end, 20 + n % 14, 21 + n % 11, a.sex, b.sex, a.residence_division, b.residence_division, ${told}, 'MANUAL'
    from generate_series(1, 240) n join persons a on a.id = ${numbered(0, '2 * n')} join persons b on b.id = ${numbered(0, '2 * n - 1')}`)
}

async function services(office: TestOffice): Promise<void> {
  await office.sql(`
    insert into birth_registrations (county_code, id, registrant_id, purpose, channel, status, service_pack_sent, division_code, recorded_at, source, updated_at, version)
    select distinct on (mother) ${COUNTY}, ${numbered(8, 'n')}, mother, 'BORN', 'STATION', 'REGISTERED', true, lives, day::timestamptz, 'MANUAL', ${told}, 1 from born where n % 3 = 0`)
  await office.sql(`
    insert into childcare_institutions (county_code, id, name, kind, inclusive, places_under_1, places_1, places_2, opened_on, closed_on, division_code, recorded_at, updated_at, version)
    select ${COUNTY}, ${numbered(9, '100 + n')}, '托育' || n, 'COMMUNITY', true, n, 2 * n, 5, date '2024-03-01' + n * 100, case when n = 3 then date '2025-06-01' end,
      ${village('n')}, ${told}, ${told}, 1 from generate_series(1, 6) n`)
  await office.sql(`
    insert into childcare_enrolments (county_code, id, institution_id, child_id, from_on, to_on, recorded_at, source)
    select ${COUNTY}, ${numbered(9, '1000 + n')}, ${numbered(9, '101')}, child, day + 200, case when n % 5 = 0 then day + 300 end, ${told}, 'MANUAL'
    from born where n % 6 = 0 and day + 200 < date '2026-08-01'`)
  await office.sql(`
    insert into mother_infant_rooms (county_code, id, site, site_kind, required, standard_met, opened_on, division_code, recorded_at, updated_at, version)
    select ${COUNTY}, ${numbered(9, '3000 + n')}, '商场' || n, 'MALL', n % 5 <> 0, n % 3 <> 0, date '2022-01-01', ${village('n')}, ${told}, ${told}, 1 from generate_series(1, 30) n`)
}

/** Where people lived from birth to death, the book that follows, and the counts kept of villages. */
async function keep(office: TestOffice): Promise<void> {
  await office.sql(`
    insert into residence_episodes (county_code, id, person_id, division_code, from_on, to_on, status, recorded_at, source)
    select ${COUNTY}, md5(p.id::text)::uuid, p.id, p.residence_division, case when p.residence_status in ('3', '4') then greatest(date '2024-05-10', p.birth_date) end, null, p.residence_status, ${told}, 'MANUAL'
    from persons p`)
  await office.sql(
    `select count(*) from app.post_people(${COUNTY}, array(select id from persons), '${NOW.toISOString()}'::timestamptz, null)`,
  )
  await office.sql(`
    insert into village_counts (county_code, division_code, residents, registered, inflow, away, changed_at)
    select ${COUNTY}, village, sum(residents), sum(registered), sum(inflow), sum(away), ${told} from (
      select residence_division as village, 1 as residents, 0 as registered, (residence_status in ('3', '4'))::int as inflow, 0 as away
      from persons where status = 'ACTIVE' and residence_status in ('1', '3', '4')
      union all
      select hukou_division, 0, 1, 0, (residence_status = '2')::int from persons where status = 'ACTIVE') c
    where village like '371121%' group by 1, 2`)
}
