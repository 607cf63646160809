import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'

export type LinkedBirth = { id: Id; motherId: Id | null; fatherId: Id | null; occurredOn: CivilDate }

/** Of a birth: who may have announced it. Nobody corrects or voids it until a registration is joined with it. */
export async function findBirth(
  tx: Transaction,
  access: Pick<Access, 'county'>,
  id: Id,
): Promise<LinkedBirth | undefined> {
  const text = `select id, mother_id as "motherId", father_id as "fatherId", occurred_on as "occurredOn" from births
  where county_code = $1 and id = $2 and voided_at is null for share`
  const [birth] = await ask<LinkedBirth>(tx, text, [access.county, id])
  return birth
}

/** The birth that a registration of a child already born speaks of. */
export async function findAnnounced(
  tx: Transaction,
  access: Pick<Access, 'county'>,
  parents: readonly Id[],
  bornOn: CivilDate,
): Promise<LinkedBirth | undefined> {
  const text = `select id, mother_id as "motherId", father_id as "fatherId", occurred_on as "occurredOn" from births
  where county_code = $1 and (mother_id = any($2::uuid[]) or father_id = any($2::uuid[])) and occurred_on = $3 and voided_at is null
  order by sequence limit 1 for share`
  const [birth] = await ask<LinkedBirth>(tx, text, [access.county, parents, bornOn])
  return birth
}

type Told = EventPreview['changes']

function toldAs(rows: readonly { id: Id; label: string | null }[], before: string, after: string): Told {
  const fields = { entity: 'registration' as const, field: 'status', before, after }
  return rows.map(({ id, label }) => ({ ...fields, id, label: label ?? '' }))
}

/** Registrations of the parents that announced this birth are joined with it, as an expression of a statement. */
export function linkingRegistrations(
  bound: Bound,
  access: Pick<Access, 'county' | 'actorId'>,
  { id, motherId, fatherId, occurredOn }: LinkedBirth,
  at: Date,
): string {
  const parents = [motherId, fatherId].filter((parent) => parent !== null)
  const cells = [access.county, id, parents, occurredOn, access.actorId, at]
  return `app.link_registrations(${cells.map((cell) => bound.bind(cell)).join(', ')})`
}

export type Linked = { id: Id; label: string | null }[] | null

export function toldLinks(linked: Linked): Told {
  return toldAs(linked ?? [], 'REGISTERED', 'LINKED_TO_BIRTH')
}

export async function linkToBirth(
  tx: Asking,
  access: Pick<Access, 'county' | 'actorId'>,
  birth: LinkedBirth,
  at: Date,
): Promise<Told> {
  const bound = new Bound()
  const text = `select ${linkingRegistrations(bound, access, birth, at)} as linked`
  const [row] = await ask<{ linked: Linked }>(tx, text, bound.values)
  return toldLinks(row!.linked)
}

/** When a birth is corrected its registrations follow to the birth that replaces it; when it is voided they stand alone again. */
export async function followBirth(
  tx: Transaction,
  access: Pick<Access, 'county' | 'actorId'>,
  from: Id,
  to: Id | null,
  at: Date,
): Promise<Told> {
  const text = `with changed as (
    update birth_registrations set birth_id = $3::uuid, status = case when $3::uuid is null then 'REGISTERED' else status end,
      updated_at = $4, version = version + 1
    where county_code = $1 and birth_id = $2 and status = 'LINKED_TO_BIRTH' returning county_code, id, version, number
  ), kept as (
    insert into birth_registration_versions (county_code, registration_id, version, event, changes, recorded_at, recorded_by)
    select county_code, id, version, 'LINK', '{"birthId":null,"status":null}', $4, $5 from changed
  ) select id, number as label from changed`
  const following = await ask<{ id: Id; label: string | null }>(tx, text, [
    ...[access.county, from, to, at, access.actorId],
  ])
  return to === null ? toldAs(following, 'LINKED_TO_BIRTH', 'REGISTERED') : []
}
