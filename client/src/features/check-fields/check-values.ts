import type { CheckItem } from '@youyu/shared/contraception/check-codes'

/** What a form of a check-up holds; '' is not filled in. */
export type CheckValues = {
  programme: string
  items: CheckItem[]
  infectionConsent: boolean
  findings: { icd10: string; treatment: string; note: string }[]
  systolic: string
  diastolic: string
  ultrasound: string
  advice: string
}

export const blankCheck = (): CheckValues => ({
  ...{ programme: '', items: [], infectionConsent: false, findings: [] },
  ...{ systolic: '', diastolic: '', ultrasound: '', advice: '' },
})

const filled = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''))

/** The check-up itself, without who and where. */
export function checkIn(values: CheckValues): Record<string, unknown> {
  const { programme, items, findings, systolic, diastolic, ultrasound, advice, infectionConsent } = values
  const number = (text: string) => (text === '' ? '' : Number(text))
  const result = filled({ systolic: number(systolic), diastolic: number(diastolic), ultrasound, advice })
  return {
    ...filled({ programme }),
    items,
    ...(infectionConsent && { infectionConsent }),
    ...(findings.length > 0 && { findings: findings.map(filled) }),
    ...(Object.keys(result).length > 0 && { result }),
  }
}
