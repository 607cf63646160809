type Values = {
  clientId: string
  occurredOn: string
  programme: string
  items: string[]
  infectionConsent: boolean
  findings: { icd10: string; treatment: string; note: string }[]
  systolic: string
  diastolic: string
  ultrasound: string
  advice: string
}

const filled = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''))

/** What the quick entry says, as a check-up in the village of the session. */
export function visitIn(values: unknown, sessionId: string): unknown {
  const { findings, systolic, diastolic, ultrasound, advice, infectionConsent, ...rest } = values as Values
  const number = (text: string) => (text === '' ? '' : Number(text))
  const result = filled({ systolic: number(systolic), diastolic: number(diastolic), ultrasound, advice })
  return {
    ...filled(rest),
    ...{ place: 'VILLAGE', sessionId },
    ...(infectionConsent && { infectionConsent }),
    ...(findings.length > 0 && { findings: findings.map(filled) }),
    ...(Object.keys(result).length > 0 && { result }),
  }
}
