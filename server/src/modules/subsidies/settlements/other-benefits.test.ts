import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { BenefitRoster, RosterLine } from '@youyu/shared/subsidies/benefit-rosters'
import type { FeeWaiver } from '@youyu/shared/subsidies/fee-waivers'
import type { HospitalStay } from '@youyu/shared/subsidies/hospital-stays'
import type { InsurancePolicy, InsuredStay } from '@youyu/shared/subsidies/insurance'
import type { Settlement } from '@youyu/shared/subsidies/settlements'
import { funded, openedFamily, openFamilyDesk, type FamilyDesk } from '../../../../test/families.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, places } from '../../../../test/register.ts'
import { openFacility } from '../../../../test/facility.ts'
import { readAnswer } from '../benefit-rosters/answer-file.ts'

let office: TestOffice
let desk: FamilyDesk
let family: { id: string; person: string }
beforeAll(async () => {
  office = await openOffice()
  desk = await openFamilyDesk(office)
  family = await openedFamily(desk)
})
afterAll(() => office.close())

const stays = '/api/v1/hospital-stays'
const settlements = '/api/v1/benefit-settlements'

describe('a hospital stay', () => {
  const body = (changes: object = {}) => ({
    ...{
      personId: family.person,
      hospitalId: desk.hospital,
      admittedOn: '2026-08-26',
      dischargedOn: '2026-09-05',
    },
    ...{ receipt: 'CY-1', payer: 'FISCAL', ...changes },
  })

  it('is split by the day of the county’s new rate, checked by another, and entitles once', async () => {
    await office.sql(
      `update programme_rates set to_on = '2026-08-31' where owner_county = 0 and code = 'P06' and to_on is null`,
    )
    await office.sql(
      `insert into programme_rates select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'from_on', '2026-09-01', 'to_on', null, 'amount_fen', 25000))).*
       from programme_rates r where r.owner_county = 0 and r.code = 'P06' and r.to_on = '2026-08-31'`,
    )
    const preview = bodyOf<HospitalStay>(await desk.township.post(`${stays}?dryRun=true`, body()), 200)
    const stay = bodyOf<HospitalStay>(await desk.subsidy.post(stays, body()), 201)
    const own = await desk.subsidy.post(`${stays}/${stay.id}/checks`, { decision: 'PASS' })
    const passed = bodyOf<HospitalStay>(
      await desk.manager.post(`${stays}/${stay.id}/checks`, { decision: 'PASS' }),
      201,
    )

    expect(preview.amountFen).toBe(6 * 20_000 + 4 * 25_000)
    expect(stay.parts.map(({ days, fenPerDay }) => [days, fenPerDay])).toEqual([
      [6, 20_000],
      [4, 25_000],
    ])
    expect(codeOf(own)).toBe('maker-is-checker')
    expect(passed).toMatchObject({ state: 'PASSED', eventId: expect.any(String), person: { name: '王*远' } })
    expect(
      await office.sql(`select programme, amount_fen::int as fen from event_entitlements where id = $1`, [
        passed.eventId,
      ]),
    ).toEqual([{ programme: 'P06', fen: 220_000 }])
    expect(codeOf(await desk.manager.post(`${stays}/${stay.id}/checks`, { decision: 'PASS' }))).toBe(
      'already-decided',
    )
  })

  it('is claimed once, and nobody lies in two hospitals on one night', async () => {
    const twice = await desk.subsidy.post(stays, body())
    const overlapping = await desk.subsidy.post(stays, body({ receipt: 'CY-2', admittedOn: '2026-09-04' }))
    const stranger = await desk.subsidy.post(stays, body({ receipt: 'CY-3', personId: desk.hospital }))

    expect([twice, overlapping].map(codeOf)).toEqual(['already-exists', 'already-exists'])
    expect(stranger.status).toBe(400)
  })

  it('under a policy is settled by the insurer, who sees no other company’s', async () => {
    const { id: insurer, code } = await openFacility(office, places.county, {
      code: 'INS-1',
      type: 'ORG-I',
      licensed: false,
    })
    const { code: otherCode } = await openFacility(office, places.county, {
      code: 'INS-2',
      type: 'ORG-I',
      licensed: false,
    })
    const user = await office.officer('insurer_user', places.county, { organisation: code })
    const other = await office.officer('insurer_user', places.county, { organisation: otherCode })
    bodyOf<InsurancePolicy>(
      await desk.subsidy.post('/api/v1/insurance-policies', {
        ...{
          number: 'P-1',
          insurerId: insurer,
          fromOn: '2026-01-01',
          toOn: '2026-12-31',
          covers: ['NURSING'],
        },
        ...{ premiumFen: 30_000, daysPerStay: 3, document: '协议' },
      }),
      201,
    )
    const given = body({
      receipt: 'CY-9',
      admittedOn: '2026-09-10',
      dischargedOn: '2026-09-16',
      payer: 'INSURER',
    })
    const stay = bodyOf<HospitalStay>(await desk.subsidy.post(stays, given), 201)
    bodyOf(await desk.manager.post(`${stays}/${stay.id}/checks`, { decision: 'PASS' }), 201)
    const url = `/api/v1/insured-stays/${stay.id}/settlements`
    const settlement = { settledFen: 75_000, settledOn: '2026-09-18', reference: 'LP-1' }

    const foreign = await other.post(url, settlement)
    const tooMuch = await user.post(url, { ...settlement, settledFen: 75_001 })
    const settled = bodyOf<InsuredStay>(await user.post(url, settlement), 201)

    expect(stay).toMatchObject({ days: 6, paidDays: 3, amountFen: 75_000, eventId: null })
    expect([foreign.status, tooMuch.status]).toEqual([404, 400])
    expect(settled).toMatchObject({ state: 'SETTLED', name: '王*远' })
    expect(bodyOf<{ items: unknown[] }>(await other.get('/api/v1/insured-stays'), 200).items).toEqual([])
  })
})

