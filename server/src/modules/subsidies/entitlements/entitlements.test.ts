import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Beneficiary } from '@youyu/shared/subsidies/beneficiaries'
import type {
  EntitlementMonth,
  EntitlementRun,
  PersonBenefit,
  RunPreview,
} from '@youyu/shared/subsidies/entitlements'
import { beneficiariesOf, confirmed, countyAccess, paid } from '../../../../test/beneficiaries.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { transaction } from '../../../database/transaction.ts'
import { activateBeneficiaries } from '../beneficiaries/index.ts'
import { workEntitlementNight } from './nights.ts'

let office: TestOffice
let clerk: Officer
let recorder: Officer

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  clerk = await office.officer('county_subsidy', places.county)
  recorder = await office.officer('county_population', places.county)
})
afterAll(() => office.close())

const at = (day: string) => office.setNow(new Date(`${day}T03:00:00Z`))
const monthsOf = async (id: string) =>
  bodyOf<{ items: EntitlementMonth[] }>(await clerk.get(`/api/v1/beneficiaries/${id}/months`), 200).items
const one = async (id: string) => bodyOf<Beneficiary>(await clerk.get(`/api/v1/beneficiaries/${id}`), 200)
const died = async (personId: string, occurredOn: string) =>
  bodyOf<{ id: string }>(
    await recorder.post('/api/v1/deaths', { personId, occurredOn, place: 'HOME', reporter: 'VILLAGE' }),
    201,
  )

describe('the childcare subsidy of a child', () => {
  // Domain §5, P04: months payable from January 2025 to the month of the third birthday.
  test.each([
    ['2021-12-15', [2025], 0],
    ['2022-01-15', [2025], 1],
    ['2022-02-28', [2025], 2],
    ['2022-12-31', [2025, 2026], 12],
    ['2023-07-01', [2025, 2026], 19],
    ['2023-12-05', [2025, 2026], 24],
    ['2024-12-01', [2025, 2026, 2027], 36],
    ['2025-03-10', [2025, 2026, 2027], 36],
    ['2023-12-05', [2026], 12],
    ['2025-03-10', [2027], 12],
  ])('born on %s and claimed for %j is %i months of 300 yuan', async (birthDate, years, months) => {
    at('2025-06-01')
    const child = await register(recorder, { birthDate })
    for (const claimYear of years) {
      at(`${claimYear}-06-02`)
      const ids = await confirmed(office, [
        { programme: 'P04', person: child, claimYear, on: `${claimYear}-06-02` },
      ])
      await transaction(office.db, countyAccess, (tx) =>
        activateBeneficiaries(tx, countyAccess, ids, `${claimYear}-06-02`, office.office.now()),
      )
    }

    const [sum] = await office.sql<{ months: number; fen: number }>(
      `select count(*)::int as months, coalesce(sum(amount_fen), 0)::int as fen from entitlement_months where person_id = $1 and amount_fen > 0`,
      [child.id],
    )

    expect(sum).toEqual({ months, fen: months * 30000 })
  })
})

