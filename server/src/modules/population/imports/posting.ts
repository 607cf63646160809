import type { Transaction } from '../../../database/connect.ts'

/** People whose place in the book is to be found anew once everything is written. */
export async function openPosting(tx: Transaction): Promise<void> {
  await tx.client.query(
    'create temp table to_post (person_id uuid primary key, is_new boolean not null) on commit drop',
  )
}

/** `people` is a query of their ids; newcomers are registered by this very import and have no events. */
export async function notePeople(tx: Transaction, people: string, { areNew = false } = {}): Promise<void> {
  await tx.client.query(
    `insert into to_post select id, ${String(areNew)} from (${people}) as noted (id)
     on conflict (person_id) do update set is_new = false`,
  )
}

const NEWCOMERS_AT_ONCE = 20_000
const PEOPLE_AT_ONCE = 10_000
/** From here on the planner has to be told what has just been written. */
const MANY = 500

type Slice = { people: string[] | null; last: string | null }
type Posting = { county: number; at: Date; by: string }

/** The last write of an import, so that nobody waits for its postings while it reads. */
export async function postNoted(
  tx: Transaction,
  posting: Posting,
  isStopping: () => void,
  { isTold = false } = {},
): Promise<void> {
  await correctPlanner(tx)
  await postEach(tx, posting, isStopping, true)
  const { rows } = await tx.client.query<{ count: number }>('select count(*) as count from to_post')
  if (!isTold && (rows[0]?.count ?? 0) > MANY) await tellPlanner(tx)
  await postEach(tx, posting, isStopping, false)
}

/** What has just been written is unknown to the planner; without this it would look for each person among all. */
export async function tellPlanner(tx: Transaction): Promise<void> {
  await tx.client.query('select app.analyze_register()')
}

/**
 * The same where it is wrong about them: an earlier import was taken back, and its tables are held to be empty. Costs
 * nothing where it is right, so it is called whenever many rows have been written that are looked up next.
 */
export async function correctPlanner(tx: Transaction): Promise<void> {
  await tx.client.query('select app.analyze_hollow()')
}

async function postEach(
  tx: Transaction,
  { county, at, by }: Posting,
  isStopping: () => void,
  areNew: boolean,
): Promise<void> {
  const text = areNew
    ? 'select app.post_newcomers($1, $2::uuid[], $3, $4)'
    : 'select count(*) from app.post_people($1, $2::uuid[], $3, $4)'
  let last: string | null = null
  for (;;) {
    isStopping()
    const slice: Slice = await nextSlice(tx, areNew, last)
    if (!slice.people) return
    await tx.client.query(text, [county, slice.people, at, by])
    last = slice.last
  }
}

async function nextSlice(tx: Transaction, areNew: boolean, after: string | null): Promise<Slice> {
  const { rows } = await tx.client.query<Slice>(
    `select array_agg(person_id) as people, max(person_id::text) as last
     from (select person_id from to_post where is_new = $2 and ($1::uuid is null or person_id > $1)
       order by person_id limit ${areNew ? NEWCOMERS_AT_ONCE : PEOPLE_AT_ONCE}) as slice`,
    [after, areNew],
  )
  return rows[0]!
}
