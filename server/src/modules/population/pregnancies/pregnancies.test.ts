import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AntenatalVisit } from '@youyu/shared/population/antenatal-visits'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy, PregnancyMonth, PregnancyRow } from '@youyu/shared/population/pregnancies'
import type { Officer } from '../../../../test/office.ts'
import {
  itemsOf,
  openPregnancyDesk,
  pointersOf,
  url,
  wish,
  type PregnancyDesk,
} from '../../../../test/pregnancies.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let desk: PregnancyDesk
beforeAll(async () => {
  desk = await openPregnancyDesk()
})
afterAll(() => desk.close())

const entriesOf = (id: string) =>
  desk.office.sql<{ action: string; fields: string[] }>(
    `select action, fields from access_log where entity_id = $1 order by at, id`,
    [id],
  )

describe('a pregnancy', () => {
  test('is registered at the woman’s wish, with the expected day and the gestation derived', async () => {
    const made = await desk.pregnancy({ isPurple: true, intention: 'WANTED_NOW' })

    expect(made).toMatchObject({
      woman: { name: '王小梅' },
      status: 'REGISTERED',
      expectedOn: '2027-03-08',
      expectedBasis: 'LMP',
      registerGestationDays: 61,
      riskColour: 'GREEN',
      division: { name: '洪凝社区' },
      sensitive: { isPurple: true, intention: 'WANTED_NOW', endType: null },
      version: 1,
    })
    expect(itemsOf<PregnancyRow>(await desk.clinician.get(`${url}?womanId=${made.woman.id}`))).toMatchObject([
      { id: made.id, riskColour: 'GREEN' },
    ])
  })

  test('asks for no marriage, no number of children, no hukou and no permit', async () => {
    const unmarried = await desk.womanId({ maritalStatus: '10', hukouDivision: places.capital })

    expect((await desk.pregnancy({ parityBefore: 9 }, unmarried)).status).toBe('REGISTERED')
    for (const field of ['permitNumber', 'policy', 'fetalSex', 'sex', 'marriageCertificate'])
      expect((await desk.clinician.post(url, wish(await desk.womanId(), { [field]: '1' }))).status).toBe(400)
  })

  test('writes down nowhere what the fetus might be', async () => {
    const { id, version } = await desk.pregnancy()
    const columns = await desk.office.sql(
      `select table_name, column_name from information_schema.columns where column_name ~ '(fetal|fetus|foetal).*sex'
       or (table_name in ('pregnancies', 'antenatal_visits') and column_name like '%sex%')`,
    )

    const refused = await desk.clinician.post(`${url}/${id}/void`, { reason: '女胎' }, { ifMatch: version })

    expect(columns).toEqual([])
    expect([refused.status, pointersOf(refused)]).toEqual([400, ['/reason']])
    expect(
      (await desk.clinician.post(`${url}/${id}/visits`, { occurredOn: '2026-09-01', fetalSex: '1' })).status,
    ).toBe(400)
  })

  test.each([
    ['/womanId', { womanId: '01900000-0000-7000-8000-0000000000ff' }],
    ['/lastMenstruationOn', { lastMenstruationOn: '2026-12-24' }],
    ['/lastMenstruationOn', { lastMenstruationOn: null }],
    ['/registeredOn', { registeredOn: '2026-05-01' }],
    ['/registeredOrganisationId', { registeredOrganisationId: '01900000-0000-7000-8000-0000000000ff' }],
    ['/channel', { channel: 'CADRE' }],
  ])('names the wrong field: %s', async (pointer, given) => {
    const answer = await desk.clinician.post(url, wish(await desk.womanId(), given))

    expect(answer.status).toBe(400)
    expect(pointersOf(answer)).toContain(pointer)
  })

  test('is refused for a man, and twice for the same woman', async () => {
    const man = await desk.womanId({ sex: '1' })
    const woman = await desk.womanId()
    await desk.pregnancy({}, woman)

    const [ofMan, again] = [
      await desk.clinician.post(url, wish(man)),
      await desk.clinician.post(url, wish(woman)),
    ]

    expect(pointersOf(ofMan)).toEqual(['/womanId'])
    expect([again.status, (again.body as Problem).code]).toEqual([409, 'already-exists'])
  })

  test('is made once under its key, and the answer kept tells nothing sensitive', async () => {
    const body = wish(await desk.womanId(), { intention: 'UNSURE' })
    const key = 'pregnancy-once-0001'

    const first = bodyOf<Pregnancy>(await desk.clinician.post(url, body, { key }), 201)
    const second = bodyOf<Pregnancy>(await desk.clinician.post(url, body, { key }), 201)

    expect(second).toEqual(first)
    const [kept] = await desk.office.sql<{ row: string }>(
      `select coalesce(string_agg(k::text, ''), '') as row from idempotency_keys k`,
    )
    expect(kept?.row).not.toContain('UNSURE')
  })

  test('is rehearsed without a trace', async () => {
    const id = await desk.womanId()

    const preview = bodyOf<EventPreview>(await desk.clinician.post(`${url}?dryRun=true`, wish(id)), 200)

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ entity: 'pregnancy', field: 'status', before: null, after: 'REGISTERED' }),
    )
    expect(itemsOf(await desk.clinician.get(`${url}?womanId=${id}`))).toEqual([])
  })

  test('is seen by who treats in the area, and by nobody of the bureau or the village', async () => {
    const { id } = await desk.pregnancy()
    const elsewhere = await desk.office.officer('station_clinician', places.otherCounty)
    const nextTownship = await desk.office.officer('station_clinician', places.otherTownship)

    for (const role of ['county_population', 'county_manager', 'county_mch', 'data_steward'] as const)
      expect((await (await desk.office.officer(role, places.county)).get(`${url}/${id}`)).status).toBe(403)
    expect((await (await desk.office.officer('village_worker', places.village)).get(url)).status).toBe(403)
    expect((await elsewhere.get(`${url}/${id}`)).status).toBe(404)
    expect((await nextTownship.get(`${url}/${id}`)).status).toBe(404)
    expect(itemsOf(await nextTownship.get(url))).toEqual([])
  })

  test('tells L4 to the treating clinician alone, enciphered at rest, every telling recorded', async () => {
    const { id } = await desk.pregnancy({ intention: 'LATER', isPurple: true })

    const told = bodyOf<Pregnancy>(await desk.reporter.get(`${url}/${id}`), 200)
    const before = (await entriesOf(id)).length
    await desk.read(id)

    expect(told).toMatchObject({ woman: { name: '王*梅' }, sensitive: null, gravida: null })
    expect((await entriesOf(id)).length).toBe(before + 1)
    expect((await entriesOf(id)).at(-1)).toMatchObject({ action: 'view', fields: ['sensitive'] })
    const [row] = await desk.office.sql<{ row: string }>(
      'select p::text as row from pregnancies p where id = $1',
      [id],
    )
    expect(row?.row).not.toMatch(/LATER|isPurple/)
  })

  test('is changed against its version; the gestation of its visits follows the expected day', async () => {
    const { id } = await desk.pregnancy()
    await desk.clinician.post(`${url}/${id}/visits`, { occurredOn: '2026-08-03' })
    const { version } = await desk.read(id)
    const patch = (ifMatch: number) =>
      desk.clinician.patch(`${url}/${id}`, { expectedOn: '2027-03-15', intention: 'NOT' }, { ifMatch })

    const changed = bodyOf<Pregnancy>(await patch(version), 200)

    expect(changed).toMatchObject({
      expectedBasis: 'ULTRASOUND',
      registerGestationDays: 54,
      sensitive: { intention: 'NOT' },
      version: version + 1,
    })
    expect(itemsOf<AntenatalVisit>(await desk.clinician.get(`${url}/${id}/visits`))).toMatchObject([
      { gestationDays: 56 },
    ])
    expect((await patch(version)).status).toBe(412)
    expect((await desk.clinician.patch(`${url}/${id}`, {})).status).toBe(428)
  })

  test('pages through the latest expected day first', async () => {
    const far = await desk.office.officer('station_clinician', places.farVillage)
    for (const day of ['2026-06-03', '2026-06-05', '2026-06-04'])
      await desk.pregnancy(
        { lastMenstruationOn: day },
        await desk.womanId({ residenceDivision: places.farVillage, hukouDivision: places.farVillage }),
      )

    const first = bodyOf<{ items: PregnancyRow[]; nextCursor: string }>(await far.get(`${url}?limit=2`), 200)
    const rest = itemsOf<PregnancyRow>(await far.get(`${url}?limit=2&cursor=${first.nextCursor}`))

    expect([...first.items, ...rest].map(({ expectedOn }) => expectedOn)).toEqual([
      '2027-03-12',
      '2027-03-11',
      '2027-03-10',
    ])
  })
})

