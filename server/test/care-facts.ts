import { furnishEvents } from './furnished-county.ts'
import type { Place } from './county.ts'
import type { TestOffice } from './office.ts'

const COUNTY = 371121
const told = `'2026-01-01T00:00:00Z'::timestamptz`
const numbered = (kind: string, n: string) => `md5('${kind}' || (${n})::text)::uuid`

/** Two facilities of which the furnished county's care is. */
export const facilities = {
  first: '00000000-0000-4000-8900-000000000001',
  second: '00000000-0000-4000-8900-000000000002',
} as const

/** Who a record is of: women who live in the county, each once, in an order of their own. */
const women = `(select p.*, row_number() over (order by md5(p.id::text))::int as n from persons p
  where p.sex = '2' and p.residence_status <> '2' and p.birth_date between date '1976-01-01' and date '2004-12-31' and p.status = 'ACTIVE')`
const facility = (n: string) =>
  `case when ${n} % 3 = 0 then '${facilities.second}'::uuid else '${facilities.first}'::uuid end`
const day = (n: string) => `(date '2024-01-03' + (${n} * 37) % 940)`
const fact = `recorded_at, source`

/**
 * Three years of care of the furnished county, put in as facts by the owner: every number can be counted again from the
 * tables. The counts are made by recounting.
 */
