import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChainItem } from '@youyu/shared/birth-defects/chain-values'
import { gaveBirth, pregnantWoman } from '../../../../test/chains.ts'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'

let office: TestOffice
let clinic: Clinic
let womanId: string
let bornTo: string

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  clinic = await openClinic(office)
  ;({ womanId } = await pregnantWoman(clinic, '2026-06-01', '2026-07-06'))
  bornTo = (await clinic.woman({ residenceSince: '2015-01-01' })).id
  await gaveBirth(clinic.clerk, bornTo, '2026-08-01')
})
afterAll(() => office.close())

/** The state of an item on each day after the anchor, as the planner says on that day. */
async function statesOf(woman: string, anchor: string, item: ChainItem, days: number[]): Promise<string[]> {
  const states: string[] = []
  for (const day of days) {
    await office.sql(
      `select * from app.plan_chains(371121, array[$1::uuid], $2::date + $3::integer, now())`,
      [woman, anchor, day],
    )
    const [link] = await office.sql<{ state: string }>(
      `select l.state from chain_links l join chains c on c.county_code = l.county_code and c.id = l.chain_id
       where c.woman_id = $1 and l.item = $2`,
      [woman, item],
    )
    states.push(link?.state ?? '')
  }
  return states
}

describe('the window of an item, by the day of gestation', () => {
  test.each<[string, ChainItem, number, number]>([
    ['first visit, to 12+6 and not 13+0', 'ANC_FIRST', 35, 90],
    ['NT, 11+0 to 13+6', 'NT', 77, 97],
    ['NIPT, 12+0 to 22+6', 'NIPT', 84, 160],
    ['serum, 11+0 to 20+6', 'SERUM', 77, 146],
    ['anomaly scan, 20+0 to 24+6', 'ANOMALY_SCAN', 140, 174],
    ['OGTT, 24+0 to 28+6', 'OGTT', 168, 202],
    ['the late visit, from 28+0 and not 27+6', 'ANC_28', 196, 258],
    ['delivery, to 41+6 and not 42+0', 'DELIVERY', 196, 293],
  ])('%s', async (_, item, from, to) => {
    const states = await statesOf(womanId, '2026-06-01', item, [from - 1, from, to, to + 1])

    expect(states).toEqual(['NOT_DUE', 'DUE', 'DUE', 'OVERDUE'])
  })
})

describe('the window of an item, by the day after the birth', () => {
  test.each<[string, ChainItem, number, number]>([
    ['blood spot, day 3 to 7 and not 8', 'BLOOD_SPOT', 3, 7],
    ['hearing, day 2 to 42 and not 43', 'HEARING', 2, 42],
    ['heart, to day 3', 'CCHD', 0, 3],
    ['postnatal visit, to day 28', 'POSTNATAL_VISIT', 0, 28],
  ])('%s', async (_, item, from, to) => {
    const states = await statesOf(bornTo, '2026-08-01', item, [from, to, to + 1])

    expect(states).toEqual(['DUE', 'DUE', 'OVERDUE'])
  })
})
