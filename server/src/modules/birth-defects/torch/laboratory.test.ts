import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LabOrder } from '@youyu/shared/birth-defects/laboratory'
import type { TorchCaseRow, TorchTest, TorchTestRow } from '@youyu/shared/birth-defects/torch'
import type { Page } from '@youyu/shared/values'
import { openLaboratory, type Laboratory } from '../../../../test/laboratory.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { stageOn } from './rules.ts'

let office: TestOffice
let site: Laboratory
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  site = await openLaboratory(office, today)
})
afterAll(() => office.close())

const asked = async <Answer>(path: string) =>
  bodyOf<Answer>(await site.clinic.clinician.get(`/api/v1/${path}`), 200)
const testsOf = async ({ client: { id } }: LabOrder) =>
  (await asked<Page<TorchTestRow>>(`torch-tests?clientId=${id}`)).items
const casesOf = async ({ client: { id } }: LabOrder) =>
  (await asked<Page<TorchCaseRow>>(`torch-cases?clientId=${id}`)).items
const answer = ({ barcode }: LabOrder, analyte: string, flag: string) => ({ barcode, analyte, flag })

describe('what a laboratory answers', () => {
  test('becomes tests that wait for a clinician, and cases of what they call for', async () => {
    const [clear, acute] = [await site.order('TORCH'), await site.order('TORCH')]

    const batch = await site.post([
      answer(clear, 'TOX_IGG', 'NEG'),
      answer(clear, 'TOX_IGM', 'NEG'),
      answer(acute, 'CMV_IGG', 'NEG'),
      answer(acute, 'CMV_IGM', 'POS'),
      answer(acute, 'RUB_IGG', 'POS'),
    ])

    expect(batch).toMatchObject({ accepted: 5, rejected: 0 })
    const [test] = await testsOf(acute)
    expect(test).toMatchObject({ actionable: ['CMV'], confirmedOn: null })
    const whole = await asked<TorchTest>(`torch-tests/${test!.id}`)
    expect(whole.results).toMatchObject([
      { agent: 'RUB', meaning: 'IMMUNE' },
      { agent: 'CMV', meaning: 'POSSIBLE_ACUTE', isActionable: true },
    ])
    expect(await casesOf(acute)).toMatchObject([{ agent: 'CMV', state: 'FOUND' }])
    expect(await testsOf(clear)).toMatchObject([{ actionable: [] }])
    expect(await casesOf(clear)).toEqual([])
    const states = await office.sql<{ state: string }>(
      `select l.state from chain_links l where l.item = 'TORCH' and l.chain_id = any($1)`,
      [[test!.chainId, (await testsOf(clear))[0]!.chainId]],
    )
    expect(states.map(({ state }) => state)).toEqual(['DONE', 'DONE'])
  })

  test('goes on in one test where it comes in parts, and takes its case back where it was set right', async () => {
    const order = await site.order('TORCH')
    await site.post([answer(order, 'TOX_IGM', 'POS')])
    const before = await casesOf(order)

    await site.post([answer(order, 'TOX_IGG', 'POS')])
    const both = await casesOf(order)
    await site.post([{ ...answer(order, 'TOX_IGM', 'NEG'), correction: '复核' }])

    expect(before).toMatchObject([{ meaning: 'POSSIBLE_ACUTE' }])
    expect(both).toMatchObject([{ id: before[0]!.id, meaning: 'POSSIBLE_RECENT' }])
    expect(await testsOf(order)).toHaveLength(1)
    expect(await casesOf(order)).toEqual([])
  })
})

test.each([
  ['12 weeks and 6 days', '2026-03-31', 'EARLY_PREGNANCY'],
  ['13 weeks', '2026-04-01', 'LATER_PREGNANCY'],
  ['the day of the last menstruation', '2025-12-31', 'EARLY_PREGNANCY'],
  ['the day before it', '2025-12-30', 'PRECONCEPTION'],
])('a sample of %s is of the stage it was taken in', (_, day, stage) => {
  expect(stageOn(day, '2026-10-07', null)).toBe(stage)
  expect(stageOn(day, null, null)).toBe('PRECONCEPTION')
  expect(stageOn(day, '2026-10-07', '2025-12-01')).toBe('PRECONCEPTION')
})
