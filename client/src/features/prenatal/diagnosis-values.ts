import type { Diagnosis } from '@youyu/shared/birth-defects/prenatal-cases'
import { filled } from './words.ts'

const texts = [
  ...['counsellor', 'method', 'performedOn', 'result', 'reportedOn', 'groupIndication', 'karyotype'],
  ...['counselledOn', 'note'],
] as const

export function valuesOf(
  found: Diagnosis | null,
  given: { womanId: string; caseId: string; today: string },
): Record<string, unknown> {
  return {
    ...{ womanId: found?.woman.id ?? given.womanId, caseId: found?.caseId ?? given.caseId },
    ...{ indications: found?.indications ?? [], offeredOn: found?.offeredOn ?? given.today },
    ...{ understood: found?.understood ?? false, tests: found?.tests ?? [] },
    decision: found && found.decision !== 'UNDECIDED' ? found.decision : '',
    declineReason: '',
    gestationDays: '',
    defectCodes: found?.defectCodes.join(' ') ?? '',
    ...Object.fromEntries(
      texts.map((key) => [key, (found?.[key as keyof Diagnosis] as string | null) ?? '']),
    ),
  }
}

/** What a form holds, as the contract wants it. */
export function diagnosisIn(values: unknown): Record<string, unknown> {
  const { defectCodes, tests, ...rest } = values as { defectCodes: string; tests: string[] }
  const codes = String(defectCodes)
    .split(/[\s,，、;；]+/)
    .filter((code) => code !== '')
  return {
    ...filled(rest, ['gestationDays']),
    ...(tests.length > 0 && { tests }),
    ...(codes.length > 0 && { defectCodes: codes }),
  }
}
