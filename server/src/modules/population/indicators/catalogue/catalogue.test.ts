import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IndicatorDefinition } from '@youyu/shared/population/indicators'
import { foundCounty } from '../../../../../test/county.ts'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { measureOf } from '../values/measures/index.ts'
import { definitionOf } from './rules.ts'

let office: TestOffice
let items: IndicatorDefinition[]
beforeAll(async () => {
  office = await openOffice()
  const place = await foundCounty(office, '371121')
  const viewer = await office.officer('county_assess', place.county)
  items = bodyOf<{ items: IndicatorDefinition[] }>(await viewer.get('/api/v1/indicators'), 200).items
})
afterAll(() => office.close())

const codes = Array.from({ length: 29 }, (_, index) => `POP-${String(index + 1).padStart(2, '0')}`)

describe('the catalogue', () => {
  test('holds POP-01 to POP-29, each in both languages', () => {
    expect(items.map(({ code }) => code)).toEqual(codes)
    for (const { zh, en, numerator, definitionVersion } of items) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/)
      expect(en).toMatch(/^[\x20-\x7e–—’]+$/)
      expect(numerator.zh && numerator.en).toBeTruthy()
      expect(definitionVersion).toMatch(/^\d+\.\d+$/)
    }
  })

  test('lets births, their rates, sex ratio, late marriage and late birth be no target', () => {
    const forbidden = items.filter(({ targetForbidden }) => targetForbidden).map(({ code }) => code)

    expect(forbidden).toEqual([...codes.slice(0, 7), 'POP-14', 'POP-15'])
  })

  test('names every component that is measured, and measures every one that it names', () => {
    for (const code of codes) {
      const measured = measureOf(code)({ level: 3, isParted: false, population: 'residence' })
      const keys = measured.map(({ key }) => key).filter((key) => key !== null)
      expect(keys.sort()).toEqual(
        definitionOf(code)
          .components.map(({ key }) => key)
          .sort(),
      )
    }
  })

  test('classifies no birth by policy', () => {
    expect(JSON.stringify(items)).not.toMatch(/政策内|政策外|计划内|计划外|违法生育/)
  })
})
