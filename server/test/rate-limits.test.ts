import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import { openOffice, type TestOffice } from './office.ts'

const COUNTY = '371121000000'
let office: TestOffice

beforeAll(async () => {
  office = await openOffice({ REQUESTS_PER_MINUTE: '15', SIGN_INS_PER_MINUTE: '25' })
})
afterAll(() => office.close())

describe('a rate limit', () => {
  test('counts down in headers and then says when to come back, in both languages', async () => {
    const officer = await office.officer('county_population', COUNTY)
    const first = await officer.get('/api/v1/me')
    const rest = await Promise.all(Array.from({ length: 20 }, () => officer.get('/api/v1/me')))
    const refused = rest.filter(({ status }) => status === 429)

    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '15', 'x-ratelimit-remaining': '14' })
    expect(refused).toHaveLength(6)
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused[0]!.headers['retry-after'])).toBeLessThanOrEqual(60)
    expect(refused[0]!.headers['content-type']).toMatch(/problem\+json/)
    expect(refused[0]!.body as Problem).toMatchObject({
      code: 'rate-limited',
      titles: { 'zh-CN': '操作过于频繁，请稍后再试', en: 'Too many requests; try again later' },
    })
  })

  test('is one officer’s own', async () => {
    const [busy, calm] = [
      await office.officer('county_population', COUNTY),
      await office.officer('county_population', COUNTY),
    ]
    await Promise.all(Array.from({ length: 20 }, () => busy.get('/api/v1/me')))

    const answers = await Promise.all([busy.get('/api/v1/me'), calm.get('/api/v1/me')])

    expect(answers.map(({ status }) => status)).toEqual([429, 200])
  })

  test('never stands before health', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => office.stranger.get('/health/live')))

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  test('of signing in is its own, and stands before a guessed password is looked at', async () => {
    const guess = (username: string) =>
      office.stranger.post('/api/v1/sessions', { username, password: 'guess' })
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => guess(`nobody-${index}`)))

    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(5)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]))
  })
})
