import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { Household } from '@youyu/shared/population/households'
import type { Move } from '@youyu/shared/population/moves'
import { openBureau, type Bureau } from '../../../../test/bureau.ts'
import { load } from '../../../../test/imports.ts'
import { bodyOf, idNumberFor, openHousehold, places, register } from '../../../../test/register.ts'

let bureau: Bureau
beforeAll(async () => {
  bureau = await openBureau()
})
afterAll(() => bureau.close())

const recorded = async (body: object) =>
  bodyOf<Move>(await bureau.officer.post('/api/v1/migration-events', { reason: 'OTHER', ...body }), 201)
const voided = async (id: string) =>
  bodyOf(await bureau.officer.post(`/api/v1/migration-events/${id}/void`, { reason: '误录' }), 201)
const household = async (id: string) =>
  bodyOf<Household>(await bureau.officer.get(`/api/v1/households/${id}`), 200)
const leftOn = async (id: string) =>
  (await bureau.office.sql('select to_on::text as day from household_members where person_id = $1', [id]))[0]
    ?.day

describe('whoever leaves the county for good', () => {
  const away = {
    kind: 'HUKOU_OUT',
    occurredOn: '2026-05-01',
    toDivision: places.capital,
    withResidence: true,
  }

  test('leaves the household with it, told first, and is in it again where the move is taken back', async () => {
    const head = await register(bureau.officer, { residenceSince: '2001-01-01' })
    const { id } = await openHousehold(bureau.officer, { number: 'L-1', headPersonId: head.id })

    const preview = bodyOf<EventPreview>(
      await bureau.officer.post('/api/v1/migration-events?dryRun=true', {
        personId: head.id,
        reason: 'OTHER',
        ...away,
      }),
      200,
    )
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ field: 'householdId', before: id, after: null }),
    )
    expect((await household(id)).head).toMatchObject({ id: head.id })
    const move = await recorded({ personId: head.id, ...away })

    expect(await household(id)).toMatchObject({ head: null, members: 0 })
    expect(await leftOn(head.id)).toBe('2026-05-01')
    expect(await bureau.read(head.id)).toMatchObject({ status: 'MOVED_OUT', householdId: null })
    await voided(move.id)
    expect(await household(id)).toMatchObject({ head: { id: head.id }, members: 1 })
    expect(await bureau.read(head.id)).toMatchObject({
      status: 'ACTIVE',
      householdId: id,
      relationToHead: '0',
    })
    await bureau.closes()
  })

  test('leaves it by a file, too; whoever has come back since keeps it', async () => {
    const [left, back] = ['1991-04-05', '1992-04-05'].map((birthDate) => ({
      ...{ birthDate, idNumber: idNumberFor(birthDate, '2') },
    })) as [{ birthDate: string; idNumber: string }, { birthDate: string; idNumber: string }]
    const [gone, home] = [await register(bureau.officer, left), await register(bureau.officer, back)]
    const first = await openHousehold(bureau.officer, { number: 'L-2', headPersonId: gone.id })
    const second = await openHousehold(bureau.officer, { number: 'L-3', headPersonId: home.id })
    const rows = [
      'idNumber,kind,date,toDivision,reason',
      `${left.idNumber},HUKOU_OUT,2020-05-01,${places.capital},WORK`,
      `${left.idNumber},FLOW_OUT,2021-05-01,${places.capital},WORK`,
      `${back.idNumber},HUKOU_OUT,2020-05-01,${places.capital},WORK`,
      `${back.idNumber},FLOW_OUT,2020-05-01,${places.capital},WORK`,
      `${back.idNumber},HUKOU_IN,2022-05-01,${places.village},WORK`,
      `${back.idNumber},RETURN,2022-05-01,${places.village},WORK`,
    ]

    const { job } = await load(bureau.office, bureau.officer, { kind: 'moves' }, `${rows.join('\n')}\n`)

    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 6 })
    expect(await bureau.read(gone.id)).toMatchObject({ status: 'MOVED_OUT', householdId: null })
    expect(await household(first.id)).toMatchObject({ head: null, members: 0 })
    expect(await leftOn(gone.id)).toBe('2021-05-01')
    expect(await bureau.read(home.id)).toMatchObject({ status: 'ACTIVE', householdId: second.id })
    await bureau.closes()
  })
})

describe('a move that is taken back after a change of boundaries', () => {
  test('leads hukou and residence back to the code that the place has now', async () => {
    const old = '371121001091'
    const between = '371121001092'
    const now = '371121001093'
    await bureau.office.sql(
      `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, recorded_at)
       values ($1, '2020-01-01', '旧村', '', '', 5, $2, now())`,
      [old, places.street],
    )
    const person = await register(bureau.officer, {
      ...{ hukouDivision: old, residenceDivision: old, residenceSince: '2001-01-01' },
    })
    const to = { toDivision: places.farVillage, withResidence: true }
    bureau.office.setNow(new Date('2026-03-20T09:00:00+08:00'))
    const move = await recorded({ personId: person.id, kind: 'HUKOU_IN', occurredOn: '2026-03-01', ...to })
    const recode = async (from: string, code: string, effectiveOn: string) =>
      bodyOf(
        await bureau.officer.post(
          '/api/v1/division-changes',
          { kind: 'RECODE', from: [from], to: [{ code }], effectiveOn, sourceDocument: '鲁民〔2026〕2号' },
          { key: crypto.randomUUID() },
        ),
        201,
      )
    bureau.office.setNow(new Date('2026-08-20T09:00:00+08:00'))
    await recode(old, between, '2026-06-01')
    await recode(between, now, '2026-07-01')
    await recode(places.farVillage, '371121102291', '2026-07-15')

    await voided(move.id)

    expect(await bureau.read(person.id)).toMatchObject({
      ...{ hukou: { code: now }, residence: { code: now }, residenceStatus: '1' },
    })
    const stays = await bureau.office.sql(
      `select division_code as code, to_on::text as until from residence_episodes
       where person_id = $1 and voided_at is null order by from_on`,
      [person.id],
    )
    expect(stays).toEqual([
      { code: old, until: '2026-06-01' },
      { code: between, until: '2026-07-01' },
      { code: now, until: null },
    ])
    await bureau.closes()
  })
})
