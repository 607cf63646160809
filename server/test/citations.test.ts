import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '@youyu/shared/contracts'
import { roles, type Role } from '@youyu/shared/permissions'
import { foundCounty } from './county.ts'
import { openFacility } from './facility.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'

let office: TestOffice
let county: string
let organisation: string
const officers = new Map<Role, Officer>()

beforeAll(async () => {
  office = await openOffice()
  const place = await foundCounty(office, '371121')
  county = place.county
  organisation = (await openFacility(office, place.township)).code
})
afterAll(() => office.close())

/** What only the makers of the platform can read: how sure they were, and their own papers. */
const houseWords =
  /\[(?:seed|found|K|design|F\d)|domain(?:\.md)? ?§|§\d+\.\d+ F\d|K:(?:high|med|low)|; seed \d|种子\d|^design$|^F\d+(?=：|；|$)/

/** Fields that say how sure a row is, apart from its words. */
const apart = new Set(['confidence', 'evidence'])

type Told = { at: string; text: string }

function textsIn(value: unknown, at: string): Told[] {
  if (typeof value === 'string') return [{ at, text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([name]) => !apart.has(name))
    .flatMap(([name, part]) => textsIn(part, Array.isArray(value) ? at : `${at} ${name}`))
}

/** Somebody of the county who may read it; null where the county has nobody. */
async function reader(permission: string): Promise<Officer | null> {
  const role = (Object.keys(roles) as Role[]).find(
    (each) =>
      roles[each].levels.includes(3) &&
      (permission === 'signed-in' || (roles[each].permissions as readonly string[]).includes(permission)),
  )
  if (!role) return null
  const officer = officers.get(role) ?? (await office.officer(role, county, { organisation }))
  officers.set(role, officer)
  return officer
}

/** Reference rows that are read one by one, by what names them; `in-force` is asked by its kind. */
const rowsByUrl: Record<string, string> = {
  '/api/v1/decision-tables/:table': 'select code as name from decision_tables',
  '/api/v1/decision-tables/in-force': `select '?kind=' || kind as name from decision_tables`,
  '/api/v1/check-item-sets/:code': 'select code as name from check_item_sets',
  '/api/v1/follow-up-protocols/:code/versions': 'select code as name from follow_up_protocols',
  '/api/v1/programmes/:code': 'select code as name from programme_versions',
  '/api/v1/programme-versions/:id': 'select id::text as name from programme_versions',
}

/** Lists that are known to cite sources; others may join them. */
const listed = [
  'birth-defect-schedules',
  'defect-categories',
  'folic-acid-products',
  'lab-panels',
  'screening-parameters',
  'supply-items',
  'torch-matrix',
].map((name) => `/api/v1/${name}`)

async function addressesOf(url: string): Promise<string[]> {
  const rows = rowsByUrl[url]
  if (!rows) return url.includes(':') ? [] : [url]
  const names = (await office.sql<{ name: string }>(rows)).map(({ name }) => name)
  return [...new Set(names)].map((name) => (url.includes(':') ? url.replace(/:\w+/, name) : `${url}${name}`))
}

test('no row that the platform brings is answered with the marks and papers of its makers', async () => {
  const read = Object.values(contracts).filter(({ method, config }) => method === 'GET' && !config.raw)
  const told: Told[] = []

  for (const { url, config } of read) {
    const officer = await reader(config.permission)
    for (const address of officer ? await addressesOf(url) : []) {
      const answer = await officer!.get(address)
      if (answer.status === 200) told.push(...textsIn(answer.body, url))
    }
  }

  expect(told.filter(({ text }) => houseWords.test(text))).toEqual([])
  const answering = new Set(told.filter(({ at }) => at.endsWith(' source')).map(({ at }) => at.split(' ')[0]))
  expect([...answering]).toEqual(expect.arrayContaining([...Object.keys(rowsByUrl), ...listed]))
}, 120_000)
