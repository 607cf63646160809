import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EligibilityResult } from '@youyu/shared/subsidies/eligibility'
import type { Proposal, ProposalRow } from '@youyu/shared/subsidies/proposals'
import type { SavedScenario, ScenarioPerson, ScenarioResult } from '@youyu/shared/subsidies/simulations'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, furnishPlaces, places, register } from '../../../../test/register.ts'
import { runOpenJobs } from '../../../jobs/index.ts'
import { runEligibilityOfNight } from '../eligibility/index.ts'

let office: TestOffice
let county: Officer
let manager: Officer
let township: Officer
let farVillage: Officer
let neighbour: Officer

const parentOf = (ids: { id: string; motherId: string }[]) =>
  office.sql(
    `update persons p set mother_id = c."motherId" from jsonb_to_recordset($1::jsonb) as c (id uuid, "motherId" uuid) where p.id = c.id`,
    [JSON.stringify(ids)],
  )

/** Four children under three, a grown-up daughter of an old mother, and a child of another county. */
beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-07-01T02:00:00Z'))
  await furnishPlaces(office)
  const clerk = await office.officer('county_population', places.county)
  county = await office.officer('county_subsidy', places.county)
  manager = await office.officer('county_manager', places.county)
  township = await office.officer('township_worker', places.otherTownship)
  farVillage = await office.officer('village_worker', places.farVillage)
  neighbour = await office.officer('county_subsidy', places.otherCounty)
  const mother = await register(clerk, { name: '李梅', birthDate: '1995-03-02' })
  const old = await register(clerk, {
    name: '赵桂兰',
    birthDate: '1960-02-02',
    hukouType: '1',
    maritalStatus: '30',
  })
  const daughter = await register(clerk, { name: '赵小妹', birthDate: '1985-02-02' })
  const births = ['2023-09-01', '2024-05-10', '2025-08-20', '2026-02-01']
  const children = []
  for (const [index, birthDate] of births.entries()) {
    const village = index === 3 ? places.farVillage : places.village
    children.push(
      await register(clerk, {
        name: `李宝${index}`,
        birthDate,
        hukouDivision: village,
        residenceDivision: village,
      }),
    )
  }
  await parentOf([
    { id: daughter.id, motherId: old.id },
    ...children.map(({ id }) => ({ id, motherId: mother.id })),
  ])
})
afterAll(() => office.close())

const scenario = (given: object = {}) => ({
  on: '2026-07-01',
  years: 3,
  newborns: 'NONE',
  changes: [
    {
      programme: 'P04',
      rates: [{ level: '', unit: 'PER_YEAR', amountFen: 500_000 }],
      rule: {
        and: [
          { fact: 'child_age_months', '<': 24 },
          { fact: 'child_hukou_division', prefix: '$county' },
        ],
        reason: { zh: '未满两周岁', en: 'under two' },
      },
    },
  ],
  ...given,
})

