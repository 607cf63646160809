import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { ensureAccount } from '../ensure-account.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice({ SECOND_FACTOR_POLICY: 'roles', LOCKOUT_ATTEMPTS: '3' })
})
afterAll(() => office.close())

const password = 'kfrn-6wqp-x2tm-9bvd'
const start = Date.now()
const after = (seconds: number) => new Date(start + seconds * 1000)

function codeOf(secret: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })
}

async function ask(username: string, code?: string) {
  return await office.stranger.post('/api/v1/sessions', { username, password, ...(code && { code }) })
}

async function newcomer(
  username: string,
  role: 'county_finance' | 'county_population' = 'county_finance',
): Promise<Officer> {
  await ensureAccount(office.db, {
    username,
    password,
    grants: [{ role, divisionPrefix: '371121' }],
    now: new Date(),
  })
  const { body } = await ask(username)
  return officerAt(office.app, username, (body as { accessToken: string }).accessToken)
}

async function enrolled(username: string) {
  const officer = await newcomer(username)
  const { body } = await officer.post('/api/v1/me/second-factor', { password })
  const { secret } = body as { secret: string }
  office.setNow(after(0))
  const confirmed = await officer.post('/api/v1/me/second-factor/confirmation', {
    code: codeOf(secret, after(0)),
  })
  return { officer, secret, recoveryCodes: (confirmed.body as { recoveryCodes: string[] }).recoveryCodes }
}

describe('an authenticator', () => {
  test('is demanded of the roles that handle money, before everything else', async () => {
    const officer = await newcomer('finance')

    expect(await officer.get('/api/v1/me')).toMatchObject({ body: { pending: ['second-factor-enrolment'] } })
    expect(await officer.get('/api/v1/sessions')).toMatchObject({
      status: 403,
      body: { code: 'second-factor-enrolment-required' },
    })
    expect(await (await newcomer('clerk', 'county_population')).get('/api/v1/me')).toMatchObject({
      body: { pending: [] },
    })
  })

  test('is enrolled by password and code, and then asked for', async () => {
    const officer = await newcomer('enroller')
    const { status, body } = await officer.post('/api/v1/me/second-factor', { password })
    const { secret, uri, qrSvg } = body as { secret: string; uri: string; qrSvg: string }

    expect(status).toBe(201)
    expect(uri).toMatch(/^otpauth:\/\/totp\/Youyu:enroller\?/)
    expect(qrSvg).toMatch(/^<svg /)
    expect(await officer.post('/api/v1/me/second-factor/confirmation', { code: '000000' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/code', code: 'second-factor-wrong' }] },
    })
    expect((await ask('enroller')).status).toBe(201)
    office.setNow(after(0))
    const confirmed = await officer.post('/api/v1/me/second-factor/confirmation', {
      code: codeOf(secret, after(0)),
    })
    expect(confirmed).toMatchObject({ status: 200, body: { recoveryCodes: { length: 10 } } })
    expect(await officer.get('/api/v1/me')).toMatchObject({ body: { pending: [], secondFactor: true } })
    expect(await ask('enroller')).toMatchObject({ status: 401, body: { code: 'second-factor-required' } })
    expect((await officer.post('/api/v1/me/second-factor', { password })).status).toBe(409)
    expect((await officer.post('/api/v1/me/second-factor/confirmation', { code: '000000' })).status).toBe(409)
    office.setNow(null)
  })

  test('is not enrolled without the password, nor confirmed before it is enrolled', async () => {
    const officer = await newcomer('hasty')

    expect(await officer.post('/api/v1/me/second-factor', { password: 'wrong' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/password' }] },
    })
    expect((await officer.post('/api/v1/me/second-factor/confirmation', { code: '123456' })).status).toBe(409)
    expect(await officer.post('/api/v1/me/second-factor/confirmation', { code: '12345' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/code' }] },
    })
  })

  test('gives codes that are good once, one step early or late', async () => {
    const { secret } = await enrolled('stepper')
    office.setNow(after(90))

    expect((await ask('stepper', codeOf(secret, after(0)))).status).toBe(401)
    expect((await ask('stepper', codeOf(secret, after(60)))).status).toBe(201)
    expect(await ask('stepper', codeOf(secret, after(60)))).toMatchObject({
      status: 401,
      body: { code: 'second-factor-wrong' },
    })
    expect((await ask('stepper', codeOf(secret, after(120)))).status).toBe(201)
    expect((await ask('stepper', codeOf(secret, after(90)))).status).toBe(401)
    office.setNow(null)
  })

  test('gives one code to one of two who send it at the same moment', async () => {
    const { secret } = await enrolled('racer')
    office.setNow(after(60))
    const code = codeOf(secret, after(60))

    const answers = await Promise.all([ask('racer', code), ask('racer', code)])
    office.setNow(null)

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401])
  })

  test('guessed at locks the account', async () => {
    await enrolled('guessed')
    office.setNow(after(60))

    const answers = [
      await ask('guessed', '000000'),
      await ask('guessed', '000000'),
      await ask('guessed', '000000'),
      await ask('guessed', '000000'),
    ]
    office.setNow(null)

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 423])
  })

  test('that was lost is replaced by each recovery code once', async () => {
    const { recoveryCodes } = await enrolled('loser')

    expect((await ask('loser', recoveryCodes[3])).status).toBe(201)
    expect((await ask('loser', recoveryCodes[3])).status).toBe(401)
    expect((await ask('loser', recoveryCodes[4])).status).toBe(201)
    expect(
      await office.sql(
        `select cardinality(recovery_code_hashes) as left, recovery_code_hashes::text like $1 as plain from users where username = 'loser'`,
        [`%${recoveryCodes[5]}%`],
      ),
    ).toEqual([{ left: 8, plain: false }])
    office.setNow(null)
  })

  test('is removed by password and code', async () => {
    const { officer, secret } = await enrolled('remover')
    office.setNow(after(60))

    expect(
      (
        await officer.post('/api/v1/me/second-factor/removal', {
          password: 'wrong',
          code: codeOf(secret, after(60)),
        })
      ).status,
    ).toBe(400)
    expect(
      await officer.post('/api/v1/me/second-factor/removal', { password, code: '000000' }),
    ).toMatchObject({ status: 400, body: { errors: [{ pointer: '/code' }] } })
    expect(
      (await officer.post('/api/v1/me/second-factor/removal', { password, code: codeOf(secret, after(60)) }))
        .status,
    ).toBe(204)
    expect((await ask('remover')).status).toBe(201)
    office.setNow(null)
  })

  test('keeps its secret unreadable in the database', async () => {
    const { secret } = await enrolled('hidden')
    office.setNow(null)

    const [row] = await office.sql<{ totp_secret: Buffer }>(
      `select totp_secret from users where username = 'hidden'`,
    )

    expect(row!.totp_secret.includes(secret)).toBe(false)
  })
})
