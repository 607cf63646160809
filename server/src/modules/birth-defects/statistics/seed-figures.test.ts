import type { getDefectPrevalence } from '@youyu/shared/birth-defects/surveillance'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { IndicatorValue } from '@youyu/shared/population/indicators'
import { TypedReport } from '@youyu/shared/population/report-checks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundCounty, type Place } from '../../../../test/county.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { checkReport } from '../../statistics/index.ts'

const COUNTY = 371121
const told = `'2026-01-01T00:00:00Z'::timestamptz`

let office: TestOffice
let place: Place
let bureau: Officer
beforeAll(async () => {
  office = await openOffice()
  place = await foundCounty(office, String(COUNTY))
  office.setNow(new Date('2026-08-15T04:00:00Z'))
  bureau = await office.officer('county_mch', place.county)
}, 60_000)
afterAll(() => office.close())

async function valuesOf(code: string, by = 'none'): Promise<IndicatorValue[]> {
  const url = `/api/v1/birth-defect-indicators/${code}?division=${place.county}&from=2025-01-01&to=2025-12-01&by=${by}`
  return bodyOf<{ values: IndicatorValue[] }>(await bureau.get(url), 200).values
}

/** Counts as a county would have them, put where recounting puts them. */
async function tallied(rows: [measure: string, month: string, division: string, item: string, n: number][]) {
  for (const [measure, month, division, item, n] of rows)
    await office.sql(
      `insert into birth_defect_tallies (county_code, measure, month, division_code, facility_id, item, tally)
       values (${COUNTY}, $1, $2, $3, '00000000-0000-0000-0000-000000000000', $4, $5)`,
      [measure, month, division, item, n],
    )
}

describe('the figures of the chain that the seeds print', () => {
  test('521 positive of 11,000 load as facts and are 4.74 % (4.355–5.149)', async () => {
    await office.sql(`
      insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division, residence_division, residence_status, status, source, recorded_at, updated_at, version)
      values (${COUNTY}, md5('seed')::uuid, '某女', '', '', '2', '1995-01-01', 'DAY', '01', '${place.village}', '${place.village}', '1', 'ACTIVE', 'MANUAL', ${told}, ${told}, 1)`)
    await office.sql(`
      insert into torch_tests (county_code, id, client_id, facility_id, division_code, occurred_on, stage, is_retest, edition, updated_at, version, recorded_at, source)
      select ${COUNTY}, md5('seed' || n)::uuid, md5('seed')::uuid, md5('seed')::uuid, '${place.village}', date '2025-01-01' + n % 365, 'PRECONCEPTION', false, 'TORCH-2026', ${told}, 1, ${told}, 'IMPORT'
      from generate_series(1, 11000) n`)
    await office.sql(`
      insert into torch_results (county_code, id, test_id, client_id, facility_id, division_code, agent, igm, meaning, is_actionable)
      select ${COUNTY}, md5('result' || n)::uuid, md5('seed' || n)::uuid, md5('seed')::uuid, md5('seed')::uuid, '${place.village}', 'CMV', case when n <= 521 then 'POS' else 'NEG' end, 'POSSIBLE_ACUTE', n <= 521
      from generate_series(1, 11000) n`)

    bodyOf(await bureau.post('/api/v1/birth-defect-recounts', { division: place.county }), 200)
    const [positivity] = await valuesOf('BDI-05')

    expect(positivity).toMatchObject({ numerator: 521, denominator: 11_000, method: 'Wilson 95 %' })
    expect(positivity!.value!.toFixed(2)).toBe('4.74')
    expect([positivity!.low!.toPrecision(4), positivity!.high!.toPrecision(4)]).toEqual(['4.355', '5.149'])
  })

  test('coverages below 5 % and below 70 % of a township are told with their intervals', async () => {
    await tallied([
      ['folic-due', '2025-03-01', place.township, 'DUE', 412],
      ['folic-due', '2025-03-01', place.township, 'TAKER', 17],
      ['folic-due', '2025-03-01', place.otherTownship, 'DUE', 300],
      ['folic-due', '2025-03-01', place.otherTownship, 'TAKER', 270],
      ['torch-due', '2025-03-01', place.township, 'DUE', 400],
      ['torch-due', '2025-03-01', place.township, 'DONE', 264],
      ['folic-box', '2025-03-01', place.township, 'ISSUED', 150],
    ])
    const of = async (code: string) =>
      (await valuesOf(code, 'part')).find(({ division }) => division.code === place.township)!

    const [folic, torch, boxes] = [await of('BDI-07'), await of('BDI-04'), await of('BDI-10')]

    expect(folic.value).toBeLessThan(5)
    expect(folic.low).toBeGreaterThan(0)
    expect(folic.high).toBeGreaterThan(5)
    expect(folic.stability).toBe('UNSTABLE')
    expect([torch.value, torch.high! < 71, torch.stability]).toEqual([66, true, 'STABLE'])
    expect(boxes.value).toBeCloseTo(150 / 412, 10)
  })

  test('5.70 → 4.28 ‰ is no significant change, in the surveillance as in a printed report', async () => {
    await tallied([
      ['perinatal', '2023-05-01', place.township, 'HOSPITAL', 4658],
      ['case', '2023-05-01', place.township, 'HOSPITAL_28W_7D:ANY', 27],
      ['perinatal', '2024-05-01', place.township, 'HOSPITAL', 4658],
      ['case', '2024-05-01', place.township, 'HOSPITAL_28W_7D:ANY', 20],
    ])
    const printed = TypedReport.parse({
      comparisons: [
        {
          name: '出生缺陷发生率',
          kind: 'proportion',
          factor: 1000,
          current: { stated: '4.28', n: 4658 },
          earlier: { stated: '5.70', n: 4658 },
        },
      ],
    })

    const { comparison, years } = bodyOf<EndpointOutput<typeof getDefectPrevalence>>(
      await bureau.get(`/api/v1/defect-prevalence?division=${place.county}&from=2023-01-01&to=2024-12-01`),
      200,
    )
    const [change] = checkReport(printed).comparisons

    expect(years.map(({ prevalence }) => prevalence.perMille!.toFixed(2))).toEqual(['5.80', '4.29'])
    expect(comparison).toMatchObject({ isSignificant: false, method: 'two-proportion z (pooled)' })
    expect(comparison!.words.zh).toContain('无统计学意义')
    expect([change!.z!.toFixed(2), change!.isSignificant]).toEqual(['-0.97', false])
  })
})
