import { NewEncounter } from '@youyu/shared/contraception/encounters'
import { describe, expect, test } from 'vitest'
import { dayAfter } from './days.ts'
import { answersOf, blankEncounter, bodyOf, partsFilled } from './encounter.ts'
import { questionsOf } from './questions.ts'
import { removalBody } from './removal.ts'

const CLIENT = '0198c0de-0000-7000-8000-000000000001'
const OPERATOR = '0198c0de-0000-7000-8000-000000000002'
const questions = { HABITS: ['SMOKING_LIGHT', 'OBESITY'], NERVES: ['MIGRAINE_AURA'] }

function counselled() {
  const draft = blankEncounter('2026-11-22')
  Object.assign(draft.choice, {
    intention: 'AFTER_2Y',
    methodsExplained: ['M00', 'M30', 'M70'],
    ...{ effectivenessExplained: true, sideEffectsExplained: true },
    ...{ followUpExplained: true, stiProtection: true },
    ...{ decision: 'ACCEPT', chosenMethod: 'M30', freeOfPressure: true, consentForm: 'SIGNATURE' },
  })
  return draft
}

describe('the body of an encounter', () => {
  test('holds nothing of parts that were left blank', () => {
    const body = bodyOf(blankEncounter('2026-11-22'), CLIENT, questions)

    expect(body).toEqual({
      clientId: CLIENT,
      occurredOn: '2026-11-22',
      place: 'STATION',
      checklist: [],
      dispense: [],
    })
    expect(NewEncounter.safeParse(body).success).toBe(true)
  })

  test('carries choice, consent and the operation she chose', () => {
    const draft = counselled()
    Object.assign(draft.procedure, { do: 'PERFORM', type: 'P01', method: 'M30', operatorId: OPERATOR })
    draft.procedure.form = { systolic: 118, pastHistory: '' }

    const parsed = NewEncounter.parse(bodyOf(draft, CLIENT, questions))

    expect(parsed.choice).toMatchObject({ decision: 'ACCEPT', chosenMethod: 'M30' })
    expect(parsed.consent).toMatchObject({ kind: 'PROCEDURE', procedureType: 'P01', givenBy: 'SELF' })
    expect(parsed.procedure).toMatchObject({
      do: 'PERFORM',
      type: 'P01',
      form: { values: { systolic: 118 } },
    })
  })

  test('needs her own statement for an accepted method', () => {
    const draft = counselled()
    draft.choice.freeOfPressure = false

    const parsed = NewEncounter.safeParse(bodyOf(draft, CLIENT, questions))

    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['choice.freeOfPressure'])
  })

  test('names no method where she declines', () => {
    const draft = counselled()
    draft.choice.decision = 'DECLINE'

    expect(bodyOf(draft, CLIENT, questions)['choice']).not.toHaveProperty('chosenMethod')
  })

  test('knows which parts hold something', () => {
    expect(partsFilled(counselled(), questions)).toMatchObject({
      decision: true,
      screen: false,
      supply: false,
    })
  })
})

test('a topic that was asked through answers no for what is not ticked', () => {
  const { screen } = blankEncounter('2026-11-22')
  const answers = answersOf(
    { ...screen, asked: ['HABITS'], present: ['OBESITY', 'MIGRAINE_AURA'] },
    questions,
  )

  expect(answers).toEqual([
    { finding: 'SMOKING_LIGHT', isPresent: false },
    { finding: 'OBESITY', isPresent: true },
    { finding: 'MIGRAINE_AURA', isPresent: true },
  ])
})

test('a question that leads to several conditions is asked once', () => {
  const condition = {
    ...{ topic: 'HABITS' as const, nameZh: '吸烟', nameEn: 'Smoking', questionZh: null, questionEn: null },
    ...{
      validDays: null,
      fromDays: null,
      toDays: null,
      breastfeeding: null,
      withFinding: null,
      withoutFinding: null,
      fromAge: null,
      toAge: null,
      derivation: null,
      reasonZh: '',
      reasonEn: '',
      source: '',
    },
  }
  const topics = questionsOf([
    { ...condition, code: 'SMOKING_UNDER_35', finding: 'SMOKING', family: null, position: 1 },
    { ...condition, code: 'SMOKING_FROM_35', finding: 'SMOKING', family: null, position: 2 },
    { ...condition, code: 'AGE_UNDER_18', finding: null, family: null, position: 3 },
  ])

  expect(topics).toEqual([
    { topic: 'HABITS', items: [{ finding: 'SMOKING', family: null, zh: '吸烟', en: 'Smoking' }] },
  ])
})

test('a removal asks for her request and her consent, and nothing else', () => {
  const draft = {
    ...{ when: 'NOW' as const, type: 'P02' as const, openId: '', occurredOn: '2026-11-22', scheduledOn: '' },
    ...{ operatorId: OPERATOR, indication: 'REQUEST', evidence: 'SIGNED', removalResult: 'WHOLE' },
  }
  const parsed = NewEncounter.parse(removalBody(draft, CLIENT))

  expect(parsed.procedure).toMatchObject({ do: 'PERFORM', type: 'P02' })
  expect([parsed.choice, parsed.screen, parsed.override]).toEqual([undefined, undefined, undefined])
})

test.each([
  ['2026-01-31', 1, 0, '2026-02-28'],
  ['2026-11-22', 3, 0, '2027-02-22'],
  ['2026-11-22', 0, 14, '2026-12-06'],
])('%s and %i months and %i days is %s', (from, months, days, to) => {
  expect(dayAfter(from, months, days)).toBe(to)
})
