import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AntenatalVisit } from '@youyu/shared/population/antenatal-visits'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy, PregnancyMonth, PregnancyRow } from '@youyu/shared/population/pregnancies'
import { openOffice, type Answer, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'

let office: TestOffice
let clerk: Officer
let clinician: Officer
let reporter: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  office.setNow(new Date('2026-11-20T09:00:00+08:00'))
  clerk = await office.officer('county_population', places.county)
  clinician = await office.officer('station_clinician', places.county)
  reporter = await office.officer('midwifery_reporter', places.county)
})
afterAll(async () => await office.close())

const url = '/api/v1/pregnancies'
const pointersOf = (answer: Answer) => (answer.body as Problem).errors?.map(({ pointer }) => pointer)
const itemsOf = <Item>(answer: Answer) => bodyOf<{ items: Item[] }>(answer, 200).items

async function womanId(given: Parameters<typeof register>[1] = {}): Promise<string> {
  return (await register(clerk, { name: '王小梅', ...given })).id
}
const wish = (id: string, given: object = {}) => ({
  womanId: id,
  lastMenstruationOn: '2026-06-01',
  registeredOn: '2026-08-01',
  channel: 'SELF',
  contactConsent: true,
  ...given,
})
async function pregnancy(given: object = {}, of?: string): Promise<Pregnancy> {
  return bodyOf<Pregnancy>(await clinician.post(url, wish(of ?? (await womanId()), given)), 201)
}
const read = async (id: string) => bodyOf<Pregnancy>(await clinician.get(`${url}/${id}`), 200)
const entriesOf = (id: string) =>
  office.sql<{ action: string; fields: string[] }>(
    `select action, fields from access_log where entity_id = $1 order by at, id`,
    [id],
  )

async function birthOf({ woman, id }: Pregnancy, occurredOn: string): Promise<void> {
  const child = await register(clerk, { name: '王宝', birthDate: occurredOn })
  await office.sql(
    `insert into births (county_code, id, child_id, mother_id, pregnancy_id, occurred_on, outcome, sex, plurality, sequence, place, division_code, hukou_division, recorded_at, source)
     values (371121, gen_random_uuid(), $1, $2, $3, $4, 'LIVE', '2', 1, 1, 'HOSPITAL', $5, $5, now(), 'MANUAL')`,
    [child.id, woman.id, id, occurredOn, places.village],
  )
}

