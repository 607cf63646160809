import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, insertRow } from '../../../database/statements.ts'
import type { ListRow } from './rules.ts'

export type ListRecord = {
  id: Id
  title: string
  rows: number
  refused: number
  found: number
  recordedAt: Date
}

export async function insertList(tx: Transaction, row: Record<string, unknown>): Promise<void> {
  await insertRow(tx, 'claim_lists', row)
}

export async function insertListRows(
  tx: Transaction,
  access: Access,
  listId: Id,
  rows: readonly ListRow[],
  first: number,
): Promise<void> {
  await ask(
    tx,
    `insert into claim_list_entries (county_code, list_id, row, number_key, programme, owner_county, from_month, to_month)
     select $1, $2, $3 + e.place - 1, e.number, e.programme, e.county, e.from_month, e.to_month
     from unnest($4::bytea[], $5::text[], $6::int[], $7::date[], $8::date[])
       with ordinality as e (number, programme, county, from_month, to_month, place)`,
    [
      ...[access.county, listId, first],
      ...(['number', 'programme', 'county', 'from', 'to'] as const).map((field) =>
        rows.map((row) => row[field]),
      ),
    ],
  )
}

/** Claimants of the county who stand in the list, by programme. */
export async function selectListed(
  tx: Transaction,
  access: Access,
  listId: Id,
): Promise<{ programme: string; people: Id[] }[]> {
  return await ask(
    tx,
    `select e.programme, array_agg(distinct k.person_id) as people from claim_list_entries e
     join claim_keys k on k.county_code = e.county_code and k.number_key = e.number_key
     where e.county_code = $1 and e.list_id = $2 and (
       exists (select from beneficiaries b where b.county_code = e.county_code and b.person_id = k.person_id
         and b.programme = e.programme and b.state in ('ACTIVE', 'SUSPENDED'))
       or exists (select from applications a where a.county_code = e.county_code and a.subject_id = k.person_id
         and a.programme = e.programme and a.state not in ('DRAFT', 'NOT_ACCEPTED', 'REJECTED', 'UPHELD', 'WITHDRAWN')))
     group by e.programme`,
    [access.county, listId],
  )
}

export async function selectLists(tx: Transaction, access: Access): Promise<ListRecord[]> {
  return await ask(
    tx,
    `select l.id, l.title, l.rows, l.refused, l.recorded_at as "recordedAt",
       (select count(*)::int from claim_matches m where m.county_code = l.county_code and m.source = 'NATIONAL_LIST' and exists (
          select from claim_keys k join claim_list_entries e on e.county_code = k.county_code and e.number_key = k.number_key
          where k.county_code = m.county_code and k.person_id = m.person_id and e.list_id = l.id)) as found
     from claim_lists l where l.county_code = $1 order by l.recorded_at desc limit 100`,
    [access.county],
  )
}

export type Question = { number: string | null; name: string | null; kin: string | null }
export type AnswerRow = { answer: 'NONE' | 'SAME_PROGRAM' | 'OTHER' | 'POSSIBLE'; ownerCounty: number | null }

export async function selectAnswers(
  tx: Transaction,
  programme: string,
  questions: readonly Question[],
): Promise<AnswerRow[]> {
  const keys = (field: keyof Question) =>
    questions.map((question) => (question[field] === null ? null : Buffer.from(question[field], 'hex')))
  return await ask(
    tx,
    'select answer, owner_county as "ownerCounty" from app.answer_claims($1, $2::bytea[], $3::bytea[], $4::bytea[]) order by place',
    [programme, keys('number'), keys('name'), keys('kin')],
  )
}
