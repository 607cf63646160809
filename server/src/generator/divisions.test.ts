import { describe, expect, test } from 'vitest'
import { divisionsOfCounty, realDivisions } from './divisions.ts'
import { inventedDivisions } from './invented-divisions.ts'
import type { DivisionRow } from './rows.ts'

function orphans(divisions: DivisionRow[]): DivisionRow[] {
  const codes = new Set(divisions.map(({ code }) => code))
  return divisions.filter(({ level, parentCode }) => level > 1 && !codes.has(parentCode))
}

describe('the divisions of a county', () => {
  test('are the real ones of Wulian with its townships and villages', async () => {
    const divisions = (await realDivisions('371121')) ?? []

    const within = (level: number) =>
      divisions.filter((row) => row.level === level && row.code.startsWith('371121'))
    expect(within(3)).toEqual([
      { code: '371121000000', name: '五莲县', level: 3, parentCode: '371100000000', urbanRuralCode: '' },
    ])
    expect(within(4)).toHaveLength(12)
    expect(within(5)).toHaveLength(561)
    expect(orphans(divisions)).toEqual([])
  })

  test('hang together in a city without counties', async () => {
    const divisions = (await realDivisions('441900')) ?? []

    expect(divisions.find(({ code }) => code === '441900000000')?.name).toBe('东莞市')
    expect(new Set(divisions.map(({ code }) => code)).size).toBe(divisions.length)
    expect(orphans(divisions)).toEqual([])
  })

  test('are invented by rule for an unknown county', async () => {
    const divisions = await divisionsOfCounty('990199')

    expect(divisions).toEqual(inventedDivisions('990199'))
    expect(divisions.filter(({ level }) => level === 5)).toHaveLength(19)
    expect(orphans(divisions)).toEqual([])
  })
})
