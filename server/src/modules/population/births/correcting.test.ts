import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Birth } from '@youyu/shared/population/births'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { ResidenceEpisode } from '@youyu/shared/population/persons'
import { openBirthDesk, type BirthDesk } from '../../../../test/births.ts'
import { postingsOf } from '../../../../test/book.ts'
import { faultsOf } from '../../../../test/bureau.ts'
import { bodyOf, openHousehold, places } from '../../../../test/register.ts'

let desk: BirthDesk
beforeAll(async () => {
  desk = await openBirthDesk()
})
afterAll(() => desk.close())

describe('correcting a birth', () => {
  const correct = (id: string, set: object, query = '') =>
    desk.officer.post(`/api/v1/births/${id}/corrections${query}`, { set, reason: '录入有误' })

  test('moves the birth, the child and the book to the right month and place, and keeps what was', async () => {
    const mother = await desk.aWoman()
    const wrong = await desk.recorded({ motherId: mother.id, occurredOn: '2026-07-30' })
    const set = { occurredOn: '2026-08-03', divisionCode: places.nextVillage, sex: '2', weightGrams: 3100 }

    const preview = bodyOf<EventPreview>(await correct(wrong.id, set, '?dryRun=true'), 200)
    const right = bodyOf<Birth>(await correct(wrong.id, set), 201)
    const child = await desk.read(wrong.child!.id)

    expect(
      preview.book.map(({ division, month, residence, registered }) => [
        division.code,
        month,
        residence,
        registered,
      ]),
    ).toEqual([
      [places.village, '2026-07-01', -1, -1],
      [places.village, '2026-08-01', 0, 1],
      [places.nextVillage, '2026-08-01', 1, 0],
    ])
    expect(right).toMatchObject({
      occurredOn: '2026-08-03',
      weightGrams: 3100,
      replaces: wrong.id,
      isLate: false,
    })
    expect(child).toMatchObject({
      birthDate: '2026-08-03',
      sex: '2',
      residence: { code: places.nextVillage },
      residenceSince: '2026-08-03',
    })
    const former = bodyOf<Birth>(await desk.officer.get(`/api/v1/births/${wrong.id}`), 200)
    expect(former).toMatchObject({ voidReason: '录入有误', replacedBy: right.id })
    const { residence } = (await desk.officer.get(`/api/v1/persons/${child.id}/history`)).body as {
      residence: ResidenceEpisode[]
    }
    expect(residence.filter(({ voidedAt }) => voidedAt === null)).toMatchObject([
      { from: '2026-08-03', division: { code: places.nextVillage } },
    ])
    await desk.closes()
  })

  test('keeps the sibling order and takes another mother', async () => {
    const [mother, other] = [await desk.aWoman(), await desk.aWoman({ name: '赵敏' })]
    await desk.recorded({ motherId: other.id, occurredOn: '2022-01-01' })
    const birth = await desk.recorded({ motherId: mother.id })

    const right = bodyOf<Birth>(await correct(birth.id, { motherId: other.id }), 201)

    expect(right).toMatchObject({ orderOfMother: 2, mother: { name: '赵敏' }, findings: [] })
    expect((await desk.read(birth.child!.id)).mother?.id).toBe(other.id)
    await desk.closes()
  })

  test('names the wrong field, and is refused for a birth that is void', async () => {
    const birth = await desk.recorded({ motherId: (await desk.aWoman()).id })

    expect(faultsOf(await correct(birth.id, { occurredOn: '2027-01-01' }))).toEqual([
      ['/set/occurredOn', 'invalid-date'],
    ])
    expect(faultsOf(await correct(birth.id, { outcome: 'STILLBIRTH' }))).toEqual([
      ['/set/outcome', 'conflict'],
    ])
    await desk.officer.post(`/api/v1/births/${birth.id}/void`, { reason: '没有发生' })
    expect((await correct(birth.id, { sex: '2' })).status).toBe(409)
  })

  test('needs the permission', async () => {
    const birth = await desk.recorded({ motherId: (await desk.aWoman()).id })
    const village = await desk.office.officer('village_worker', places.village)

    const answer = await village.post(`/api/v1/births/${birth.id}/corrections`, {
      set: { sex: '2' },
      reason: '试',
    })

    expect(answer.status).toBe(403)
  })
})

describe('voiding a birth', () => {
  const end = (id: string, body: object = {}, query = '') =>
    desk.officer.post(`/api/v1/births/${id}/void${query}`, { reason: '重复登记', ...body })

  test('leaves the child as somebody entered without a birth, to be looked at', async () => {
    const birth = await desk.recorded({ motherId: (await desk.aWoman()).id })

    const preview = bodyOf<EventPreview>(await end(birth.id, {}, '?dryRun=true'), 200)
    const ended = bodyOf<Birth>(await end(birth.id), 201)

    expect(preview.findings).toEqual(['B05'])
    expect(ended).toMatchObject({ voidReason: '重复登记', voidedAt: expect.any(String) as string })
    expect(await desk.read(birth.child!.id)).toMatchObject({ status: 'ACTIVE', findings: ['B05'] })
    expect(await postingsOf(desk.office, birth.child!.id)).toMatchObject([{ kind: 'ENTRY', residence: 1 }])
    await desk.closes()
  })

  test('takes the child along where nothing else is known of her', async () => {
    const mother = await desk.aWoman()
    await openHousehold(desk.officer, { number: 'H-birth-void', headPersonId: mother.id })
    const birth = await desk.recorded({ motherId: mother.id })
    const known = await desk.recorded({ motherId: (await desk.aWoman()).id })
    await desk.officer.post(
      `/api/v1/persons/${known.child!.id}/residence-episodes`,
      { divisionCode: places.farVillage, from: '2026-08-10', status: '3' },
      { ifMatch: 1 },
    )

    await end(birth.id, { withChild: true })
    await end(known.id, { withChild: true })

    expect(await desk.read(birth.child!.id)).toMatchObject({ status: 'ARCHIVED', householdId: null })
    expect((await desk.read(known.child!.id)).status).toBe('ACTIVE')
    const again = await desk.recorded({ motherId: mother.id })
    expect(again.findings).toEqual([])
    await desk.closes()
  })

  test('takes her along too where her birth was set right before', async () => {
    const birth = await desk.recorded({ motherId: (await desk.aWoman()).id })
    const correction = { set: { occurredOn: '2026-07-20', sex: '2' }, reason: '录入有误' }
    const right = bodyOf<Birth>(
      await desk.officer.post(`/api/v1/births/${birth.id}/corrections`, correction),
      201,
    )

    await end(right.id, { withChild: true })

    expect(await desk.read(birth.child!.id)).toMatchObject({ status: 'ARCHIVED' })
    await desk.closes()
  })
})
