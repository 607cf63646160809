import { facilities } from './care-facts.ts'
import type { Place } from './county.ts'
import { furnishEvents } from './furnished-county.ts'
import type { TestOffice } from './office.ts'

const COUNTY = 371121
const told = `'2026-01-01T00:00:00Z'::timestamptz`
const fact = 'recorded_at, source'
const kept = `updated_at, version, ${fact}`
const keptAs = `${told}, 1, ${told}, 'MANUAL'`
const numbered = (kind: string, n: string) => `md5('${kind}' || (${n})::text)::uuid`
const facility = (n: string) =>
  `case when ${n} % 3 = 0 then '${facilities.second}'::uuid else '${facilities.first}'::uuid end`
const nothing = `'\\x00'::bytea`
const TODAY = `date '2026-08-15'`

/**
 * Three and a half years of the chain in the furnished county, put in as facts by the owner: every number can be counted
 * again from the tables. The counts themselves are made by recounting.
 */
export async function furnishChain(office: TestOffice): Promise<Place> {
  const place = await furnishEvents(office)
  await pregnancies(office)
  await beforePregnancy(office)
  await inPregnancy(office)
  await newborns(office)
  await defects(office)
  await office.sql(`drop table expecting`)
  await office.sql(
    `select app.recount_birth_defects(${COUNTY}, date '2022-01-01', date '2026-08-01', ${TODAY}, ${told})`,
  )
  return place
}

/** A pregnancy behind most births, some that go on, visits as they come, and a chain of each. */
async function pregnancies(office: TestOffice): Promise<void> {
  await office.sql(`
    create table expecting as
    select n, ${numbered('pregnancy', 'n')} as id, ${numbered('chain', 'n')} as chain, mother as woman, lives, day as ended, day + (n % 21) - 10 as due, child
    from born where n % 9 <> 0
    union all
    select 1000 + w.n, ${numbered('pregnancy', '1000 + w.n')}, ${numbered('chain', '1000 + w.n')}, w.id, w.residence_division, null, ${TODAY} + 15 + (w.n * 5) % 220, null
    from (select p.*, row_number() over (order by md5(p.id::text))::int as n from persons p where p.sex = '2' and p.status = 'ACTIVE'
      and p.residence_status <> '2' and p.birth_date between date '1988-01-01' and date '2004-12-31') w where w.n <= 45`)
  await office.sql(`
    insert into pregnancies (county_code, id, woman_id, expected_on, expected_basis, registered_on, channel, conception, risk_colour, status, ended_on, contact_consent, division_code, ${kept})
    select ${COUNTY}, id, woman, due, 'LMP', due - 200, 'HOSPITAL', 'NATURAL', 'GREEN', case when ended is null then 'ONGOING' else 'DELIVERED' end, ended, true, lives, ${keptAs} from expecting`)
  await office.sql(
    `update births b set pregnancy_id = e.id from expecting e where e.child = b.child_id and b.voided_at is null`,
  )
  await office.sql(`
    insert into antenatal_visits (county_code, id, pregnancy_id, occurred_on, gestation_days, risk_colour, ${fact})
    select ${COUNTY}, ${numbered('visit', 'e.n * 100 + k')}, e.id, v.day, v.day - (e.due - 280), 'GREEN', ${told}, 'MANUAL'
    from expecting e cross join generate_series(1, 8) k
    cross join lateral (select e.due - 280 + 50 + (e.n % 7) * 10 + k * 24 as day) v
    where k <= e.n % 9 and v.day < coalesce(e.ended, ${TODAY})`)
  await office.sql(`
    insert into chains (county_code, id, woman_id, pregnancy_id, division_code, ground, opened_on, expected_on, born_on, is_hospital_birth, cohort_month, ${kept})
    select ${COUNTY}, chain, woman, id, lives, 'PREGNANCY', due - 200, due, ended, false, date_trunc('month', coalesce(ended, due))::date, ${keptAs} from expecting`)
  await office.sql(`
    insert into chain_links (county_code, chain_id, item, subject_id, link, window_from, window_to, state, division_code, cohort_month)
    select ${COUNTY}, chain, i.item, chain, i.link, due - i.before, due - 190, case when due - i.before > ${TODAY} then 'NOT_DUE' else (array['DONE', 'DECLINED', 'OVERDUE', 'DONE', 'NOT_APPLICABLE', 'DONE'])[1 + n % 6] end,
      lives, date_trunc('month', coalesce(ended, due))::date
    from expecting cross join (values ('TORCH', 4, 340), ('FOLIC_ACID', 5, 370)) as i (item, link, before)`)
}

