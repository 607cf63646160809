import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFacility, type Facility } from '../../../../test/facility.ts'
import { errorsOf, load, loadDivisions, numberOf, peopleFile, village } from '../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'

const [one, two, three] = [22, 24, 26].map((sequence) => numberOf('1985-03-02', sequence)) as [
  string,
  string,
  string,
]
const header = 'idNumber,name,method,deviceType,startedOn,endedOn,endReason,facility'
const file = (...lines: string[]) => [header, ...lines, ''].join('\n')

let office: TestOffice
let county: Officer
let station: Facility
beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-11-01T02:00:00Z'))
  const clerk = await office.officer('county_population', '371121000000')
  await loadDivisions(office, clerk)
  const people = [one, two, three].map((idNumber, index) => ({
    ...{ name: `李${index}`, sex: '2', birthDate: '1985-03-02', idNumber },
  }))
  const { job } = await load(office, clerk, { kind: 'persons' }, peopleFile(...people))
  expect(job).toMatchObject({ rowsAccepted: 3 })
  station = await openFacility(office, '371121001000')
  county = await office.officer('county_mch', '371121000000')
})
afterAll(() => office.close())

const kept = () =>
  office.sql(
    `select p.name, e.method, e.device_type as device, e.started_on::text as "from", e.ended_on::text as "to", e.end_reason as why,
       e.expected_end_on::text as until, e.findings
     from method_episodes e join persons p on p.id = e.client_id order by 1, 4`,
  )

describe('an old register of methods', () => {
  test('goes into the records of its facilities, fitted around each other, with what is odd about it told', async () => {
    const { import: loaded, job } = await load(
      office,
      county,
      { kind: 'methods' },
      file(
        `${one},李0,含铜宫内节育器,TCU380A,2012-05-01,2018-06-01,PLANS_PREGNANCY,ST-1`,
        `${one},李0,上环,TCU220C,2019-09-01,,,ST-1`,
        `${one},李0,上环,TCU220C,2019-09-01,,,ST-1`,
        `${two},李1,M30,MLCU375,2015-01-01,,,ST-1`,
        `${two},李1,M42,,2020-02-01,,,ST-1`,
      ),
    )

    expect(job).toMatchObject({ state: 'succeeded', rowsRead: 5, rowsAccepted: 4, rowsRejected: 0 })
    expect(loaded).toMatchObject({ rowsMatched: 1, findings: { V7: 2, V9: 4 } })
    expect(await kept()).toMatchObject([
      { name: '李0', from: '2012-05-01', to: '2018-06-01', why: 'PLANS_PREGNANCY', until: '2022-05-01' },
      { name: '李0', from: '2019-09-01', to: null, device: 'TCU220C' },
      { name: '李1', from: '2015-01-01', to: '2020-02-01', why: 'SWITCHED' },
      { name: '李1', from: '2020-02-01', to: null, method: 'M42', device: null, findings: ['V9', 'V7'] },
    ])
  })

  test('names the wrong cell of every row that it does not take, and shows no value', async () => {
    const before = await kept()
    const { import: loaded, job } = await load(
      office,
      county,
      { kind: 'methods' },
      file(
        `${three},李2,M30,TCU380A,2019-05-01,2018-05-01,EXPIRED,ST-1`,
        `${three},王五,M30,TCU380A,2019-05-01,,,ST-1`,
        `${three},李2,M30,TCU380A,2019-05-01,,,ST-9`,
        `${three},李2,念力,,2019-05-01,,,ST-1`,
        `${three},李2,M30,,1980-05-01,,,ST-1`,
        `${numberOf('1985-03-02', 28)},李九,M30,,2019-05-01,,,ST-1`,
      ),
    )

    expect(job).toMatchObject({ rowsAccepted: 0, rowsRejected: 6 })
    expect((await errorsOf(county, loaded)).map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'endedOn', 'ends-before-start'],
      [3, 'name', 'name-differs'],
      [4, 'facility', 'not-found'],
      [5, 'method', 'invalid-code-value'],
      [6, 'startedOn', 'invalid-date'],
      [7, 'idNumber', 'not-found'],
    ])
    expect(JSON.stringify(await errorsOf(county, loaded))).not.toMatch(/李|念力|2019/)
    expect(await kept()).toEqual(before)
  })

  test('tried out changes nothing; loaded again it is known', async () => {
    const rows = file(`${three},李2,避孕套,,2019-05-01,,,ST-1`)
    const before = await kept()
    const { job: tried } = await load(office, county, { kind: 'methods', dryRun: 'true' }, rows)
    expect(tried).toMatchObject({ state: 'succeeded', rowsAccepted: 1 })
    expect(await kept()).toEqual(before)

    await load(office, county, { kind: 'methods' }, rows)
    const same = await county.upload('/api/v1/imports', { kind: 'methods' }, { name: 'f.csv', content: rows })
    const { import: again, job } = await load(office, county, { kind: 'methods', again: 'true' }, rows)

    expect([same.status, (same.body as { code: string }).code]).toEqual([409, 'import-duplicate'])
    expect(job).toMatchObject({ rowsAccepted: 0 })
    expect(again.rowsMatched).toBe(1)
    expect(await kept()).toHaveLength(before.length + 1)
  })

  test('is loaded by whoever keeps the rules of care and read by the facility alone', async () => {
    const rows = { name: 'f.csv', content: file(`${three},李2,M60,,2020-05-01,,,ST-1`) }
    for (const role of ['county_population', 'data_steward', 'station_clinician'] as const) {
      const officer = await office.officer(role, '371121000000', { organisation: station.code })
      const { status } = await officer.upload('/api/v1/imports', { kind: 'methods' }, rows)
      expect([role, status]).toEqual([role, 403])
    }
    const people = await county.upload(
      '/api/v1/imports',
      { kind: 'persons' },
      { name: 'p.csv', content: peopleFile({ residence: village }) },
    )
    expect(people.status).toBe(403)
  })

  test('counts for the bureau', async () => {
    const counted = await office.sql(
      `select method, sum(started)::int as started, sum(ended)::int as ended from method_months group by 1 order by 1`,
    )
    const recounted = await office.sql(
      `select method, count(*)::int as started, count(ended_on)::int as ended from method_episodes group by 1 order by 1`,
    )
    expect(counted).toEqual(recounted)
  })
})
