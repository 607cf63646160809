import type { MethodSheet } from '@youyu/shared/contraception/methods'

type Values = Record<string, unknown>

const lists = ['sideEffectsZh', 'sideEffectsEn', 'warningsZh', 'warningsEn'] as const
const rates = ['typicalUse', 'perfectUse'] as const

/** A sheet as its form shows it: one line each, '' where there is none. */
export function sheetValues({ county: _, recordedAt: __, ...sheet }: MethodSheet): Values {
  const blank = Object.fromEntries(Object.entries(sheet).map(([name, value]) => [name, value ?? '']))
  return {
    ...blank,
    ...Object.fromEntries(lists.map((name) => [name, sheet[name].join('\n')])),
    effectiveFrom: '',
    reviewer: '',
    reviewedOn: '',
  }
}

/** What is sent: lines as lists, blanks as none, figures as numbers. */
export function sheetBody(values: Values): Values {
  const body = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === '' ? null : value]),
  )
  for (const name of lists)
    body[name] = String(values[name])
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  for (const name of rates)
    if (typeof body[name] === 'string') body[name] = Number(body[name].replace(',', '.'))
  return body
}
