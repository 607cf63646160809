import { describe, expect, test } from 'vitest'
import { visitIn } from './visit-values.ts'

const blank = {
  ...{ clientId: 'c', occurredOn: '2026-03-02', programme: '', items: ['BP'], infectionConsent: false },
  ...{ findings: [], systolic: '', diastolic: '', ultrasound: '', advice: '' },
}

describe('a quick entry', () => {
  test('leaves out what is blank', () => {
    expect(visitIn(blank, 's')).toEqual({
      ...{ clientId: 'c', occurredOn: '2026-03-02', items: ['BP'], place: 'VILLAGE', sessionId: 's' },
    })
  })

  test('carries measures as numbers and findings with their treatment', () => {
    const finding = { icd10: 'N76', treatment: 'TREATED', note: '' }

    expect(
      visitIn({ ...blank, systolic: '120', findings: [finding], infectionConsent: true }, 's'),
    ).toMatchObject({
      ...{
        result: { systolic: 120 },
        findings: [{ icd10: 'N76', treatment: 'TREATED' }],
        infectionConsent: true,
      },
    })
  })
})