describe('an antenatal visit', () => {
  const visits = (id: string) => `${url}/${id}/visits`

  test('takes the pregnancy into care and gives it its colour', async () => {
    const { id } = await desk.pregnancy()

    const visit = bodyOf<AntenatalVisit>(
      await desk.clinician.post(visits(id), {
        occurredOn: '2026-09-28',
        systolic: 128,
        diastolic: 82,
        weightKilograms: 61.4,
        riskColour: 'YELLOW',
      }),
      201,
    )

    expect(visit).toMatchObject({ gestationDays: 119, trimester: 2, weightKilograms: 61.4, findings: [] })
    expect(await desk.read(id)).toMatchObject({ status: 'ONGOING', riskColour: 'YELLOW', version: 2 })
  })

  test('is voided and replaced when wrong; the colour follows', async () => {
    const { id } = await desk.pregnancy()
    const made = bodyOf<AntenatalVisit>(
      await desk.clinician.post(visits(id), { occurredOn: '2026-09-28', riskColour: 'RED' }),
      201,
    )
    const correction = { set: { riskColour: 'GREEN' }, reason: '误录' }
    const address = `${visits(id)}/${made.id}/corrections`

    const preview = bodyOf<EventPreview>(await desk.clinician.post(`${address}?dryRun=true`, correction), 200)
    const right = bodyOf<AntenatalVisit>(await desk.clinician.post(address, correction), 201)
    const again = await desk.clinician.post(address, correction)

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ field: 'riskColour', before: 'RED', after: 'GREEN' }),
    )
    expect(right).toMatchObject({ replaces: made.id, riskColour: 'GREEN', occurredOn: '2026-09-28' })
    expect(again.status).toBe(409)
    expect((await desk.read(id)).riskColour).toBe('GREEN')
    expect(itemsOf(await desk.clinician.get(visits(id)))).toHaveLength(1)
    expect(itemsOf(await desk.clinician.get(`${visits(id)}?voided=true`))).toHaveLength(2)
  })

  test('that never was is voided', async () => {
    const { id } = await desk.pregnancy()
    const made = bodyOf<AntenatalVisit>(
      await desk.clinician.post(visits(id), { occurredOn: '2026-09-28' }),
      201,
    )

    const voided = await desk.clinician.post(`${visits(id)}/${made.id}/void`, { reason: '误录' })

    expect(bodyOf<AntenatalVisit>(voided, 201)).toMatchObject({ id: made.id, voidReason: '误录' })
    expect(itemsOf(await desk.clinician.get(visits(id)))).toEqual([])
  })

  test('names the wrong field, is rehearsed, and is made once under its key', async () => {
    const { id } = await desk.pregnancy()
    const body = { occurredOn: '2026-06-20' }
    const key = 'visit-once-00001'

    const wrong = await desk.clinician.post(visits(id), { occurredOn: '2026-12-01' })
    const preview = bodyOf<EventPreview>(await desk.clinician.post(`${visits(id)}?dryRun=true`, body), 200)
    const first = bodyOf<AntenatalVisit>(await desk.clinician.post(visits(id), body, { key }), 201)
    const second = bodyOf<AntenatalVisit>(await desk.clinician.post(visits(id), body, { key }), 201)

    expect(pointersOf(wrong)).toEqual(['/occurredOn'])
    expect(preview.findings).toEqual(['V4'])
    expect(second.id).toBe(first.id)
    expect(itemsOf(await desk.clinician.get(visits(id)))).toHaveLength(1)
  })

  test('does not exist for who does not treat the woman', async () => {
    const { id } = await desk.pregnancy()

    expect((await desk.reporter.get(visits(id))).status).toBe(404)
    expect((await desk.reporter.post(visits(id), { occurredOn: '2026-09-28' })).status).toBe(404)
    expect((await desk.clerk.get(visits(id))).status).toBe(403)
    const elsewhere = await desk.office.officer('station_clinician', places.otherTownship)
    expect((await elsewhere.get(visits(id))).status).toBe(404)
  })
})