async function beforePregnancy(office: TestOffice): Promise<void> {
  await office.sql(`
    insert into couple_checks (county_code, id, kind, woman_id, facility_id, division_code, occurred_on, set_owner, set_version, risk, her_risk, his_risk, reasons, counselled, advised_on, ${kept})
    select ${COUNTY}, ${numbered('check', 'n')}, case when n % 3 = 0 then 'PREMARITAL' else 'PRECONCEPTION' end, woman, ${facility('n')}, lives, due - 420, 0, 1,
      r.risk, r.risk, 'GENERAL', case when r.risk = 'GENERAL' then '{}'::text[] else '{X}'::text[] end, true, case when r.risk = 'HIGH_RISK' and n % 2 = 0 then due - 420 end, ${keptAs}
    from expecting cross join lateral (select case when n % 5 = 1 then 'HIGH_RISK' else 'GENERAL' end as risk) r where n % 4 <> 0`)
  await office.sql(`
    insert into couple_check_parties (county_code, id, check_id, kind, party, person_id, facility_id, division_code, occurred_on, infection_consent, items_done, results_cipher)
    select county_code, ${numbered('party', 'id')}, id, kind, 'HER', woman_id, facility_id, division_code, occurred_on, true, '{}', ${nothing} from couple_checks`)
  await office.sql(`
    insert into birth_registrations (county_code, id, registrant_id, purpose, channel, status, service_pack_sent, division_code, registered_at, recorded_at, source, updated_at, version)
    select ${COUNTY}, ${numbered('planning', 'n')}, woman, 'PLANNING', 'STATION', 'REGISTERED', true, lives, (due - 430)::timestamp at time zone 'Asia/Shanghai', ${told}, 'MANUAL', ${told}, 1
    from expecting where n % 4 = 1`)
  await office.sql(`
    insert into torch_tests (county_code, id, client_id, facility_id, division_code, occurred_on, stage, is_retest, edition, ${kept})
    select ${COUNTY}, ${numbered('torch', 'n')}, woman, ${facility('n')}, lives, due - 300, 'PRECONCEPTION', n % 17 = 0, 'TORCH-2026', ${keptAs} from expecting where n % 3 <> 0`)
  await office.sql(`
    insert into torch_results (county_code, id, test_id, client_id, facility_id, division_code, agent, igg, igm, meaning, is_actionable)
    select ${COUNTY}, ${numbered('torch-result', 'n || agent')}, ${numbered('torch', 'n')}, woman, ${facility('n')}, lives, agent, 'NEG', case when r.found then 'POS' else 'NEG' end,
      case when r.found then 'POSSIBLE_ACUTE' else 'SUSCEPTIBLE' end, r.found
    from expecting cross join unnest('{TOX,RUB,CMV,HSV}'::text[]) agent cross join lateral (select (n + length(agent) * 7 + ascii(agent)) % 23 = 0 as found) r where n % 3 <> 0`)
  await office.sql(`
    insert into torch_cases (county_code, id, client_id, facility_id, division_code, agent, meaning, is_pregnant, test_id, found_on, state, state_on, closed_on, closing, ${kept})
    select county_code, ${numbered('torch-case', 'r.id')}, client_id, facility_id, division_code, agent, meaning, false, test_id, t.day, c.state, t.day, case when c.state = 'CLOSED' then t.day + c.took end,
      case when c.state = 'CLOSED' then 'CLEARED' end, ${keptAs}
    from torch_results r cross join lateral (select occurred_on as day from torch_tests t where t.id = r.test_id) t
    cross join lateral (select case when ascii(left(r.id::text, 1)) % 4 = 0 then 'FOUND' else 'CLOSED' end as state, 20 + ascii(right(r.id::text, 1)) % 60 as took) c
    where r.is_actionable and not exists (select from torch_results o where o.client_id = r.client_id and o.agent = r.agent and o.is_actionable and o.id < r.id)`)
  await office.sql(`
    insert into folic_acid_courses (county_code, id, client_id, facility_id, division_code, started_on, ended_on, end_reason, is_high_dose, boxes, covers_until, days_taken, has_follow_up, ${kept})
    select ${COUNTY}, ${numbered('course', 'n')}, woman, ${facility('n')}, lives, s.day, s.day + 170, 'COMPLETED', n % 15 = 0, 6, s.day + 186, 60 + n % 120, true, ${keptAs}
    from expecting cross join lateral (select due - 360 + (n % 5) * 30 as day) s where n % 5 <> 2`)
  await office.sql(`
    insert into folic_acid_issues (county_code, id, course_id, client_id, facility_id, division_code, occurred_on, item_code, store_id, boxes, tablets, tablets_per_day, micrograms_per_day, is_high_dose, starts_on, covers_until, ${fact})
    select county_code, ${numbered('issue', 'id')}, id, client_id, facility_id, division_code, started_on, 'YS401', ${numbered('store', '1')}, 1 + ascii(left(id::text, 1)) % 3, 93, 1, 400, false, started_on, started_on + 93, ${told}, 'MANUAL'
    from folic_acid_courses`)
  await office.sql(`
    insert into folic_acid_surveys (county_code, id, facility_id, division_code, occurred_on, mothers, surveyed, aware, ${fact})
    select ${COUNTY}, ${numbered('survey', 'n')}, ${facility('n')}, case when n % 2 = 0 then '371121101201' else '371121102201' end, date '2025-01-20' + n * 40, 200, 60 + n, 40 + n, ${told}, 'MANUAL' from generate_series(1, 8) n`)
}

