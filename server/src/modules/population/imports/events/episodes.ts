import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import type { Episode, Fitting } from '../../persons/residence/rules.ts'
import { copyLine } from '../files/copy-text.ts'
import type { Loading } from '../loading.ts'
import { copyInto } from '../queries-copy.ts'

/** The residence episodes of many people at once; `where` narrows them to the people who need a look. */
export async function episodesOf(
  tx: Transaction,
  county: number,
  people: readonly string[],
): Promise<Map<string, Episode[]>> {
  const { rows } = await tx.client.query<Episode & { personId: string }>(
    `select e.person_id as "personId", e.id, e.division_code as "divisionCode", e.from_on as "from", e.to_on as "to", e.status, e.evidence,
       e.expected_return as "expectedReturn"
     from unnest($2::uuid[]) as x (id)
     join residence_episodes e on e.county_code = $1 and e.person_id = x.id and e.voided_at is null`,
    [county, people],
  )
  const found = new Map<string, Episode[]>()
  for (const { personId, ...episode } of rows) found.set(personId, [...(found.get(personId) ?? []), episode])
  return found
}

export type PersonFitting = {
  personId: string
  fitting: Omit<Fitting, 'added'> & { added: (Fitting['added'][number] & { id?: string })[] }
}

/** Voids and adds the stays of many people: all that give way first, so that no two ever overlap. */
export async function fitAll(
  { register, row: { countyCode, id, createdBy }, now }: Loading,
  fittings: readonly PersonFitting[],
  reason: string,
): Promise<void> {
  const voided = fittings.flatMap(({ fitting }) => fitting.voided.map((episode) => episode.id))
  const added = fittings.flatMap(({ personId, fitting }) => fitting.added.map((stay) => ({ personId, stay })))
  if (voided.length > 0)
    await register.client.query(
      `update residence_episodes e set voided_at = $3, voided_by = $4, void_reason = $5
       from unnest($2::uuid[]) as x (id) where e.county_code = $1 and e.id = x.id`,
      [countyCode, voided, now, createdBy, reason],
    )
  if (added.length === 0) return
  const columns =
    'county_code, id, person_id, division_code, from_on, to_on, status, evidence, expected_return, replaces, recorded_at, recorded_by, source, source_ref'
  await register.client.query(`
    create temp table if not exists stays as select ${columns} from residence_episodes limit 0;
    truncate stays`)
  const lines = added.map(({ personId, stay }) =>
    copyLine([
      String(countyCode),
      stay.id ?? newId(),
      personId,
      stay.divisionCode,
      stay.from,
      stay.to,
      stay.status,
      stay.evidence,
      stay.expectedReturn,
      stay.replaces,
      now.toISOString(),
      createdBy,
      'IMPORT',
      id,
    ]),
  )
  await copyInto(register, 'stays', [Buffer.from(lines.join(''))])
  await register.client.query(`insert into residence_episodes (${columns}) select ${columns} from stays`)
}
