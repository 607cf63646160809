import { CardContent, cardFaults } from '@youyu/shared/birth-defects/defect-card'
import type { ErrorCode } from '@youyu/shared/errors'
import { codeText } from '../../api/code-text.ts'
import { today } from '../../texts/formats.ts'
import { language } from '../../texts/texts.ts'

/** What the form holds: texts as typed, flags as 1 and 0, ages as weeks and days. */
export type CardValues = Record<string, unknown>
type Weeks = { weeks: string; days: string }
type Typed = Record<string, Record<string, unknown>>

const text = (value: unknown) => (value === null || value === undefined ? '' : `${value as string | number}`)
const flag = (value: boolean | null) => (value === null ? '' : value ? '1' : '0')
const weeksOf = (days: number | null): Weeks =>
  days === null ? { weeks: '', days: '' } : { weeks: String(Math.floor(days / 7)), days: String(days % 7) }
const texts = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)]))

export function emptyCard(division: string, on: string): CardContent {
  return CardContent.parse({
    division,
    ...{ mother: {}, child: {}, family: {} },
    diagnosis: { on },
    report: { filledOn: on },
  })
}

export function valuesOf({
  division,
  links,
  mother,
  child,
  diagnosis,
  exposures,
  family,
  report,
}: CardContent): CardValues {
  const { gestationDays, isInduced, ...born } = child
  const { items, basis, gestationDays: found, ...diagnosed } = diagnosis
  const { hasHistory, isConsanguineous, ...relatives } = family
  const { codes, ...said } = exposures
  return {
    ...{ division, links },
    mother: texts(mother),
    child: { ...texts(born), gestationDays: weeksOf(gestationDays), isInduced: flag(isInduced) },
    diagnosis: {
      ...texts(diagnosed),
      gestationDays: weeksOf(found),
      basis: [...basis],
      items: items.map((item) => texts(item)),
    },
    exposures: { ...texts(said), codes: [...codes] },
    family: { ...texts(relatives), hasHistory: flag(hasHistory), isConsanguineous: flag(isConsanguineous) },
    report: texts(report),
  }
}

const orNull = (value: unknown) => {
  const typed = text(value).trim()
  return typed === '' ? null : typed
}
const numberOrNull = (value: unknown) => {
  const typed = orNull(value)
  return typed !== null && /^\d+$/.test(typed) ? Number(typed) : typed
}
const flagOrNull = (value: unknown) => (value === '1' ? true : value === '0' ? false : null)
function daysIn(value: unknown): unknown {
  const { weeks, days } = value as Weeks
  const whole = numberOrNull(weeks)
  if (whole === null) return numberOrNull(days)
  const rest = numberOrNull(days) ?? 0
  return typeof whole === 'number' && typeof rest === 'number' && rest < 7 ? whole * 7 + rest : text(weeks)
}
const nulls = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, orNull(value)]))
const numbers = (values: Record<string, unknown>, ...keys: string[]) =>
  Object.fromEntries(keys.map((key) => [key, numberOrNull(values[key])]))

/** The card in the form's values, as the contract wants it. */
export function contentIn(values: CardValues): unknown {
  const { mother, child, diagnosis, exposures, family, report } = values as Typed
  const { gestationDays, isInduced, ...born } = child!
  const { items, basis, gestationDays: found, ...diagnosed } = diagnosis!
  const { hasHistory, isConsanguineous, ...relatives } = family!
  const { codes, ...said } = exposures!
  return {
    division: values['division'],
    links: values['links'],
    mother: { ...nulls(mother!), ...numbers(mother!, 'age', 'gravida', 'para') },
    child: {
      ...nulls(born),
      ...numbers(born, 'weightGrams', 'plurality', 'sequence'),
      ...{ gestationDays: daysIn(gestationDays), isInduced: flagOrNull(isInduced) },
    },
    diagnosis: {
      ...nulls(diagnosed),
      ...{ gestationDays: daysIn(found), basis },
      items: (items as Record<string, unknown>[]).map((item) => nulls(item)),
    },
    exposures: { ...nulls(said), codes },
    family: {
      ...nulls(relatives),
      ...numbers(relatives, 'stillbirths', 'spontaneousAbortions', 'defectChildren'),
      ...{ hasHistory: flagOrNull(hasHistory), isConsanguineous: flagOrNull(isConsanguineous) },
    },
    report: nulls(report!),
  }
}

/** The contract's schema over the form's values, with what cannot be of two fields together. */
export const cardSchema = {
  safeParse(values: unknown) {
    const parsed = CardContent.safeParse(contentIn(values as CardValues))
    if (!parsed.success) return parsed
    const faults = cardFaults(parsed.data, today())
    if (faults.length === 0) return parsed
    const issues = faults.map(({ path, code }) => ({
      path: path.split('.'),
      message: codeText(code as ErrorCode, language()),
    }))
    return { success: false as const, error: { issues } }
  },
}

/** The card as far as it can be read while it is being typed; what is wrong counts as empty. */
export function contentSoFar(values: CardValues, otherwise: CardContent): CardContent {
  let content = contentIn(values) as Record<string, unknown>
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const parsed = CardContent.safeParse(content)
    if (parsed.success) return parsed.data
    for (const { path } of parsed.error.issues) content = without(content, path.map(String))
  }
  return otherwise
}

function without(content: Record<string, unknown>, [first, ...rest]: string[]): Record<string, unknown> {
  if (first === undefined) return content
  const inner = content[first]
  if (Array.isArray(inner))
    return {
      ...content,
      [first]: rest.length === 0 ? [] : inner.filter((_, place) => String(place) !== rest[0]),
    }
  if (rest.length === 0 || typeof inner !== 'object' || inner === null) return { ...content, [first]: null }
  return { ...content, [first]: without(inner as Record<string, unknown>, rest) }
}
