import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { AccountAlert, PaymentAccount } from '@youyu/shared/subsidies/payment-accounts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { alertsOf, isOwnName, maskAccount } from './rules.ts'

let office: TestOffice
let clerk: Officer
let other: Officer
let finance: Officer
let county: Officer
beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  clerk = await office.officer('township_worker', places.street)
  other = await office.officer('township_worker', places.street)
  county = await office.officer('county_subsidy', places.county)
  finance = await office.officer('county_finance', places.county)
})
afterAll(() => office.close())

const urlOf = (payee: string) => `/api/v1/payees/${payee}/account`
const given = (number: string, holderName = '张三') => ({
  ...{ bankName: '农商银行', number, holderName, cardType: 'BANK_CARD', identityCheck: 'ID_CARD_SEEN' },
})
const decided = (by: Officer, payee: string, { version }: PaymentAccount) =>
  by.post(
    `${urlOf(payee)}/decisions`,
    { decision: 'VERIFIED', verification: 'CARD_SEEN' },
    { ifMatch: version },
  )

async function verified(number: string): Promise<{ payee: string; account: PaymentAccount }> {
  const { id: payee } = await register(clerk)
  const opened = bodyOf<PaymentAccount>(await clerk.post(urlOf(payee), given(number)), 201)
  return { payee, account: bodyOf<PaymentAccount>(await decided(other, payee, opened), 201) }
}

