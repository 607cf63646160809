import { told, type Settings } from './birth-defects-settings.ts'

/** The records that what was done rests on, as far as they are codes and days; what is in words is enciphered and stays out. */
export function recordsOf({ county, today, seed }: Settings): string[] {
  const now = told(today)
  const done = (item: string) =>
    `bd_done d join bd_year y using (n) where d.event = 'DONE' and d.item = '${item}'`
  const known = `d.day_on + 4 <= date '${today}'`
  return [
    `insert into couple_checks (county_code, id, kind, chain_id, woman_id, facility_id, division_code, occurred_on, set_owner, set_version, risk, her_risk,
       his_risk, reasons, counselled, advised_on, updated_at, version, recorded_at, source)
     select ${county}, d.record_id, d.item, d.chain_id, y.mother_id, d.facility_id, d.village, d.day_on, 0, 1, r.risk, r.risk, 'GENERAL',
       case when r.risk = 'HIGH_RISK' then '{AGE_35}' else '{}' end::text[], true, case when r.risk = 'HIGH_RISK' and pg_temp.u('advised', n) < 0.96 then d.day_on + 3 end,
       ${now}, 1, ${now}, 'IMPORT'
     from bd_done d join bd_year y using (n)
     cross join lateral (select case when pg_temp.u('couple', n) < 0.24 then 'HIGH_RISK' else 'GENERAL' end as risk) r
     where d.event = 'DONE' and d.item in ('PREMARITAL', 'PRECONCEPTION')`,
    `insert into torch_tests (county_code, id, client_id, chain_id, facility_id, division_code, occurred_on, stage, is_retest, edition, confirmed_on, updated_at,
       version, recorded_at, source)
     select ${county}, d.record_id, y.mother_id, d.chain_id, d.facility_id, d.village, d.day_on, case when d.day_on < y.lmp then 'PRECONCEPTION' else 'EARLY_PREGNANCY' end,
       false, (select edition from torch_editions order by effective_from limit 1), d.day_on + 1, ${now}, 1, ${now}, 'IMPORT'
     from ${done('TORCH')}`,
    `insert into torch_results (county_code, id, test_id, client_id, chain_id, facility_id, division_code, agent, igg, igm, meaning, is_actionable)
     select ${county}, app.derived_id('${seed}/torch/' || agent || n), d.record_id, y.mother_id, d.chain_id, d.facility_id, d.village, agent,
       case when s.is_hit or pg_temp.u('igg' || agent, n) < s.immune then 'POS' else 'NEG' end, case when s.is_hit then 'POS' else 'NEG' end,
       case when s.is_hit then 'POSSIBLE_RECENT' when pg_temp.u('igg' || agent, n) < s.immune then 'IMMUNE' else 'SUSCEPTIBLE' end, s.is_hit
     from bd_done d join bd_year y using (n) cross join (values ('TOX', 0.08, 0), ('RUB', 0.82, 1), ('CMV', 0.9, 2), ('HSV', 0.55, 3)) a (agent, immune, place)
     cross join lateral (select d.is_found and floor(pg_temp.u('agent', n) * 4) = a.place as is_hit, a.immune) s
     where d.event = 'DONE' and d.item = 'TORCH'`,
    `insert into torch_cases (county_code, id, client_id, chain_id, facility_id, division_code, agent, meaning, is_pregnant, test_id, found_on, state, state_on,
       closed_on, closing, updated_at, version, recorded_at, source)
     select ${county}, app.derived_id('${seed}/case/' || n), y.mother_id, d.chain_id, d.facility_id, d.village, r.agent, r.meaning, d.day_on >= y.lmp, d.record_id,
       d.day_on + 2, case when e.is_over then 'CLOSED' else 'COUNSELLED' end, case when e.is_over then d.day_on + 2 + d.wait_days else d.day_on + 2 end,
       case when e.is_over then d.day_on + 2 + d.wait_days end, case when e.is_over then case when d.day_on < y.lmp then 'CLEARED' else 'PREGNANT_FOLLOWED' end end,
       ${now}, 1, ${now}, 'IMPORT'
     from bd_done d join bd_year y using (n) join torch_results r on r.county_code = ${county} and r.test_id = d.record_id and r.is_actionable
     cross join lateral (select d.is_followed and d.day_on + 2 + d.wait_days <= date '${today}' as is_over) e
     where d.event = 'DONE' and d.item = 'TORCH' and d.is_found and d.day_on + 2 <= date '${today}'`,
    `insert into prenatal_screens (county_code, id, chain_id, woman_id, pregnancy_id, facility_id, division_code, kind, offered_on, understood, decision, taken_on,
       gestation_days, in_window, result, flagged, reported_on, recorded_at, source, updated_at, version)
     select ${county}, d.record_id, d.chain_id, y.mother_id, y.pregnancy_id, d.facility_id, d.village, d.item, d.day_on, true,
       case d.event when 'DONE' then 'AGREED' else 'DECLINED' end, case d.event when 'DONE' then d.day_on end, case d.event when 'DONE' then d.day_on - y.lmp end,
       case d.event when 'DONE' then true end, r.result, case when r.result = 'HIGH' then case d.item when 'OGTT' then '{GLUCOSE}' when 'ANOMALY_SCAN' then '{STRUCTURAL}'
         when 'NT' then '{NT}' else '{T21}' end else '{}' end::text[], case when r.result is not null then d.day_on + 2 end, ${now}, 'IMPORT', ${now}, 1
     from bd_done d join bd_year y using (n)
     cross join lateral (select case when d.event = 'DONE' and ${known} then case when d.is_found then 'HIGH' else 'LOW' end end as result) r
     where d.event in ('DONE', 'DECLINED') and d.item in ('NT', 'SERUM', 'NIPT', 'ANOMALY_SCAN', 'OGTT')`,
    `insert into blood_spots (county_code, id, child_id, mother_id, chain_id, facility_id, division_code, born_on, sequence, state, state_on, sampled_on,
       hours_after_birth, feeds, pku, ch, g6pd, cah, reported_on, recalled_on, confirmed_on, diagnosis_codes, treated_on, recorded_at, source, updated_at, version)
     select ${county}, d.record_id, d.subject_id, y.mother_id, d.chain_id, d.facility_id, d.village, y.born_on, 1, s.state, d.day_on, d.day_on,
       (d.day_on - y.born_on) * 24, 8 + (d.day_on - y.born_on) * 4, 'NEG', case when s.state = 'SAMPLED' then null when d.is_found then 'SUSPECT' else 'NEG' end,
       case when s.state <> 'SAMPLED' then 'NEG' end, case when s.state <> 'SAMPLED' then 'NEG' end, case when s.state <> 'SAMPLED' then d.day_on + 3 end,
       case when s.state like 'CONFIRMED%' or s.state = 'TREATED' then d.day_on + 6 end, case when s.state like 'CONFIRMED%' or s.state = 'TREATED' then d.day_on + 9 end,
       case when s.state = 'TREATED' then '{E03.1}' else '{}' end::text[], case when s.state = 'TREATED' then d.day_on + 10 end, ${now}, 'IMPORT', ${now}, 1
     from bd_done d join bd_year y using (n)
     cross join lateral (select case when d.day_on + 12 > date '${today}' then 'SAMPLED' when not d.is_found then 'NEG' when not d.is_followed then 'SUSPECT'
       when pg_temp.u('ch', n) < 0.06 then 'TREATED' else 'CONFIRMED_NEG' end as state) s
     where d.event = 'DONE' and d.item = 'BLOOD_SPOT'`,
    `insert into hearing_screens (county_code, id, child_id, mother_id, chain_id, facility_id, division_code, born_on, stage, occurred_on, age_days, method, left_ear,
       right_ear, outcome, due_by, recorded_at, source)
     select ${county}, d.record_id, d.subject_id, y.mother_id, d.chain_id, d.facility_id, d.village, y.born_on, 'FIRST', d.day_on, d.day_on - y.born_on, 'OAE',
       case when d.is_found then 'REFER' else 'PASS' end, 'PASS', case when d.is_found then 'REFER' else 'PASS' end, case when d.is_found and not d.is_followed then y.born_on + 42 end,
       ${now}, 'IMPORT'
     from ${done('HEARING')}`,
    `insert into cchd_screens (county_code, id, child_id, mother_id, chain_id, facility_id, division_code, born_on, occurred_on, hours_after_birth, murmur_grade, hand,
       foot, outcome, echo_by, recorded_at, source, updated_at, version)
     select ${county}, d.record_id, d.subject_id, y.mother_id, d.chain_id, d.facility_id, d.village, y.born_on, d.day_on, greatest(6, (d.day_on - y.born_on) * 24),
       case when d.is_found then 3 else 0 end, 97, 97, case when d.is_found then 'POSITIVE' else 'NEGATIVE' end, case when d.is_found then d.day_on + 7 end,
       ${now}, 'IMPORT', ${now}, 1
     from ${done('CCHD')}`,
  ]
}
