import { TypedReport } from '@youyu/shared/population/report-checks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import { furnishEvents } from '../../../../test/furnished-county.ts'
import type { Place } from '../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { checkReport } from '../../statistics/index.ts'

const COUNTY = 371121

const parts = (...told: [string, number][]) => told.map(([name, value]) => ({ name, value }))
/** The figures that seed 3 prints of care (domain §4.6). */
const printed: z.input<typeof TypedReport> = {
  totals: [
    { name: '节育措施', value: 817 },
    { name: '服务站接诊', value: 1100 },
    { name: '下乡服务人次', value: 600 },
    { name: '取环', value: 3 },
    { name: '人工流产', value: 7 },
  ],
  breakdowns: [
    { of: '节育措施', parts: parts(['结扎', 7], ['上环', 800], ['人流', 7], ['取环', 3]) },
    {
      of: '服务站接诊',
      kind: 'partial',
      parts: parts(['上环', 128], ['取环', 60], ['人流', 38], ['药流', 24]),
    },
    {
      of: '下乡服务人次',
      kind: 'overlapping',
      parts: parts(['B超', 300], ['妇检', 120], ['乳检', 87], ['化验', 80], ['上环', 5], ['取环', 12]),
    },
    { of: '取环', kind: 'partial', parts: parts(['县站取环', 60]) },
    { of: '人工流产', kind: 'partial', parts: parts(['县站人流', 38], ['县站药流', 24]) },
  ],
  rates: [{ name: '长效避孕措施比例', numerator: 807, denominator: 817, stated: '89.6', factor: 100 }],
}

describe('the printed figures of care of seed 3', () => {
  const { findings } = checkReport(TypedReport.parse(printed))
  const of = (subject: string) => findings.filter((finding) => finding.subject === subject)

  test('add up where they add up, and services are no persons', () => {
    for (const subject of ['节育措施', '服务站接诊', '下乡服务人次']) expect(of(subject)).toEqual([])
  })

  test('are asked about where one station has more than its county', () => {
    expect(of('取环')).toMatchObject([{ severity: 'question', rule: 'A5' }])
    expect(of('人工流产')).toMatchObject([{ severity: 'question', rule: 'A5' }])
  })

  test('are asked about where 89.6 % needs another denominator than 817', () => {
    expect(of('长效避孕措施比例')).toMatchObject([{ severity: 'question', rule: 'A7' }])
  })
})

describe('the same figures as facts', () => {
  let office: TestOffice
  let place: Place
  let bureau: Officer
  beforeAll(async () => {
    office = await openOffice()
    place = await furnishEvents(office)
    bureau = await office.officer('county_mch', place.county)
    await office.sql(`
      insert into procedures (county_code, id, client_id, facility_id, division_code, type, status, indication, requested_on, performed_on, updated_at, version, recorded_at, source)
      select ${COUNTY}, md5('seed' || n)::uuid, w.id, '00000000-0000-4000-8900-000000000001', w.residence_division,
        case when n <= 7 then 'P06' when n <= 807 then 'P01' when n <= 814 then 'P10' else 'P02' end, 'PERFORMED', '01', '2025-03-01', '2025-03-01', now(), 1, now(), 'IMPORT'
      from generate_series(1, 817) n
      join (select p.*, row_number() over (order by id) as place from persons p where sex = '2' and birth_date < '2005-01-01') w on w.place = 1 + n % 300`)
    await office.sql(`select app.recount_care(${COUNTY}, date '2026-08-15')`)
  }, 60_000)
  afterAll(() => office.close())

  test('are counted by type, abortions apart: 7 + 800 + 3, and 7', async () => {
    const url = `/api/v1/care-indicators/CON-14?division=${place.county}&from=2025-01-01&to=2025-12-01`
    const { values } = bodyOf<{ values: IndicatorValue[] }>(await bureau.get(url), 200)
    const n = (component: string | null) => values.find((value) => value.component === component)?.numerator

    expect([n(null), n('P06'), n('P01'), n('P02'), n('abortion')]).toEqual([810, 7, 800, 3, 7])
  })

  test('make no long-acting share: CON-04 is of users, and there are none on record', async () => {
    const url = `/api/v1/care-indicators/CON-04?division=${place.county}&from=2025-01-01&to=2025-12-01`
    const { values, definition } = bodyOf<{
      values: IndicatorValue[]
      definition: { targetForbidden: boolean; denominator: { en: string } }
    }>(await bureau.get(url), 200)

    expect(values[0]).toMatchObject({ denominator: 0, value: null })
    expect(definition.targetForbidden).toBe(true)
    expect(definition.denominator.en).toContain('in use')
  })
})
