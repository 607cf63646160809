import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChainWork } from '@youyu/shared/birth-defects/worklists'
import type { Page } from '@youyu/shared/values'
import { gaveBirth, plan, pregnantWoman } from '../../../../../test/chains.ts'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places } from '../../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const page = async (name: string, query = '', officer: Officer = clinic.clinician) =>
  bodyOf<Page<ChainWork>>(await officer.get(`/api/v1/birth-defect-worklists/${name}?${query}`), 200)
const whose = ({ items }: Page<ChainWork>) => items.map(({ woman }) => woman.id)

describe('a worklist', () => {
  test('shows the facility what is due, page by page, and another nothing', async () => {
    const women = []
    for (const lmp of ['2026-05-20', '2026-05-25', '2026-06-01'])
      women.push((await pregnantWoman(clinic, lmp, '2026-07-20')).womanId)
    await plan(office, today)

    const first = await page('due', 'item=NT&limit=2')
    const second = await page('due', `item=NT&limit=2&cursor=${first.nextCursor}`)

    expect([...whose(first), ...whose(second)]).toEqual(women)
    expect(second.nextCursor).toBeNull()
    expect(whose(await page('due', '', clinic.neighbour))).toEqual([])
    expect(whose(await page('due', `item=NT&division=${places.otherTownship}`))).toEqual([])
  })

  test('follows an item: offered without an answer, then overdue until somebody says why', async () => {
    const { womanId } = await pregnantWoman(clinic, '2026-04-01', '2026-06-01')
    await plan(office, today)
    const overdue = (await page('overdue', 'item=NT')).items.find(({ woman }) => woman.id === womanId)!
    expect(overdue.since).toBe('2026-07-08')
    const say = (body: object) =>
      clinic.clinician.post(`/api/v1/birth-defect-chains/${overdue.chainId}/links`, { on: today, ...body })

    bodyOf(await say({ item: 'NT', event: 'MISSED', reason: 'MOVED' }), 201)
    bodyOf(await say({ item: 'ANOMALY_SCAN', event: 'OFFERED' }), 201)

    expect(whose(await page('overdue', 'item=NT'))).not.toContain(womanId)
    expect(whose(await page('offered'))).toEqual([womanId])
  })

  test('knows a child without a blood spot from its twentieth day', async () => {
    const [early, late] = [
      (await clinic.woman({ residenceSince: '2015-01-01' })).id,
      (await clinic.woman({ residenceSince: '2015-01-01' })).id,
    ]
    await gaveBirth(clinic.clerk, early, '2026-07-31', { facilityId: clinic.station.id })
    await gaveBirth(clinic.clerk, late, '2026-08-01', { facilityId: clinic.station.id })
    await plan(office, today)

    expect(whose(await page('no-blood-spot'))).toEqual([early])
  })

  test.each([
    'positive-without-diagnosis',
    'folic-acid-not-refilled',
    'hearing-without-diagnosis',
    'high-risk-without-plan',
  ])('%s answers, and is nobody’s without care', async (name) => {
    const village = await office.officer('village_worker', places.village)

    expect((await page(name)).items).toEqual([])
    expect((await village.get(`/api/v1/birth-defect-worklists/${name}`)).status).toBe(403)
  })
})
