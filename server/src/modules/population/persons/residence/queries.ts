import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'
import { sourceOf } from '../queries-changes.ts'
import type { Episode, Fitting } from './rules.ts'

/** The episodes that hold, of a person whom the caller has found inside the area. */
export async function findEpisodes(tx: Transaction, access: Access, personId: string): Promise<Episode[]> {
  const text = `select id, division_code as "divisionCode", from_on as "from", to_on as "to", status, evidence, expected_return as "expectedReturn"
  from residence_episodes where county_code = $1 and person_id = $2 and voided_at is null order by from_on nulls first`
  return await ask(tx, text, [access.county, personId])
}

/** Answers the ids given to what was added, in its order. */
export async function applyFitting(
  tx: Transaction,
  access: Access,
  personId: string,
  { voided, added }: Fitting,
  reason: string,
  at: Date,
): Promise<string[]> {
  const ids = voided.map(({ id }) => id)
  const [, given] = await Promise.all([
    ids.length === 0 ? undefined : voidEpisodes(tx, access, ids, reason, at),
    added.length === 0 ? [] : insertEpisodes(tx, access, personId, added, at),
  ])
  return given
}

async function voidEpisodes(
  tx: Transaction,
  access: Access,
  ids: readonly string[],
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update residence_episodes set voided_at = $3, voided_by = $4, void_reason = $5 where county_code = $1 and id = any($2::uuid[])`
  await ask(tx, text, [access.county, ids, at, access.actorId, reason])
}

async function insertEpisodes(
  tx: Transaction,
  access: Access,
  personId: string,
  added: Fitting['added'],
  at: Date,
): Promise<string[]> {
  const ids = added.map(() => newId(at.getTime()))
  const text = `insert into residence_episodes
    (county_code, id, person_id, division_code, from_on, to_on, status, evidence, expected_return, replaces, recorded_at, recorded_by, source)
  select $1, stay.id, $2, stay.place, stay.from_on, stay.to_on, stay.status, stay.evidence, stay.expected, stay.replaces, $3, $4, $5
  from unnest($6::uuid[], $7::text[], $8::date[], $9::date[], $10::text[], $11::text[], $12::date[], $13::uuid[])
    stay (id, place, from_on, to_on, status, evidence, expected, replaces)`
  await ask(tx, text, [
    access.county,
    personId,
    at,
    access.actorId,
    sourceOf(access),
    ids,
    added.map((stay) => stay.divisionCode),
    added.map((stay) => stay.from),
    added.map((stay) => stay.to),
    added.map((stay) => stay.status),
    added.map((stay) => stay.evidence),
    added.map((stay) => stay.expectedReturn),
    added.map((stay) => stay.replaces),
  ])
  return ids
}
