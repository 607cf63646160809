import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Circumstances } from '@youyu/shared/contraception/eligibility'
import type { LocalRule, MecCell, MecCondition } from '@youyu/shared/contraception/mec-editions'
import { MecMethod } from '@youyu/shared/contraception/methods'
import { conditionsOf, judged, localFaults, removal, worstOf, type EditionTable } from './rules.ts'
import { answerFaults, answersOn, circumstancesOn, stillHolds, unanswered } from './rules-answers.ts'

const lines = parse<Record<string, string>>(readFileSync(new URL('./mec-2015.csv', import.meta.url)), {
  columns: true,
})
const number = (text: string | undefined) => (text ? Number(text) : null)
const conditions = lines.map(
  (line, index) =>
    ({
      code: line['code']!,
      finding: line['finding'] || null,
      family: line['family'] || null,
      topic: line['topic'],
      nameZh: line['name_zh'],
      nameEn: line['name_en'],
      validDays: number(line['valid_days']),
      fromAge: number(line['from_age']),
      toAge: number(line['to_age']),
      derivation: line['derivation'] || null,
      fromDays: number(line['from_days']),
      toDays: number(line['to_days']),
      breastfeeding: line['breastfeeding'] ? line['breastfeeding'] === 'true' : null,
      withFinding: line['with_finding'] || null,
      withoutFinding: line['without_finding'] || null,
      reasonZh: line['reason_zh'],
      reasonEn: line['reason_en'],
      position: index,
    }) as MecCondition,
)
const edition: EditionTable = {
  code: 'WHO-MEC-5-2015',
  conditions,
  cells: new Map(
    lines.map((line) => [
      line['code']!,
      MecMethod.options.flatMap((method): MecCell[] => {
        const cell = line[method.toLowerCase()]
        if (!cell) return []
        const [initiation, continuation = initiation] = cell.split('/').map(Number)
        return [
          {
            condition: line['code']!,
            method,
            initiation: initiation!,
            continuation: continuation!,
            basis: 'SPEC',
          },
        ]
      }),
    ]),
  ),
}
const findings = [...new Set(conditions.flatMap(({ finding }) => finding ?? []))]
const nothing: Circumstances = {
  deliveredOn: null,
  isBreastfeeding: null,
  abortedOn: null,
  parity: 1,
  mensesEndedOn: null,
  cavityDepthMillimetres: null,
}
const on = '2026-08-20'
const situation = (given: { age?: number; present?: string[]; known?: Partial<Circumstances> }) => ({
  on,
  age: given.age ?? 30,
  present: new Set(given.present),
  circumstances: { ...nothing, ...given.known },
})
const codesOf = (given: Parameters<typeof situation>[0]) =>
  conditionsOf(edition, situation(given)).map(({ code }) => code)
const judge = (given: Parameters<typeof situation>[0], rules: LocalRule[] = []) =>
  Object.fromEntries(judged(edition, rules, situation(given)).methods.map((each) => [each.method, each]))

describe('conditions of a woman', () => {
  test.each([
    ['at 17 by her age', { age: 17 }, ['AGE_UNDER_18', 'AGE_UNDER_20']],
    ['at 19 the device only', { age: 19 }, ['AGE_UNDER_20']],
    ['at 20 none', { age: 20 }, []],
    ['at 39 none', { age: 39 }, []],
    ['at 40', { age: 40 }, ['AGE_40_45']],
    ['at 45', { age: 45 }, ['AGE_40_45']],
    ['at 46', { age: 46 }, ['AGE_OVER_45']],
    ['who has not given birth', { known: { parity: 0 } }, ['NULLIPAROUS']],
    ['whose births nobody asked', { known: { parity: null } }, []],
    ['who smokes at 34', { age: 34, present: ['SMOKING_LIGHT'] }, ['SMOKING_UNDER_35']],
    ['who smokes at 35', { age: 35, present: ['SMOKING_LIGHT'] }, ['SMOKING_LIGHT_FROM_35']],
    [
      'breastfeeding on day 41',
      { known: { deliveredOn: '2026-07-10', isBreastfeeding: true } },
      ['BREASTFEEDING_UNDER_6W', 'POSTPARTUM_IUD_FROM_4W'],
    ],
    [
      'breastfeeding on day 42',
      { known: { deliveredOn: '2026-07-09', isBreastfeeding: true } },
      ['BREASTFEEDING_6W_6M', 'POSTPARTUM_IUD_FROM_4W'],
    ],
    [
      'not breastfeeding on day 20',
      { known: { deliveredOn: '2026-07-31', isBreastfeeding: false } },
      ['POSTPARTUM_UNDER_21D', 'POSTPARTUM_IUD_48H_4W'],
    ],
    [
      'not breastfeeding on day 21 with a risk of clots',
      { known: { deliveredOn: '2026-07-30', isBreastfeeding: false }, present: ['VTE_RISK'] },
      ['POSTPARTUM_21_42D_VTE', 'POSTPARTUM_IUD_48H_4W', 'VTE_RISK'],
    ],
    [
      'on the day of the birth, breastfeeding',
      { known: { deliveredOn: on, isBreastfeeding: true } },
      ['BREASTFEEDING_UNDER_6W', 'POSTPARTUM_IUD_UNDER_48H_BF'],
    ],
    [
      'after an abortion in the second trimester',
      { known: { abortedOn: on }, present: ['ABORTION_SECOND'] },
      ['ABORTION_SECOND_TRIMESTER', 'ABORTION_SECOND'],
    ],
  ])('%s', (_title, given, expected) => {
    expect(codesOf(given)).toEqual(expected)
  })

  test('count both ways where nobody asked whether she breastfeeds', () => {
    const codes = codesOf({ known: { deliveredOn: '2026-08-10' } })

    expect(codes).toContain('BREASTFEEDING_UNDER_6W')
    expect(codes).toContain('POSTPARTUM_UNDER_21D')
  })
})