async function inPregnancy(office: TestOffice): Promise<void> {
  const tables = await office.sql<{ code: string; kind: string }>(
    `select code, kind from decision_tables order by code`,
  )
  const table = (kind: string) => tables.find((each) => each.kind === kind)!.code
  await office.sql(`
    insert into antenatal_contacts (county_code, id, facility_id, chain_id, pregnancy_id, woman_id, visit_id, division_code, occurred_on, place, gestation_days, risk_colour, is_purple, risk_items,
      advice_rows, risk_table, advice_table, counselling, values_cipher, ${fact})
    select ${COUNTY}, ${numbered('contact', 'v.id')}, ${facility('e.n')}, e.chain, e.id, e.woman, v.id, e.lives, v.occurred_on, 'FACILITY', v.gestation_days,
      (array['GREEN', 'YELLOW', 'GREEN', 'ORANGE', 'GREEN', 'GREEN', 'RED'])[1 + e.n % 7], e.n % 31 = 0, '{}', '{}', '${table('RISK')}', '${table('ADVICE')}', '{}', ${nothing}, ${told}, 'MANUAL'
    from expecting e join antenatal_visits v on v.pregnancy_id = e.id`)
  await office.sql(`
    insert into high_risk_plans (county_code, id, facility_id, chain_id, pregnancy_id, woman_id, division_code, opened_on, risk_colour, is_purple, risk_items, responsible, plan_cipher, ${kept})
    select ${COUNTY}, ${numbered('plan', 'n')}, ${facility('n')}, chain, id, woman, lives, due - 150, 'ORANGE', false, '{}', '某医生', ${nothing}, ${keptAs} from expecting where n % 7 = 3 and n % 4 <> 0`)
  await office.sql(`
    insert into prenatal_screens (county_code, id, chain_id, woman_id, pregnancy_id, facility_id, division_code, kind, offered_on, decision, taken_on, result, reported_on, ${kept})
    select ${COUNTY}, ${numbered('screen', 'n')}, chain, woman, id, ${facility('n')}, lives, (array['SERUM', 'NIPT', 'OGTT'])[1 + n % 3], due - 170, case when n % 5 = 0 then 'DECLINED' else 'AGREED' end,
      case when n % 5 <> 0 then due - 168 end, case when n % 5 <> 0 then case when n % 8 = 1 then 'HIGH' else 'LOW' end end, case when n % 5 <> 0 then due - 160 end, ${keptAs}
    from expecting where due - 160 <= ${TODAY} and n % 4 <> 3`)
  await office.sql(`
    insert into screen_positives (county_code, id, screen_id, chain_id, woman_id, facility_id, division_code, kind, flagged, opened_on, state, state_on, ${kept})
    select county_code, ${numbered('positive', 'id')}, id, chain_id, woman_id, facility_id, division_code, kind, '{T21}', reported_on, 'RESULT_HIGH', reported_on, ${keptAs} from prenatal_screens where result = 'HIGH'`)
  await office.sql(`
    insert into prenatal_diagnoses (county_code, id, chain_id, woman_id, pregnancy_id, facility_id, division_code, indications, offered_on, decision, method, performed_on, ${kept})
    select ${COUNTY}, ${numbered('diagnosis', 'n')}, chain, woman, id, ${facility('n')}, lives, '{AGE_35}', due - 155, case when n % 2 = 0 then 'AGREED' else 'DECLINED' end,
      case when n % 2 = 0 then 'AMNIO' end, case when n % 2 = 0 then due - 150 end, ${keptAs} from expecting where n % 11 = 1 and due - 150 <= ${TODAY}`)
}

