import type { PostingKind } from '@youyu/shared/population/book'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'

export type Posted = {
  divisionCode: DivisionCode
  occurredOn: CivilDate
  kind: PostingKind
  residence: number
  registered: number
  personId: Id
}

/**
 * Brings the book in line with the facts of these people: posts what the facts say now less what was posted before.
 * The last write of every transaction that changes persons, episodes, births, deaths or migrations.
 */
export async function postPeople(
  tx: Transaction,
  access: Pick<Access, 'county' | 'actorId'>,
  people: readonly Id[],
  at: Date,
): Promise<Posted[]> {
  const text = `select division_code as "divisionCode", occurred_on as "occurredOn", kind, residence, registered, person_id as "personId"
  from app.post_people($1, $2::uuid[], $3, $4)`
  const [posted] = await Promise.all([
    ask<Posted>(tx, text, [access.county, people, at, access.actorId]),
    followChange(tx, access, people, at),
  ])
  return posted
}

/** A death, a birth or a move changes what these people, or their parents, are entitled to. */
async function followChange(
  tx: Asking,
  access: Pick<Access, 'county' | 'actorId'>,
  people: readonly Id[],
  at: Date,
): Promise<void> {
  const bound = new Bound()
  await ask(tx, `select ${followingChange(bound, access, people, at)}`, bound.values)
}

/** The same as an expression of the statement that brings the change. */
export function followingChange(
  bound: Bound,
  access: Pick<Access, 'county' | 'actorId'>,
  people: readonly Id[],
  at: Date,
): string {
  const cells = [access.county, people, newId(at.getTime()), access.actorId, at]
  return `app.people_changed(${cells.map((cell) => bound.bind(cell)).join(', ')})`
}

type NewcomerCells = Record<
  | 'county'
  | 'id'
  | 'sex'
  | 'born'
  | 'hukou'
  | 'home'
  | 'status'
  | 'since'
  | 'episode'
  | 'birth'
  | 'at'
  | 'by',
  string
>

/**
 * The same of somebody registered in this statement, and the counts of her villages, as an expression of it: her facts
 * are not read again.
 */
export function enteringNewcomer(cells: NewcomerCells): string {
  const { county, id, sex, born, hukou, home, status, since, episode, birth, at, by } = cells
  return `app.enter_newcomer(${[county, id, sex, born, hukou, home, status, since, episode, birth, at, by].join(', ')})`
}

/** The cells of the book that postings change, and whether their month is closed. */
export async function bookEffects(
  tx: Transaction,
  access: Pick<Access, 'county'>,
  posted: readonly Posted[],
): Promise<EventPreview['book']> {
  if (posted.length === 0) return []
  const text = `select json_build_object('code', c.division_code, 'name', coalesce(d.name, c.division_code)) as division,
    c.month::text as month, c.kind, c.residence::int as residence, c.registered::int as registered,
    exists (select from book_signatures s where s.county_code = $1 and s.month = c.month and s.act = 'CLOSE' and s.withdrawn_at is null) as "isClosed"
  from (
    select division_code, date_trunc('month', occurred_on)::date as month, kind, sum(residence) as residence, sum(registered) as registered
    from unnest($2::text[], $3::date[], $4::text[], $5::int[], $6::int[]) as posted (division_code, occurred_on, kind, residence, registered)
    group by 1, 2, 3
  ) c
  left join lateral (select name from divisions d where d.code = c.division_code collate "C" order by valid_from desc limit 1) d on true
  where c.residence <> 0 or c.registered <> 0
  order by c.month, c.division_code, c.kind`
  return await ask<EventPreview['book'][number]>(tx, text, [
    access.county,
    posted.map(({ divisionCode }) => divisionCode),
    posted.map(({ occurredOn }) => occurredOn),
    posted.map(({ kind }) => kind),
    posted.map(({ residence }) => residence),
    posted.map(({ registered }) => registered),
  ])
}
