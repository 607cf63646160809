import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Circumstance, CircumstanceRow } from '@youyu/shared/subsidies/circumstances'
import { openOffice, type Answer, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, idNumberFor, places, register } from '../../../../test/register.ts'

let office: TestOffice
let clerk: Officer
let town: Officer
let personId: string

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  await furnishPlaces(office)
  clerk = await office.officer('county_subsidy', places.county)
  town = await office.officer('township_worker', places.street)
  personId = (
    await register(await office.officer('county_population', places.county), { birthDate: '1980-01-01' })
  ).id
})
afterAll(() => office.close())

const disability = (more: object = {}) => ({
  ...{ personId, kind: 'DISABILITY', grade: 2, from: '2012-03-01', documentType: 'DISABILITY_CARD', ...more },
})
const enter = (body: object, officer = town, options = {}) =>
  officer.post('/api/v1/circumstances', body, options)
const entered = async (body: object) => bodyOf<Circumstance>(await enter(body), 201)
const listed = async (query = `person=${personId}`, officer = town) =>
  bodyOf<{ items: CircumstanceRow[] }>(await officer.get(`/api/v1/circumstances?${query}`), 200).items
const wrong = ({ status, body }: Answer) => [
  status,
  ...((body as { errors?: { pointer: string; code: string }[] }).errors ?? []).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  ),
]

describe('a circumstance', () => {
  test('is entered from its day with its document, masked in lists, and whole by a recorded reveal alone', async () => {
    const number = `${idNumberFor('1980-01-01', '2')}42`
    const made = await entered(disability({ documentNumber: number }))

    const told = bodyOf<object>(
      await town.post(`/api/v1/circumstances/${made.id}/reveal`, { purpose: 'BENEFIT', reason: '核对证件' }),
      200,
    )

    expect(made).toMatchObject({
      grade: null,
      isMasked: true,
      documentMask: `****${number.slice(-4)}`,
      division: places.village,
    })
    expect(told).toMatchObject({ grade: 2, documentNumber: number })
    expect(
      (await town.post(`/api/v1/circumstances/${made.id}/reveal`, { purpose: 'RESEARCH', reason: '看看' }))
        .status,
    ).toBe(403)
    const [kept] = await office.sql<{ row: string; deeds: number }>(
      `select c::text as row, (select count(*)::integer from access_log a where a.entity = 'circumstance' and a.action = 'reveal') as deeds
       from circumstances c where id = $1`,
      [made.id],
    )
    expect([kept!.row.includes(number), kept!.deeds]).toEqual([false, 1])
  })

  test('is corrected by a new one that keeps its document, and voided with a reason', async () => {
    const [row] = await listed()

    const graded = bodyOf<Circumstance>(
      await town.post(`/api/v1/circumstances/${row!.id}/corrections`, {
        set: { grade: 4 },
        reason: '重新评定',
      }),
      201,
    )
    const again = await town.post(`/api/v1/circumstances/${row!.id}/corrections`, {
      set: { grade: 3 },
      reason: '再改',
    })
    const gone = bodyOf<Circumstance>(
      await town.post(`/api/v1/circumstances/${graded.id}/void`, { reason: '录错了人' }),
      201,
    )

    expect(graded).toMatchObject({ replaces: row!.id, documentMask: row!.documentMask, from: '2012-03-01' })
    expect([
      again.status,
      gone.voidReason,
      (await listed()).length,
      (await listed(`person=${personId}&voided=true`)).length,
    ]).toEqual([...[409, '录错了人', 0, 2]])
    expect(bodyOf<Circumstance>(await town.get(`/api/v1/circumstances/${row!.id}`), 200).replacedBy).toBe(
      graded.id,
    )
  })

  test.each([
    ['a grade that there is not', { grade: 5 }, [400, '/grade invalid-value']],
    ['no grade', { grade: null }, [400, '/grade required']],
    [
      'a grade of a certificate',
      { kind: 'ONLY_CHILD_CERTIFICATE', from: '2010-01-01' },
      [400, '/grade invalid-value'],
    ],
    [
      'a certificate of 2016',
      { kind: 'ONLY_CHILD_CERTIFICATE', grade: null, from: '2016-01-01' },
      [400, '/from certificate-too-late'],
    ],
    ['a scheme without its name', { kind: 'PENSION_SCHEME', grade: null }, [400, '/detail required']],
    ['a day to come', { from: '2026-08-21' }, [400, '/from invalid-date']],
    ['a day before the birth', { from: '1979-12-31' }, [400, '/from invalid-date']],
    ['an end before its beginning', { to: '2012-02-29' }, [400, '/to invalid-date']],
    [
      'somebody nobody knows',
      { personId: '01900000-0000-7000-8000-000000000000' },
      [400, '/personId not-found'],
    ],
  ])('with %s is refused at its field', async (_, more, fault) => {
    expect(wrong(await enter(disability(more)))).toEqual(fault)
  })

  test('is entered once, by whoever may, and seen in its own area alone', async () => {
    const body = { personId, kind: 'LOW_INCOME', from: '2026-01-01', documentType: 'LOW_INCOME_CERTIFICATE' }
    const options = { headers: { 'idempotency-key': 'circumstance-once' } }

    const [first, second] = [await enter(body, town, options), await enter(body, town, options)]
    const twice = await enter(body)
    const elsewhere = await office.officer('township_worker', places.otherTownship)
    const village = await office.officer('village_worker', places.village)

    expect([first.status, (second.body as { id: string }).id]).toEqual([
      201,
      (first.body as { id: string }).id,
    ])
    expect([twice.status, (await listed('kind=LOW_INCOME')).length]).toEqual([409, 1])
    expect((await elsewhere.get(`/api/v1/circumstances/${(first.body as { id: string }).id}`)).status).toBe(
      404,
    )
    expect([
      (await enter(disability(), elsewhere)).status,
      (await enter(disability(), village)).status,
    ]).toEqual([400, 403])
    expect((await listed(`division=${places.street}`, clerk)).length).toBe(1)
  })
})
