import type { ProtocolStep } from '@youyu/shared/contraception/protocols'

/** A step as the form holds it: numbers as they are typed. */
export type StepValues = Omit<
  ProtocolStep,
  'months' | 'days' | 'percent' | 'windowDays' | 'keepDays' | 'everyMonths'
> & {
  months: string
  days: string
  percent: string
  windowDays: string
  keepDays: string
  everyMonths: string
  isNew: boolean
}
export type VersionValues = { effectiveFrom: string; isActive: boolean; reason: string; steps: StepValues[] }

const typed = (number: number | null) => (number === null ? '' : String(number))

export function stepValues(step: ProtocolStep): StepValues {
  const { months, days, percent, windowDays, keepDays, everyMonths } = step
  return {
    ...step,
    months: typed(months),
    days: typed(days),
    percent: typed(percent),
    windowDays: typed(windowDays),
    keepDays: typed(keepDays),
    everyMonths: typed(everyMonths),
    isNew: false,
  }
}

export const emptyStep = (): StepValues => ({
  step: '',
  nameZh: '',
  nameEn: '',
  months: '0',
  days: '0',
  percent: '',
  windowDays: '30',
  keepDays: '60',
  everyMonths: '',
  service: 'FOLLOW_UP',
  mode: 'CLINIC',
  needsConsent: false,
  isNew: true,
})

const numberIn = (words: string) => (words === '' ? null : Number(words))

export function versionOf({ steps, ...version }: VersionValues): object {
  return {
    ...version,
    steps: steps.map(({ isNew: _, ...step }) => ({
      ...step,
      months: numberIn(step.months),
      days: numberIn(step.days),
      percent: numberIn(step.percent),
      windowDays: numberIn(step.windowDays),
      keepDays: numberIn(step.keepDays),
      everyMonths: numberIn(step.everyMonths),
    })),
  }
}
