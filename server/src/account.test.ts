import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type TestOffice } from '../test/office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

function account(...args: string[]): Promise<{ code: number; output: string }> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: office.url, DATA_DIR: office.config.DATA_DIR }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, 'account.ts'), ...args],
      { env },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr })
      },
    )
  })
}

const given = ['--username', 'li.na', '--password', 'set from the shell']

describe('npm run account', () => {
  test('creates an account that works at once and need not change its password', async () => {
    const { code, output } = await account(
      ...given,
      '--role',
      'county_population',
      '--role',
      'data_steward',
      '--division',
      '371121',
      '--name',
      '李娜',
    )

    const { status, body } = await office.stranger.post('/api/v1/sessions', {
      username: 'li.na',
      password: 'set from the shell',
    })

    expect(output).toBe('Created li.na, 人口监测岗, 数据质量岗\n')
    expect(code).toBe(0)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      user: {
        displayName: '李娜',
        pending: [],
        grants: [{ divisionPrefix: '371121' }, { divisionPrefix: '371121' }],
      },
    })
  })

  test('resets an account: password, lock and sessions; its grants and name stay unless given', async () => {
    const { output } = await account('--username', 'LI.NA', '--password', 'another one')

    const { body } = await office.stranger.post('/api/v1/sessions', {
      username: 'li.na',
      password: 'another one',
    })

    expect(output).toBe('Reset li.na\n')
    expect(body).toMatchObject({
      user: { displayName: '李娜', grants: [{ role: 'county_population' }, { role: 'data_steward' }] },
    })
    expect(
      (await office.stranger.post('/api/v1/sessions', { username: 'li.na', password: 'set from the shell' }))
        .status,
    ).toBe(401)
  })

  test('replaces the grants where roles are given, in a division of twelve digits too', async () => {
    await account(...given, '--role', 'township_worker', '--division', '371121101000')

    const { body } = await office.stranger.post('/api/v1/sessions', {
      username: 'li.na',
      password: 'set from the shell',
    })

    expect((body as { user: { grants: unknown[] } }).user.grants).toMatchObject([
      { role: 'township_worker', divisionPrefix: '371121101' },
    ])
  })

  test('refuses readably what it does not understand', async () => {
    const { code, output } = await account(...given, '--role', 'county_population')

    expect(output).toMatch(/^county_population is granted in a division of 6 digits\n/)
    expect(output).toMatch(/npm run account/)
    expect(code).toBe(2)
  })
})
