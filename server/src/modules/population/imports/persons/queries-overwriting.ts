import { villageDeltas } from '../queries-deltas.ts'
import type { Transaction } from '../../../../database/connect.ts'
import type { ImportRow } from '../queries.ts'
import { noteDeltas } from './queries.ts'

/** Columns that a file may overwrite, by the name of the contract's field. */
const overwritable = {
  name: 'name',
  sex: 'sex',
  birthDate: 'birth_date',
  birthDatePrecision: 'birth_date_precision',
  ethnicity: 'ethnicity',
  education: 'education',
  maritalStatus: 'marital_status',
  hukouDivision: 'hukou_division',
  hukouType: 'hukou_type',
  residenceDivision: 'residence_division',
  residenceStatus: 'residence_status',
  residenceSince: 'residence_since',
  phone: 'phone_mask',
  address: 'address',
} as const

const pairs = Object.entries(overwritable)
const objectOf = (alias: string) =>
  `jsonb_build_object(${pairs.map(([field, column]) => `'${field}', ${alias}.${column}::text`).join(', ')})`

export async function openProposals(tx: Transaction): Promise<void> {
  await tx.client.query(`
    create temp table if not exists proposals (
      row int, person_id uuid primary key, proposed jsonb, before jsonb, name_pinyin text, name_initials text, readings text,
      phone_cipher bytea, phone_hash bytea, version int
    ) on commit drop;
    ${villageDeltas};
    truncate proposals`)
}

/** Phones are bound to the person they are kept with: those of matched rows come enciphered anew. */
export type PhoneOf = { row: number; personId: string; phoneCipher: Buffer | null }

/** What the matched rows of the staged chunk would change; an empty cell of the file changes nothing. */
export async function propose(
  tx: Transaction,
  { countyCode }: ImportRow,
  matched: readonly PhoneOf[],
): Promise<void> {
  await tx.client.query(
    `insert into proposals
     select i.row, p.id, changed.proposed, changed.before, i.name_pinyin, i.name_initials, i.readings, m.phone_cipher, i.phone_hash, p.version
     from unnest($2::int[], $3::uuid[], $4::bytea[]) as m (row, person_id, phone_cipher)
     join incoming i on i.row = m.row
     join persons p on p.county_code = $1 and p.id = m.person_id and p.status <> 'MERGED',
     lateral (
       select jsonb_object_agg(file.key, file.value) as proposed, jsonb_object_agg(file.key, registered.value) as before
       from jsonb_each(jsonb_strip_nulls(${objectOf('i')})) as file
       join jsonb_each(${objectOf('p')}) as registered using (key)
       where case when file.key = 'phone' then i.phone_hash is distinct from p.phone_hash else file.value <> registered.value end) as changed
     where changed.proposed is not null`,
    [
      countyCode,
      matched.map(({ row }) => row),
      matched.map(({ personId }) => personId),
      matched.map(({ phoneCipher }) => phoneCipher),
    ],
  )
}

const taken = (field: keyof typeof overwritable, type = 'text') =>
  `coalesce((o.proposed ->> '${field}')::${type}, p.${overwritable[field]})`

/** Ciphers and hashes travel in facts as base64, on one line. */
const base64 = (column: string) => `translate(encode(${column}, 'base64'), e'\\n', '')`
const phoneIn = (alias: string) =>
  `case when o.proposed ? 'phone' then jsonb_build_object('phoneCipher', ${base64(`${alias}.phone_cipher`)}, 'phoneHash', ${base64(`${alias}.phone_hash`)}) else '{}' end`

export type Correction = { countyCode: number; actorId: string; sourceRef: string; reason: string; now: Date }

/**
 * Nobody else changes them until the end. Whose record has changed since it was compared is told as it stands, and whose
 * was merged away is left alone.
 */
async function holdProposed(tx: Transaction, county: number): Promise<void> {
  const own = 'p.county_code = $1 and p.id = o.person_id'
  await tx.client.query(
    `select from persons p where p.county_code = $1 and p.id in (select person_id from proposals) order by p.id for no key update of p`,
    [county],
  )
  await tx.client.query(`delete from proposals o using persons p where ${own} and p.status = 'MERGED'`, [
    county,
  ])
  await tx.client.query(
    `update proposals o set before = (
       select jsonb_object_agg(key, registered.value) from jsonb_object_keys(o.proposed) as key
       left join jsonb_each(${objectOf('p')}) as registered using (key))
     from persons p where ${own} and p.version <> o.version`,
    [county],
  )
}

