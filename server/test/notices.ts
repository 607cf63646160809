import type { Officer, TestOffice } from './office.ts'
import { places, register } from './register.ts'

export type Waiting = { application: string; person: string; name: string }
type Standing = { person: string; village: string; programme: string; step: string; level: string }

/** An application of a person that stands at a step of notice, as the village's opinion leaves it. */
export async function standAtNotice(
  office: TestOffice,
  { person, village, programme, step, level }: Standing,
): Promise<string> {
  const [row] = await office.sql<{ id: string }>(
    `insert into applications (county_code, id, number, programme, version_id, subject_id, payee_id, applicant_id, channel, claim_year,
       division_code, state, state_since, steps, passed, round, missing, level, filed_on, accepted_on, filed_by, source, recorded_at,
       updated_at, version, town_by)
     select left($3, 6)::int, gen_random_uuid(), $1::text || '-' || right($2::text, 8), $1, t.version_id, $2::uuid, $2::uuid, $2::uuid, 'WINDOW', 0,
       $3, $4, '2026-06-01', q.steps, q.steps[1 : array_position(q.steps, $4) - 1], 1, '{}', $5, '2026-06-01', '2026-06-01',
       gen_random_uuid(), 'MANUAL', now(), now(), 1, gen_random_uuid()
     from app.programme_terms(left($3, 6)::int, '2026-06-01') t
     cross join lateral (select array_agg(s ->> 'step' order by n) as steps
       from jsonb_array_elements(t.terms -> 'steps') with ordinality as x (s, n)) q
     where t.code = $1
     returning id`,
    [programme, person, village, step, level],
  )
  return row!.id
}

export async function waitingFor(
  office: TestOffice,
  clerk: Officer,
  given: { programme?: string; step?: string; name?: string; village?: string; level?: string } = {},
): Promise<Waiting> {
  const {
    programme = 'P01',
    step = 'VILLAGE_NOTICE',
    name = '李秀英',
    village = places.village,
    level = '',
  } = given
  const { id: person } = await register(clerk, {
    ...{ name, birthDate: '1960-02-01', hukouDivision: village, residenceDivision: village },
  })
  return {
    application: await standAtNotice(office, { person, village, programme, step, level }),
    person,
    name,
  }
}
