import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CheckItemSet, CheckItemSetRow } from '@youyu/shared/birth-defects/check-item-sets'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { wrongField } from '../../../../test/supplies.ts'

let office: TestOffice

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
})
afterAll(() => office.close())

test('a county sets items and rules by a version of its own; what does not fit is named', async () => {
  const county = await office.officer('county_mch', '371121000000')
  const { items, elements, rules, followUp, nameZh, nameEn } = bodyOf<CheckItemSet>(
    await county.get('/api/v1/check-item-sets/PREMARITAL'),
    200,
  )
  const body = { items, elements, rules, followUp, nameZh, nameEn }
  const add = (given: object) =>
    county.post('/api/v1/check-item-sets/PREMARITAL', {
      ...{ ...body, effectiveFrom: '2026-09-01', source: '县文件', reason: '调整', ...given },
    })

  const wrong = await add({ elements: [{ ...elements[0], item: 'NO_SUCH' }, ...elements.slice(1)] })
  const added = await add({ rules: rules.slice(0, 3) })

  expect(wrongField(wrong).slice(1)).toEqual(['/elements/0/item', 'invalid-code-value'])
  expect(bodyOf<CheckItemSet>(added, 201)).toMatchObject({ version: 1, isOwn: true })
  const on = async (day: string) =>
    bodyOf<CheckItemSet>(await county.get(`/api/v1/check-item-sets/PREMARITAL?on=${day}`), 200).isOwn
  expect([await on('2026-08-31'), await on('2026-09-01')]).toEqual([false, true])
})

const withoutEvidence = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'evidence' ? undefined : value)))

test('an item set tells sources and how sure they are apart, and a version of the county’s own keeps both', async () => {
  const county = await office.officer('county_mch', '371121000000')
  const at = '/api/v1/check-item-sets'
  const given = bodyOf<CheckItemSet>(await county.get(`${at}/PREMARITAL`), 200)
  const listed = bodyOf<{ items: CheckItemSetRow[] }>(await county.get(at), 200).items
  const { items, elements, rules, followUp, nameZh, nameEn } = given
  const body = { items, elements, rules, followUp, nameZh, nameEn, effectiveFrom: '2027-01-01' }

  const own = bodyOf<CheckItemSet>(
    await county.post(`${at}/PREMARITAL`, { ...body, source: '县卫健局文件', reason: '本县采用' }),
    201,
  )

  expect(given).toMatchObject({
    source: '婚前保健服务数据集 WS 377.1；婚前保健工作规范',
    evidence: ['found: F26', 'K:med'],
  })
  expect(rules.map(({ evidence }) => evidence)).toContainEqual(['found: F26', 'K:med'])
  expect(JSON.stringify([given, listed].map(withoutEvidence))).not.toMatch(/\[(found|K|design)/)
  expect(own).toMatchObject({ rules, source: '县卫健局文件', evidence: [] })
})