describe('the months of a beneficiary', () => {
  test('follow the level from the month after a child’s death, and end with her own', async () => {
    at('2026-03-10')
    const mother = await register(recorder, { birthDate: '1960-05-05' })
    const child = await register(recorder, { birthDate: '1990-01-01', motherId: mother.id })
    const [id] = await beneficiariesOf(office, [
      { programme: 'P02', person: mother, level: 'B_DISABILITY', on: '2026-03-10' },
    ])
    at('2026-07-05')
    await died(child.id, '2026-06-20')

    const after = await monthsOf(id!)
    expect(after.map(({ month, amountFen }) => [month.slice(5, 7), amountFen])).toEqual([
      ...['04', '05', '06'].map((month) => [month, 46000]),
      ...['07', '08', '09', '10', '11', '12'].map((month) => [month, 59000]),
    ])
    expect(after[3]).toMatchObject({
      level: 'A_DEATH',
      reason: 'ENTITLED',
      changes: [{ beforeFen: 46000, afterFen: 59000 }],
    })

    at('2026-09-02')
    const death = await died(mother.id, '2026-08-20')
    expect(await one(id!)).toMatchObject({ state: 'STOPPED', stopReason: 'DEATH', toMonth: '2026-08-01' })
    expect(
      (await monthsOf(id!)).filter(({ reason }) => reason === 'DEATH').map(({ month }) => month),
    ).toEqual([...['2026-09-01', '2026-10-01', '2026-11-01', '2026-12-01']])

    bodyOf(await recorder.post(`/api/v1/deaths/${death.id}/void`, { reason: '登记错人' }), 201)
    expect(await one(id!)).toMatchObject({ state: 'ACTIVE', stopReason: null, toMonth: null })
    expect((await monthsOf(id!)).every(({ amountFen }) => amountFen > 0)).toBe(true)
  })

  test('are recomputed after a late rate: first as a preview, then for good, each with what it was', async () => {
    at('2026-03-10')
    const person = await register(recorder, { birthDate: '1960-05-05' })
    const [id] = await beneficiariesOf(office, [{ programme: 'P01', person, on: '2026-03-10' }])
    const before = (await monthsOf(id!)).map(({ amountFen }) => amountFen)
    await office.sql(`update programme_rates set amount_fen = 120001 where code = 'P01' and to_on is null`)

    const ask = { programme: 'P01', cause: '标准提高' }
    const preview = bodyOf<RunPreview>(await clerk.post('/api/v1/entitlement-runs?dryRun=true', ask), 200)
    expect(preview).toMatchObject({
      monthsChanged: before.length,
      fallenFen: 0,
      largest: [{ beneficiaryId: id }],
    })
    expect((await monthsOf(id!)).map(({ amountFen }) => amountFen)).toEqual(before)

    const run = bodyOf<EntitlementRun>(await clerk.post('/api/v1/entitlement-runs', ask), 201)
    expect(run).toMatchObject({ monthsChanged: before.length, risenFen: preview.risenFen })
    const months = await monthsOf(id!)
    expect(months.every(({ amountFen }) => amountFen === 10000 || amountFen === 10001)).toBe(true)
    expect(months[0]).toMatchObject({ changes: [{ beforeFen: 8000, cause: '标准提高' }] })
    const again = bodyOf<EntitlementRun>(await clerk.post('/api/v1/entitlement-runs', ask), 201)
    expect(again).toMatchObject({ monthsAdded: 0, monthsChanged: 0 })
  })

  test('are extended by the night of a new year, once', async () => {
    at('2026-03-10')
    const person = await register(recorder, { birthDate: '1960-05-05' })
    const [id] = await beneficiariesOf(office, [{ programme: 'P01', person, on: '2026-03-10' }])

    at('2027-01-01')
    expect(await workEntitlementNight(office.office)).toBe(1)
    expect(await workEntitlementNight(office.office)).toBe(0)

    at('2026-03-10')
    expect((await monthsOf(id!)).at(-1)).toMatchObject({ month: '2027-12-01', reason: 'ENTITLED' })
  })

  test('tell the person’s page what she receives and why', async () => {
    at('2026-05-10')
    const person = await register(recorder, { birthDate: '1961-01-05' })
    const [id] = await beneficiariesOf(office, [
      { programme: 'P02', person, level: 'A_DEATH', on: '2026-03-10' },
    ])
    await paid(office, id!, '2026-04-01')

    const { items } = bodyOf<{ items: PersonBenefit[] }>(
      await clerk.get(`/api/v1/persons/${person.id}/benefits`),
      200,
    )

    expect(items).toMatchObject([
      {
        beneficiaryId: id,
        state: 'ACTIVE',
        amountFen: 59000,
        sums: { paidFen: 59000, dueFen: 59000, overFen: 0 },
      },
    ])
    expect(items[0]!.why.length).toBeGreaterThanOrEqual(3)
  })
})
