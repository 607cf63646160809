import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  conditionHolds,
  testHolds,
  type KnownFacts,
  type RuleTest,
} from '@youyu/shared/birth-defects/decision-facts'
import type {
  DecisionRow,
  DecisionTable,
  DecisionTableChange,
  DecisionTableRow,
} from '@youyu/shared/birth-defects/decision-support'
import { assessed, judged } from '@youyu/shared/birth-defects/risk'
import type { Problem } from '@youyu/shared/errors'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
let bureau: Officer
let risk: DecisionTable
let advice: DecisionTable
const url = '/api/v1/decision-tables'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  clinic = await openClinic(office)
  bureau = await office.officer('county_mch', places.county)
  const inForce = async (kind: string) =>
    bodyOf<DecisionTable>(await clinic.clinician.get(`${url}/in-force?kind=${kind}`), 200)
  ;[risk, advice] = await Promise.all([inForce('RISK'), inForce('ADVICE')])
})
afterAll(() => office.close())

const known = (
  values: KnownFacts['values'] = {},
  signs: string[] = [],
  items: string[] = [],
): KnownFacts => ({
  ...{ values, signs, items },
})
const holds = (table: DecisionTable, code: string, facts: KnownFacts): boolean => {
  const row = table.rows.find((each) => each.code === code)
  if (!row) throw new Error(`no row ${code}`)
  return (row.isTicked && facts.items.includes(code)) || conditionHolds(row.when, facts)
}

type Case = [code: string, holds: boolean, values: KnownFacts['values'], signs?: string[]]