describe('the account of a payee', () => {
  it('is recorded by one officer and verified by another', async () => {
    const { id: payee } = await register(clerk)
    const opened = bodyOf<PaymentAccount>(
      await clerk.post(urlOf(payee), given('6217 0000 0000 0000 018')),
      201,
    )

    const own = await decided(clerk, payee, opened)
    const account = bodyOf<PaymentAccount>(await decided(other, payee, opened), 201)

    expect(opened).toMatchObject({ state: 'UNVERIFIED', currentVersion: 0 })
    expect(codeOf(own)).toBe('maker-is-checker')
    expect(account).toMatchObject({ state: 'ACTIVE', currentVersion: 1 })
    expect(account.versions[0]!.numberMask).toBe('***************0018')
    await expect(
      office.sql('update payment_account_versions set decided_by = proposed_by where account_id = $1', [
        account.id,
      ]),
    ).rejects.toThrow('payment_account_versions_maker_not_checker')
  })

  it('is her own: another’s name, a second account and a wrong number are refused', async () => {
    const { id: payee } = await register(clerk)

    const foreign = await clerk.post(urlOf(payee), given('6217000000000000026', '李四'))
    const short = await clerk.post(urlOf(payee), given('12'))
    bodyOf(await clerk.post(urlOf(payee), given('6217000000000000026')), 201)
    const second = await clerk.post(urlOf(payee), given('6217000000000000034'))

    expect(foreign.body).toMatchObject({ errors: [{ pointer: '/holderName', code: 'name-differs' }] })
    expect(short.body).toMatchObject({ errors: [{ pointer: '/number' }] })
    expect(second.status).toBe(409)
  })

  it('changes only when the change is verified; the one before stays until then', async () => {
    const { payee, account } = await verified('6217000000000000042')
    const proposed = bodyOf<PaymentAccount>(
      await clerk.post(
        `${urlOf(payee)}/changes`,
        { ...given('6217000000000000059'), reason: '换卡' },
        { ifMatch: account.version },
      ),
      201,
    )
    const again = await clerk.post(
      `${urlOf(payee)}/changes`,
      { ...given('6217000000000000067'), reason: '换卡' },
      { ifMatch: proposed.version },
    )
    const stale = await decided(other, payee, account)
    const changed = bodyOf<PaymentAccount>(await decided(other, payee, proposed), 201)

    expect(proposed.currentVersion).toBe(1)
    expect(codeOf(again)).toBe('account-proposal-open')
    expect(stale.status).toBe(412)
    expect(changed.versions.map(({ state }) => state)).toEqual(['VERIFIED', 'SUPERSEDED'])
    expect(changed.currentVersion).toBe(2)
  })

  it('with a number that another has is held for both, until the checker has looked into it', async () => {
    const first = await verified('6217000000000000091')

    const second = await verified('6217000000000000091')

    expect(second.account).toMatchObject({ state: 'HELD', heldReason: 'SHARED_NUMBER' })
    const now = bodyOf<PaymentAccount>(await finance.get(`/api/v1/payment-accounts/${first.account.id}`), 200)
    expect(now.state).toBe('HELD')
    const release = (id: string, version: number) =>
      finance.post(
        `/api/v1/payment-accounts/${id}/release`,
        { reason: '夫妻同户，已核' },
        { ifMatch: version },
      )
    const early = await release(second.account.id, second.account.version)
    const { items } = bodyOf<{ items: AccountAlert[] }>(
      await finance.get('/api/v1/payment-account-alerts?isOpen=true'),
      200,
    )
    bodyOf(
      await finance.post(`/api/v1/payment-account-alerts/${items[0]!.id}/resolution`, {
        resolution: '录入有误',
      }),
      201,
    )
    const released = bodyOf<PaymentAccount>(await release(second.account.id, second.account.version), 201)
    expect(early.status).toBe(409)
    expect(released.state).toBe('ACTIVE')
  })

  it('shows its number only for a purpose, and that is recorded', async () => {
    const { account } = await verified('6217000000000000109')
    const reveal = (by: Officer, purpose: string) =>
      by.post(`/api/v1/payment-accounts/${account.id}/reveal`, { version: 1, purpose, reason: '核对账号' })

    const shown = bodyOf<{ number: string }>(await reveal(finance, 'PAYMENT'), 200)
    const without = await reveal(finance, 'STATISTICS')

    expect(shown.number).toBe('6217000000000000109')
    expect(codeOf(without)).toBe('purpose-required')
    const [entry] = await office.sql(
      `select action, purpose from access_log where entity_id = $1 and action = 'reveal'`,
      [account.id],
    )
    expect(entry).toEqual({ action: 'reveal', purpose: 'PAYMENT' })
    const [kept] = await office.sql<{ plain: boolean }>(
      `select position('6217000000000000109'::bytea in number_cipher) > 0 as plain from payment_account_versions where account_id = $1`,
      [account.id],
    )
    expect(kept!.plain).toBe(false)
  })

  it('is seen in its area only', async () => {
    const { payee, account } = await verified('6217000000000000117')
    const [neighbour, foreign] = await Promise.all([
      office.officer('township_worker', places.otherTownship),
      office.officer('county_subsidy', places.otherCounty),
    ])

    expect((await neighbour.get(urlOf(payee))).status).toBe(404)
    expect((await foreign.get(`/api/v1/payment-accounts/${account.id}`)).status).toBe(404)
    expect((await clerk.get('/api/v1/payment-accounts')).status).toBe(403)
    const held = bodyOf<PaymentAccount>(
      await county.post(
        `/api/v1/payment-accounts/${account.id}/hold`,
        { reason: '群众举报' },
        { ifMatch: account.version },
      ),
      201,
    )
    expect(held.state).toBe('HELD')
  })
})

describe('what is noticed of a change', () => {
  test.each([
    ['a first account', { sharedWith: 0, changesToday: 50, daysSinceLast: null }, []],
    ['a number of several', { sharedWith: 1, changesToday: 0, daysSinceLast: null }, ['SHARED_NUMBER']],
    ['many by one officer', { sharedWith: 0, changesToday: 21, daysSinceLast: 400 }, ['MANY_BY_ONE_OFFICER']],
    [
      'a second within a month',
      { sharedWith: 0, changesToday: 1, daysSinceLast: 31 },
      ['CHANGED_TWICE_A_MONTH'],
    ],
    ['one after a month', { sharedWith: 0, changesToday: 20, daysSinceLast: 32 }, []],
  ] as const)('%s', (_, noticed, kinds) => {
    expect(alertsOf(noticed)).toEqual(kinds)
  })

  test('names are compared without spaces and dots', () => {
    expect(isOwnName('买买提·艾力', '买买提艾力')).toBe(true)
    expect(isOwnName('张三', '张山')).toBe(false)
    expect(maskAccount('6217000000000000018')).toBe('***************0018')
  })
})
