import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type Officer, type TestOffice } from '../../../test/office.ts'
import { drizzle } from 'drizzle-orm/node-postgres'
import { insertDivisions } from '../divisions/index.ts'

let office: TestOffice
let officer: Officer

beforeAll(async () => {
  office = await openOffice()
  const row = (code: string, level: number, parentCode: string | null) => ({
    code,
    name: `第${code}`,
    level,
    parentCode,
    urbanRural: null,
  })
  const rows = [
    row('371121000000', 3, null),
    row('371121100000', 4, '371121000000'),
    row('371121100201', 5, '371121100000'),
    row('370321000000', 3, null),
  ]
  await insertDivisions(drizzle(office.db.owner), rows, { sourceDocument: null, now: new Date() })
  officer = await office.officer('county_population', '371121000000')
})
afterAll(() => office.close())

const bureau = { code: 'WL-JK', type: 'ORG-B', name: '五莲县卫生健康局', divisionCode: '371121000000' }
type Body = { id: string; version: number }

describe('an organisation', () => {
  test('is added once, changed at its version, and seen from below but not from next door', async () => {
    const added = await officer.post('/api/v1/organisations', bureau, { key: 'bureau' })
    const again = await officer.post('/api/v1/organisations', bureau, { key: 'bureau' })
    const { id, version } = added.body as Body
    const url = `/api/v1/organisations/${id}`
    const changed = await officer.patch(
      url,
      { midwiferyLicence: true, licenceNumber: 'X1', licenceValidUntil: '2030-01-01' },
      { ifMatch: version },
    )
    const clerk = await office.officer('village_worker', '371121100201')
    const foreigner = await office.officer('county_population', '370321000000')

    expect(added.status).toBe(201)
    expect(again.body).toEqual(added.body)
    expect(changed.body).toMatchObject({
      midwiferyLicence: true,
      version: 2,
      divisionName: '第371121000000',
      staff: 0,
    })
    expect((await officer.patch(url, { name: '另一名' }, { ifMatch: version })).status).toBe(412)
    expect((await officer.patch(url, { name: '另一名' })).status).toBe(428)
    expect((await clerk.get(url)).status).toBe(200)
    expect((await clerk.post('/api/v1/organisations', bureau, { key: 'x' })).status).toBe(403)
    expect((await foreigner.get(url)).status).toBe(404)
    expect((await foreigner.get('/api/v1/organisations')).body).toMatchObject({ items: [] })
    expect(
      (await officer.get('/api/v1/organisations?q=WL-&type=ORG-B&status=active&division=371121000000')).body,
    ).toMatchObject({ items: [{ id }] })
  })

  test('comes under no circle of parents', async () => {
    const add = async (code: string, parentId?: string) =>
      (
        await officer.post(
          '/api/v1/organisations',
          { code, type: 'ORG-TS', name: code, divisionCode: '371121100000', ...(parentId && { parentId }) },
          { key: code },
        )
      ).body as Body
    const top = await add('TOP-1')
    const middle = await add('MID-1', top.id)
    const low = await add('LOW-1', middle.id)

    const { status, body } = await officer.patch(
      `/api/v1/organisations/${top.id}`,
      { parentId: low.id },
      { ifMatch: 1 },
    )

    expect(status).toBe(409)
    expect(body).toMatchObject({ errors: [{ pointer: '/parentId' }] })
  })

  test('names the wrong field', async () => {
    const post = async (change: object) =>
      (
        await officer.post(
          '/api/v1/organisations',
          { ...bureau, code: 'NEW-1', ...change },
          { key: crypto.randomUUID() },
        )
      ).body

    expect(await post({ code: bureau.code })).toMatchObject({ code: 'code-taken' })
    expect(await post({ divisionCode: '371121999000' })).toMatchObject({
      errors: [{ pointer: '/divisionCode', code: 'unknown-division' }],
    })
    expect(await post({ divisionCode: '370321000000' })).toMatchObject({ code: 'out-of-area' })
    expect(await post({ creditCode: '91350100M000100Y44' })).toMatchObject({
      errors: [{ pointer: '/creditCode' }],
    })
    expect(await post({ parentId: crypto.randomUUID() })).toMatchObject({
      errors: [{ pointer: '/parentId' }],
    })
  })
})
