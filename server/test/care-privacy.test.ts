import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '@youyu/shared/contracts'
import { Role, roles } from '@youyu/shared/permissions'
import { openFacility } from './facility.ts'
import { ask } from './matrix-requests.ts'
import { nobody, recordsOf, type Records } from './matrix-records.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { bodyOf } from './register.ts'
import { choosing, consenting, licenseOperator } from './visits.ts'

/** Words that stand in records of care and nowhere else. */
const secrets = ['秘语甲', '秘语乙', '秘语丙', '秘语丁', '秘语戊']
const [note, told, allergy, injury, why] = secrets as [string, string, string, string, string]

let office: TestOffice
let own: Records
let clinician: Officer
let stranger: { id: string; code: string }
const ids: string[] = []

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  own = await recordsOf(office, '371121', '张三')
  stranger = await openFacility(office, own.place.township, { code: 'ST-OTHER' })
  clinician = await office.officer('chief_clinician', own.place.county, { organisation: 'ST-371121' })
  const [station] = await office.sql<{ id: string }>(`select id from organisations where code = 'ST-371121'`)
  const operator = await licenseOperator(office, station!.id)
  const visit = { clientId: own.mother, occurredOn: '2026-08-10', consent: consenting, note }
  const inserted = await clinician.post(
    '/api/v1/encounters',
    {
      ...visit,
      choice: { ...choosing('M30'), note: told },
      screen: { answers: [{ finding: 'PID_CURRENT', isPresent: true }], note: told },
      override: { method: 'CU_IUD', reason: why },
      procedure: {
        ...{ do: 'PERFORM', type: 'P01', operatorId: operator.id, method: 'M30' },
        form: { version: 'WS377.3-1', values: { allergy } },
      },
      complication: { procedureType: 'P01', type: 'INFECTION', severity: 'MILD', description: injury },
    },
    { key: 'planted-1' },
  )
  const aborted = await clinician.post('/api/v1/encounters', {
    ...visit,
    procedure: { do: 'PERFORM', type: 'P10', operatorId: operator.id, gestationDays: 50 },
  })
  for (const answer of [inserted, aborted]) {
    const { id, parts } = bodyOf<{ id: string; parts: Record<string, string | null> }>(answer, 201)
    ids.push(id, ...Object.values(parts).filter((part) => typeof part === 'string'))
  }
}, 120_000)
afterAll(() => office.close())

const reads = Object.entries(contracts).filter(
  ([name, { method }]) => method === 'GET' && !['watchJob', 'signInOptions'].includes(name),
)

function placeOf(role: Role): string | null {
  const { levels } = roles[role]
  if (levels.includes(3)) return own.place.county
  const level = levels[0] as number
  if (level === 0) return null
  return level > 3
    ? level === 4
      ? own.place.township
      : own.place.village
    : own.place.county.slice(0, level * 2).padEnd(12, '0')
}

async function leaks(officer: Officer): Promise<string[]> {
  const found: string[] = []
  for (const [name, contract] of reads) {
    const answers = [await ask(name, contract, officer, own)]
    const asked = contract.schema.querystring
    if (asked && 'clientId' in asked.shape && !contract.url.includes(':'))
      answers.push(await officer.get(`${contract.url}?clientId=${own.mother}`))
    for (const id of contract.url.includes(':id') ? ids : [])
      answers.push(await officer.get(contract.url.replace(':id', id).replace(/:\w+/g, nobody)))
    for (const { status, text } of answers) {
      if (secrets.some((secret) => text.includes(secret))) found.push(`${name}: words`)
      if (status < 300 && ids.some((id) => text.includes(id))) found.push(`${name}: records`)
    }
  }
  return [...new Set(found)]
}

describe('a record of care', () => {
  test('is told to those who treat', async () => {
    const record = await clinician.get(`/api/v1/persons/${own.mother}/care-record`)

    for (const secret of [note, allergy, injury]) expect(record.text).toContain(secret)
    expect((await leaks(clinician)).length).toBeGreaterThan(5)
  })

  for (const role of Role.options) {
    test(`gives ${role} without a treatment relation not one byte`, async () => {
      const officer = await office.officer(role, placeOf(role), { organisation: stranger.code })

      expect(await leaks(officer)).toEqual([])
    })
  }

  test('opens to nobody by the database itself, but to its facility', async () => {
    const tables = await office.sql<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
         and has_table_privilege('youyu_care', c.oid, 'select') and not has_table_privilege('youyu_app', c.oid, 'select') order by 1`,
    )
    const seen: Record<string, number> = {}
    for (const { name } of tables) {
      const [{ n }] = (await asCare(name, stranger.id)) as [{ n: number }]
      if (n > 0) seen[name] = n
      await expect(asApplication(name)).rejects.toThrow('permission denied')
    }

    expect(tables.length).toBeGreaterThan(10)
    expect(seen).toEqual({})
  })

  test('is enciphered where it is told in words, kept answers included', async () => {
    const columns = await office.sql<{ table: string; column: string }>(
      `select table_name as "table", column_name as "column" from information_schema.columns
       where table_schema = 'public' and data_type in ('text', 'jsonb', 'ARRAY')`,
    )
    const plain: string[] = []
    for (const { table, column } of columns) {
      const rows = await office.sql(`select from "${table}" where "${column}"::text ~ $1 limit 1`, [
        secrets.join('|'),
      ])
      if (rows.length > 0) plain.push(`${table}.${column}`)
    }

    expect(plain).toEqual([])
  })

  test('is not told by the access log either: whose record it was, only the keyed hash knows', async () => {
    await office.office.views.flush()
    const entries = await office.sql<{ entity: string }>(
      `select distinct entity from access_log where entity_id = $1 and entity not in ('person', 'birth', 'parentage', 'pregnancy', 'birth-registration', 'household')`,
      [own.mother],
    )

    expect(entries).toEqual([])
  })
})

async function asCare(table: string, facility: string): Promise<unknown[]> {
  return await within(table, ['set local role youyu_care', `set local app.facility = '${facility}'`])
}
async function asApplication(table: string): Promise<unknown[]> {
  return await within(table, ['set local role youyu_app'])
}

async function within(table: string, settings: string[]): Promise<unknown[]> {
  const client = await office.db.owner.connect()
  try {
    await client.query(['begin', `set local app.area = '{["",":")}'`, ...settings].join('; '))
    return (await client.query(`select count(*)::int as n from ${table}`)).rows as unknown[]
  } finally {
    await client.query('rollback')
    client.release()
  }
}