describe('the five colours', () => {
  test('stand at their boundaries', () => {
    const cases: Case[] = [
      ['AGE_35_18', true, { age: 18 }],
      ['AGE_35_18', false, { age: 19 }],
      ['AGE_35_18', false, { age: 34 }],
      ['AGE_35_18', true, { age: 35 }],
      ['AGE_35_18', true, { age: 39 }],
      ['AGE_40', false, { age: 39 }],
      ['AGE_40', true, { age: 40 }],
      ['BMI_25_18', true, { bmi: 18.49 }],
      ['BMI_25_18', false, { bmi: 18.5 }],
      ['BMI_25_18', false, { bmi: 25 }],
      ['BMI_25_18', true, { bmi: 25.01 }],
      ['BMI_28', false, { bmi: 27.99 }],
      ['BMI_28', true, { bmi: 28 }],
      ['BAD_HISTORY', false, { allLosses: 2 }],
      ['BAD_HISTORY', true, { allLosses: 3 }],
      ['SCARRED_UTERUS', true, { caesareans: 1 }],
      ['UTERINE_SURGERY_2', true, { caesareans: 2 }],
      ['TWINS', true, { plurality: 2 }],
      ['TWINS', false, { plurality: 3 }],
      ['TRIPLETS', true, { plurality: 3 }],
      ['ART', true, { conception: 'ART' }],
      ['ART', false, { conception: 'NATURAL' }],
      ['ANAEMIA_60', false, { haemoglobin: 110 }],
      ['ANAEMIA_60', true, { haemoglobin: 109 }],
      ['ANAEMIA_60', true, { haemoglobin: 60 }],
      ['ANAEMIA_40', true, { haemoglobin: 59 }],
      ['ANAEMIA_40', true, { haemoglobin: 41 }],
      ['ANAEMIA_UNDER_40', true, { haemoglobin: 40 }],
      ['PLATELETS_50', false, { platelets: 100 }],
      ['PLATELETS_50', true, { platelets: 50 }],
      ['PLATELETS_30', true, { platelets: 49 }],
      ['PLATELETS_30', true, { platelets: 30 }],
      ['PLATELETS_UNDER_30', true, { platelets: 29 }],
      ['HYPERTENSION', false, { systolic: 139, diastolic: 89 }],
      ['HYPERTENSION', true, { systolic: 139, diastolic: 90 }],
      ['HYPERTENSION', true, { systolic: 140, diastolic: 80 }],
      ['HYPERTENSION_SEVERE', false, { systolic: 159, diastolic: 109 }],
      ['HYPERTENSION_SEVERE', true, { systolic: 160, diastolic: 90 }],
      ['HYPERTENSION_SEVERE', true, { systolic: 150, diastolic: 110 }],
      ['PREECLAMPSIA', false, { gestationDays: 139, systolic: 150, urineProtein: 'TWO' }],
      ['PREECLAMPSIA', true, { gestationDays: 140, systolic: 140, urineProtein: 'ONE' }],
      ['PREECLAMPSIA', false, { gestationDays: 140, systolic: 140, urineProtein: 'TRACE' }],
      ['DIABETES_DIET', true, { ogttTwoHours: 8.5 }],
      ['HEPATITIS', true, { hepatitisB: 'POSITIVE' }],
      ['SYPHILIS', true, { syphilis: 'POSITIVE' }],
      ['HIV', false, { hiv: 'PENDING' }],
      ['HIV', true, { hiv: 'POSITIVE' }],
    ]

    for (const [code, expected, values, signs] of cases)
      expect([code, values, holds(risk, code, known(values, signs))]).toEqual([code, values, expected])
  })

  test('are the worst of what is present, purple beside them, and never below it', () => {
    const order = ['GREEN', 'YELLOW', 'ORANGE', 'RED']
    const ticked = risk.rows.filter(({ isTicked }) => isTicked).map(({ code }) => code)
    const values = fc.record(
      {
        age: fc.integer({ min: 13, max: 55 }),
        bmi: fc.double({ min: 14, max: 45, noNaN: true }),
        haemoglobin: fc.integer({ min: 30, max: 160 }),
        systolic: fc.integer({ min: 80, max: 220 }),
        platelets: fc.integer({ min: 5, max: 300 }),
        plurality: fc.integer({ min: 1, max: 4 }),
        hiv: fc.constantFrom('NEGATIVE', 'POSITIVE'),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(values, fc.uniqueArray(fc.constantFrom(...ticked), { maxLength: 6 }), (facts, items) => {
        const here = known(facts, [], items)
        const { colour, isPurple, reasons } = assessed(risk.rows, here)
        for (const row of risk.rows.filter(({ code }) => holds(risk, code, here))) {
          if (row.mark === 'PURPLE') expect(isPurple).toBe(true)
          else expect(order.indexOf(colour)).toBeGreaterThanOrEqual(order.indexOf(row.mark!))
          expect(reasons.some(({ code }) => code === row.code)).toBe(true)
        }
        if (reasons.length === 0) expect([colour, isPurple]).toEqual(['GREEN', false])
        expect(judged(risk.rows, advice.rows, JSON.parse(JSON.stringify(here)) as KnownFacts)).toEqual(
          judged(risk.rows, advice.rows, here),
        )
        const more = assessed(risk.rows, { ...here, items: [...items, 'ASTHMA'] })
        expect(order.indexOf(more.colour)).toBeGreaterThanOrEqual(Math.max(2, order.indexOf(colour)))
      }),
      { numRuns: 50 },
    )
  })

  test('name a source and how sure it is for every item, and each can come about', () => {
    const marks = new Set(risk.rows.map(({ mark }) => mark))
    expect([...marks].sort()).toEqual(['ORANGE', 'PURPLE', 'RED', 'YELLOW'])
    for (const row of [...risk.rows, ...advice.rows]) {
      expect(row.source.length).toBeGreaterThan(3)
      for (const tests of row.when)
        expect([row.code, conditionHolds([tests], meeting(tests))]).toEqual([row.code, true])
      if (row.isTicked) expect(assessed([row], known({}, [], [row.code])).reasons).toHaveLength(1)
    }
  })
})

/** Facts at the inner edge of every bound of a conjunction. */
function meeting(tests: readonly RuleTest[]): KnownFacts {
  const facts = known()
  const bounds = new Map<string, { lo: number; hi: number }>()
  for (const each of tests) {
    if ('signs' in each) facts.signs = each.absent ? facts.signs : [...facts.signs, each.signs[0]!]
    else if ('items' in each) facts.items = each.absent ? facts.items : [...facts.items, each.items[0]!]
    else if ('oneOf' in each) facts.values[each.fact] = each.oneOf[0]!
    else if ('fact' in each) {
      const kept = bounds.get(each.fact) ?? { lo: -Infinity, hi: Infinity }
      const lo = each.least ?? (each.above === undefined ? -Infinity : each.above + 0.001)
      const hi = each.most ?? (each.below === undefined ? Infinity : each.below - 0.001)
      bounds.set(each.fact, { lo: Math.max(kept.lo, lo), hi: Math.min(kept.hi, hi) })
    }
  }
  for (const [fact, { lo, hi }] of bounds) facts.values[fact as 'age'] = Number.isFinite(lo) ? lo : hi
  return facts
}

describe('decision support', () => {
  test('stands at its boundaries', () => {
    const week = (weeks: number, days = 0) => weeks * 7 + days
    const cases: Case[] = [
      ['ANAEMIA_SEVERE', true, { gestationDays: 200, haemoglobin: 69 }],
      ['ANAEMIA_MODERATE', true, { gestationDays: 200, haemoglobin: 70 }],
      ['ANAEMIA_MODERATE', true, { gestationDays: 100, haemoglobin: 99 }],
      ['ANAEMIA_MILD_1', true, { gestationDays: week(12, 6), haemoglobin: 109 }],
      ['ANAEMIA_MILD_1', false, { gestationDays: week(12, 6), haemoglobin: 110 }],
      ['ANAEMIA_MILD_2', false, { gestationDays: week(13), haemoglobin: 105 }],
      ['ANAEMIA_MILD_2', true, { gestationDays: week(13), haemoglobin: 104 }],
      ['ANAEMIA_MILD_2', true, { gestationDays: week(27, 6), haemoglobin: 104 }],
      ['ANAEMIA_MILD_2', false, { gestationDays: week(28), haemoglobin: 104 }],
      ['ANAEMIA_MILD_3', true, { gestationDays: week(28), haemoglobin: 109 }],
      ['ANAEMIA_MILD_3', false, { gestationDays: week(28), haemoglobin: 110 }],
      ['CHRONIC_HYPERTENSION', true, { gestationDays: week(19, 6), systolic: 140 }],
      ['CHRONIC_HYPERTENSION', false, { gestationDays: week(20), systolic: 140 }],
      ['GESTATIONAL_HYPERTENSION', true, { gestationDays: week(20), diastolic: 90 }],
      ['GESTATIONAL_HYPERTENSION', false, { gestationDays: week(20), diastolic: 89 }],
      ['GESTATIONAL_HYPERTENSION', false, { gestationDays: week(30), diastolic: 90, urineProtein: 'ONE' }],
      ['PREECLAMPSIA_NOW', true, { gestationDays: week(30), diastolic: 90, urineProtein: 'ONE' }],
      ['PREECLAMPSIA_SEVERE', true, { gestationDays: week(30), systolic: 140 }, ['HEADACHE']],
      ['PREECLAMPSIA_SEVERE', true, { gestationDays: week(30), systolic: 140, platelets: 99 }],
      ['PREECLAMPSIA_SEVERE', false, { gestationDays: week(30), systolic: 140, platelets: 100 }],
      ['BP_SEVERE', false, { systolic: 159, diastolic: 109 }],
      ['BP_SEVERE', true, { systolic: 160 }],
      ['BP_SEVERE', true, { diastolic: 110 }],
      ['BP_RAISED', true, { gestationDays: 100, systolic: 130, diastolic: 70 }],
      ['BP_RAISED', false, { gestationDays: 100, systolic: 129, diastolic: 79 }],
      ['GDM', false, { gestationDays: 180, ogttFasting: 5.09, ogttOneHour: 9.99, ogttTwoHours: 8.49 }],
      ['GDM', true, { gestationDays: 180, ogttFasting: 5.1 }],
      ['GDM', true, { gestationDays: 180, ogttOneHour: 10 }],
      ['GDM', true, { gestationDays: 180, ogttTwoHours: 8.5 }],
      ['OVERT_DIABETES', true, { fastingGlucose: 7 }],
      ['OVERT_DIABETES', false, { fastingGlucose: 6.99, ogttTwoHours: 11.09 }],
      ['OVERT_DIABETES', true, { ogttTwoHours: 11.1 }],
      ['OGTT_DUE', false, { gestationDays: week(23, 6) }],
      ['OGTT_DUE', true, { gestationDays: week(24) }],
      ['OGTT_DUE', true, { gestationDays: week(27, 6) }],
      ['OGTT_DUE', false, { gestationDays: week(28) }],
      ['OGTT_DUE', false, { gestationDays: week(25), ogttFasting: 4.5 }],
      ['TESTS_DUE', true, { gestationDays: 80, hiv: 'NEGATIVE', syphilis: 'NEGATIVE' }],
      [
        'TESTS_DUE',
        false,
        { gestationDays: 80, hiv: 'NEGATIVE', syphilis: 'NEGATIVE', hepatitisB: 'NEGATIVE' },
      ],
      ['PRETERM_LABOUR', true, { gestationDays: week(36, 6) }, ['CONTRACTIONS']],
      ['PRETERM_LABOUR', false, { gestationDays: week(37) }, ['CONTRACTIONS']],
      ['LABOUR', true, { gestationDays: week(37) }, ['CONTRACTIONS']],
      ['HEART_RATE', false, { gestationDays: 200, fetalHeartRate: 110 }],
      ['HEART_RATE', true, { gestationDays: 200, fetalHeartRate: 109 }],
      ['HEART_RATE', false, { gestationDays: 200, fetalHeartRate: 160 }],
      ['HEART_RATE', true, { gestationDays: 200, fetalHeartRate: 161 }],
      ['POST_DATES', false, { gestationDays: week(40, 6) }],
      ['POST_DATES', true, { gestationDays: week(41) }],
      ['POST_TERM', false, { gestationDays: week(41, 6) }],
      ['POST_TERM', true, { gestationDays: week(42) }],
      ['BILE', true, { gestationDays: 200, bileAcid: 10 }],
      ['BILE_SEVERE', true, { gestationDays: 200, bileAcid: 40 }],
      ['TSH_HIGH', false, { gestationDays: 60, thyrotropin: 4 }],
      ['TSH_HIGH', true, { gestationDays: 60, thyrotropin: 4.01 }],
      ['DIAGNOSIS_AGE', true, { gestationDays: 80, ageAtTerm: 35 }],
      ['FEVER_HIGH', false, { gestationDays: 80, temperature: 38.4 }],
      ['FEVER_HIGH', true, { gestationDays: 80, temperature: 38.5 }],
      ['PYELONEPHRITIS', true, { gestationDays: 80, temperature: 38 }, ['DYSURIA']],
      ['DEPRESSION_POSSIBLE', true, { depressionScore: 12 }],
      ['DEPRESSION_LIKELY', true, { depressionScore: 13 }],
      ['PP_SEPSIS', true, { daysAfterBirth: 3, temperature: 38 }],
      ['PP_SEPSIS', false, { gestationDays: 200, temperature: 38 }],
      ['DANGER_BLEEDING', false, { daysAfterBirth: 3 }, ['BLEEDING']],
      ['PP_BLEEDING', true, { daysAfterBirth: 3 }, ['BLEEDING']],
      ['DANGER_HEAD', true, { gestationDays: week(20) }, ['VISION']],
    ]

    for (const [code, expected, values, signs] of cases)
      expect([code, values, holds(advice, code, known(values, signs))]).toEqual([code, values, expected])
  })

  test('says nothing of what nobody knows, except that it is missing', () => {
    expect(testHolds({ fact: 'haemoglobin', below: 110 }, known())).toBe(false)
    expect(testHolds({ missing: ['haemoglobin'] }, known())).toBe(true)
    expect(judged(risk.rows, advice.rows, known()).risk.colour).toBe('GREEN')
    expect(judged(risk.rows, advice.rows, known()).advice).toEqual([])
  })

  test('knows what the colour rests on: twins at 13 weeks are offered aspirin', () => {
    const { advice: told } = judged(risk.rows, advice.rows, known({ gestationDays: 91, plurality: 2 }))

    expect(told.map(({ code }) => code)).toContain('ASPIRIN')
  })
})

describe('a new version', () => {
  const aRow = (): DecisionRow => ({
    ...risk.rows.find(({ code }) => code === 'AGE_35_18')!,
    when: [[{ fact: 'age', least: 36, below: 40 }]],
    ...{ source: '县妇幼保健机构评审', confidence: 'county' },
  })
  const aVersion = (given: object = {}) => ({
    ...{ basedOn: risk.code, effectiveFrom: '2026-09-01', source: '县文件〔2026〕1号', reviewer: '李主任' },
    ...{
      reviewedOn: '2026-08-19',
      reason: '年龄界值调整',
      rows: [aRow()],
      without: ['DRUGS_PAST'],
      ...given,
    },
  })

  test('shows what it changes, holds for the county from its day, and leaves the old one as it was', async () => {
    const { changes } = bodyOf<{ changes: DecisionTableChange[] }>(
      await bureau.post(`${url}?dryRun=true`, aVersion()),
      200,
    )
    const made = bodyOf<DecisionTableRow>(await bureau.post(url, aVersion()), 201)

    expect(changes.map(({ code, after }) => [code, after === null]).sort()).toEqual([
      ['AGE_35_18', false],
      ['DRUGS_PAST', true],
    ])
    expect(made).toMatchObject({
      county: 371121,
      basedOn: risk.code,
      rows: risk.rows.length - 1,
      isInForce: false,
    })
    const on = async (day: string, who = clinic.clinician) =>
      bodyOf<DecisionTable>(await who.get(`${url}/in-force?kind=RISK&on=${day}`), 200).code
    expect([await on('2026-08-31'), await on('2026-09-01')]).toEqual([risk.code, made.code])
    expect(await on('2026-09-01', clinic.stranger)).toBe(risk.code)
    expect((await clinic.stranger.get(`${url}/${made.code}`)).status).toBe(404)
    expect(bodyOf<DecisionTable>(await bureau.get(`${url}/${risk.code}`), 200).rows).toEqual(risk.rows)
    expect(
      bodyOf<{ items: DecisionTableRow[] }>(await bureau.get(`${url}?kind=RISK`), 200).items,
    ).toHaveLength(2)
  })

  test('names what is wrong, and is the bureau’s alone', async () => {
    const fault = async (given: object) =>
      ((await bureau.post(url, aVersion(given))).body as Problem).errors?.map(({ pointer, code }) => [
        pointer,
        code,
      ])[0]
    const row = aRow()

    expect(await fault({ effectiveFrom: '2026-08-19' })).toEqual(['/effectiveFrom', 'invalid-date'])
    expect(await fault({ without: ['NO_SUCH'] })).toEqual(['/without/0', 'not-found'])
    expect(await fault({ rows: [{ ...row, mark: null }] })).toEqual(['/rows/0/mark', 'required'])
    expect(await fault({ rows: [{ ...row, when: [] }] })).toEqual(['/rows/0/when', 'required'])
    expect(await fault({ rows: [{ ...row, when: [[{ fact: 'hiv', oneOf: ['MAYBE'] }]] }] })).toEqual([
      '/rows/0/when/0/0/oneOf',
      'invalid-code-value',
    ])
    expect(await fault({ rows: [{ ...row, when: [[{ fact: 'age', least: 40, below: 35 }]] }] })).toEqual([
      '/rows/0/when/0/0',
      'invalid-value',
    ])
    expect((await clinic.clinician.post(url, aVersion())).status).toBe(403)
  })
})