export async function furnishCare(office: TestOffice): Promise<Place> {
  const place = await furnishEvents(office)
  await office.sql(`
    insert into informed_choices (county_code, id, client_id, facility_id, division_code, occurred_on, counsellor_id, channel, intention, methods_explained,
      effectiveness_explained, side_effects_explained, follow_up_explained, sti_protection, decision, decided_on, chosen_method, choice_by, free_of_pressure,
      consent_form, updated_at, version, ${fact})
    select ${COUNTY}, ${numbered('choice', 'n')}, w.id, ${facility('n')}, w.residence_division, ${day('n')}, ${numbered('by', '1')}, 'FACE', 'NOT_STATED',
      case when n % 4 = 0 then '{M00,M30,M70}' else '{M00,M30,M60,M70,M42}' end::text[], true, n % 5 <> 0, n % 7 <> 0, true,
      case when n % 9 = 0 then 'DECLINE' else 'ACCEPT' end, ${day('n')},
      case when n % 9 <> 0 then (array['M30', 'M70', 'M60', 'M42'])[1 + n % 4] end, 'WOMAN', true, case when n % 9 <> 0 then 'SIGNATURE' end, ${told}, 1, ${told}, 'MANUAL'
    from ${women} w where n <= 260`)
  await office.sql(`
    insert into method_episodes (county_code, id, client_id, facility_id, division_code, birth_year, in_union, method, device_type, started_on, start_context,
      own_source, stated_end_on, stated_end_reason, ended_on, end_reason, choice_id, choice_on, is_dual, ${fact})
    select ${COUNTY}, ${numbered('episode', 'n')}, w.id, ${facility('n')}, w.residence_division, extract(year from w.birth_date), coalesce(w.marital_status like '2%', false),
      (array['M30', 'M70', 'M60', 'M42', 'M10', 'M91'])[1 + (case when n % 4 = 3 and n % 5 = 0 then n % 6 else n % 4 end)], null,
      e.began, 'INTERVAL', 'FREE', e.over, e.why, e.over, e.why,
      case when n <= 200 and n % 9 <> 0 and n % 6 <> 5 then ${numbered('choice', 'n')} end, case when n <= 200 and n % 9 <> 0 and n % 6 <> 5 then ${day('n')} end, false, ${told}, 'MANUAL'
    from ${women} w
    cross join lateral (select ${day('n')} + (case when n % 6 = 5 then 40 else n % 20 end)::int as began) b
    cross join lateral (select b.began,
      case when n % 4 = 1 and b.began + (n % 300)::int < date '2026-08-10' then b.began + (n % 300)::int end as over,
      case when n % 4 = 1 and b.began + (n % 300)::int < date '2026-08-10' then
        (array['METHOD_FAILURE', 'PLANS_PREGNANCY', 'SIDE_EFFECT', 'MOVED', 'EXPULSION'])[1 + n % 5] end as why) e
    where n <= 260 and n % 9 <> 0 and e.began <= date '2026-08-15'`)
  await office.sql(`
    insert into procedures (county_code, id, client_id, facility_id, division_code, type, status, indication, requested_on, performed_on, device_type, deferred_on,
      deferral_reason, updated_at, version, ${fact})
    select ${COUNTY}, ${numbered('procedure', 'n')}, w.id, ${facility('n')}, w.residence_division,
      (array['P01', 'P02', 'P10', 'P04', 'P12', 'P05', 'P01'])[1 + n % 7], case when n % 17 = 0 then 'DEFERRED' else 'PERFORMED' end, '01',
      ${day('n')}, case when n % 17 <> 0 then ${day('n')} + (n % 12)::int end, case when n % 7 in (0, 6) then (array['TCU380A', 'MLCU375'])[1 + n % 2] end,
      case when n % 17 = 0 then ${day('n')} + 1 end, case when n % 17 = 0 then '发热' end, ${told}, 1, ${told}, 'IMPORT'
    from ${women} w where n <= 230 and ${day('n')} + 12 < date '2026-08-15'`)
  // What came of requests is counted of those who asked here; old registers know no request.
  await office.sql(`
    insert into procedures (county_code, id, client_id, facility_id, division_code, type, status, indication, requested_on, scheduled_on, updated_at, version, ${fact})
    select ${COUNTY}, ${numbered('removal', 'n')}, w.id, ${facility('n')}, w.residence_division, 'P02', 'REQUESTED', '01', ${day('n')}, ${day('n')} + 5, ${told}, 1, ${told}, 'MANUAL'
    from ${women} w where n between 240 and 262`)
  await office.sql(`
    insert into complications (county_code, id, client_id, facility_id, division_code, procedure_id, procedure_type, type, onset_on, severity, ${fact})
    select ${COUNTY}, ${numbered('complication', 'p.id')}, p.client_id, p.facility_id, p.division_code, p.id, p.type,
      (array['EXPULSION', 'BLEEDING', 'INFECTION'])[1 + length(p.type || p.client_id::text) % 3], p.performed_on + 3, 'MILD', ${told}, 'MANUAL'
    from procedures p where p.performed_on is not null and left(md5(p.id::text), 1) in ('0', '1', '2')`)
  await office.sql(`
    insert into service_offers (county_code, id, client_id, division_code, service, origin, opened_on, due_on, cycle_to, closed_on, closing, recorded_at, updated_at)
    select ${COUNTY}, ${numbered('offer', 'n')}, w.id, w.residence_division, (array['SUPPLY', 'APPOINTMENT', 'COUNSELLING'])[1 + n % 3], 'REQUESTED',
      ${day('n')}, ${day('n')}, ${day('n')} + 365, case when n % 5 <> 0 then ${day('n')} + (n % 45)::int end,
      case when n % 5 <> 0 then (array['DONE', 'DONE', 'DECLINED', 'DONE'])[1 + n % 4] end, ${told}, ${told}
    from ${women} w where n <= 180 and ${day('n')} + 45 < date '2026-08-15'`)
  await office.sql(`
    insert into contact_preferences (county_code, id, client_id, division_code, kind, service, channel, occurred_on, ${fact})
    select ${COUNTY}, ${numbered('preference', 'n')}, w.id, w.residence_division, 'OPT_OUT', 'ALL', 'PHONE', date '2023-02-01', ${told}, 'MANUAL'
    from ${women} w where n % 29 = 0`)
  await office.sql(`
    insert into follow_up_tasks (county_code, id, client_id, facility_id, division_code, origin_id, protocol_code, step, ordinal, subject, service, mode, due_from, due_to,
      cycle_to, status, ended_by, done_on, done_mode, recorded_at, updated_at)
    select ${COUNTY}, ${numbered('task', 'n * 10 + k')}, w.id, ${facility('n')}, w.residence_division, ${numbered('origin', 'n * 10 + k')}, 'IUD', 'first', 0, 'IUD', 'FOLLOW_UP', 'CLINIC',
      ${day('(n + 31 * k)')}, ${day('(n + 31 * k)')} + 20, ${day('(n + 31 * k)')} + 365, s.status, case when s.status = 'CANCELLED' then 'METHOD_ENDED' when s.status = 'MOVED' then 'MOVED' end,
      case when s.status = 'DONE' then ${day('(n + 31 * k)')} + 4 end, case when s.status = 'DONE' then 'CLINIC' end, ${told}, ${told}
    from ${women} w cross join generate_series(0, 3) k cross join lateral (select (array['DONE', 'DONE', 'DECLINED', 'PLANNED', 'CANCELLED', 'DONE'])[1 + (n + k) % 6] as status) s where n <= 240`)
  await office.sql(`
    insert into check_visits (county_code, id, client_id, facility_id, division_code, occurred_on, place, programme, items, infection_consent, has_finding, is_treated, ${fact})
    select ${COUNTY}, ${numbered('visit', 'n')}, w.id, ${facility('n')}, w.residence_division, ${day('n')}, 'STATION', 'WOMEN_CHECK',
      case when n % 2 = 0 then '{GYN,HPV,BREAST}' else '{GYN,BP,CYTOLOGY}' end::text[], false, n % 4 = 0, n % 8 = 0, ${told}, 'MANUAL'
    from ${women} w where n <= 220`)
  await office.sql(`
    insert into check_findings (county_code, id, visit_id, client_id, facility_id, division_code, occurred_on, icd10, kind, treatment, treated_on, ${fact})
    select v.county_code, ${numbered('finding', 'v.id')}, v.id, v.client_id, v.facility_id, v.division_code, v.occurred_on, 'N76', 'RTI',
      case when v.is_treated then 'TREATED' else 'REFERRED' end, case when v.is_treated then v.occurred_on end, ${told}, 'MANUAL'
    from check_visits v where v.has_finding`)
  await office.sql(`
    insert into check_invitations (county_code, id, client_id, facility_id, division_code, programme, cycle_from, cycle_to, channel, origin, status, reminders, recorded_at, updated_at, version)
    select ${COUNTY}, ${numbered('invitation', 'n')}, w.id, ${facility('n')}, w.residence_division, 'WOMEN_CHECK', date '2026-01-01', date '2027-01-01', 'PHONE', 'PLAN',
      (array['SENT', 'DECLINED', 'NO_SHOW', 'ACCEPTED'])[1 + n % 4], 0, ${told}, ${told}, 1
    from ${women} w where n <= 250`)
  await office.sql(`
    insert into infertility_cases (county_code, id, client_id, has_partner, facility_id, division_code, opened_on, duration_months, kind, has_semen_analysis, icd10, updated_at, version, ${fact})
    select ${COUNTY}, ${numbered('case', 'n')}, w.id, true, ${facility('n')}, w.residence_division, ${day('n')}, 30, 'PRIMARY', n % 3 <> 0, 'N97', ${told}, 1, ${told}, 'MANUAL'
    from ${women} w where n <= 40`)
  await office.sql(`select app.recount_care(${COUNTY}, date '2026-08-15')`)
  return place
}