describe('a simulation', () => {
  it('counts who gains and loses and what it costs, five years ahead, and stores nothing', async () => {
    const result = bodyOf<ScenarioResult>(
      await county.post('/api/v1/benefit-simulations', { scenario: scenario() }),
      200,
    )

    const [now, next, third] = result.years
    expect(now).toMatchObject({ year: 2026, gained: 0, lost: 2, base: { people: 4 }, changed: { people: 2 } })
    expect(next).toMatchObject({ year: 2027, base: { people: 2 }, changed: { people: 2 } })
    expect(third).toMatchObject({ year: 2028, base: { people: 2 }, changed: { people: 0 } })
    expect(result.parts.map(({ division, base }) => [division.code, base])).toEqual([
      [places.street, 3],
      [places.otherTownship, 1],
    ])
    // Born in 2023 and 2024: eight and twelve months at 300 yuan; the others a year's amount.
    expect(now!.base.fen).toBe((9 + 12) * 30_000 + 2 * 360_000)
    for (const { base, changed } of result.years)
      for (const { fen, byTier } of [base, changed])
        expect(byTier.reduce((sum, tier) => sum + tier.fen, 0)).toBe(fen)
    expect(await office.sql('select from benefit_scenarios')).toEqual([])
  })

  it('lets as many children be born each year as now, where that is asked', async () => {
    const asNow = scenario({ newborns: 'AS_NOW', changes: [{ programme: 'P04' }] })
    const result = bodyOf<ScenarioResult>(
      await county.post('/api/v1/benefit-simulations', { scenario: asNow }),
      200,
    )

    expect(result.years.map(({ base }) => base.people)).toEqual([4, 4, 6])
    expect(result.years.every(({ gained, lost }) => gained === 0 && lost === 0)).toBe(true)
  })

  it('tells of a village alone, and of who loses with a masked name only', async () => {
    const part = bodyOf<ScenarioResult>(
      await county.post('/api/v1/benefit-simulations', {
        scenario: scenario(),
        division: places.otherTownship,
      }),
      200,
    )
    const { items } = bodyOf<{ items: ScenarioPerson[] }>(
      await county.post('/api/v1/benefit-simulations/people', {
        ...{ scenario: scenario(), programme: 'P04', year: 2026, effect: 'LOST' },
      }),
      200,
    )

    expect(part.years[0]!.base.people).toBe(1)
    expect(items).toHaveLength(2)
    expect(items.map(({ name }) => name)).toEqual(['李*0', '李*1'].sort())
    expect(JSON.stringify(items)).not.toMatch(/2023-09-01|李宝/)
  })

  it('reads no forbidden fact, and is for the county’s office alone', async () => {
    const bad = scenario({
      changes: [{ programme: 'P04', rule: { fact: 'uses_iud', '==': true, reason: { zh: '甲', en: 'a' } } }],
    })
    const refused = await county.post('/api/v1/benefit-simulations', { scenario: bad })
    const unknown = await county.post('/api/v1/benefit-simulations', {
      scenario: scenario({ changes: [{ programme: 'P99' }] }),
    })

    expect(refused.status).toBe(400)
    expect(refused.text).toContain('/scenario/changes/0/rule')
    expect(unknown.text).toContain('/scenario/changes/0/programme')
    expect((await township.post('/api/v1/benefit-simulations', { scenario: scenario() })).status).toBe(403)
    expect(
      (
        await county.post('/api/v1/benefit-simulations', {
          scenario: scenario(),
          division: places.otherCounty,
        })
      ).status,
    ).toBe(400)
    const other = bodyOf<ScenarioResult>(
      await neighbour.post('/api/v1/benefit-simulations', { scenario: scenario() }),
      200,
    )
    expect(other.years[0]!.base.people).toBe(0)
  })

  it('is kept with its result, compared by its office, and taken off the list', async () => {
    const body = { name: '两周岁以下提标', scenario: scenario({ capFen: 100_000 }) }
    const key = '0190a000-0000-7000-8000-000000000001'
    const kept = bodyOf<SavedScenario>(await county.post('/api/v1/benefit-scenarios', body, { key }), 201)
    const again = bodyOf<SavedScenario>(await county.post('/api/v1/benefit-scenarios', body, { key }), 201)

    expect(again.id).toBe(kept.id)
    expect(kept.result.cap?.over.map(({ year }) => year)).toContain(2026)
    expect(
      bodyOf<SavedScenario>(await manager.get(`/api/v1/benefit-scenarios/${kept.id}`), 200).result,
    ).toEqual(kept.result)
    expect((await neighbour.get(`/api/v1/benefit-scenarios/${kept.id}`)).status).toBe(404)
    const gone = await county.delete(`/api/v1/benefit-scenarios/${kept.id}`, { ifMatch: kept.version })
    expect(gone.status).toBe(204)
    expect((await county.get(`/api/v1/benefit-scenarios/${kept.id}`)).status).toBe(404)
  })
})

