import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  judgeRisk,
  resultFaults,
  withDerived,
  type CheckElement,
  type CheckResults,
  type RiskRule,
} from '@youyu/shared/birth-defects/check-item-sets'
import { itemsDone, unusualOf } from './rules.ts'

/** The set that counties are given, from the migration. */
const migrations = new URL('../../../../../migrations/', import.meta.url)
const reference = readdirSync(migrations).find((file) => file.startsWith('0011_'))!
const [items, elements, rules] = [
  ...readFileSync(new URL(reference, migrations), 'utf8').matchAll(/^ {2}'(\[.*\])'::jsonb,$/gm),
]
  .slice(0, 3)
  .map(([, json]) => JSON.parse(json!.replaceAll("''", "'")) as unknown) as [
  { code: string; nameZh: string; nameEn: string; parties: ('HER' | 'HIM')[] }[],
  CheckElement[],
  RiskRule[],
]
const judge = (her: CheckResults | null, him: CheckResults | null = null) =>
  judgeRisk(rules, { HER: her, HIM: him })

describe('the risk of a couple', () => {
  test.each([
    ['nothing found', { AGE: 30, HB: 110, BMI: 18.5, TSH: 4.2 }, null, []],
    ['34 years', { AGE: 34 }, null, []],
    ['35 years', { AGE: 35 }, null, ['AGE_35']],
    ['haemoglobin 109.9', { HB: 109.9 }, null, ['HB']],
    ['BMI 28', { BMI: 28 }, null, ['BMI_28']],
    ['BMI 27.9', { BMI: 27.9 }, null, []],
    ['BMI 18.4', { BMI: 18.4 }, null, ['BMI_LOW']],
    ['TSH 4.21', { TSH: 4.21 }, null, ['THYROID']],
    ['glucose 7.0', { GLUCOSE: 7 }, null, ['GLUCOSE']],
    ['blood pressure 139', { SYSTOLIC: 139 }, { SYSTOLIC: 139 }, []],
    ['blood pressure 140, his', {}, { SYSTOLIC: 140 }, ['BP_HIM']],
    ['one miscarriage', { MISCARRIAGES: 1 }, null, []],
    ['two miscarriages', { MISCARRIAGES: 2 }, null, ['MISCARRIAGES_2']],
    ['she Rh negative, he unknown', { RH: 'NEG' }, null, []],
    ['she Rh negative, he positive', { RH: 'NEG' }, { RH: 'POS' }, ['RH_COUPLE']],
    ['he Rh negative', { RH: 'POS' }, { RH: 'NEG' }, []],
    ['both HBsAg', { HBSAG: 'POS' }, { HBSAG: 'POS' }, ['HBSAG_HER', 'HBSAG_HIM']],
    ['susceptible to rubella', { RUB_IGG: 'NEG' }, null, ['RUBELLA']],
    ['CMV IgM in the grey zone', { CMV_IGM: 'GREY' }, null, ['CMV']],
    ['urine protein ±', { U_PROTEIN: 'TRACE' }, null, []],
    ['urine protein +', { U_PROTEIN: '1+' }, null, ['PROTEINURIA_HER']],
    ['asked and denied', { SMOKES: false, EPILEPSY: false }, { SMOKES: false }, []],
    ['he smokes', {}, { SMOKES: true }, ['SMOKES_HIM']],
    ['drinks sometimes', { ALCOHOL: 'SOMETIMES' }, null, []],
  ])('%s', (_, her, him, reasons) => {
    const judged = judge(her, him)

    expect(judged.reasons).toEqual(reasons)
    expect(judged.risk).toBe(reasons.length > 0 ? 'HIGH_RISK' : 'GENERAL')
  })

  test('names whose it is', () => {
    expect(judge({ HB: 100 }, {})).toMatchObject({ hers: 'HIGH_RISK', his: 'GENERAL' })
    expect(judge({ RH: 'NEG' }, { RH: 'POS' })).toMatchObject({ hers: 'HIGH_RISK', his: 'HIGH_RISK' })
  })

  test('every rule holds where its conditions do, and only there', () => {
    for (const rule of rules) {
      const results: Record<'HER' | 'HIM', Record<string, never>> = { HER: {}, HIM: {} }
      for (const { party, element, test: how, value } of rule.conditions)
        results[party][element] = (
          how === 'IN' ? (value as string[])[0] : how === 'BELOW' ? (value as number) - 0.001 : value
        ) as never
      expect(judge(results.HER, results.HIM).reasons).toContain(rule.code)
      expect(rule.adviceZh.length * rule.adviceEn.length * rule.source.length).toBeGreaterThan(0)
    }
  })
})

describe('what was filled in', () => {
  test.each([
    ['a number', 'HER', { HB: 120 }, []],
    ['a number that cannot be', 'HER', { HB: 19 }, ['HB invalid-value']],
    ['a text for a number', 'HER', { HB: '120' }, ['HB invalid-value']],
    ['a code of another set', 'HER', { RH: 'MAYBE' }, ['RH invalid-code-value']],
    ['a day', 'HER', { LMP: '2026-08-01' }, []],
    ['no day', 'HER', { LMP: '2026-02-30' }, ['LMP invalid-date']],
    ['hers on his sheet', 'HIM', { RUB_IGG: 'NEG' }, ['RUB_IGG unknown-field']],
    ['syphilis without consent', 'HIM', { SYPHILIS: 'NEG' }, ['SYPHILIS consent-required']],
  ] as const)('%s', (_, party, results, faults) => {
    expect(
      resultFaults(elements, party, results as CheckResults, false).map(
        (each) => `${each.element} ${each.code}`,
      ),
    ).toEqual(faults)
  })

  test('makes items done, in the order of the paper', () => {
    const done = itemsDone(items, elements, 'HER', { results: { TSH: 2, HB: 120 }, itemsDone: ['EDUCATION'] })

    expect(done).toEqual(['EDUCATION', 'BLOOD_COUNT', 'TSH_ITEM'])
  })

  test('gives the age and the body-mass index to the rules', () => {
    expect(withDerived({ HEIGHT: 160, WEIGHT: 51.2 }, 30)).toMatchObject({ AGE: 30, BMI: 20 })
    expect(withDerived({ HEIGHT: 160 }, 30)).not.toHaveProperty('BMI')
  })

  test('is unusual outside the usual range', () => {
    expect(unusualOf(elements, { HB: 109, PLT: 100, WBC: 9.6, HEART_LUNG: 'ABNORMAL' })).toEqual([
      'HEART_LUNG',
      'HB',
      'WBC',
    ])
  })
})