async function newborns(office: TestOffice): Promise<void> {
  const ofChild = `${COUNTY}, %id%, child, ${facility('n')}, lives, day`
  await office.sql(`
    insert into blood_spots (county_code, id, child_id, facility_id, division_code, born_on, sequence, state, state_on, sampled_on, pku, ch, reported_on, recalled_on, confirmed_on, treated_on, ${kept})
    select ${ofChild.replace('%id%', numbered('spot', 'n'))}, 1, s.state, day + 12, day + 4, case when n % 10 = 4 then 'SUSPECT' else 'NEG' end, 'NEG', day + 12,
      case when s.state <> 'NEG' and s.state <> 'SUSPECT' then day + 12 + n % 31 end, case when s.state in ('CONFIRMED_POS', 'TREATED', 'CONFIRMED_NEG') then day + 44 end,
      case when s.state = 'TREATED' then day + 44 + n % 27 end, ${keptAs}
    from born cross join lateral (select case when n % 10 <> 4 then 'NEG' else (array['SUSPECT', 'RECALL', 'CONFIRMED_NEG', 'CONFIRMED_POS', 'TREATED'])[1 + (n / 10) % 5] end as state) s
    where n % 7 <> 0 and day + 12 <= ${TODAY}`)
  await office.sql(`
    insert into hearing_screens (county_code, id, child_id, facility_id, division_code, born_on, stage, occurred_on, age_days, method, left_ear, right_ear, outcome, ${fact})
    select ${ofChild.replace('%id%', numbered('hearing', 'n'))}, 'FIRST', day + 3, 3, 'OAE', 'PASS', 'PASS', 'PASS', ${told}, 'MANUAL' from born where n % 6 <> 0`)
  await office.sql(`
    insert into cchd_screens (county_code, id, child_id, facility_id, division_code, born_on, occurred_on, hours_after_birth, murmur_grade, hand, foot, outcome, ${kept})
    select ${ofChild.replace('%id%', numbered('cchd', 'n'))}, day + 1, 30, 0, 98, 98, 'NEGATIVE', ${keptAs} from born where n % 4 <> 0`)
  await office.sql(`
    insert into postnatal_contacts (county_code, id, facility_id, chain_id, pregnancy_id, woman_id, division_code, kind, born_on, occurred_on, days_after_birth, place, counselling, advice_rows, advice_table, values_cipher, ${fact})
    select ${COUNTY}, ${numbered('postnatal', 'n')}, ${facility('n')}, chain, id, woman, lives, 'VISIT', ended, ended + 5 + n % 35, 5 + n % 35, 'HOME', '{}', '{}', (select code from decision_tables where kind = 'ADVICE' limit 1), ${nothing}, ${told}, 'MANUAL'
    from expecting where ended is not null and n % 5 <> 0`)
}

