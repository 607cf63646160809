import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import type { MatchKind, PersonRow } from '@youyu/shared/population/persons'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, furnishPlaces, openHousehold, places, register } from '../../../../../test/register.ts'

type Hits = { items: (PersonRow & { match: MatchKind })[]; nextCursor: string | null }

let office: TestOffice
let officer: Officer
let villager: Officer

const people = ['张三', '张三丰', '李张三', '章伞', '曾国藩', '单田芳', '欧阳修', '吕布', '王小二', '赵小二']

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  officer = await office.officer('county_population', places.county)
  villager = await office.officer('village_worker', places.village)
  for (const name of people) await register(officer, { name })
  await register(officer, {
    name: '张三远',
    hukouDivision: places.farVillage,
    residenceDivision: places.farVillage,
  })
})
afterAll(async () => await office.close())

async function search(q: string, query = '', by = officer): Promise<Hits> {
  return bodyOf<Hits>(await by.get(`/api/v1/persons/search?q=${encodeURIComponent(q)}${query}`), 200)
}
const told = ({ items }: Hits) => items.map(({ name, match }) => `${name} ${match}`)

describe.each([
  ['the county', () => officer],
  ['a village', () => villager],
])('searching in %s', (place, by) => {
  const inCounty = place === 'the county' ? ['张三远 name'] : []

  test.each([
    ['a name', '张三', ['张三 name', '张三丰 name', ...inCounty, '李张三 name-part']],
    ['half a name', '小二', ['王小二 name-part', '赵小二 name-part']],
    ['pinyin with spaces', 'Zeng guo', ['曾国藩 pinyin']],
    ['another reading', 'ceng', ['曾国藩 pinyin']],
    ['a surname read as one', 'shantian', ['单田芳 pinyin']],
    ['the usual reading of that character', 'dantian', ['单田芳 pinyin']],
    ['initials', 'oyx', ['欧阳修 initials']],
    ['ü typed as v, and as ü', 'lvb', ['吕布 pinyin']],
    ['', 'lüb', ['吕布 pinyin']],
    [
      'what sounds the same',
      '章三',
      place === 'the county'
        ? ['章伞 fuzzy', '张三 fuzzy', '张三丰 fuzzy', '张三远 fuzzy']
        : ['张三 fuzzy', '张三丰 fuzzy', '章伞 fuzzy'],
    ],
    ['what ears confuse', 'zenguofan', ['曾国藩 fuzzy']],
    ['nobody', 'qqqq', []],
  ])('by %s finds who is meant, and says how: %s', async (_, q, expected) => {
    expect(told(await search(q, '', by())).sort()).toEqual([...expected].sort())
  })
})

describe('searching', () => {
  test('by number, phone and household number is exact', async () => {
    const household = await openHousehold(officer, { number: 'SH-77' })
    const other = await register(officer, {
      name: '数二',
      phone: '13800008888',
      householdId: household.id,
      relationToHead: '8',
    })

    expect(told(await search('13800008888'))).toEqual(['数二 phone'])
    expect(told(await search('+86 138 0000 8888'))).toEqual(['数二 phone'])
    expect(told(await search('1380000888'))).toEqual([])
    expect(told(await search('sh-77'))).toEqual(['数二 household-number'])
    const { values } = (
      await officer.post(`/api/v1/persons/${other.id}/reveal`, {
        fields: ['idNumber'],
        purpose: 'REGISTER',
        reason: '核对',
      })
    ).body as { values: { idNumber: string } }
    expect(told(await search(values.idNumber.toLowerCase()))).toEqual(['数二 id-number'])
    expect(told(await search(values.idNumber.slice(0, 17)))).toEqual([])
  })

  test.each([
    ['张三', 4],
    ['z', 6],
    ['章三', 4],
  ])('pages %s without losing or doubling anybody', async (q, expected) => {
    for (const by of [officer, villager]) {
      const whole = await search(q, '&limit=100', by)
      const seen: string[] = []
      let cursor = ''
      for (;;) {
        const page = await search(q, `&limit=1${cursor && `&cursor=${cursor}`}`, by)
        seen.push(...page.items.map(({ id }) => id))
        if (page.nextCursor === null) break
        cursor = page.nextCursor
      }
      expect(seen).toEqual(whole.items.map(({ id }) => id))
      expect(new Set(seen).size).toBe(seen.length)
      if (by === officer) expect(seen.length).toBeGreaterThanOrEqual(expected)
    }
  })

  test('takes the filters of the list', async () => {
    expect(told(await search('张三', `&division=${places.otherTownship}`))).toEqual(['张三远 name'])
    expect(told(await search('张三', '&sex=1'))).toEqual([])
  })

  test('finds nobody of the other county, and nobody without a permission', async () => {
    const neighbour = await office.officer('county_population', places.otherCounty)

    expect(told(await search('张三', '', neighbour))).toEqual([])
    expect(
      (await (await office.officer('city_viewer', '371100000000')).get('/api/v1/persons/search?q=a')).status,
    ).toBe(403)
  })

  test.each([
    ['an empty box', 'q=', '?q'],
    ['an unknown filter', 'q=a&village=1', '?village'],
    ['a cursor of nowhere', 'q=a&cursor=xx', '?cursor'],
  ])('names %s', async (_, query, pointer) => {
    const { status, body } = await officer.get(`/api/v1/persons/search?${query}`)

    expect([status, (body as Problem).errors?.[0]?.pointer]).toEqual([400, pointer])
  })

  test.each(["' or 1=1 --", '%', '\\', '🙂', '１３８', '𠮷', 'Ω', '()', '0'])('stands %s', async (q) => {
    await search(q)
  })
})

