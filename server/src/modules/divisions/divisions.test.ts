import { drizzle } from 'drizzle-orm/node-postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Division, DivisionRollUp } from '@youyu/shared/divisions'
import type { Page } from '@youyu/shared/values'
import { openOffice, type Officer, type TestOffice } from '../../../test/office.ts'
import { divisionsOfCounty } from '../../generator/index.ts'
import { insertDivisions } from './index.ts'

let office: TestOffice
let officer: Officer
let foreigner: Officer
const county = '371121000000'
const document = '鲁民〔2026〕1号'
const key = () => crypto.randomUUID()

beforeAll(async () => {
  office = await openOffice()
  const rows = (await divisionsOfCounty('371121')).map((row) => ({
    ...row,
    parentCode: row.parentCode || null,
    urbanRural: row.urbanRuralCode || null,
  }))
  await insertDivisions(drizzle(office.db.owner), rows, { sourceDocument: null, now: new Date() })
  officer = await office.officer('county_population', county)
  foreigner = await office.officer('county_population', '370321000000')
})
afterAll(() => office.close())

async function villagesOf(township: string): Promise<string[]> {
  const { body } = await officer.get(`/api/v1/divisions?parent=${township}&limit=5`)
  return (body as Page<Division>).items.map(({ code }) => code)
}

async function register(residence: string, from: string | null, hukou = residence): Promise<string> {
  const id = crypto.randomUUID()
  const now = new Date()
  await office.sql(
    `insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division,
       residence_division, residence_status, status, source, recorded_at, updated_at, version)
     values (371121, $1, '测试', 'ceshi', 'cs', '1', '1990-01-01', 'DAY', '01', $2, $3, '1', 'ACTIVE', 'MANUAL', $4, $4, 1)`,
    [id, hukou, residence, now],
  )
  await office.sql(
    `insert into residence_episodes (county_code, id, person_id, division_code, from_on, status, recorded_at, source)
     values (371121, gen_random_uuid(), $1, $2, $3, '1', $4, 'MANUAL')`,
    [id, residence, from, now],
  )
  await office.sql(
    `select app.adjust_village_counts(371121, array[$1], array[1], array[1], array[0], array[0], array[0], array[1], array[0], now())`,
    [residence],
  )
  return id
}

describe('divisions', () => {
  test('are listed by parent, and page by page', async () => {
    const list = async (cursor = '') =>
      (await officer.get(`/api/v1/divisions?parent=${county}&limit=2${cursor}`)).body as Page<Division>
    const first = await list()
    const second = await list(`&cursor=${first.nextCursor}`)

    expect(first.items[0]).toMatchObject({ code: '371121001000', hasChildren: true, level: 4 })
    expect(second.items[0]!.code > first.items[1]!.code).toBe(true)
  })

  test.each(['五莲', 'wulianxian', 'wlx', '371121'])('are found by %s', async (q) => {
    const { body } = await officer.get(`/api/v1/divisions?q=${encodeURIComponent(q)}`)

    expect((body as { items: { name: string }[] }).items[0]!.name).toBe('五莲县')
  })

  test('tell the way from the province down', async () => {
    const { body } = await officer.get('/api/v1/divisions/371121001000')

    expect((body as { path: { name: string }[] }).path.map(({ name }) => name)).toEqual([
      '山东省',
      '日照市',
      '五莲县',
      '洪凝街道',
    ])
    expect((await officer.get('/api/v1/divisions/371121999000')).status).toBe(404)
  })
})

