import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DefectReturn } from '@youyu/shared/birth-defects/defect-returns'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import {
  approval,
  cardContent,
  openSurveillance,
  stepped,
  submitted,
  type Surveillance,
} from '../../../../test/defect-cards.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let desk: Surveillance
beforeAll(async () => {
  office = await openOffice()
  desk = await openSurveillance(office, '2026-04-08')
})
afterAll(() => office.close())

const ofStation = '/api/v1/defect-returns/2026Q2'
const ofCounty = '/api/v1/county-defect-returns/2026Q2'
const cases = (
  { figures }: DefectReturn,
  window: string,
  category: string,
  dimension = 'ALL',
  item = 'ALL',
) =>
  figures.cells.find(
    (cell) =>
      cell.window === window &&
      cell.category === category &&
      cell.dimension === dimension &&
      cell.item === item,
  )?.cases ?? 0

async function reviewed(parts: Parameters<typeof cardContent>[0]) {
  return await stepped(
    desk.chief,
    await submitted(desk.reporter, cardContent(parts)),
    'hospital-reviews',
    approval,
  )
}

describe('the quarterly return', () => {
  it('counts each card once, in each of its categories, in the windows where it belongs', async () => {
    const twoDefects = [
      { icd10: 'Q69.0', laterality: 'L' as const, description: null },
      { icd10: 'Q21.0', laterality: null, description: null },
    ]
    const fresh = { filledOn: '2026-03-19' }
    await reviewed({ diagnosis: { items: twoDefects } })
    await reviewed({ diagnosis: { on: '2026-01-18', when: 'DAY_8_42' }, report: fresh, child: { sex: '2' } })
    await reviewed({
      child: { gestationDays: 195, sex: null, outcome: 'STILLBIRTH', isInduced: true, weightGrams: 700 },
      diagnosis: { on: '2026-01-09', when: 'PRENATAL', gestationDays: 194 },
    })
    await reviewed({ diagnosis: { items: [{ icd10: 'E03.1', laterality: null, description: '甲低' }] } })
    await submitted(desk.reporter)
    await office.sql(
      `insert into births (county_code, id, occurred_on, outcome, sex, mother_age, plurality, sequence, gestation_days, place, facility_id, division_code, hukou_division, recorded_at, source)
       values (371121, gen_random_uuid(), '2026-01-10', 'STILLBIRTH', '1', 28, 1, 1, 250, '1', $1, $2, $2, now(), 'MANUAL')`,
      [desk.station.id, places.village],
    )

    const report = bodyOf<DefectReturn>(await desk.reporter.get(ofStation), 200)

    expect(cases(report, 'HOSPITAL_28W_7D', 'ALL')).toBe(1)
    expect(cases(report, 'HOSPITAL_28W_7D', '15')).toBe(1)
    expect(cases(report, 'HOSPITAL_28W_7D', '23')).toBe(1)
    expect(cases(report, 'POPULATION_28W_42D', 'ALL')).toBe(2)
    expect(cases(report, 'POPULATION_28W_42D', '15', 'SEX', '2')).toBe(1)
    expect(cases(report, 'EXTENDED', 'ALL')).toBe(3)
    expect(cases(report, 'EXTENDED', 'ALL', 'SEX', 'NONE')).toBe(1)
    expect(cases(report, 'HOSPITAL_28W_7D', 'FUNCTIONAL')).toBe(1)
    expect(cases(report, 'HOSPITAL_28W_7D', 'ALL', 'AGE', '25_29')).toBe(1)
    expect(report.figures).toMatchObject({ outside: 1, unreviewed: 1 })
    expect(report.figures.perinatals).toContainEqual({ dimension: 'ALL', item: 'ALL', live: 0, dead: 1 })
    expect(report).toMatchObject({ dueOn: '2026-04-10', isLate: false, filed: null })
  })

  it('is filed once, when the quarter is over; then it stands, and what changes is listed', async () => {
    const early = await desk.reporter.post('/api/v1/defect-returns/2026Q3/filings')
    const filed = bodyOf<DefectReturn>(await desk.reporter.post(`${ofStation}/filings`), 201)
    const again = await desk.reporter.post(`${ofStation}/filings`)
    await reviewed({ diagnosis: { items: [{ icd10: 'Q90.9', laterality: null, description: null }] } })

    const now = bodyOf<DefectReturn>(await desk.reporter.get(ofStation), 200)

    expect((early.body as { code: string }).code).toBe('quarter-not-over')
    expect((again.body as { code: string }).code).toBe('already-exists')
    expect(filed.changes).toEqual([])
    expect(now.filed?.figures).toEqual(filed.figures)
    expect(now.changes).toContainEqual({
      ...{ window: 'HOSPITAL_28W_7D', category: '22', dimension: 'ALL', item: 'ALL', filed: 0, now: 1 },
    })
    const file = await desk.reporter.get(`${ofStation}/file?format=csv`)
    expect(file.status).toBe(200)
    expect(file.text.split('\n')).toHaveLength(1 + 3 * 26 + 2 + filed.figures.perinatals.length + 1)
    expect((await desk.reporter.get(`${ofStation}/file?format=xlsx`)).status).toBe(200)
  })

  it('of the county counts what the county has reviewed, and says who has filed', async () => {
    const before = bodyOf<DefectReturn>(await desk.mch.get(ofCounty), 200)
    const card = await reviewed({
      diagnosis: { items: [{ icd10: 'Q35.9', laterality: null, description: null }] },
    })
    await stepped(desk.mch, card, 'county-reviews', approval)

    const county = bodyOf<DefectReturn>(await desk.mch.get(ofCounty), 200)

    expect(cases(before, 'EXTENDED', 'ALL')).toBe(0)
    expect(cases(county, 'HOSPITAL_28W_7D', '05')).toBe(1)
    expect(county.facilities).toContainEqual(
      expect.objectContaining({ id: desk.station.id, filedOn: '2026-04-08', cases: 1, perinatals: 1 }),
    )
    expect(bodyOf<DefectReturn>(await desk.mch.post(`${ofCounty}/filings`), 201).filed?.on).toBe('2026-04-08')
    expect((await desk.reporter.get(ofCounty)).status).toBe(403)
    expect(bodyOf<DefectReturn>(await desk.otherMch.get(ofCounty), 200).figures.cells).toEqual([])
  })
})