describe('an eligibility run', () => {
  const run = async () => {
    bodyOf(await county.post('/api/v1/eligibility-runs', {}), 202)
    await runOpenJobs(office.office)
    return bodyOf<EligibilityResult>(await county.get('/api/v1/eligibility-runs/latest'), 200)
  }
  const open = async (who: Officer, query = '') =>
    bodyOf<{ items: ProposalRow[] }>(await who.get(`/api/v1/benefit-proposals${query}`), 200).items

  it('finds who is entitled, says how many draw it, and proposes the others once', async () => {
    const first = await run()
    const second = await run()

    const childcare = (result: EligibilityResult) =>
      result.programmes.find(({ programme }) => programme === 'P04')!
    expect(childcare(first)).toMatchObject({
      figures: { entitled: 4, drawing: 0, applied: 0, open: 4 },
      coverage: { value: 0, denominator: 4 },
    })
    expect(childcare(second).figures).toEqual(childcare(first).figures)
    expect(second.run.proposed).toBe(0)
    expect(first.programmes.find(({ programme }) => programme === 'P01')!.figures).toMatchObject({
      entitled: 0,
      unproven: 1,
    })
    const rows = await open(county)
    expect(rows.filter(({ programme }) => programme === 'P04')).toHaveLength(4)
    const candidate = rows.find(({ programme }) => programme === 'P01')!
    expect(candidate).toMatchObject({ basis: 'UNPROVEN', subject: { name: '赵*兰' } })
    expect(candidate.missing).toContain('HISTORIC_RECORD')
  })

  it('shows a township its own part, and a village its own people', async () => {
    const own = bodyOf<EligibilityResult>(await township.get('/api/v1/eligibility-runs/latest'), 200)

    expect(own.programmes.find(({ programme }) => programme === 'P04')!.figures.entitled).toBe(1)
    expect(await open(farVillage)).toHaveLength(1)
    expect(await open(neighbour)).toHaveLength(0)
    expect((await township.post('/api/v1/eligibility-runs', {})).status).toBe(403)
  })

  it('does not propose again whom she told no; the decline may be taken back', async () => {
    const [row] = await open(farVillage)
    const declined = bodyOf<Proposal>(
      await farVillage.post(`/api/v1/benefit-proposals/${row!.id}/declines`, { note: '不需要' }),
      200,
    )
    const twice = await farVillage.post(`/api/v1/benefit-proposals/${row!.id}/declines`, {})

    expect(declined).toMatchObject({ state: 'DECLINED', subject: { name: '李宝3' }, settledOn: '2026-07-01' })
    expect(twice.status).toBe(409)
    const result = await run()
    expect(result.programmes.find(({ programme }) => programme === 'P04')!.figures).toMatchObject({
      declined: 1,
      open: 3,
    })
    expect(await open(farVillage)).toHaveLength(0)
    expect((await township.get(`/api/v1/benefit-proposals/${row!.id}`)).status).toBe(200)
    expect((await neighbour.get(`/api/v1/benefit-proposals/${row!.id}`)).status).toBe(404)
    bodyOf(await farVillage.post(`/api/v1/benefit-proposals/${row!.id}/reopenings`, {}), 200)
    expect(await open(farVillage)).toHaveLength(1)
  })

  it('is made each night by itself, once however many look, and proposes who came the day before', async () => {
    const clerk = await office.officer('county_population', places.county)
    const [mother] = await office.sql<{ id: string }>(`select id from persons where name = '李梅'`)
    const child = await register(clerk, { name: '李宝9', birthDate: '2026-06-20' })
    await parentOf([{ id: child.id, motherId: mother!.id }])
    office.setNow(new Date('2026-07-02T18:10:00Z'))

    const together = await Promise.all([
      runEligibilityOfNight(office.office),
      runEligibilityOfNight(office.office),
    ])
    const again = await runEligibilityOfNight(office.office)
    office.setNow(new Date('2026-07-01T02:00:00Z'))

    expect([together[0] + together[1], again]).toEqual([1, 0])
    const rows = await open(county)
    expect(rows.find(({ subject }) => subject.id === child.id)).toMatchObject({ asOf: '2026-07-03' })
    await office.sql(
      'delete from eligibility_counts where run_id in (select id from eligibility_runs where as_of > $1)',
      ['2026-07-01'],
    )
    await office.sql('delete from eligibility_runs where as_of > $1', ['2026-07-01'])
    await office.sql('delete from benefit_proposals where subject_id = $1', [child.id])
    await office.sql(`update persons set status = 'ARCHIVED' where id = $1`, [child.id])
  })

  it('files for whom it proposed, whom it then no longer proposes', async () => {
    const answer = bodyOf<{ filed: number; left: number }>(
      await county.post('/api/v1/benefit-proposals/filings', { programme: 'P04' }),
      201,
    )

    expect(answer).toEqual({ filed: 4, left: 0 })
    const result = await run()
    expect(result.programmes.find(({ programme }) => programme === 'P04')!.figures).toMatchObject({
      applied: 4,
      open: 0,
    })
    expect((await open(county, '?programme=P04')).length).toBe(0)
    const [filed] = await open(county, '?programme=P04&state=FILED')
    expect(filed!.applicationId).not.toBeNull()
  })
})
