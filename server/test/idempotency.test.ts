import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import { openOffice, type Officer, type TestOffice } from './office.ts'
import { probe } from './probe.ts'
import { codeOf } from './register.ts'

const COUNTY = '371121000000'
const THINGS = '/api/v1/probes/things'

let office: TestOffice
let officer: Officer
const thing = probe()

beforeAll(async () => {
  office = await openOffice({}, { furnish: thing.furnish })
  officer = await office.officer('county_population', COUNTY)
})
afterAll(() => office.close())

describe('an idempotency key', () => {
  test('answers the second time what it answered the first', async () => {
    const before = thing.made()

    const first = await officer.post(THINGS, { text: 'a' }, { key: 'twice' })
    const second = await officer.post(THINGS, { text: 'a' }, { key: 'twice' })

    expect(second).toMatchObject({ status: 201, body: first.body })
    expect(thing.made()).toBe(before + 1)
  })

  test('refuses another body, and another address', async () => {
    await officer.post(THINGS, { text: 'a' }, { key: 'other' })

    const body = await officer.post(THINGS, { text: 'b' }, { key: 'other' })
    const address = await officer.post('/api/v1/probes/other-things', { text: 'a' }, { key: 'other' })

    expect([body.status, codeOf(body)]).toEqual([422, 'idempotency-mismatch'])
    expect([address.status, codeOf(address)]).toEqual([422, 'idempotency-mismatch'])
  })

  test('is each one’s own', async () => {
    const colleague = await office.officer('county_population', COUNTY)
    const mine = await officer.post(THINGS, { text: 'a' }, { key: 'own' })

    const hers = await colleague.post(THINGS, { text: 'b' }, { key: 'own' })

    expect(hers.status).toBe(201)
    expect((hers.body as { id: string }).id).not.toBe((mine.body as { id: string }).id)
  })

  test('of a refused request is free again', async () => {
    const refused = await officer.post(THINGS, { text: 'refuse' }, { key: 'free' })

    const second = await officer.post(THINGS, { text: 'a' }, { key: 'free' })

    expect([refused.status, second.status]).toEqual([409, 201])
  })

  test.each([0, 400])('sent twenty times at once (%i ms of work) makes one record', async (work) => {
    thing.slowly(work)
    const before = thing.made()
    const key = `burst-${work}`

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => officer.post(THINGS, { text: 'a' }, { key })),
    )
    thing.slowly(0)
    const last = await officer.post(THINGS, { text: 'a' }, { key })

    expect(thing.made()).toBe(before + 1)
    for (const answer of answers) {
      if (answer.status === 201) expect(answer.body).toEqual(last.body)
      else expect([answer.status, codeOf(answer)]).toEqual([409, 'idempotency-in-flight'])
    }
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1)
  })

  test.each(['', 'x'.repeat(101), 'with space', '钥匙'])('that cannot be one is named (%s)', async (key) => {
    const answer = await officer.post(THINGS, { text: 'a' }, { headers: { 'idempotency-key': key } })

    expect(answer.status).toBe(400)
    expect((answer.body as Problem).errors?.[0]).toMatchObject({
      pointer: 'Idempotency-Key',
      code: 'invalid-value',
    })
  })
})