describe('waived fees', () => {
  it('come in as a hospital’s whole list, are settled by the month, and bind nothing that is not there', async () => {
    const list = await desk.subsidy.get('/api/v1/fee-waiver-entitlements.csv')
    const entitlement = list.text.split('\n')[1]!.split(',')[0]!
    const row = { entitlement, item: 'REGISTRATION', usedOn: '2026-08-20', normalFen: 1_001, receipt: 'R1' }
    const rows = [row, { ...row, item: 'WARD_BED', normalFen: 4_501 }]
    const load = (given: object[]) =>
      desk.township.post('/api/v1/fee-waivers', { organisationId: desk.hospital, rows: given })

    const wrong = await load([
      row,
      { ...row, receipt: 'R2', entitlement: 'TS-0#1' },
      { ...row, receipt: 'R3', item: 'NONE' },
    ])
    const loaded = bodyOf<{ loaded: number; waivedFen: number }>(await load(rows), 201)
    const twice = await load([row])
    await funded(desk.finance, 'P11', 2026, { COUNTY: 10_000 })
    const drawn = { kind: 'WAIVER', organisationId: desk.hospital, month: '2026-08-01' }
    const settlement = bodyOf<Settlement>(await desk.subsidy.post(settlements, drawn), 201)
    const late = await load([{ ...row, receipt: 'R9' }])
    const own = await desk.subsidy.post(`${settlements}/${settlement.id}/approvals`)
    const approved = bodyOf<Settlement>(
      await desk.finance.post(`${settlements}/${settlement.id}/approvals`),
      201,
    )
    const waivers = bodyOf<{ items: FeeWaiver[] }>(
      await desk.subsidy.get('/api/v1/fee-waivers?month=2026-08-01'),
      200,
    )

    expect(list.text).not.toContain('王思远')
    expect((wrong.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual([
      '/rows/1/entitlement',
      '/rows/2/item',
    ])
    expect(loaded).toEqual({ loaded: 2, waivedFen: 1_001 + 2_251 })
    expect([codeOf(twice), codeOf(late), own.status]).toEqual(['rows-wrong', 'rows-wrong', 403])
    expect(approved).toMatchObject({ amountFen: 3_252, state: 'APPROVED' })
    expect(waivers.items.every(({ settlementId }) => settlementId === settlement.id)).toBe(true)
    const gone = await desk.subsidy.post(`${settlements}/${settlement.id}/void`, { reason: '误' })
    expect(codeOf(gone)).toBe('settlement-not-at-this-step')
  })
})

describe('a settlement', () => {
  it('is not approved without funds, and is seen by nobody below the county', async () => {
    const policies = bodyOf<{ items: InsurancePolicy[] }>(
      await desk.subsidy.get('/api/v1/insurance-policies'),
      200,
    )
    const { id } = bodyOf<Settlement>(
      await desk.subsidy.post(settlements, { kind: 'PREMIUM', policyId: policies.items[0]!.id }),
      201,
    )

    const unfunded = await desk.finance.post(`${settlements}/${id}/approvals`)
    const voided = bodyOf<Settlement>(
      await desk.subsidy.post(`${settlements}/${id}/void`, { reason: '保单有误' }),
      201,
    )
    const approved = office.sql(
      `update benefit_settlements set approved_by = made_by, approved_at = now() where id = $1`,
      [id],
    )

    expect(codeOf(unfunded)).toBe('funds-short')
    expect(voided.state).toBe('VOID')
    await expect(approved).rejects.toThrow('benefit_settlements_maker_not_checker')
    expect((await desk.township.get(settlements)).status).toBe(403)
  })
})

describe('a roster that another department pays', () => {
  const rosters = '/api/v1/benefit-rosters'

  it('goes out once frozen, comes back whole or not at all, and is settled for what was paid', async () => {
    await drawing(desk.registrar)
    const body = { programme: 'P12', period: '2026-09-01', department: '县民政局', perPersonFen: 60_000 }
    const roster = bodyOf<BenefitRoster>(await desk.subsidy.post(rosters, body), 201)
    const url = `${rosters}/${roster.id}`
    const early = await desk.subsidy.get(`${url}/file.csv`)
    bodyOf(await desk.subsidy.post(`${url}/sendings`), 201)
    const file = await desk.subsidy.get(`${url}/file.csv`)
    const answer = (lines: string) =>
      desk.subsidy.post(`${url}/returns`, { file: `seq,outcome,paidOn,reason\n${lines}` })

    const partial = await answer('1,PAID,2026-09-10,')
    const returned = bodyOf<BenefitRoster>(await answer('1,PAID,2026-09-10,\n2,未发放,,账户注销'), 201)
    const again = await answer('1,PAID,2026-09-10,\n2,PAID,2026-09-10,')
    const lines = bodyOf<{ items: RosterLine[] }>(await desk.subsidy.get(`${url}/lines`), 200).items
    const settlement = bodyOf<Settlement>(
      await desk.subsidy.post(settlements, { kind: 'ROSTER', rosterId: roster.id }),
      201,
    )

    expect([early.status, codeOf(partial), codeOf(again)]).toEqual([
      409,
      'rows-wrong',
      'settlement-not-at-this-step',
    ])
    expect(file.text).toMatch(/99\d{15}[\dX]/)
    expect(returned).toMatchObject({ people: 2, totalFen: 120_000, paidFen: 60_000, state: 'RETURNED' })
    expect(lines.map(({ outcome }) => outcome)).toEqual(['PAID', 'NOT_PAID'])
    expect(settlement).toMatchObject({ payee: '县民政局', claimedFen: 120_000, amountFen: 60_000 })
    expect(codeOf(await desk.subsidy.post(rosters, body))).toBe('already-exists')
  })

  test.each(['P10', 'P12', 'P09', 'P13', 'P15'])(
    'is the only way that %s is paid: no bank has it',
    async (programme) => {
      const batch = { programme, throughMonth: '2026-09-01', payOn: '2026-09-30' }

      const refused = await desk.subsidy.post('/api/v1/payment-batches', batch)

      expect(refused.status).toBe(400)
      expect((refused.body as { errors: object[] }).errors).toMatchObject([
        { pointer: '/programme', code: 'not-paid-by-bank' },
      ])
    },
  )

  /** Two people who draw the low-income supplement, one who no longer does. */
  async function drawing(registrar: Officer): Promise<void> {
    const { register } = await import('../../../../test/register.ts')
    for (const [index, toMonth] of [null, null, '2026-06-01'].entries()) {
      const { id } = await register(registrar, { birthDate: `196${index}-01-01` })
      await office.sql(
        `insert into beneficiaries select (jsonb_populate_record(null::beneficiaries, $1::jsonb)).*`,
        [
          JSON.stringify({
            ...{
              county_code: 371121,
              id: crypto.randomUUID(),
              programme: 'P12',
              person_id: id,
              payee_id: id,
              level: '',
            },
            ...{
              from_month: '2026-01-01',
              to_month: toMonth,
              state: toMonth ? 'STOPPED' : 'ACTIVE',
              division_code: places.village,
            },
            ...{
              stop_reason: toMonth ? 'OTHER' : null,
              version: 1,
              confirmed_on: '2026-01-01',
              updated_at: '2026-01-01',
              recorded_at: '2026-01-01',
            },
            ...{ version_id: 'e2904d05-0b19-7ee3-83ea-971e27fd302c' },
          }),
        ],
      )
    }
  }

  const today = '2026-09-20'
  test.each([
    ['seq,outcome,paidOn,reason\n1,PAID,2026-09-01,\n2,NOT_PAID,,停保', []],
    ['1,已发放,2026-09-01,\n2,未发放,,停保', []],
    ['1,PAID,2026-09-01,', [[1, 'seq']]],
    ['1,PAID,2026-09-01,\n1,PAID,2026-09-01,', [[2, 'seq']]],
    [
      '1,PAID,2026-13-01,\n2,PAID,2026-10-01,',
      [
        [1, 'paidOn'],
        [2, 'paidOn'],
      ],
    ],
    [
      '1,NOT_PAID,,\n3,PAID,2026-09-01,',
      [
        [1, 'reason'],
        [2, 'seq'],
      ],
    ],
    ['1,YES,2026-09-01,\n"', [[0, 'file']]],
  ])('is answered row by row: %j', (file, expected) => {
    expect(readAnswer(file, 2, today).wrong.map(({ row, field }) => [row, field])).toEqual(expected)
  })
})
