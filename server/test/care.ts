import { randomUUID } from 'node:crypto'
import { runOpenJobs } from '../src/jobs/index.ts'
import type { Facility } from './facility.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, places } from './register.ts'

type Use = {
  client: string
  facility: Facility
  method?: string
  startedOn: string
  endedOn?: string
  expectedEndOn?: string
}

/** A method in use, as an old register tells it. */
export async function usesMethod(
  office: TestOffice,
  { client, facility, method = 'M30', startedOn, endedOn, expectedEndOn }: Use,
): Promise<string> {
  const id = randomUUID()
  await office.sql(
    `insert into method_episodes (county_code, id, client_id, facility_id, division_code, birth_year, in_union, method, started_on, start_context,
       own_source, stated_end_on, stated_end_reason, ended_on, end_reason, expected_end_on, is_dual, recorded_at, source)
     values (371121, $1, $2, $3, $4, 1990, true, $5, $6, 'INTERVAL', 'UNKNOWN', $7, case when $7::date is not null then 'PREFERENCE' end,
       $7, case when $7::date is not null then 'PREFERENCE' end, $8, false, now(), 'IMPORT')`,
    [id, client, facility.id, places.village, method, startedOn, endedOn ?? null, expectedEndOn ?? null],
  )
  await office.sql(
    `insert into care_clients (county_code, facility_id, client_id, first_on, last_on, encounters) values (371121, $1, $2, $3, $3, 1)
     on conflict do nothing`,
    [facility.id, client, startedOn],
  )
  return id
}

export async function hadProcedure(
  office: TestOffice,
  {
    client,
    facility,
    type,
    performedOn,
  }: { client: string; facility: Facility; type: string; performedOn: string },
): Promise<string> {
  const id = randomUUID()
  await office.sql(
    `insert into procedures (county_code, id, client_id, facility_id, division_code, type, status, indication, requested_on, performed_on,
       updated_at, version, recorded_at, source)
     values (371121, $1, $2, $3, $4, $5, 'PERFORMED', 'REQUEST', $6, $6, now(), 1, now(), 'IMPORT')`,
    [id, client, facility.id, places.village, type, performedOn],
  )
  return id
}

export async function consentsToContact(
  office: TestOffice,
  client: string,
  facility: Facility,
): Promise<void> {
  await office.sql(
    `insert into care_consents (county_code, id, client_id, facility_id, division_code, kind, given_on, given_by, evidence, language, is_confidential,
       recorded_at, source) values (371121, gen_random_uuid(), $1, $2, $3, 'FOLLOW_UP', '2020-01-01', 'SELF', 'VERBAL', 'zh', false, now(), 'MANUAL')`,
    [client, facility.id, places.village],
  )
}

/** The county's planning, as its maternal and child health officer starts it. */
export async function planTheCounty(office: TestOffice, planner: Officer): Promise<void> {
  const job = bodyOf<{ id: string }>(await planner.post('/api/v1/follow-up-plans'), 202)
  await runOpenJobs(office.office)
  const { state } = bodyOf<{ state: string }>(await planner.get(`/api/v1/jobs/${job.id}`), 200)
  if (state !== 'succeeded') throw new Error(`The planning ended as ${state}`)
}
