import type { listPersons, Person, PersonRow } from '@youyu/shared/population/persons'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../access/access.ts'
import { reading, readingByKey, readingOne } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { personAsOf } from './history/queries.ts'
import { shownPerson, shownRow } from './person-row.ts'
import { countPersons, findPerson, selectPersons } from './queries.ts'

type Asked = z.output<(typeof listPersons)['schema']['querystring']>

export async function listPeople(
  { db, now }: Office,
  access: Access,
  asked: Asked,
): Promise<Page<PersonRow> & { total: number | null }> {
  const { limit, cursor, total, ...filter } = asked
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(now())
  const [rows, counted] = await Promise.all([
    readingOne(db, access, (tx) => selectPersons(tx, access, { filter, today, after, limit: limit + 1 })),
    total ? reading(db, access, (tx) => countPersons(tx, access, filter, today)) : null,
  ])
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(row, access),
    (row) => [row.residenceDivision, row.id],
  )
  return { ...page, total: counted }
}

/** The person page; the look is noted for whoever asks later who looked. */
export async function readPerson(
  { db, views }: Office,
  access: Access,
  id: string,
  asOf?: string,
): Promise<Person> {
  const person = asOf
    ? await reading(db, access, (tx) => personAsOf(tx, access, id, new Date(asOf)))
    : await readingByKey(db, access, (tx) => findPerson(tx, access, id))
  if (!person) throw new Refused('not-found')
  views.note(access, {
    action: 'view',
    entity: 'person',
    entityId: id,
    division: placeInArea(access, person),
  })
  return shownPerson(person, access)
}

/** The place of a person that lies in the reader's area: there the access log is read; the area itself of who has left. */
export function placeInArea(
  access: Access,
  person: { residenceDivision: string; hukouDivision: string },
): string {
  const { residenceDivision, hukouDivision } = person
  const place = [residenceDivision, hukouDivision].find((code) => covers(access.prefixes, code))
  return place ?? access.prefixes[0]?.padEnd(12, '0') ?? hukouDivision
}
