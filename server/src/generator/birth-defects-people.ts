import { told, type Settings } from './birth-defects-settings.ts'

const surnames = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
]
const sounds = [
  'wang',
  'li',
  'zhang',
  'liu',
  'chen',
  'yang',
  'zhao',
  'huang',
  'zhou',
  'wu',
  'xu',
  'sun',
  'hu',
  'zhu',
  'gao',
  'lin',
]
const given = ['秀英', '丽', '静', '敏', '艳', '娟', '霞', '玲', '丹', '萍', '欣怡', '梦琪']
const givenSounds = [
  'xiuying',
  'li',
  'jing',
  'min',
  'yan',
  'juan',
  'xia',
  'ling',
  'dan',
  'ping',
  'xinyi',
  'mengqi',
]
const array = (words: readonly string[]) => `array['${words.join("','")}']`
const pick = (words: readonly string[], name: string) =>
  `(${array(words)})[1 + floor(pg_temp.u('${name}', n) * ${words.length})::int]`

const personColumns = `county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, marital_status,
  hukou_division, hukou_type, residence_division, residence_status, residence_since, mother_id, status, source, recorded_at, updated_at, version`

/**
 * Mothers, pregnancies, births and children, and a chain for each pregnancy. `bd_year` holds one line a pregnancy:
 * `t` is how well its township reaches people, 0 the worst.
 */