describe('a change of divisions', () => {
  test('moves the records with a recoded township, keeps the facts, and past boundaries count as before', async () => {
    const [village = ''] = await villagesOf('371121001000')
    const renamed = `371121050${village.slice(9)}`
    const person = await register(village, '2010-01-01')
    const clerk = await office.officer('township_worker', '371121001000')
    const change = {
      kind: 'RECODE',
      from: ['371121001000'],
      to: [{ code: '371121050000' }],
      effectiveOn: '2026-01-01',
      sourceDocument: document,
    }

    const preview = await officer.post('/api/v1/division-changes/preview', change)
    const first = await officer.post('/api/v1/division-changes', change, { key: 'recode-1' })
    const again = await officer.post('/api/v1/division-changes', change, { key: 'recode-1' })

    expect(preview.body).toMatchObject({ persons: 1, residenceEpisodes: 1, grants: 1 })
    expect(first.status).toBe(201)
    expect((first.body as { moved: unknown }).moved).toEqual(preview.body)
    expect(again.body).toEqual(first.body)
    const [moved] = await office.sql<{ residence_division: string; version: number }>(
      'select residence_division, version from persons where id = $1',
      [person],
    )
    expect(moved).toEqual({ residence_division: renamed, version: 2 })
    const episodes = await office.sql(
      'select division_code, from_on::text, to_on::text from residence_episodes where person_id = $1 order by from_on',
      [person],
    )
    expect(episodes).toEqual([
      { division_code: village, from_on: '2010-01-01', to_on: '2026-01-01' },
      { division_code: renamed, from_on: '2026-01-01', to_on: null },
    ])
    const facts = await office.sql('select kind, before, after from person_facts where person_id = $1', [
      person,
    ])
    expect(facts).toEqual([
      {
        kind: 'division-change',
        before: { residenceDivision: village, hukouDivision: village },
        after: { residenceDivision: renamed, hukouDivision: renamed },
      },
    ])
    expect((await clerk.get('/api/v1/divisions/371121050000')).status).toBe(200)
    expect(
      (await office.sql('select division_prefix from grants where division_prefix = $1', ['371121050']))
        .length,
    ).toBe(1)
    expect((await officer.get('/api/v1/divisions/371121001000?asOf=2025-06-01')).body).toMatchObject({
      validTo: '2026-01-01',
      successors: ['371121050000'],
    })
    const today = await officer.get(`/api/v1/divisions/${county}/roll-up?level=4`)
    const past = await officer.get(`/api/v1/divisions/${county}/roll-up?level=4&boundary=2025-06-01`)
    expect(today.body).toMatchObject({ items: [{ code: '371121050000', residents: 1, estimated: false }] })
    expect(past.body).toMatchObject({ items: [{ code: '371121001000', name: '洪凝街道', residents: 1 }] })
  })

  test('adds the counts of merged villages, and parts them again at a past boundary', async () => {
    const [kept = '', gone = ''] = await villagesOf('371121102000')
    await register(kept, null)
    await register(gone, '2026-03-01')
    await register(gone, null, kept)
    const change = {
      kind: 'MERGE',
      from: [kept, gone],
      to: [{ code: kept }],
      effectiveOn: '2026-02-01',
      sourceDocument: document,
    }

    const { status, body: applied } = await officer.post('/api/v1/division-changes', change, { key: key() })

    expect(status).toBe(201)
    expect(applied).toMatchObject({ moved: { persons: 2, residenceEpisodes: 2 } })
    const counts = await office.sql(
      'select division_code, residents from village_counts where division_code = any($1) order by 1',
      [[kept, gone]],
    )
    expect(counts).toEqual([
      { division_code: kept, residents: 3 },
      { division_code: gone, residents: 0 },
    ])
    const replaced = await office.sql(
      'select void_reason from residence_episodes where division_code = $1 and voided_at is not null',
      [gone],
    )
    expect(replaced).toEqual([{ void_reason: document }])
    const past = (await officer.get(`/api/v1/divisions/${county}/roll-up?level=5&boundary=2025-06-01`))
      .body as DivisionRollUp
    expect(past.items.filter(({ code }) => code === kept || code === gone)).toMatchObject([
      { code: kept, residents: 1, estimated: true },
      { code: gone, residents: 2, estimated: true },
    ])
  })

  test('does not abolish what is in use', async () => {
    const [village] = await villagesOf('371121102000')
    const used = {
      kind: 'ABOLISH',
      from: [village],
      to: [],
      effectiveOn: '2026-04-01',
      sourceDocument: document,
    }
    const parent = { ...used, from: ['371121102000'] }

    expect((await officer.post('/api/v1/division-changes', used, { key: key() })).body).toMatchObject({
      status: 409,
      code: 'division-in-use',
    })
    expect((await officer.post('/api/v1/division-changes', parent, { key: key() })).body).toMatchObject({
      code: 'division-in-use',
    })
  })

  test('renames, splits, transfers and creates', async () => {
    const post = (kind: string, from: string[], to: unknown[]) =>
      officer.post(
        '/api/v1/division-changes',
        { kind, from, to, effectiveOn: '2026-05-01', sourceDocument: document },
        { key: key() },
      )
    const [one = '', two = '', three = ''] = await villagesOf('371121103000')

    expect((await post('RENAME', [one], [{ code: one, name: '幸福村' }])).status).toBe(201)
    expect(
      (await post('SPLIT', [two], [{ code: two }, { code: '371121103398', name: '新立村' }])).status,
    ).toBe(201)
    expect((await post('TRANSFER', [three], [{ code: '371121104398' }])).status).toBe(201)
    expect((await post('CREATE', [], [{ code: '371121198000', name: '新设镇' }])).status).toBe(201)

    expect((await officer.get(`/api/v1/divisions/${one}`)).body).toMatchObject({
      name: '幸福村',
      validFrom: '2026-05-01',
    })
    expect((await officer.get('/api/v1/divisions/371121104398')).body).toMatchObject({
      parentCode: '371121104000',
    })
    expect((await officer.get('/api/v1/divisions?q=xinshezhen')).body).toMatchObject({
      items: [{ code: '371121198000' }],
    })
    const history = (await officer.get(`/api/v1/division-changes?division=${one}`)).body as Page<{
      kind: string
    }>
    expect(history.items.map(({ kind }) => kind)).toEqual(['RENAME'])
  })

  test('names the wrong field, needs the permission, and stays in its area', async () => {
    const change = {
      kind: 'RENAME',
      from: ['371121102000'],
      to: [{ code: '371121102000', name: '某镇' }],
      effectiveOn: '2026-05-01',
      sourceDocument: document,
    }
    const clerk = await office.officer('township_worker', '371121102000')

    expect(
      (await officer.post('/api/v1/division-changes/preview', { ...change, effectiveOn: '2999-01-01' })).body,
    ).toMatchObject({ errors: [{ pointer: '/effectiveOn' }] })
    expect((await clerk.post('/api/v1/division-changes/preview', change)).status).toBe(403)
    expect((await foreigner.post('/api/v1/division-changes/preview', change)).body).toMatchObject({
      code: 'out-of-area',
    })
    expect((await foreigner.get('/api/v1/divisions/371121102000/roll-up?level=5')).status).toBe(404)
    expect((await office.stranger.get('/api/v1/divisions')).status).toBe(401)
  })
})
