import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  getComplicationSurveillance,
  getMethodContinuation,
  getCareMonths,
  getContraceptivePrevalence,
  getOwnComplications,
} from '@youyu/shared/contraception/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import { facilities, furnishCare } from '../../../../../test/care-facts.ts'
import type { Place } from '../../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await furnishCare(office)
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

const read = async <Body>(noun: string, query = '&from=2024-01-01&to=2026-08-01') =>
  bodyOf<Body>(await bureau.get(`/api/v1/${noun}?division=${place.county}${query}`), 200)
const counted = async (from: string) =>
  (await office.sql<{ n: number }>(`select count(*)::int as n from ${from}`))[0]!.n

describe('complication surveillance', () => {
  test('is over procedures, by type, device and facility, with intervals', async () => {
    const { byProcedure, byDevice, byFacility, funnel } =
      await read<EndpointOutput<typeof getComplicationSurveillance>>('complication-surveillance')

    const insertions = byProcedure.find(({ procedureType }) => procedureType === 'P01')!
    const [all, expulsions] = insertions.kinds
    expect(all!.estimate).toMatchObject({
      numerator: await counted(`complications where procedure_type = 'P01'`),
      denominator: await counted(`procedures where type = 'P01' and performed_on is not null`),
      method: 'Byar 95 %',
    })
    expect(expulsions).toMatchObject({
      what: 'EXPULSION',
      estimate: {
        numerator: await counted(`complications where procedure_type = 'P01' and type = 'EXPULSION'`),
      },
    })
    expect(byDevice.map(({ deviceType }) => deviceType).sort()).toEqual(['MLCU375', 'TCU380A'])
    const second = byFacility.find(({ facility }) => facility.id === facilities.second)!
    expect(second.estimate.denominator).toBe(
      await counted(
        `procedures where facility_id = '${facilities.second}' and performed_on is not null and type not in ('P10', 'P12')`,
      ),
    )
    expect(second.estimate.stability).toBe(second.estimate.numerator < 20 ? 'UNSTABLE' : 'STABLE')
    if (second.estimate.numerator < 20) expect(second.position).toBeNull()
    expect(funnel.length).toBeGreaterThan(0)
  })

  test('draws every month within limits that follow the procedures done', async () => {
    const { charts } =
      await read<EndpointOutput<typeof getComplicationSurveillance>>('complication-surveillance')

    const [all] = charts
    const events = all!.points.reduce((sum, point) => sum + point.events, 0)
    expect(events).toBe(await counted('complications'))
    for (const { events: seen, high, exposure, signals } of all!.points)
      expect([seen, exposure, signals.includes('beyond-limits')]).toEqual([
        seen,
        exposure,
        high !== null && seen > high,
      ])
  })

  test('tells operators to the chief of their facility and nobody else', async () => {
    const url = '/api/v1/own-complication-surveillance?from=2024-01-01&to=2026-08-01'
    const chief = await office.officer('chief_clinician', place.township, { organisation: 'H1' })
    const clinician = await office.officer('station_clinician', place.township, { organisation: 'H1' })

    expect((await bureau.get(url)).status).toBe(403)
    expect((await clinician.get(url)).status).toBe(403)
    expect(bodyOf<EndpointOutput<typeof getOwnComplications>>(await chief.get(url), 200)).toEqual({
      operators: [],
    })
  })
})

describe('continuation', () => {
  test('follows everybody who began, and stops where she stopped', async () => {
    const { items } = await read<EndpointOutput<typeof getMethodContinuation>>('method-continuation')

    const [all, ...methods] = items
    expect(all!.begun).toBe(await counted('method_episodes where not is_dual'))
    expect(methods.reduce((sum, { begun }) => sum + begun, 0)).toBe(all!.begun)
    const stopped = all!.rows.reduce((sum, { ended }) => sum + ended, 0)
    expect(stopped).toBe(
      await counted(`method_episodes where end_reason is not null and end_reason <> 'MOVED'`),
    )
    expect(all!.reasons.map(({ reason }) => reason)).toContain('METHOD_FAILURE')
    expect(all!.pearl.numerator).toBe(
      await counted(
        `method_episodes where end_reason = 'METHOD_FAILURE' and ended_on < started_on + interval '1 year'`,
      ),
    )
  })
})

describe('prevalence and mix', () => {
  test('add up from townships to the county, and are what the records say', async () => {
    const { whole, townships, countedOn } = await read<EndpointOutput<typeof getContraceptivePrevalence>>(
      'contraceptive-prevalence',
      '',
    )

    expect(countedOn).toBe('2026-08-15')
    expect(townships.reduce((sum, { women }) => sum + women, 0)).toBe(whole.women)
    expect(whole.users).toBe(await counted('method_episodes where ended_on is null and not is_dual'))
    for (const { method, users } of whole.mix)
      expect([method, users]).toEqual([
        method,
        await counted(`method_episodes where ended_on is null and not is_dual and method = '${method}'`),
      ])
  })
})

describe('the months of care', () => {
  test('tell procedures by kind, abortions as one number', async () => {
    const { items } = await read<EndpointOutput<typeof getCareMonths>>('care-months')

    const of = (wanted: string) =>
      items
        .flatMap(({ procedures }) => procedures.filter(({ item }) => item === wanted))
        .reduce((sum, { n }) => sum + n, 0)
    expect(items).toHaveLength(32)
    expect(of('P01')).toBe(await counted(`procedures where type = 'P01' and performed_on is not null`))
    expect(of('ABORTION')).toBe(
      await counted(`procedures where type in ('P10', 'P12') and performed_on is not null`),
    )
    expect(of('P10')).toBe(0)
  })
})
