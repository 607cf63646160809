import { told, type Settings } from './birth-defects-settings.ts'

/**
 * Category, code and cases per 10,000 births up to the first birthday: the national order of the commonest defects, at
 * about the level of the national monitoring.
 */
const categories: readonly (readonly [category: string, icd10: string, perTenThousand: number])[] = [
  ['23', 'Q21.1', 62],
  ['15', 'Q69.0', 24],
  ['24', 'Q89.9', 18],
  ['16', 'Q70.3', 6.5],
  ['08', 'Q17.2', 6],
  ['14', 'Q66.0', 6],
  ['12', 'Q54.9', 5.5],
  ['07', 'Q37.9', 5],
  ['04', 'Q03.9', 4.5],
  ['22', 'Q90.9', 3.5],
  ['09', 'Q17.9', 3],
  ['11', 'Q42.3', 2.8],
  ['17', 'Q71.9', 2.6],
  ['06', 'Q36.9', 2.5],
  ['05', 'Q35.9', 2.4],
  ['19', 'Q79.2', 1.2],
  ['02', 'Q05.9', 1],
  ['10', 'Q39.1', 0.9],
  ['20', 'Q79.3', 0.8],
  ['18', 'Q79.0', 0.8],
  ['01', 'Q00.0', 0.5],
  ['03', 'Q01.9', 0.2],
]

/** When a defect is found, as in Shanghai 2016–18: 14.44 ‰ by day 7, 15.18 ‰ by day 42, 16.90 ‰ by the first birthday. */
const found = { byDay7: 14.44 / 16.9, byDay42: 15.18 / 16.9, beforeBirth: 0.25 }

/** Cards of defects, reviewed by the county where they are old enough. */
export function cardsOf({ county, today, seed }: Settings): string[] {
  const now = told(today)
  const reached = categories.map(([category, icd10], place) => {
    const sum = categories.slice(0, place + 1).reduce((total, [, , rate]) => total + rate, 0)
    return `('${category}', '${icd10}', ${(sum / 10_000).toFixed(6)}, ${((sum - (categories[place]?.[2] ?? 0)) / 10_000).toFixed(6)})`
  })
  const officer = (name: string) => `app.derived_id('${seed}/${name}')`
  return [
    `create temporary table bd_cards on commit drop as
     select y.*, k.sequence, k.child_id, k.birth_id, k.sex, k.is_still, c.category, c.icd10, w.stage, w.diagnosed_on,
       app.derived_id('${seed}/card/' || k.child_id) as card_id, row_number() over (order by w.diagnosed_on, k.child_id) as line,
       case when pg_temp.u('slow' || k.sequence, y.n) < 0.93 then 1 + floor(pg_temp.u('filed', y.n) * 6)::int else 9 + floor(pg_temp.u('filed', y.n) * 20)::int end as wait_days
     from bd_children k join bd_year y using (n)
     join (values ${reached.join(', ')}) c (category, icd10, upto, above) on pg_temp.u('defect' || k.sequence, y.n) >= c.above and pg_temp.u('defect' || k.sequence, y.n) < c.upto
     cross join lateral (select pg_temp.u('when' || k.sequence, y.n) as draw) u
     cross join lateral (select case when u.draw < ${found.byDay7 * found.beforeBirth} then 'PRENATAL' when u.draw < ${found.byDay7} or k.is_still then 'WITHIN_7D'
         when u.draw < ${found.byDay42} then 'DAY_8_42' else 'LATER' end as stage) s
     cross join lateral (select s.stage, case s.stage when 'PRENATAL' then y.born_on - 20 - floor(pg_temp.u('weeksbefore', y.n) * 60)::int
         when 'WITHIN_7D' then y.born_on + floor(pg_temp.u('found', y.n) * 6)::int when 'DAY_8_42' then y.born_on + 8 + floor(pg_temp.u('found', y.n) * 34)::int
         else y.born_on + 43 + floor(pg_temp.u('found', y.n) * 300)::int end as diagnosed_on) w
     where w.diagnosed_on <= date '${today}'`,
    `insert into defect_cards (county_code, id, facility_id, facility_division, division_code, card_number, status, edition, chain_id, mother_id, child_id, pregnancy_id,
       birth_id, mother_birth_date, mother_age, mother_ethnic, residence_kind, born_on, gestation_days, weight_grams, plurality, sequence, child_sex, outcome, is_induced, basis, diagnosed_when, diagnosed_on,
       diagnosed_gestation_days, categories, is_functional_only, exposures, filled_on, words_cipher, missing_fields, submitted_at, submitted_on, submitted_by,
       first_submitted_on, makers, hospital_reviewed_by, hospital_reviewed_on, county_reviewed_by, county_reviewed_on, returned_fields, recorded_at, source, updated_at, version)
     select ${county}, card_id, hospital_id, '${county}000000', village, '${seed}-' || lpad(line::text, 6, '0'), s.status, 1, chain_id, mother_id,
       case when not is_still then child_id end, pregnancy_id, birth_id, (select m.birth_date from persons m where m.county_code = ${county} and m.id = mother_id), age, '01', 'RURAL', born_on, gestation_days,
       2500 + floor(pg_temp.u('weight' || sequence, n) * 1500)::int, case when is_twin then 2 else 1 end, sequence, sex,
       case when is_still then 'STILLBIRTH' else 'LIVE' end, false, case when stage = 'PRENATAL' then '{ULTRASOUND}' else '{CLINICAL}' end::text[], stage, diagnosed_on,
       case when stage = 'PRENATAL' then diagnosed_on - lmp end, array[category], false, '{}', f.day_on, '', case when pg_temp.u('gaps', n) < 0.04 then '{education}' else '{}' end::text[],
       f.day_on + time '10:00' at time zone 'Asia/Shanghai', f.day_on, ${officer('reporter')}, f.day_on, array[${officer('reporter')}],
       case when s.status <> 'SUBMITTED' then ${officer('chief')} end, case when s.status <> 'SUBMITTED' then f.day_on + 3 end,
       case when s.status = 'COUNTY_REVIEWED' then ${officer('county')} end, case when s.status = 'COUNTY_REVIEWED' then f.day_on + 9 end, '{}', ${now}, 'IMPORT', ${now}, 1
     from bd_cards
     cross join lateral (select diagnosed_on + wait_days as day_on) f
     cross join lateral (select case when f.day_on + 9 <= date '${today}' then 'COUNTY_REVIEWED' when f.day_on + 3 <= date '${today}' then 'HOSPITAL_REVIEWED' else 'SUBMITTED' end as status) s
     where f.day_on <= date '${today}' and hospital_id is not null`,
    `insert into defect_diagnoses (county_code, id, card_id, facility_id, ordinal, category, icd10, is_functional)
     select ${county}, app.derived_id('${seed}/diagnosis/' || card_id), card_id, hospital_id, 1, category, icd10, false
     from bd_cards where exists (select from defect_cards d where d.county_code = ${county} and d.id = card_id)`,
    `insert into chain_events (county_code, id, chain_id, item, subject_id, event, occurred_on, record_id, facility_id, division_code, recorded_at, source)
     select ${county}, app.derived_id('${seed}/card/' || e.event || d.id), d.chain_id, 'DEFECT_CARD', d.chain_id, e.event, case e.event when 'INDICATED' then d.diagnosed_on else d.first_submitted_on end,
       d.id, d.facility_id, d.division_code, ${now}, 'IMPORT'
     from defect_cards d join bd_cards c on c.card_id = d.id cross join (values ('INDICATED'), ('DONE')) e (event) where d.county_code = ${county}`,
  ]
}