describe('several conditions', () => {
  test('come to the worst of each method, to start and to go on', () => {
    const judgement = judge({ age: 36, present: ['MIGRAINE_NO_AURA', 'DVT_HISTORY', 'ANAEMIA_IRON'] })

    expect(judgement['COC']).toMatchObject({ initiation: 4, continuation: 4, isStopped: true })
    expect(judgement['POP']).toMatchObject({ initiation: 2, continuation: 2, isStopped: false })
    expect(judgement['CU_IUD']).toMatchObject({ initiation: 2, continuation: 2, isStopped: false })
    expect(judgement['COC']!.reasons.map(({ condition }) => condition)).toEqual([
      'DVT_HISTORY',
      'MIGRAINE_NO_AURA_FROM_35',
      'ANAEMIA_IRON',
    ])
  })

  test('stop a start although she may go on', () => {
    expect(judge({ present: ['PID_CURRENT'] })['CU_IUD']).toMatchObject({
      ...{ initiation: 4, continuation: 2, isStopped: true },
    })
  })
})

const situations = fc.record({
  age: fc.integer({ min: 12, max: 60 }),
  present: fc.subarray(findings),
  known: fc.record({
    deliveredOn: fc.option(fc.integer({ min: 0, max: 800 }).map(daysAgo)),
    isBreastfeeding: fc.option(fc.boolean()),
    abortedOn: fc.option(fc.integer({ min: 0, max: 60 }).map(daysAgo)),
    parity: fc.option(fc.integer({ min: 0, max: 5 })),
    mensesEndedOn: fc.option(fc.integer({ min: 0, max: 60 }).map(daysAgo)),
    cavityDepthMillimetres: fc.option(fc.integer({ min: 30, max: 120 })),
  }),
})
function daysAgo(days: number): string {
  return new Date(Date.parse(on) - days * 86_400_000).toISOString().slice(0, 10)
}

describe('whatever is found', () => {
  test('no category is better than any of its reasons, and one reason is as bad', () => {
    fc.assert(
      fc.property(situations, (given) => {
        for (const { initiation, continuation, reasons, isStopped, local } of judged(
          edition,
          [],
          situation(given),
        ).methods) {
          expect(initiation).toBe(Math.max(1, ...reasons.map((reason) => reason.initiation)))
          expect(continuation).toBe(Math.max(1, ...reasons.map((reason) => reason.continuation)))
          expect(isStopped).toBe(initiation >= 3)
          expect(local).toEqual([])
        }
      }),
    )
  })

  test('one condition more never makes a category better', () => {
    fc.assert(
      fc.property(fc.subarray(conditions), fc.subarray(conditions), (some, others) => {
        const [few, many] = [worstOf(edition, some), worstOf(edition, [...new Set([...some, ...others])])]

        for (const [index, before] of few.entries()) {
          expect(many[index]!.initiation).toBeGreaterThanOrEqual(before.initiation)
          expect(many[index]!.continuation).toBeGreaterThanOrEqual(before.continuation)
        }
      }),
    )
  })

  test('removal stays open', () => {
    fc.assert(
      fc.property(situations, (given) => {
        judged(edition, localRules, situation(given))

        expect(removal()).toBe('OPEN')
      }),
    )
    expect(removal.length).toBe(0)
  })
})

const localRules: LocalRule[] = [
  ['CAVITY_DEPTH', 'CAVITY_DEPTH_MM', 55, 90, true, 'STOP'] as const,
  ['IUD_AFTER_MENSES', 'DAYS_SINCE_MENSES', 3, 7, false, 'ADVICE'] as const,
  ['IUD_AFTER_BIRTH', 'DAYS_SINCE_DELIVERY', 42, null, false, 'ADVICE'] as const,
  ['IUD_AFTER_ABORTION', 'DAYS_SINCE_ABORTION', null, 0, false, 'ADVICE'] as const,
].map(([code, measure, least, most, isIntervalOnly, effect]) => ({
  ...{ code, measure, least, most, isIntervalOnly, effect },
  ...{
    methods: ['CU_IUD', 'LNG_IUS'],
    nameZh: '',
    nameEn: '',
    source: '',
    validFrom: '2000-01-01',
    validTo: null,
  },
}))

