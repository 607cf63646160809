import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import type { Officer } from '../../../../../test/office.ts'
import {
  itemsOf,
  openPregnancyDesk,
  pointersOf,
  url,
  type PregnancyDesk,
} from '../../../../../test/pregnancies.ts'
import { bodyOf, places, register } from '../../../../../test/register.ts'

let desk: PregnancyDesk
beforeAll(async () => {
  desk = await openPregnancyDesk()
})
afterAll(() => desk.close())

async function birthOf({ woman, id }: Pregnancy, occurredOn: string): Promise<void> {
  const child = await register(desk.clerk, { name: '王宝', birthDate: occurredOn })
  await desk.office.sql(
    `insert into births (county_code, id, child_id, mother_id, pregnancy_id, occurred_on, outcome, sex, plurality, sequence, place, division_code, hukou_division, recorded_at, source)
     values (371121, gen_random_uuid(), $1, $2, $3, $4, 'LIVE', '2', 1, 1, 'HOSPITAL', $5, $5, now(), 'MANUAL')`,
    [child.id, woman.id, id, occurredOn, places.village],
  )
}

describe('the outcome of a pregnancy', () => {
  const early = { lastMenstruationOn: '2025-12-01', registeredOn: '2026-02-01' }
  const outcome = (officer: Officer, { id, version }: Pregnancy, body: object, query = '') =>
    officer.post(`${url}/${id}/outcome${query}`, body, { ifMatch: version })

  test('is a delivery when a birth names it, on the day of that birth', async () => {
    const made = await desk.pregnancy(early)
    const delivered = { status: 'DELIVERED', endedOn: '2026-09-05' }

    const without = await outcome(desk.reporter, made, delivered)
    await birthOf(made, '2026-09-05')
    const wrongDay = await outcome(desk.reporter, made, { ...delivered, endedOn: '2026-09-04' })
    const loss = await outcome(desk.reporter, made, {
      status: 'ENDED_LOSS',
      endedOn: '2026-09-05',
      endType: 'P04',
    })
    const ended = bodyOf<Pregnancy>(await outcome(desk.reporter, made, delivered), 201)

    expect([without.status, (without.body as Problem).code]).toEqual([409, 'birth-missing'])
    expect(pointersOf(wrongDay)).toEqual(['/endedOn'])
    expect(loss.status).toBe(409)
    expect(ended).toMatchObject({ status: 'DELIVERED', births: [{ outcome: 'LIVE' }], findings: [] })
  })

  test('is a delivery by itself when the birth is recorded with it', async () => {
    const made = await desk.pregnancy(early)

    const answer = await desk.clerk.post('/api/v1/births', {
      motherId: made.woman.id,
      pregnancyId: made.id,
      occurredOn: '2026-09-05',
      sex: '1',
      place: 'HOSPITAL',
      child: {},
    })

    expect(answer.status).toBe(201)
    expect(await desk.read(made.id)).toMatchObject({
      status: 'DELIVERED',
      endedOn: '2026-09-05',
      births: [{ id: (answer.body as { id: string }).id }],
      findings: [],
    })
  })

  test('is taken back with the last birth that named it, and moves with a birth whose day is corrected', async () => {
    const made = await desk.pregnancy(early)
    bodyOf(await outcome(desk.clinician, made, { status: 'LOST', endedOn: '2026-09-01' }), 201)
    const twin = (sequence: number) =>
      desk.clerk.post('/api/v1/births', {
        ...{ motherId: made.woman.id, pregnancyId: made.id, occurredOn: '2026-09-05', sex: '2' },
        ...{ place: 'HOSPITAL', plurality: 2, sequence, child: {} },
      })
    const births = [(await twin(1)).body, (await twin(2)).body] as { id: string }[]
    const undo = (id: string) =>
      desk.clerk.post(`/api/v1/births/${id}/void`, { reason: '误录', withChild: true })

    bodyOf(
      await desk.clerk.post(`/api/v1/births/${births[0]!.id}/corrections`, {
        ...{ set: { occurredOn: '2026-09-06' }, reason: '与证明核对' },
      }),
      201,
    )
    expect(await desk.read(made.id)).toMatchObject({ status: 'DELIVERED', endedOn: '2026-09-06' })
    const [corrected] = (await desk.read(made.id)).births.filter(({ id }) => id !== births[1]!.id)
    bodyOf(await undo(births[1]!.id), 201)
    expect((await desk.read(made.id)).status).toBe('DELIVERED')
    const answer = bodyOf<EventPreview>(
      await desk.clerk.post(`/api/v1/births/${corrected!.id}/void?dryRun=true`, {
        reason: '误录',
        withChild: true,
      }),
      200,
    )
    expect(answer.changes).toContainEqual(
      expect.objectContaining({ entity: 'pregnancy', field: 'status', before: 'DELIVERED', after: null }),
    )
    bodyOf(await undo(corrected!.id), 201)

    expect(await desk.read(made.id)).toMatchObject({
      ...{ status: 'LOST', endedOn: '2026-09-01', births: [], findings: [] },
    })
  })

  test('is a loss that only the treating clinician can read', async () => {
    const made = await desk.pregnancy(early)

    const told = bodyOf<Pregnancy>(
      await outcome(desk.reporter, made, { status: 'ENDED_LOSS', endedOn: '2026-03-01', endType: 'P04' }),
      201,
    )

    expect(told.status).toBe('REGISTERED')
    expect((await desk.reporter.get(`${url}/${made.id}`)).status).toBe(404)
    expect(itemsOf(await desk.reporter.get(`${url}?womanId=${made.woman.id}`))).toEqual([])
    expect(await desk.read(made.id)).toMatchObject({ status: 'ENDED_LOSS', sensitive: { endType: 'P04' } })
  })

  test('is rehearsed, and names a day that cannot be', async () => {
    const made = await desk.pregnancy(early)
    const lost = { status: 'LOST', endedOn: '2026-09-20' }

    const preview = bodyOf<EventPreview>(await outcome(desk.clinician, made, lost, '?dryRun=true'), 200)
    const future = await outcome(desk.clinician, made, { ...lost, endedOn: '2026-12-20' })

    expect(preview.changes).toContainEqual(
      expect.objectContaining({ field: 'status', before: 'REGISTERED', after: 'LOST' }),
    )
    expect((await desk.read(made.id)).status).toBe('REGISTERED')
    expect(pointersOf(future)).toEqual(['/endedOn'])
  })

  test('is a transfer only with her consent', async () => {
    const made = await desk.pregnancy(early)
    const transfer = (consent: boolean) =>
      desk.clinician.post(
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
    const { id, version, woman } = await desk.pregnancy(early)

    const voided = await desk.clinician.post(`${url}/${id}/void`, { reason: '误录' }, { ifMatch: version })

    expect(bodyOf<Pregnancy>(voided, 200)).toMatchObject({ voidReason: '误录' })
    expect(itemsOf(await desk.clinician.get(`${url}?womanId=${woman.id}`))).toEqual([])
    expect((await desk.clinician.patch(`${url}/${id}`, {}, { ifMatch: version + 1 })).status).toBe(404)
  })

  test('is asked of the hospital five weeks after the expected day, not before and not after a word', async () => {
    const due = await desk.pregnancy({ lastMenstruationOn: '2026-01-09', registeredOn: '2026-03-01' })
    const notYet = await desk.pregnancy({ lastMenstruationOn: '2026-01-10', registeredOn: '2026-03-01' })
    const list = () => desk.reporter.get(`${url}/due-for-outcome?limit=200`)

    const before = itemsOf<{ id: string; dueSince: string; woman: { name: string } }>(await list())
    await desk.clinician.post(`${url}/${due.id}/visits`, { occurredOn: '2026-11-12' })
    const after = itemsOf<{ id: string }>(await list())

    expect(before.find(({ id }) => id === due.id)).toMatchObject({
      dueSince: '2026-11-20',
      woman: { name: '王*梅' },
    })
    expect(before.map(({ id }) => id)).not.toContain(notYet.id)
    expect(after.map(({ id }) => id)).not.toContain(due.id)
  })
})