describe('a pregnancy', () => {
  test('is registered at the woman’s wish, with the expected day and the gestation derived', async () => {
    const made = await pregnancy({ isPurple: true, intention: 'WANTED_NOW' })

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
    expect(itemsOf<PregnancyRow>(await clinician.get(`${url}?womanId=${made.woman.id}`))).toMatchObject([
      { id: made.id, riskColour: 'GREEN' },
    ])
  })

  test('asks for no marriage, no number of children, no hukou and no permit', async () => {
    const unmarried = await womanId({ maritalStatus: '10', hukouDivision: places.capital })

    expect((await pregnancy({ parityBefore: 9 }, unmarried)).status).toBe('REGISTERED')
    for (const field of ['permitNumber', 'policy', 'fetalSex', 'sex', 'marriageCertificate'])
      expect((await clinician.post(url, wish(await womanId(), { [field]: '1' }))).status).toBe(400)
  })

  test('writes down nowhere what the fetus might be', async () => {
    const { id, version } = await pregnancy()
    const columns = await office.sql(
      `select table_name, column_name from information_schema.columns where column_name ~ '(fetal|fetus|foetal).*sex'
       or (table_name in ('pregnancies', 'antenatal_visits') and column_name like '%sex%')`,
    )

    const refused = await clinician.post(`${url}/${id}/void`, { reason: '女胎' }, { ifMatch: version })

    expect(columns).toEqual([])
    expect([refused.status, pointersOf(refused)]).toEqual([400, ['/reason']])
    expect(
      (await clinician.post(`${url}/${id}/visits`, { occurredOn: '2026-09-01', fetalSex: '1' })).status,
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
    const answer = await clinician.post(url, wish(await womanId(), given))

    expect(answer.status).toBe(400)
    expect(pointersOf(answer)).toContain(pointer)
  })

  test('is refused for a man, and twice for the same woman', async () => {
    const man = await womanId({ sex: '1' })
    const woman = await womanId()
    await pregnancy({}, woman)

    const [ofMan, again] = [await clinician.post(url, wish(man)), await clinician.post(url, wish(woman))]

    expect(pointersOf(ofMan)).toEqual(['/womanId'])
    expect([again.status, (again.body as Problem).code]).toEqual([409, 'already-exists'])
  })

  test('is made once under its key, and the answer kept tells nothing sensitive', async () => {
    const body = wish(await womanId(), { intention: 'UNSURE' })
    const key = 'pregnancy-once-0001'

    const first = bodyOf<Pregnancy>(await clinician.post(url, body, { key }), 201)
    const second = bodyOf<Pregnancy>(await clinician.post(url, body, { key }), 201)

    expect(second).toEqual(first)
    const [kept] = await office.sql<{ row: string }>(
      `select coalesce(string_agg(k::text, ''), '') as row from idempotency_keys k`,
    )
    expect(kept?.row).not.toContain('UNSURE')
  })

  test('is rehearsed without a trace', async () => {
    const id = await womanId()

    const preview = bodyOf<EventPreview>(await clinician.post(`${url}?dryRun=true`, wish(id)), 200)

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ entity: 'pregnancy', field: 'status', before: null, after: 'REGISTERED' }),
    )
    expect(itemsOf(await clinician.get(`${url}?womanId=${id}`))).toEqual([])
  })

  test('is seen by who treats in the area, and by nobody of the bureau or the village', async () => {
    const { id } = await pregnancy()
    const elsewhere = await office.officer('station_clinician', places.otherCounty)
    const nextTownship = await office.officer('station_clinician', places.otherTownship)

    for (const role of ['county_population', 'county_manager', 'county_mch', 'data_steward'] as const)
      expect((await (await office.officer(role, places.county)).get(`${url}/${id}`)).status).toBe(403)
    expect((await (await office.officer('village_worker', places.village)).get(url)).status).toBe(403)
    expect((await elsewhere.get(`${url}/${id}`)).status).toBe(404)
    expect((await nextTownship.get(`${url}/${id}`)).status).toBe(404)
    expect(itemsOf(await nextTownship.get(url))).toEqual([])
  })

  test('tells L4 to the treating clinician alone, enciphered at rest, every telling recorded', async () => {
    const { id } = await pregnancy({ intention: 'LATER', isPurple: true })

    const told = bodyOf<Pregnancy>(await reporter.get(`${url}/${id}`), 200)
    const before = (await entriesOf(id)).length
    await read(id)

    expect(told).toMatchObject({ woman: { name: '王*梅' }, sensitive: null, gravida: null })
    expect((await entriesOf(id)).length).toBe(before + 1)
    expect((await entriesOf(id)).at(-1)).toMatchObject({ action: 'view', fields: ['sensitive'] })
    const [row] = await office.sql<{ row: string }>(
      'select p::text as row from pregnancies p where id = $1',
      [id],
    )
    expect(row?.row).not.toMatch(/LATER|isPurple/)
  })

  test('is changed against its version; the gestation of its visits follows the expected day', async () => {
    const { id } = await pregnancy()
    await clinician.post(`${url}/${id}/visits`, { occurredOn: '2026-08-03' })
    const { version } = await read(id)
    const patch = (ifMatch: number) =>
      clinician.patch(`${url}/${id}`, { expectedOn: '2027-03-15', intention: 'NOT' }, { ifMatch })

    const changed = bodyOf<Pregnancy>(await patch(version), 200)

    expect(changed).toMatchObject({
      expectedBasis: 'ULTRASOUND',
      registerGestationDays: 54,
      sensitive: { intention: 'NOT' },
      version: version + 1,
    })
    expect(itemsOf<AntenatalVisit>(await clinician.get(`${url}/${id}/visits`))).toMatchObject([
      { gestationDays: 56 },
    ])
    expect((await patch(version)).status).toBe(412)
    expect((await clinician.patch(`${url}/${id}`, {})).status).toBe(428)
  })

  test('pages through the latest expected day first', async () => {
    const far = await office.officer('station_clinician', places.farVillage)
    for (const day of ['2026-06-03', '2026-06-05', '2026-06-04'])
      await pregnancy(
        { lastMenstruationOn: day },
        await womanId({ residenceDivision: places.farVillage, hukouDivision: places.farVillage }),
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

describe('the outcome of a pregnancy', () => {
  const early = { lastMenstruationOn: '2025-12-01', registeredOn: '2026-02-01' }
  const outcome = (officer: Officer, { id, version }: Pregnancy, body: object, query = '') =>
    officer.post(`${url}/${id}/outcome${query}`, body, { ifMatch: version })

  test('is a delivery when a birth names it, on the day of that birth', async () => {
    const made = await pregnancy(early)
    const delivered = { status: 'DELIVERED', endedOn: '2026-09-05' }

    const without = await outcome(reporter, made, delivered)
    await birthOf(made, '2026-09-05')
    const wrongDay = await outcome(reporter, made, { ...delivered, endedOn: '2026-09-04' })
    const loss = await outcome(reporter, made, {
      status: 'ENDED_LOSS',
      endedOn: '2026-09-05',
      endType: 'P04',
    })
    const ended = bodyOf<Pregnancy>(await outcome(reporter, made, delivered), 201)

    expect([without.status, (without.body as Problem).code]).toEqual([409, 'birth-missing'])
    expect(pointersOf(wrongDay)).toEqual(['/endedOn'])
    expect(loss.status).toBe(409)
    expect(ended).toMatchObject({ status: 'DELIVERED', births: [{ outcome: 'LIVE' }], findings: [] })
  })

  test('is a delivery by itself when the birth is recorded with it', async () => {
    const made = await pregnancy(early)

    const answer = await clerk.post('/api/v1/births', {
      motherId: made.woman.id,
      pregnancyId: made.id,
      occurredOn: '2026-09-05',
      sex: '1',
      place: 'HOSPITAL',
      child: {},
    })

    expect(answer.status).toBe(201)
    expect(await read(made.id)).toMatchObject({
      status: 'DELIVERED',
      endedOn: '2026-09-05',
      births: [{ id: (answer.body as { id: string }).id }],
      findings: [],
    })
  })

  test('is taken back with the last birth that named it, and moves with a birth whose day is corrected', async () => {
    const made = await pregnancy(early)
    bodyOf(await outcome(clinician, made, { status: 'LOST', endedOn: '2026-09-01' }), 201)
    const twin = (sequence: number) =>
      clerk.post('/api/v1/births', {
        ...{ motherId: made.woman.id, pregnancyId: made.id, occurredOn: '2026-09-05', sex: '2' },
        ...{ place: 'HOSPITAL', plurality: 2, sequence, child: {} },
      })
    const births = [(await twin(1)).body, (await twin(2)).body] as { id: string }[]
    const undo = (id: string) => clerk.post(`/api/v1/births/${id}/void`, { reason: '误录', withChild: true })

    bodyOf(
      await clerk.post(`/api/v1/births/${births[0]!.id}/corrections`, {
        ...{ set: { occurredOn: '2026-09-06' }, reason: '与证明核对' },
      }),
      201,
    )
    expect(await read(made.id)).toMatchObject({ status: 'DELIVERED', endedOn: '2026-09-06' })
    const [corrected] = (await read(made.id)).births.filter(({ id }) => id !== births[1]!.id)
    bodyOf(await undo(births[1]!.id), 201)
    expect((await read(made.id)).status).toBe('DELIVERED')
    const answer = bodyOf<EventPreview>(
      await clerk.post(`/api/v1/births/${corrected!.id}/void?dryRun=true`, {
        reason: '误录',
        withChild: true,
      }),
      200,
    )
    expect(answer.changes).toContainEqual(
      expect.objectContaining({ entity: 'pregnancy', field: 'status', before: 'DELIVERED', after: null }),
    )
    bodyOf(await undo(corrected!.id), 201)

    expect(await read(made.id)).toMatchObject({
      ...{ status: 'LOST', endedOn: '2026-09-01', births: [], findings: [] },
    })
  })

  test('is a loss that only the treating clinician can read', async () => {
    const made = await pregnancy(early)

    const told = bodyOf<Pregnancy>(
      await outcome(reporter, made, { status: 'ENDED_LOSS', endedOn: '2026-03-01', endType: 'P04' }),
      201,
    )

    expect(told.status).toBe('REGISTERED')
    expect((await reporter.get(`${url}/${made.id}`)).status).toBe(404)
    expect(itemsOf(await reporter.get(`${url}?womanId=${made.woman.id}`))).toEqual([])
    expect(await read(made.id)).toMatchObject({ status: 'ENDED_LOSS', sensitive: { endType: 'P04' } })
  })

  test('is rehearsed, and names a day that cannot be', async () => {
    const made = await pregnancy(early)
    const lost = { status: 'LOST', endedOn: '2026-09-20' }

    const preview = bodyOf<EventPreview>(await outcome(clinician, made, lost, '?dryRun=true'), 200)
    const future = await outcome(clinician, made, { ...lost, endedOn: '2026-12-20' })

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ field: 'status', before: 'REGISTERED', after: 'LOST' }),
    )
    expect((await read(made.id)).status).toBe('REGISTERED')
    expect(pointersOf(future)).toEqual(['/endedOn'])
  })

  test('is a transfer only with her consent', async () => {
    const made = await pregnancy(early)
    const transfer = (consent: boolean) =>
      clinician.post(
        `${url}/${made.id}/transfer`,
        { transferredOn: '2026-05-01', toDivision: places.otherCounty, toName: '桓台妇幼', consent },
        { ifMatch: made.version },
      )

    const without = await transfer(false)
    const moved = bodyOf<Pregnancy>(await transfer(true), 200)

    expect(pointersOf(without)).toEqual(['/consent'])
    expect(moved).toMatchObject({
      status: 'TRANSFERRED_OUT',
      sensitive: { transferredTo: `${places.otherCounty} 桓台妇幼` },
    })
  })

  test('is nothing when it was entered by mistake: it is voided and shown as such', async () => {
    const { id, version, woman } = await pregnancy(early)

    const voided = await clinician.post(`${url}/${id}/void`, { reason: '误录' }, { ifMatch: version })

    expect(bodyOf<Pregnancy>(voided, 200)).toMatchObject({ voidReason: '误录' })
    expect(itemsOf(await clinician.get(`${url}?womanId=${woman.id}`))).toEqual([])
    expect((await clinician.patch(`${url}/${id}`, {}, { ifMatch: version + 1 })).status).toBe(404)
  })

  test('is asked of the hospital five weeks after the expected day, not before and not after a word', async () => {
    const due = await pregnancy({ lastMenstruationOn: '2026-01-09', registeredOn: '2026-03-01' })
    const notYet = await pregnancy({ lastMenstruationOn: '2026-01-10', registeredOn: '2026-03-01' })
    const list = () => reporter.get(`${url}/due-for-outcome?limit=200`)

    const before = itemsOf<{ id: string; dueSince: string; woman: { name: string } }>(await list())
    await clinician.post(`${url}/${due.id}/visits`, { occurredOn: '2026-11-12' })
    const after = itemsOf<{ id: string }>(await list())

    expect(before.find(({ id }) => id === due.id)).toMatchObject({
      dueSince: '2026-11-20',
      woman: { name: '王*梅' },
    })
    expect(before.map(({ id }) => id)).not.toContain(notYet.id)
    expect(after.map(({ id }) => id)).not.toContain(due.id)
  })
})

