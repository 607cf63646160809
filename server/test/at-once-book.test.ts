import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { BookSignature } from '@youyu/shared/population/book'
import { fourTimes, isDone, openCounters, type Counters } from './at-once.ts'
import { expectProblem } from './problems.ts'
import { bodyOf, codeOf, places, somebody } from './register.ts'

let at: Counters
beforeAll(async () => {
  at = await openCounters({ isClockRunning: true })
})
afterAll(() => at.office.close())

const reason = '签认有误'

describe('a month of the book', () => {
  const month = '2026-06-01'
  const url = 'population-book/signatures'
  const sign = (division: string, of = month) => at.post(url, { division, month: of })
  const withdraw = (id: string) => at.post(`${url}/${id}/withdrawal`, { reason })
  const aVillager = (village: string) =>
    somebody({ hukouDivision: village, residenceDivision: village, residenceSince: '2026-06-10' })
  const signatureOf = async (division: string, of = month) =>
    bodyOf<{ id: string }>(await sign(division, of), 201).id

  test('is signed by one of four, and taken back by one of four', async () => {
    await at.made('persons', aVillager(places.farVillage))

    const signing = await fourTimes(() => sign(places.farVillage))
    const { id } = signing.find(isDone)!.body as { id: string }
    const takingBack = await fourTimes(() => withdraw(id))

    expect(signing.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(signing.filter((answer) => !isDone(answer)).map(codeOf)).toEqual(Array(3).fill('already-exists'))
    expect(takingBack.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    for (const answer of takingBack.filter((each) => !isDone(each)))
      expectProblem(answer, 409, 'already-decided')
  })

  test('is not signed above a signature that is taken back', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const below = await signatureOf(places.farVillage)
      const [above, back] = await Promise.all([sign(places.otherTownship), withdraw(below)])

      expect([above, back].filter(isDone)).toHaveLength(1)
      if (isDone(above)) {
        expectProblem(back, 409, 'book-higher-signed')
        bodyOf(await withdraw((above.body as { id: string }).id), 201)
        bodyOf(await withdraw(below), 201)
      } else expectProblem(above, 409, 'book-lower-open')
    }
  })

  test.each([
    ['by itself', (division: string) => sign(division, '2026-07-01')],
    [
      'with all below',
      (division: string) => at.post(`${url}/below`, { division, month: '2026-07-01', whole: true }),
    ],
  ])('is not signed %s after a month that is taken back', async (_, signNext) => {
    const may = await signatureOf(places.farVillage, '2026-05-01')
    for (let turn = 0; turn < 4; turn += 1) {
      const id = await signatureOf(places.farVillage)
      const [next, back] = await Promise.all([signNext(places.farVillage), withdraw(id)])

      const [july] = await at.office.sql<{ id: string }>(
        "select id from book_signatures where month = '2026-07-01' and withdrawn_at is null",
      )
      expect([july !== undefined, isDone(back)].filter(Boolean)).toHaveLength(1)
      if (july) {
        expectProblem(back, 409, 'book-later-signed')
        for (const each of [july.id, id]) bodyOf(await withdraw(each), 201)
      } else if (!isDone(next)) expectProblem(next, 409, 'book-earlier-open')
    }
    bodyOf(await withdraw(may), 201)
  })

  test('is dated when the book was held: what was posted while it waited belongs to its figures', async () => {
    await at.made('persons', aVillager(places.nextVillage))
    const posting = await holding('population_postings', 'row exclusive')
    const signing = sign(places.nextVillage)
    await posting.isWaitedFor()
    const postedAt = at.office.office.now()
    await posting.end()

    const { recordedAt } = bodyOf<BookSignature>(await signing, 201)

    expect(Date.parse(recordedAt)).toBeGreaterThanOrEqual(postedAt.getTime())
  })

  test('takes a death that waited for a signature as an amendment', async () => {
    const { id } = await at.made('persons', aVillager(places.village))
    const signing = await holding('population_postings', 'share')
    const said = { personId: id, occurredOn: '2026-06-20', place: 'HOME', reporter: 'VILLAGE' }
    const dying = at.post('deaths', said)
    await signing.isWaitedFor()
    const [signed] = await signing.sign(places.village, month)
    await signing.end()

    bodyOf(await dying, 201)

    const later = await at.office.sql(
      "select from population_postings where person_id = $1 and kind = 'DEATH' and recorded_at > $2",
      [id, signed],
    )
    expect(later).toHaveLength(1)
    await at.closes()
  })

  test('takes somebody who was registered while a signature was given as an amendment', async () => {
    const signing = await holding('population_postings', 'share')
    const registering = at.made('persons', aVillager(places.farVillage))
    await signing.isWaitedFor()
    const [signed] = await signing.sign('371121102202', month)
    await signing.end()

    const { id } = await registering

    const later = await at.office.sql(
      'select from population_postings where person_id = $1 and recorded_at > $2',
      [id, signed],
    )
    expect(later.length).toBeGreaterThan(0)
  })
})

describe('a village that is given another code', () => {
  const recoding = {
    ...{ kind: 'RECODE', from: [places.nextVillage], to: [{ code: '371121001299', name: '新村' }] },
    ...{ effectiveOn: '2026-07-01', sourceDocument: '区划调整文件' },
  }

  test('waits for whoever is being counted into it', async () => {
    const counting = await holding('village_counts', 'row exclusive')
    const changing = at.post('division-changes', recoding, undefined, at.admin)
    await counting.isWaitedFor()
    await counting.end()

    bodyOf(await changing, 201)

    await at.closes()
  })

  test('takes nobody in who asked while it was closed', async () => {
    const changing = await holding('village_counts', 'share row exclusive')
    const registering = at.post('persons', somebody({ residenceDivision: places.farVillage }))
    await changing.isWaitedFor()
    await changing.close(places.farVillage)
    await changing.end()

    const answer = await registering

    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalid-request'])
    expect(answer.text).toContain('unknown-division')
    await at.closes()
  })
})

/** Somebody else who holds a table as one who writes there, who signs, or who changes divisions does. */
async function holding(
  table: 'population_postings' | 'village_counts',
  mode: 'row exclusive' | 'share' | 'share row exclusive',
) {
  const client = new pg.Client(at.office.url)
  await client.connect()
  await client.query(`begin; lock table ${table} in ${mode} mode`)
  return {
    async isWaitedFor() {
      await vi.waitFor(async () => {
        const waiting = await at.office.sql(
          'select from pg_locks where relation = $1::regclass and not granted',
          [table],
        )
        expect(waiting).toHaveLength(1)
      }, 30_000)
    },
    async sign(division: string, day: string) {
      const { rows } = await client.query<{ at: Date }>(
        `insert into book_signatures (county_code, id, division_code, month, act, figures, recorded_by, recorded_at)
         values (371121, gen_random_uuid(), $1, $2, 'CONFIRM', '{}', gen_random_uuid(), date_trunc('milliseconds', clock_timestamp())) returning recorded_at as at`,
        [division, day],
      )
      return rows.map((row) => row.at)
    },
    async close(division: string) {
      await client.query(`update divisions set valid_to = '2026-08-01' where code = $1`, [division])
    },
    async end() {
      await client.query('commit')
      await client.end()
    },
  }
}