export function peopleOf({ county, from, births, today, seed }: Settings): string[] {
  const now = told(today)
  const id = (kind: string, n = 'n') => `app.derived_id('${seed}/${kind}/' || ${n})`
  return [
    `create temporary table bd_places on commit drop as
     select v.code as village, v.parent_code as township, f.id as facility_id, h.id as hospital_id,
       (dense_rank() over (order by md5('${seed}' || v.parent_code)) - 1)::int as t, row_number() over (order by md5('${seed}' || v.code))::int as place
     from divisions v
     left join lateral (select o.id from organisations o where o.status = 'active' and o.type in ('ORG-TS', 'ORG-S', 'ORG-H')
       and o.division_code in (v.parent_code, '${county}000000') order by o.division_code = v.parent_code desc, o.code limit 1) f on true
     left join lateral (select o.id from organisations o where o.status = 'active' and o.type in ('ORG-H', 'ORG-S')
       and o.division_code = '${county}000000' order by o.type, o.code limit 1) h on true
     where v.level = 5 and v.valid_to is null and starts_with(v.code, '${county}')`,
    `create temporary table bd_year on commit drop as
     with drawn as (
       select n, p.*, date '${from}' + floor(pg_temp.u('born', n) * 365)::int as born_on,
         case when pg_temp.u('early', n) < 0.06 then 200 + floor(pg_temp.u('weeks', n) * 58)::int
           else 259 + floor((pg_temp.u('weeks', n) + pg_temp.u('weeks2', n)) * 17)::int end as gestation_days,
         20 + floor(11 * (pg_temp.u('age', n) + pg_temp.u('age2', n)))::int as age, pg_temp.u('ground', n) as chance
       from generate_series(1, ${births}) n
       join bd_places p on p.place = 1 + floor(pg_temp.u('village', n) * (select count(*) from bd_places))::int
     ),
     dated as (
       select d.*, d.born_on - d.gestation_days as lmp, pg_temp.u('twins', d.n) < 0.014 as is_twin, pg_temp.u('still', d.n) < 0.004 as is_stillbirth,
         pg_temp.u('home', d.n) < 0.003 as is_home,
         case when d.chance < 0.28 then 'PREMARITAL' when d.chance < 0.55 then 'PRECONCEPTION' else 'PREGNANCY' end as ground
       from drawn d
     )
     select d.*, ${id('mother', 'd.n')} as mother_id, ${id('pregnancy', 'd.n')} as pregnancy_id, ${id('chain', 'd.n')} as chain_id,
       d.born_on <= date '${today}' as is_born,
       case d.ground when 'PREMARITAL' then d.lmp - 60 - floor(pg_temp.u('open', d.n) * 220)::int
         when 'PRECONCEPTION' then d.lmp - 20 - floor(pg_temp.u('open', d.n) * 150)::int
         else d.lmp + 42 + floor(pg_temp.u('open', d.n) ^ 2 * 110)::int end as opened_on,
       case when d.ground = 'PREMARITAL' then d.lmp - 40 - floor(pg_temp.u('open', d.n) * 200)::int end as married_on
     from dated d where d.lmp + 42 <= date '${today}' and d.village is not null`,
    `delete from bd_year where opened_on > date '${today}' or facility_id is null`,
    'analyze bd_year',
    `create temporary table bd_children on commit drop as
     select y.n, s as sequence, ${id('child', "y.n || '/' || s")} as child_id, ${id('birth', "y.n || '/' || s")} as birth_id,
       case when pg_temp.u('sex' || s, y.n) < 0.515 then '1' else '2' end as sex, y.is_stillbirth and s = 1 as is_still
     from bd_year y cross join lateral generate_series(1, case when y.is_twin then 2 else 1 end) s where y.is_born`,
    `insert into persons (${personColumns})
     select ${county}, mother_id, ${pick(surnames, 'surname')} || ${pick(given, 'given')}, ${pick(sounds, 'surname')} || ${pick(givenSounds, 'given')},
       left(${pick(sounds, 'surname')}, 1) || left(${pick(givenSounds, 'given')}, 1), '2', born_on - age * 365 - floor(pg_temp.u('birthday', n) * 365)::int,
       'DAY', '01', case when married_on is null and chance > 0.97 then '10' else '20' end, village, '20', village, '1',
       born_on - age * 365, null, 'ACTIVE', 'IMPORT', ${now}, ${now}, 1
     from bd_year`,
    `insert into pregnancies (county_code, id, woman_id, last_menstruation_on, expected_on, expected_basis, registered_on, registered_organisation_id,
       channel, conception, risk_colour, status, ended_on, contact_consent, division_code, updated_at, version, recorded_at, source)
     select ${county}, pregnancy_id, mother_id, lmp, lmp + 280, 'LMP', greatest(opened_on, lmp + 42), facility_id, 'STATION', 'NATURAL',
       case when pg_temp.u('risk', n) < 0.4 then 'GREEN' when pg_temp.u('risk', n) < 0.9 then 'YELLOW' when pg_temp.u('risk', n) < 0.985 then 'ORANGE' else 'RED' end,
       case when is_born then 'DELIVERED' else 'ONGOING' end, case when is_born then born_on end, true, village, ${now}, 1, ${now}, 'IMPORT'
     from bd_year`,
    `insert into persons (${personColumns})
     select ${county}, k.child_id, ${pick(surnames, 'surname').replaceAll(', n)', ', y.n)')} || '宝', ${pick(sounds, 'surname').replaceAll(', n)', ', y.n)')} || 'bao',
       left(${pick(sounds, 'surname').replaceAll(', n)', ', y.n)')}, 1) || 'b', k.sex, y.born_on, 'DAY', '01', '10', y.village, '20', y.village, '1', y.born_on,
       y.mother_id, 'ACTIVE', 'IMPORT', ${now}, ${now}, 1
     from bd_children k join bd_year y using (n) where not k.is_still`,
    `insert into births (county_code, id, child_id, mother_id, pregnancy_id, occurred_on, outcome, sex, mother_age, plurality, sequence, gestation_days,
       weight_grams, place, facility_id, division_code, hukou_division, registers, recorded_at, source)
     select ${county}, k.birth_id, case when not k.is_still then k.child_id end, y.mother_id, y.pregnancy_id, y.born_on,
       case when k.is_still then 'STILLBIRTH' else 'LIVE' end, k.sex, y.age, case when y.is_twin then 2 else 1 end, k.sequence, y.gestation_days,
       greatest(700, 3300 - (280 - y.gestation_days) * 22 + floor((pg_temp.u('weight' || k.sequence, y.n) - 0.5) * 900)::int - case when y.is_twin then 600 else 0 end),
       case when y.is_home then 'HOME' else 'HOSPITAL' end, case when not y.is_home then y.hospital_id end, y.village, y.village, '{H}', ${now}, 'IMPORT'
     from bd_children k join bd_year y using (n)`,
    `insert into chains (county_code, id, woman_id, pregnancy_id, facility_id, division_code, ground, opened_on, married_on, expected_on, is_hospital_birth,
       cohort_month, updated_at, version, recorded_at, source)
     select ${county}, chain_id, mother_id, pregnancy_id, facility_id, village, ground, opened_on, married_on, lmp + 280, false,
       date_trunc('month', lmp + 280)::date, ${now}, 1, ${now}, 'IMPORT'
     from bd_year`,
    `insert into chain_facilities (county_code, id, chain_id, facility_id, ground, from_on, recorded_at, source)
     select ${county}, ${id('owner')}, chain_id, facility_id, 'OWNER', opened_on, ${now}, 'IMPORT' from bd_year`,
  ]
}
