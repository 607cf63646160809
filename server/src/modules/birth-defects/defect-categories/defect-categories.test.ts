import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { asksSide, categoryOf, defectCategories } from '@youyu/shared/birth-defects/defect-categories'
import { openOffice, type TestOffice } from '../../../../test/office.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

/** The table of domain §3.4, read as numbers: what the rule and the database must agree with. */
function tableSays(chapter: number, decimal: number | null): string {
  const whole: Record<number, string> = {
    ...{ 0: '01', 5: '02', 1: '03', 3: '04', 35: '05', 36: '06', 37: '07', 39: '10', 42: '11', 54: '12' },
    ...{ 69: '15', 70: '16', 71: '17', 72: '17', 73: '17', 90: '22' },
  }
  if (chapter >= 20 && chapter <= 26) return '23'
  if (chapter === 17) return decimal === 2 ? '08' : '09'
  if (decimal !== null) {
    const single: Record<string, string> = {
      ...{ '16.0': '08', '64.1': '13', '66.0': '14', '79.0': '18', '79.2': '19', '79.3': '20', '89.4': '21' },
    }
    const found = single[`${chapter}.${decimal}`]
    if (found) return found
  }
  return whole[chapter] ?? '24'
}

const every = Array.from({ length: 100 }, (_, chapter) =>
  [null, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((decimal) => ({
    code: `Q${String(chapter).padStart(2, '0')}${decimal === null ? '' : `.${decimal}`}`,
    expected: tableSays(chapter, decimal),
  })),
).flat()

describe('the national category', () => {
  it('of every Q code is the same by the rule, by the database and by the table', async () => {
    const rows = await office.sql<{ code: string; category: string }>(
      'select code, app.defect_category(code) as category from unnest($1::text[]) code',
      [every.map(({ code }) => code)],
    )

    expect(every).toHaveLength(1100)
    expect(Object.fromEntries(every.map(({ code }) => [code, categoryOf(code)]))).toEqual(
      Object.fromEntries(every.map(({ code, expected }) => [code, expected])),
    )
    expect(Object.fromEntries(rows.map(({ code, category }) => [code, category]))).toEqual(
      Object.fromEntries(every.map(({ code, expected }) => [code, expected])),
    )
  })

  test.each([
    ['E70.0', '24'],
    ['E71.1', '24'],
    ['E72.9', '24'],
    ['E03.1', '24'],
    ['E03.0', null],
    ['D55.0', '24'],
    ['D55.1', null],
    ['E25.0', '24'],
    ['H90.3', '24'],
    ['H91.0', null],
    ['Q96-Q99', '24'],
    ['O35.0', null],
  ])('of %s is %s', async (code, category) => {
    const [row] = await office.sql<{ category: string | null }>(
      'select app.defect_category($1) as category',
      [code],
    )

    expect(categoryOf(code)).toBe(category)
    expect(row?.category).toBe(category)
  })

  it('has the same names and the same questions in the database, and no exclusion is forgotten', async () => {
    const officer = await office.officer('city_viewer', '371100000000')

    const { status, body } = await officer.get('/api/v1/defect-categories')

    expect(status).toBe(200)
    const { items, deadlines } = body as {
      items: {
        code: keyof typeof defectCategories
        zh: string
        en: string
        asksSide: boolean
        prefixes: { prefix: string; excludes: string[] }[]
      }[]
      deadlines: { step: string; days: number }[]
    }
    expect(items).toHaveLength(24)
    for (const { code, zh, en, asksSide: side, prefixes } of items) {
      expect([zh, en]).toEqual(defectCategories[code])
      expect(side).toBe(asksSide(code))
      for (const { prefix, excludes } of prefixes)
        expect(
          items
            .flatMap((other) => (other.code === code ? [] : other.prefixes))
            .filter((other) => other.prefix !== prefix && other.prefix.startsWith(prefix))
            .map((other) => other.prefix)
            .sort(),
        ).toEqual([...excludes].sort())
    }
    expect(deadlines).toContainEqual(expect.objectContaining({ step: 'CARD', days: 7 }))
  })
})