/** Applies the proposals: a corrected fact, the person, her readings, her residence, the counts; answers how many. */
export async function overwrite(
  tx: Transaction,
  { countyCode, actorId, sourceRef, reason, now }: Correction,
): Promise<number> {
  await holdProposed(tx, countyCode)
  await tx.client.query(
    noteDeltas(
      'persons p join proposals o on p.id = o.person_id and p.county_code = ' + String(countyCode),
      'p',
      -1,
    ),
  )
  await tx.client.query(
    `insert into person_facts (county_code, id, person_id, kind, before, after, reason, recorded_at, recorded_by, source, source_ref)
     select $1, app.derived_id($2 || ':' || o.row), o.person_id, 'corrected',
       o.before || ${phoneIn('p')},
       o.proposed || ${phoneIn('o')},
       $3, $4, $5, 'IMPORT', $2
     from proposals o join persons p on p.county_code = $1 and p.id = o.person_id`,
    [countyCode, sourceRef, reason, now, actorId],
  )
  await replaceResidence(tx, { countyCode, actorId, sourceRef, reason, now })
  await tx.client.query(
    `update persons p set
       name = ${taken('name')}, sex = ${taken('sex')}, birth_date = ${taken('birthDate', 'date')}, birth_date_precision = ${taken('birthDatePrecision')},
       name_pinyin = case when o.proposed ? 'name' then o.name_pinyin else p.name_pinyin end,
       name_initials = case when o.proposed ? 'name' then o.name_initials else p.name_initials end,
       ethnicity = ${taken('ethnicity')}, education = ${taken('education')}, marital_status = ${taken('maritalStatus')},
       hukou_division = ${taken('hukouDivision')}, hukou_type = ${taken('hukouType')},
       residence_division = ${taken('residenceDivision')}, residence_status = ${taken('residenceStatus')}, residence_since = ${taken('residenceSince', 'date')},
       address = ${taken('address')},
       phone_cipher = case when o.proposed ? 'phone' then o.phone_cipher else p.phone_cipher end,
       phone_hash = case when o.proposed ? 'phone' then o.phone_hash else p.phone_hash end,
       phone_mask = ${taken('phone')},
       updated_at = $2, version = p.version + 1
     from proposals o where p.county_code = $1 and p.id = o.person_id`,
    [countyCode, now],
  )
  await tx.client.query(
    `delete from name_readings r using proposals o where r.county_code = $1 and r.person_id = o.person_id and o.proposed ? 'name'`,
    [countyCode],
  )
  await tx.client.query(
    `insert into name_readings (county_code, person_id, pinyin, initials)
     select distinct on (o.person_id, sound) $1::int, o.person_id, split_part(reading, ':', 1) as sound, split_part(reading, ':', 2)
     from proposals o, unnest(string_to_array(o.readings, ' ')) as reading where o.readings is not null and o.proposed ? 'name'`,
    [countyCode],
  )
  await tx.client.query(
    noteDeltas(
      'persons p join proposals o on p.id = o.person_id and p.county_code = ' + String(countyCode),
      'p',
      1,
    ),
  )
  const { rows } = await tx.client.query<{ count: number }>('select count(*) as count from proposals')
  return rows[0]?.count ?? 0
}

/** The open episode was recorded wrongly: it is voided and replaced, fitted behind the closed ones. */
async function replaceResidence(
  tx: Transaction,
  { countyCode, actorId, sourceRef, reason, now }: Correction,
): Promise<void> {
  await tx.client.query(
    `update residence_episodes e set voided_at = $2, voided_by = $3, void_reason = $4
     from proposals o
     where e.county_code = $1 and e.person_id = o.person_id and e.to_on is null and e.voided_at is null
       and o.proposed ?| '{residenceDivision,residenceStatus,residenceSince}'`,
    [countyCode, now, actorId, reason],
  )
  await tx.client.query(
    `insert into residence_episodes (county_code, id, person_id, division_code, from_on, status, recorded_at, recorded_by, source, source_ref, replaces)
     select $1, app.derived_id($2 || ':lives:' || o.row), o.person_id, ${taken('residenceDivision')},
       case when closed.until is null then ${taken('residenceSince', 'date')} else greatest(${taken('residenceSince', 'date')}, closed.until) end,
       ${taken('residenceStatus')}, $3, $4, 'IMPORT', $2,
       (select e.id from residence_episodes e where e.county_code = $1 and e.person_id = o.person_id and e.voided_at = $3 and e.to_on is null limit 1)
     from proposals o join persons p on p.county_code = $1 and p.id = o.person_id,
       lateral (select max(e.to_on) as until from residence_episodes e where e.county_code = $1 and e.person_id = o.person_id and e.voided_at is null) as closed
     where o.proposed ?| '{residenceDivision,residenceStatus,residenceSince}'`,
    [countyCode, sourceRef, now, actorId],
  )
}

/** Leaves the differences to a person: nothing changes until somebody decides. */
export async function insertReviews(tx: Transaction, { countyCode, id }: ImportRow): Promise<number> {
  const { rowCount } = await tx.client.query(
    `insert into import_reviews (county_code, import_id, row, person_id, proposed, phone_cipher, phone_hash, decision)
     select $1, $2, row, person_id, proposed, case when proposed ? 'phone' then phone_cipher end, case when proposed ? 'phone' then phone_hash end, 'open'
     from proposals`,
    [countyCode, id],
  )
  return rowCount ?? 0
}
