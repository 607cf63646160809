import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'

let office: TestOffice
let officer: Officer
beforeAll(async () => {
  office = await openOffice()
  officer = await office.officer('village_worker', '371121101001')
})
afterAll(() => office.close())

const keep = (key: string, value: unknown) => officer.put(`/api/v1/me/preferences/${key}`, { value })
const kept = async (who = officer) =>
  ((await who.get('/api/v1/me/preferences')).body as { preferences: Record<string, unknown> }).preferences

describe('a setting', () => {
  test.each<[string, unknown]>([
    ['columns', ['name', 'age']],
    ['views.persons', { filters: { sex: '2', from: null }, 'sort-by': 'name' }],
    ['large-type', true],
    ['page', 50],
    ['note', '张三 👩‍👩‍👧'],
  ])('%s is kept as it was given', async (key, value) => {
    expect((await keep(key, value)).status).toBe(204)
    expect((await kept())[key]).toEqual(value)
  })

  test('is replaced, and forgotten by null', async () => {
    await keep('theme', 'dark')
    await keep('theme', 'light')
    expect((await kept())['theme']).toBe('light')

    expect((await keep('theme', null)).status).toBe(204)
    expect((await keep('theme', null)).status).toBe(204)
    expect(await kept()).not.toHaveProperty('theme')
  })

  test('is seen by its owner only', async () => {
    await keep('mine', 1)

    expect(await kept(await office.officer('village_worker', '371121101001'))).toEqual({})
    expect((await office.stranger.get('/api/v1/me/preferences')).status).toBe(401)
  })

  test.each<[string, string, unknown, number]>([
    ['with a key of capitals', 'Theme', 1, 400],
    ['with a key that is too long', 'a'.repeat(62), 1, 400],
    ['of more than 32 KB', 'large', 'x'.repeat(33_000), 413],
    ['of more than the body may have', 'larger', 'x'.repeat(70_000), 413],
    ['nested too deep', 'deep', JSON.parse('['.repeat(60) + ']'.repeat(60)), 400],
    ['with a character that no text has', 'nul', '\u0000', 400],
  ])('%s is refused', async (_what, key, value, status) => {
    expect((await keep(key, value)).status).toBe(status)
  })

  test('nested as deep as its size allows is refused', async () => {
    const payload = `{"value":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${officer.token}` }

    const { statusCode } = await office.app.inject({
      method: 'PUT',
      url: '/api/v1/me/preferences/deep',
      headers,
      payload,
    })

    expect(statusCode).toBe(400)
  })

  test('number 201 is refused, a change of number 200 is not', async () => {
    const { body } = await officer.get('/api/v1/me')
    await office.sql(
      `insert into preferences (user_id, key, value) select $1, 'many.' || i, '1' from generate_series(1, 200) i on conflict do nothing`,
      [(body as { id: string }).id],
    )
    await office.sql(`delete from preferences where user_id = $1 and key not like 'many.%'`, [
      (body as { id: string }).id,
    ])

    expect((await keep('one-more', 1)).status).toBe(409)
    expect((await keep('many.200', 2)).status).toBe(204)
  })
})