describe('what the bureau knows of pregnancies', () => {
  const monthly = (officer: Officer, query = '') =>
    officer.get(`${url}/monthly?from=2024-05-01&to=2024-06-01${query}`)

  beforeAll(async () => {
    for (let count = 0; count < 5; count += 1)
      await desk.pregnancy({ lastMenstruationOn: '2024-04-01', registeredOn: '2024-05-10' })
    await desk.pregnancy({ lastMenstruationOn: '2024-04-01', registeredOn: '2024-06-10' })
  })

  test('is counts of townships by month, small ones withheld', async () => {
    expect(itemsOf<PregnancyMonth>(await monthly(desk.clerk))).toEqual([
      {
        division: { code: places.street, name: '洪凝街道' },
        month: '2024-05-01',
        registered: 5,
        delivered: 0,
        suppressed: false,
      },
      {
        division: { code: places.street, name: '洪凝街道' },
        month: '2024-06-01',
        registered: null,
        delivered: 0,
        suppressed: true,
      },
    ])
  })

  test('is never of a village', async () => {
    const village = await desk.office.officer('village_worker', places.village)

    expect((await monthly(village)).status).toBe(403)
    expect((await monthly(desk.clerk, `&division=${places.village}`)).status).toBe(403)
    expect(itemsOf(await monthly(desk.clerk, `&division=${places.otherTownship}`))).toEqual([])
    expect((await monthly(desk.clinician)).status).toBe(403)
  })

  test('names a span that cannot be', async () => {
    const answer = await desk.clerk.get(`${url}/monthly?from=2024-05-01&to=2024-04-01`)

    expect([answer.status, pointersOf(answer)]).toEqual([400, ['?to']])
  })
})