describe('an antenatal visit', () => {
  const visits = (id: string) => `${url}/${id}/visits`

  test('takes the pregnancy into care and gives it its colour', async () => {
    const { id } = await pregnancy()

    const visit = bodyOf<AntenatalVisit>(
      await clinician.post(visits(id), {
        occurredOn: '2026-09-28',
        systolic: 128,
        diastolic: 82,
        weightKilograms: 61.4,
        riskColour: 'YELLOW',
      }),
      201,
    )

    expect(visit).toMatchObject({ gestationDays: 119, trimester: 2, weightKilograms: 61.4, findings: [] })
    expect(await read(id)).toMatchObject({ status: 'ONGOING', riskColour: 'YELLOW', version: 2 })
  })

  test('is voided and replaced when wrong; the colour follows', async () => {
    const { id } = await pregnancy()
    const made = bodyOf<AntenatalVisit>(
      await clinician.post(visits(id), { occurredOn: '2026-09-28', riskColour: 'RED' }),
      201,
    )
    const correction = { set: { riskColour: 'GREEN' }, reason: '误录' }
    const address = `${visits(id)}/${made.id}/corrections`

    const preview = bodyOf<EventPreview>(await clinician.post(`${address}?dryRun=true`, correction), 200)
    const right = bodyOf<AntenatalVisit>(await clinician.post(address, correction), 201)
    const again = await clinician.post(address, correction)

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ field: 'riskColour', before: 'RED', after: 'GREEN' }),
    )
    expect(right).toMatchObject({ replaces: made.id, riskColour: 'GREEN', occurredOn: '2026-09-28' })
    expect(again.status).toBe(409)
    expect((await read(id)).riskColour).toBe('GREEN')
    expect(itemsOf(await clinician.get(visits(id)))).toHaveLength(1)
    expect(itemsOf(await clinician.get(`${visits(id)}?voided=true`))).toHaveLength(2)
  })

  test('that never was is voided', async () => {
    const { id } = await pregnancy()
    const made = bodyOf<AntenatalVisit>(await clinician.post(visits(id), { occurredOn: '2026-09-28' }), 201)

    const voided = await clinician.post(`${visits(id)}/${made.id}/void`, { reason: '误录' })

    expect(bodyOf<AntenatalVisit>(voided, 201)).toMatchObject({ id: made.id, voidReason: '误录' })
    expect(itemsOf(await clinician.get(visits(id)))).toEqual([])
  })

  test('names the wrong field, is rehearsed, and is made once under its key', async () => {
    const { id } = await pregnancy()
    const body = { occurredOn: '2026-06-20' }
    const key = 'visit-once-00001'

    const wrong = await clinician.post(visits(id), { occurredOn: '2026-12-01' })
    const preview = bodyOf<EventPreview>(await clinician.post(`${visits(id)}?dryRun=true`, body), 200)
    const first = bodyOf<AntenatalVisit>(await clinician.post(visits(id), body, { key }), 201)
    const second = bodyOf<AntenatalVisit>(await clinician.post(visits(id), body, { key }), 201)

    expect(pointersOf(wrong)).toEqual(['/occurredOn'])
    expect(preview.findings).toEqual(['V4'])
    expect(second.id).toBe(first.id)
    expect(itemsOf(await clinician.get(visits(id)))).toHaveLength(1)
  })

  test('does not exist for who does not treat the woman', async () => {
    const { id } = await pregnancy()

    expect((await reporter.get(visits(id))).status).toBe(404)
    expect((await reporter.post(visits(id), { occurredOn: '2026-09-28' })).status).toBe(404)
    expect((await clerk.get(visits(id))).status).toBe(403)
    const elsewhere = await office.officer('station_clinician', places.otherTownship)
    expect((await elsewhere.get(visits(id))).status).toBe(404)
  })
})

describe('what the bureau knows of pregnancies', () => {
  const monthly = (officer: Officer, query = '') =>
    officer.get(`${url}/monthly?from=2024-05-01&to=2024-06-01${query}`)

  beforeAll(async () => {
    for (let count = 0; count < 5; count += 1)
      await pregnancy({ lastMenstruationOn: '2024-04-01', registeredOn: '2024-05-10' })
    await pregnancy({ lastMenstruationOn: '2024-04-01', registeredOn: '2024-06-10' })
  })

  test('is counts of townships by month, small ones withheld', async () => {
    expect(itemsOf<PregnancyMonth>(await monthly(clerk))).toEqual([
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
    const village = await office.officer('village_worker', places.village)

    expect((await monthly(village)).status).toBe(403)
    expect((await monthly(clerk, `&division=${places.village}`)).status).toBe(403)
    expect(itemsOf(await monthly(clerk, `&division=${places.otherTownship}`))).toEqual([])
    expect((await monthly(clinician)).status).toBe(403)
  })

  test('names a span that cannot be', async () => {
    const answer = await clerk.get(`${url}/monthly?from=2024-05-01&to=2024-04-01`)

    expect([answer.status, pointersOf(answer)]).toEqual([400, ['?to']])
  })
})