async function defects(office: TestOffice): Promise<void> {
  await office.sql(`
    insert into defect_cards (county_code, id, facility_id, facility_division, division_code, card_number, status, edition, child_id, born_on, gestation_days, outcome, basis, diagnosed_when, diagnosed_on, categories,
      is_functional_only, exposures, filled_on, words_cipher, missing_fields, makers, returned_fields, submitted_at, submitted_on, submitted_by, first_submitted_on, ${kept})
    select ${COUNTY}, ${numbered('card', 'n')}, ${facility('n')}, '371121101201', case when n % 24 = 0 then '370321101201' else lives end, 'K' || lpad(n::text, 5, '0'), case when n % 48 = 0 then 'DRAFT' else 'SUBMITTED' end, 1, child, day,
      case when n % 30 = 0 then 180 else 270 end, 'LIVE', '{CLINICAL}', 'WITHIN_7D', d.on,
      case when n % 36 = 0 then '{01,23}' when n % 12 = 0 then '{23}' when n % 9 = 0 then '{05}' else '{24}' end::text[], n % 45 = 0, '{}', d.on, ${nothing},
      case when n % 5 = 0 then '{weight}' else '{}' end::text[], '{}', '{}', ${told}, d.on + n % 13, ${numbered('by', '1')}, d.on + n % 13, ${keptAs}
    from born cross join lateral (select day + (array[1, 5, 30, 100])[1 + n % 4] as on) d where (n % 12 = 0 or n % 9 = 0 or n % 35 = 0) and d.on <= ${TODAY}`)
  await office.sql(`
    insert into missed_case_audits (county_code, id, facility_id, facility_division, quarter_from, quarter_to, sources, reported, logged, matched, closed_at, closed_by, opened_at, opened_by, version)
    select ${COUNTY}, ${numbered('audit', 'n')}, '${facilities.first}', '371121101201', (date '2024-01-01' + make_interval(months => 3 * n))::date, (date '2024-04-01' + make_interval(months => 3 * n))::date - 1, '{}',
      case when n < 6 then 10 + n end, case when n < 6 then 12 end, case when n < 6 then 10 end, case when n < 6 then ${told} end, case when n < 6 then ${numbered('by', '1')} end, ${told}, ${numbered('by', '1')}, 1
    from generate_series(0, 7) n`)
  await office.sql(`
    insert into child_follow_ups (county_code, id, child_id, facility_id, division_code, born_on, opened_on, consent, consent_on, ${kept})
    select ${COUNTY}, ${numbered('follow', 'n')}, child, ${facility('n')}, lives, day, day + 10, 'GIVEN', day + 10, ${keptAs} from born where n % 9 = 0`)
  await office.sql(`
    insert into child_visits (county_code, id, follow_up_id, child_id, facility_id, division_code, item, due_from, due_on, due_to, state, settled_on, ${kept})
    select ${COUNTY}, ${numbered('child-visit', 'n || i.item')}, ${numbered('follow', 'n')}, child, ${facility('n')}, lives, i.item, day + i.at - 10, day + i.at, day + i.at + 20, s.state,
      case when s.state <> 'PLANNED' then day + i.at + (n % 30) end, ${keptAs}
    from born cross join (values ('CHILD_42D', 42), ('CHILD_3M', 91), ('CHILD_12M', 365)) as i (item, at)
    cross join lateral (select case when day + i.at + 30 > ${TODAY} then 'PLANNED' else (array['DONE', 'DONE', 'DECLINED', 'LOST', 'PLANNED', 'DECEASED'])[1 + (n + i.at) % 6] end as state) s where n % 9 = 0`)
  await office.sql(`
    insert into family_files (county_code, id, child_id, facility_id, division_code, known_by, known_on, opened_on, closed_on, contact, ${kept})
    select ${COUNTY}, ${numbered('file', 'n')}, child, ${facility('n')}, lives, 'CASE', day + 20, case when n % 4 <> 0 then day + 40 end, case when n % 27 = 0 then day + 200 end, 'AGREED', ${keptAs} from born where n % 9 = 0 and day + 200 <= ${TODAY}`)
}
