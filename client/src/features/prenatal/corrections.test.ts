import { describe, expect, test } from 'vitest'
import { correctPrenatalScreen, NewPrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import type { PrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import { correctDiagnosis, NewDiagnosis } from '@youyu/shared/birth-defects/prenatal-cases'
import type { Diagnosis } from '@youyu/shared/birth-defects/prenatal-cases'
import { changedFields } from '../../ui/changed-fields.ts'
import * as diagnoses from './diagnosis-values.ts'
import * as screens from './screen-values.ts'

const id = '01890000-0000-7000-8000-000000000001'
const today = '2026-11-23'
const offer = {
  woman: { id, name: '王芳', birthDate: '1995-01-01' },
  ...{ offeredOn: '2026-11-02', counsellor: '李医生', understood: true, decision: 'AGREED', note: '已说明' },
}
const screen = {
  ...{ ...offer, kind: 'SERUM', takenOn: '2026-11-02', reportedOn: '2026-11-05', result: 'LOW' },
  values: { t21OneIn: 1200, afpMom: 1.1 },
} as PrenatalScreen
const diagnosis = {
  ...{ ...offer, caseId: id, indications: ['AGE_35'], method: 'AMNIO', performedOn: '2026-11-10' },
  ...{ tests: ['CMA'], defectCodes: ['Q90'], result: null, reportedOn: null },
} as unknown as Diagnosis

describe('what is sent of a corrected screen', () => {
  const start = screens.valuesOf(screen, today)
  const report = start['report'] as object

  test.each<[string, Record<string, unknown>, object]>([
    ['nothing where nothing was corrected', {}, {}],
    ['null where the note was emptied', { note: '' }, { note: null }],
    ['null where there was no report', { report: { ...report, reportedOn: '' } }, { report: null }],
    [
      'the whole report where one value was wrong',
      { report: { ...report, values: { t21OneIn: '120', afpMom: '' } } },
      { report: { reportedOn: '2026-11-05', noCall: false, values: { t21OneIn: 120 } } },
    ],
  ])('is %s', (_what, corrected, set) => {
    const body = NewPrenatalScreen.parse(screens.screenIn({ ...start, ...corrected }))
    const changed = changedFields(screens.screenIn(start), body)

    expect(changed).toEqual(set)
    expect(correctPrenatalScreen.schema.body.safeParse({ set: changed, reason: '抄错' }).success).toBe(true)
  })
})

describe('what is sent of a corrected diagnosis', () => {
  const start = diagnoses.valuesOf(diagnosis, { womanId: '', caseId: '', today })

  test.each<[string, Record<string, unknown>, object]>([
    ['nothing where nothing was corrected', {}, {}],
    ['null where the day of the procedure was emptied', { performedOn: '' }, { performedOn: null }],
    ['no tests where none was made', { tests: [] }, { tests: [] }],
    ['no codes where they were emptied', { defectCodes: ' ' }, { defectCodes: [] }],
  ])('is %s', (_what, corrected, set) => {
    const body = NewDiagnosis.parse(diagnoses.diagnosisIn({ ...start, ...corrected }))
    const changed = changedFields(diagnoses.diagnosisIn(start), body)

    expect(changed).toEqual(set)
    expect(correctDiagnosis.schema.body.safeParse({ set: changed, reason: '抄错' }).success).toBe(true)
  })
})
