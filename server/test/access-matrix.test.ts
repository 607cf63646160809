import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '@youyu/shared/contracts'
import type { Endpoint } from '@youyu/shared/endpoint'
import { moduleOf, Role, roles } from '@youyu/shared/permissions'
import type { Place } from './county.ts'
import { openFacility } from './facility.ts'
import { boardOperations } from './matrix-notices.ts'
import { ask, bodies } from './matrix-requests.ts'
import { recordsOf, type Records } from './matrix-records.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { codeOf } from './register.ts'

const FOREIGN_NAME = '欧阳外县'

let office: TestOffice
let own: Records
let foreign: Records
const officers = new Map<Role, Officer>()

beforeAll(async () => {
  office = await openOffice()
  own = await recordsOf(office, '371121', '张三')
  foreign = await recordsOf(office, '370321', FOREIGN_NAME)
  const { code: organisation } = await openFacility(office, own.place.township)
  for (const role of Role.options)
    officers.set(role, await office.officer(role, placeOf(role, own.place), { organisation }))
}, 120_000)
afterAll(() => office.close())

/** The division at which a role is granted. */
function placeOf(role: Role, place: Place): string | null {
  const level = roles[role].levels.includes(3) ? 3 : roles[role].levels[0]
  if (level === 0) return null
  if (level === 1) return `${place.county.slice(0, 2)}0000000000`
  if (level === 2) return `${place.county.slice(0, 4)}00000000`
  return level === 3 ? place.county : level === 4 ? place.township : place.village
}

/** Operations that would end the session asking, or stream for as long as work goes on. */
const apart = new Set([
  'endSession',
  'watchJob',
  'createSession',
  'refreshSession',
  'issueToken',
  'signInOptions',
  'fhirMetadata',
  ...boardOperations,
])
const operations = Object.entries(contracts).filter(([name]) => !apart.has(name))

function mayUse(role: Role, { config: { permission } }: Endpoint): boolean {
  if (permission === 'public' || permission === 'signed-in') return true
  return roles[role].permissions.includes(permission) && moduleOf(permission) !== undefined
}

describe('the access matrix', () => {
  test('has a body for every operation that takes one', () => {
    const missing = Object.entries(contracts).filter(
      ([name, contract]) => contract.schema.body && !bodies[name],
    )

    expect(missing.map(([name]) => name)).toEqual([])
  })

  test('asks for a session first', async () => {
    for (const [name, contract] of operations) {
      const answer = await ask(name, contract, office.stranger, own)

      expect([name, answer.status]).toEqual([name, 401])
    }
  })

  for (const role of Role.options) {
    test(`refuses ${role} what its permissions do not carry, and nothing else`, async () => {
      const officer = officers.get(role)!
      for (const [name, contract] of operations) {
        const answer = await ask(name, contract, officer, own)

        expect([name, codeOf(answer) === 'forbidden']).toEqual([name, !mayUse(role, contract)])
        expect([name, answer.status < 500]).toEqual([name, true])
        expect([name, codeOf(answer) ?? ''].join(' ')).not.toMatch(/unauthenticated|token-|session-revoked/)
      }
    })

    test(`shows ${role} nothing of the other county`, async () => {
      const officer = officers.get(role)!
      if (placeOf(role, own.place) === null) return
      for (const [name, contract] of operations.filter(
        ([, { config }]) => config.permission !== 'signed-in',
      )) {
        const answer = await ask(name, contract, officer, foreign)
        const isOfArea = !/\/(organisations)(\/|$)/.test(contract.url)

        expect(answer.text).not.toContain(FOREIGN_NAME)
        if (isOfArea && /:id/.test(contract.url)) expect([name, answer.status >= 400]).toEqual([name, true])
        if (contract.method !== 'GET' && /:id/.test(contract.url))
          expect([name, answer.status >= 400]).toEqual([name, true])
      }
    })
  }
})

describe('row-level security alone', () => {
  const guarded = `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relrowsecurity order by 1`

  /** When a county's book begins and which of its months are closed is shown to everybody with an area; nobody is in it. */
  const shown = [
    'population_books',
    'book_signatures',
    'method_sheets',
    'follow_up_protocols',
    'follow_up_steps',
    'decision_rows',
    'decision_tables',
    'screening_parameters',
    'chain_schedules',
    'chain_schedule_items',
    'programmes',
    'programme_versions',
    'programme_rates',
    'programme_shares',
    'programme_stacking',
    'bank_layouts',
    'service_tariffs',
  ]

  /** What the vital events of the first township stand in. */
  const events = [
    'births',
    'deaths',
    'marriage_events',
    'migration_events',
    'parentage_events',
    'pregnancies',
    'antenatal_visits',
    'birth_registrations',
    'childcare_enrolments',
    'county_transfers',
    'population_postings',
    'village_months',
  ]

  async function visible(area: string, table: string, where = 'true'): Promise<number> {
    const client = await office.db.owner.connect()
    try {
      await client.query('begin')
      const { rows: readers } = await client.query<{ role: string }>(
        `select role from unnest(array['youyu_app', 'youyu_care']) as role where has_table_privilege(role, $1, 'select')`,
        [table],
      )
      // Granted to nobody: only the owner's functions read it.
      if (!readers[0]) return 0
      await client.query(`set local role ${readers[0].role}`)
      await client.query(`select set_config('app.area', $1, true)`, [area])
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from ${table} where ${where}`,
      )
      return rows[0]!.n
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test('shows no row of any guarded table without an area', async () => {
    for (const { name } of await office.sql<{ name: string }>(guarded)) {
      expect([name, await visible('', name)]).toEqual([name, 0])
    }
  })

  test('shows no row of the other county inside an area', async () => {
    // Rows of all counties and of one: programmes, layouts.
    const common = await office.sql<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'owner_county'`,
    )
    for (const { name } of await office.sql<{ name: string }>(guarded)) {
      if (shown.includes(name) || common.some((table) => table.name === name)) continue
      expect([name, await visible('{["371121","371121:")}', name, 'county_code = 370321')]).toEqual([name, 0])
    }
  })

  test('shows the rows of the area', async () => {
    expect(await visible('{["371121","371121:")}', 'persons')).toBeGreaterThanOrEqual(2)
    expect(await visible('{["371121102","371121102:")}', 'persons')).toBe(0)
    for (const table of events) {
      expect([table, await visible('{["371121","371121:")}', table)]).not.toEqual([table, 0])
      expect([table, await visible('{["371121102","371121102:")}', table)]).toEqual([table, 0])
    }
  })
})
