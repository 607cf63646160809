import type { Access } from '../src/access/access.ts'
import { longTransaction } from '../src/database/transaction.ts'
import { divisionsOfCounty, type DivisionRow } from '../src/generator/index.ts'
import { ensureAccount, systemAccess } from '../src/modules/accounts/index.ts'
import { openAccounts } from '../src/modules/subsidies/index.ts'
import type { Office } from '../src/office.ts'
import type { DivisionCode } from '@youyu/shared/values'
import type { Role } from '@youyu/shared/permissions'
import { YEAR, type County } from './people.ts'

export const COUNTY = 371121
export const password = 'a password of the county run, long enough'
const LOADED = new Date(`${YEAR}-01-10T10:00:00+08:00`)
const CHUNK = 10_000
const VILLAGES_OF_A_WORKER = 4

export type Places = {
  townships: { code: DivisionCode; villages: DivisionCode[] }[]
  villages: DivisionCode[]
  divisions: readonly DivisionRow[]
}

/** The real townships of the county, and of each some villages. */
export async function placesOf(villages: number): Promise<Places> {
  const divisions = await divisionsOfCounty(String(COUNTY))
  const codes = divisions
    .filter(({ level, code }) => level === 5 && code.startsWith(String(COUNTY)))
    .map(({ code }) => code)
  const all = [...Map.groupBy(codes.toSorted(), (code) => code.slice(0, 9))]
  const wanted = all.slice(0, Math.max(2, Math.min(all.length, Math.round(villages / 2))))
  const each = Math.ceil(villages / wanted.length)
  const townships = wanted.map(([prefix, inside]) => ({
    code: `${prefix}000`,
    villages: inside.slice(0, each),
  }))
  return { divisions, townships, villages: townships.flatMap((township) => township.villages) }
}

export type Staff = {
  /** By village worker the villages she answers for. */
  villageWorkers: string[]
  townships: { code: DivisionCode; worker: string; reviewer: string }[]
}

/** Everybody who has a hand in it. Whoever accepts does not review, whoever files does not confirm. */
export async function hire({ db }: Pick<Office, 'db'>, { townships }: Places): Promise<Staff> {
  const staff: Staff = { villageWorkers: [], townships: [] }
  const open = async (username: string, role: Role, prefixes: readonly string[]) => {
    const grants = prefixes.map((divisionPrefix) => ({ role, divisionPrefix }))
    await ensureAccount(db, { username, password, displayName: username, grants, now: LOADED })
    return username
  }
  for (const role of ['county_subsidy', 'county_finance', 'county_manager', 'county_population'] as const)
    await open(role, role, [String(COUNTY)])
  for (const { code, villages } of townships) {
    const prefix = code.slice(0, 9)
    const worker = await open(`worker-${prefix}`, 'township_worker', [prefix])
    staff.townships.push({
      code,
      worker,
      reviewer: await open(`reviewer-${prefix}`, 'township_worker', [prefix]),
    })
    for (let start = 0; start < villages.length; start += VILLAGES_OF_A_WORKER)
      staff.villageWorkers.push(
        await open(
          `village-${villages[start]}`,
          'village_worker',
          villages.slice(start, start + VILLAGES_OF_A_WORKER),
        ),
      )
  }
  return staff
}