describe('local rules', () => {
  test.each([
    ['a cavity of 54 mm', { cavityDepthMillimetres: 54 }, ['CAVITY_DEPTH']],
    ['a cavity of 55 mm', { cavityDepthMillimetres: 55 }, []],
    ['a cavity of 90 mm', { cavityDepthMillimetres: 90 }, []],
    ['a cavity of 91 mm', { cavityDepthMillimetres: 91 }, ['CAVITY_DEPTH']],
    ['a deep cavity after an abortion', { cavityDepthMillimetres: 100, abortedOn: on }, []],
    ['a cavity that was not measured', {}, []],
    ['two days after menses', { mensesEndedOn: daysAgo(2) }, ['IUD_AFTER_MENSES']],
    ['three days after menses', { mensesEndedOn: daysAgo(3) }, []],
    ['eight days after menses', { mensesEndedOn: daysAgo(8) }, ['IUD_AFTER_MENSES']],
    ['41 days after a birth', { deliveredOn: daysAgo(41) }, ['IUD_AFTER_BIRTH']],
    ['42 days after a birth', { deliveredOn: daysAgo(42) }, []],
    ['the day after an abortion', { abortedOn: daysAgo(1) }, ['IUD_AFTER_ABORTION']],
  ])('of %s', (_title, known, expected) => {
    const faults = localFaults(localRules, { on, circumstances: { ...nothing, ...known } })

    expect(faults.map(({ code }) => code)).toEqual(expected)
  })

  test('stop like category 3 where they say so, and only advise otherwise', () => {
    expect(judge({ known: { cavityDepthMillimetres: 40 } }, localRules)['CU_IUD']!.isStopped).toBe(true)
    expect(judge({ known: { mensesEndedOn: daysAgo(1) } }, localRules)['CU_IUD']!.isStopped).toBe(false)
    expect(judge({ known: { cavityDepthMillimetres: 40 } }, localRules)['COC']!.isStopped).toBe(false)
  })
})

describe('answers', () => {
  test.each([
    ['a stable finding holds for good', null, true, '2010-01-01', true],
    ['a stable no holds for a year', null, false, '2025-08-20', true],
    ['and no longer', null, false, '2025-08-19', false],
    ['a transient finding holds for its days', 60, true, '2026-06-21', true],
    ['and no longer', 60, true, '2026-06-20', false],
    ['nothing holds before it was said', null, true, '2026-08-21', false],
  ])('%s', (_title, validDays, isPresent, answeredOn, expected) => {
    expect(stillHolds({ validDays }, { isPresent, answeredOn }, on)).toBe(expected)
  })

  test('of today stand above earlier ones and end what they contradict', () => {
    const earlier = [
      { finding: 'DVT_HISTORY', isPresent: true, answeredOn: '2020-01-01' },
      { finding: 'DIABETES_NO_VASCULAR', isPresent: true, answeredOn: '2024-01-01' },
      { finding: 'THALASSAEMIA', isPresent: false, answeredOn: '2026-01-01' },
    ]

    const answers = answersOn(edition, [{ finding: 'DIABETES_VASCULAR', isPresent: true }], earlier, on)

    expect(answers).toEqual([
      { finding: 'DIABETES_VASCULAR', isPresent: true, answeredOn: on, isReused: false },
      { finding: 'DVT_HISTORY', isPresent: true, answeredOn: '2020-01-01', isReused: true },
      { finding: 'THALASSAEMIA', isPresent: false, answeredOn: '2026-01-01', isReused: true },
    ])
    expect(unanswered(edition, answers)).toHaveLength(findings.length - 3)
  })

  test('that are unknown, doubled or contradictory are named', () => {
    expect(
      answerFaults(edition, [
        { finding: 'MIGRAINE_AURA', isPresent: true },
        { finding: 'NOTHING', isPresent: true },
        { finding: 'MIGRAINE_AURA', isPresent: false },
        { finding: 'MIGRAINE_NO_AURA', isPresent: true },
      ]),
    ).toEqual([
      { index: 1, code: 'invalid-code-value' },
      { index: 2, code: 'already-exists' },
      { index: 3, code: 'finding-conflict' },
    ])
  })
})

describe('circumstances', () => {
  const earlier = {
    ...nothing,
    parity: 2,
    deliveredOn: '2026-02-01',
    occurredOn: '2026-08-01',
    isBreastfeeding: true,
  }

  test('come from the records where nothing is said', () => {
    const known = { bornOn: '2026-08-01', births: 3, abortedOn: null, earlier }

    expect(circumstancesOn({}, known, on)).toMatchObject({
      deliveredOn: '2026-08-01',
      parity: 3,
      isBreastfeeding: null,
    })
  })

  test('stay as she said them a month ago', () => {
    const known = { bornOn: null, births: 0, abortedOn: null, earlier }

    expect(circumstancesOn({}, known, on)).toMatchObject({
      deliveredOn: '2026-02-01',
      parity: 2,
      isBreastfeeding: true,
    })
  })

  test('are what is said today before all else', () => {
    const known = { bornOn: '2026-08-01', births: 3, abortedOn: null, earlier }

    expect(circumstancesOn({ deliveredOn: null, parity: 0 }, known, on)).toMatchObject({
      deliveredOn: null,
      parity: 0,
    })
  })
})