describe('the list', () => {
  const list = async (query: string, by = officer) =>
    bodyOf<{ items: PersonRow[]; nextCursor: string | null; total: number | null }>(
      await by.get(`/api/v1/persons?${query}`),
      200,
    )

  test('pages in the order of residence, through everybody once, for every area', async () => {
    await register(officer, { name: '外出', residenceDivision: places.capital, residenceStatus: '2' })
    await register(officer, { name: '流入', hukouDivision: places.otherCountyVillage, residenceStatus: '3' })
    await register(officer, { name: '镇外', residenceDivision: places.farVillage })
    const areas: [Officer, string][] = [
      [officer, '371121'],
      [await office.officer('township_worker', places.street), '371121001'],
      [villager, places.village],
    ]

    for (const [by, prefix] of areas) {
      const seen: PersonRow[] = []
      let cursor = ''
      for (;;) {
        const page = await list(`limit=3${cursor && `&cursor=${cursor}`}`, by)
        seen.push(...page.items)
        if (page.nextCursor === null) break
        cursor = page.nextCursor
      }
      const expected = await office.sql<{ id: string }>(
        `select id from persons where starts_with(residence_division, $1) or starts_with(hukou_division, $1) order by residence_division, id`,
        [prefix],
      )
      expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
      expect((await list('total=true&limit=1', by)).total).toBe(expected.length)
    }
  })

  test('filters by place, hukou, age, sex and status', async () => {
    office.setNow(new Date('2026-03-01T00:00:00Z'))
    const one = await register(officer, {
      name: '六十',
      sex: '1',
      birthDate: '1966-03-01',
      residenceDivision: places.nextVillage,
      hukouDivision: places.farVillage,
      residenceStatus: '4',
    })
    const ids = async (query: string) => (await list(query)).items.map(({ id }) => id)

    expect(await ids('ageFrom=60&ageTo=60&sex=1')).toEqual([one.id])
    expect(await ids('ageFrom=61&ageTo=61&sex=1')).toEqual([])
    expect(await ids('residenceStatus=4')).toEqual([one.id])
    expect(await ids(`hukou=${places.farVillage}&division=${places.nextVillage}`)).toEqual([one.id])
    expect(await ids(`hukou=${places.otherTownship}`)).toContain(one.id)
    expect(await ids('status=MERGED')).toEqual([])
    office.setNow(null)
  })

  test('refuses an unknown filter and says no total unasked', async () => {
    expect((await officer.get('/api/v1/persons?name=x')).status).toBe(400)
    expect((await list('limit=1')).total).toBeNull()
  })

  test('masks names and birth dates below L2', async () => {
    const [row] = (await list('limit=1')).items

    expect(row?.idNumber).toMatch(/\*{8}/)
    expect(row?.name).not.toContain('*')
  })
})