const statements = {
  divisions: `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, recorded_at)
    select code, '2020-01-01', name, '', '', level, nullif("parentCode", ''), $2
    from jsonb_to_recordset($1::jsonb) as d (code text, name text, level smallint, "parentCode" text)`,
  people: `insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, id_number_cipher,
      id_number_hash, id_number_mask, marital_status, hukou_division, hukou_type, residence_division, residence_status, residence_since, mother_id,
      father_id, status, source, recorded_at, updated_at, version)
    select ${COUNTY}, id, name, pinyin, left(pinyin, 3), sex, born, 'D', '01', decode(cipher, 'hex'), decode(hash, 'hex'), '990***********' || right(number, 4), marital,
      village, "hukouType", village, case when "diedOn" is null then '1' else '9' end, born, mother, father,
      case when "diedOn" is null then 'ACTIVE' else 'DECEASED' end, 'IMPORT', $2, $2, 1
    from jsonb_to_recordset($1::jsonb) as p (id uuid, name text, pinyin text, sex text, born date, cipher text, hash text, number text, marital text,
      village text, "hukouType" text, "diedOn" date, mother uuid, father uuid)`,
  deaths: `insert into deaths (county_code, id, person_id, occurred_on, place, maternal, reporter, sex, birth_date, age_days, division_code, hukou_division,
      recorded_at, source)
    select ${COUNTY}, app.derived_id('death ' || id), id, "diedOn", 'HOME', 'NO', 'HEALTH', sex, born, "diedOn" - born, village, village, $2, 'IMPORT'
    from jsonb_to_recordset($1::jsonb) as p (id uuid, sex text, born date, village text, "diedOn" date) where "diedOn" is not null`,
  circumstances: `insert into circumstances (county_code, id, person_id, kind, grade, from_on, document_type, division_code, recorded_at, source)
    select ${COUNTY}, app.derived_id('circumstance ' || kind || person), person, kind, grade, "from", 'OTHER', village, $2, 'IMPORT'
    from jsonb_to_recordset($1::jsonb) as c (person uuid, kind text, grade smallint, "from" date, village text)`,
  families: `with given as (
      select * from jsonb_to_recordset($1::jsonb) as f (id uuid, kind text, member uuid, child uuid, village text, "eventOn" date)
    ), opened as (
      insert into special_families (county_code, id, number, kind, event_on, child_id, division_code, source, identified_on, first_visit_on, consent_on,
        consent_evidence, opened_on, recorded_at, recorded_by, updated_at, version)
      select ${COUNTY}, id, 'TS-' || right(id::text, 8), kind, "eventOn", child, village, 'VILLAGE', '${YEAR - 1}-11-01', '${YEAR - 1}-11-05', '${YEAR - 1}-11-10', 'SIGNED',
        '${YEAR - 1}-11-15', $2, '00000000-0000-7000-8000-000000000000', $2, 1 from given
    )
    insert into family_members (county_code, id, family_id, person_id, division_code, joined_on)
    select ${COUNTY}, app.derived_id('member ' || id), id, member, village, '${YEAR - 1}-11-01' from given`,
} as const

const access: Access = { ...systemAccess, county: COUNTY, prefixes: [String(COUNTY)] }

/** The register as imports would leave it, and the accounts that the bank has opened for all who will be paid. */
export async function load(office: Office, { divisions }: Places, county: County): Promise<void> {
  const { owner } = office.db
  const put = async (name: keyof typeof statements, rows: readonly object[]) => {
    for (let start = 0; start < rows.length; start += CHUNK)
      await owner.query(statements[name], [JSON.stringify(rows.slice(start, start + CHUNK)), LOADED])
  }
  const cipher = office.ciphers.idNumber
  await put('divisions', divisions)
  await put(
    'people',
    county.people.map(({ idNumber: number, ...person }) => ({
      ...person,
      number,
      cipher: cipher.encipher(number, { county: COUNTY, id: person.id }).toString('hex'),
      hash: cipher.blindIndex(number).toString('hex'),
    })),
  )
  await put('deaths', county.people)
  await put('circumstances', county.circumstances)
  await put('families', county.families)
  await owner.query('analyze')
  const known = new Map(county.people.map((person) => [person.id, person]))
  const payees = [...new Set(county.recipients.map(({ payee }) => payee))]
  await longTransaction(office.db, access, async (tx) => {
    const given = payees.map((payeeId, place) => {
      const { name, village } = known.get(payeeId)!
      return {
        ...{ payeeId, divisionCode: village, bankName: '农商银行', holderName: name },
        ...{ number: `6217${String(place).padStart(15, '0')}`, requestedOn: `${YEAR}-01-05` },
      }
    })
    await openAccounts(tx, office, access, given, { verifiedBy: idOfBank, at: LOADED })
  })
  await owner.query('analyze')
}

const idOfBank = '00000000-0000-7000-8000-00000000ba2c'
