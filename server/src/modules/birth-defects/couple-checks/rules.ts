import {
  resultFaults,
  type CheckElement,
  type CheckItem,
  type CheckParty,
  type NewCheckItemSet,
} from '@youyu/shared/birth-defects/check-item-sets'
import type { GivenCoupleCheck, GivenParty } from '@youyu/shared/birth-defects/couple-checks'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

/** Items with something found, and those that leave nothing to fill in, in the order of the set. */
export function itemsDone(
  items: readonly CheckItem[],
  elements: readonly CheckElement[],
  party: CheckParty,
  { results, itemsDone: named }: Pick<GivenParty, 'results' | 'itemsDone'>,
): string[] {
  const found = new Set(elements.filter(({ code }) => results[code] !== undefined).map(({ item }) => item))
  return items
    .filter(({ code, parties }) => parties.includes(party) && (found.has(code) || named.includes(code)))
    .map(({ code }) => code)
}

const sides = [
  ['HER', 'her', 'womanId'],
  ['HIM', 'him', 'manId'],
] as const

/** What is missing or cannot be, by field. */
export function checkFaults(
  body: GivenCoupleCheck,
  elements: readonly CheckElement[],
  items: readonly CheckItem[],
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (body.occurredOn > today) faults.push({ pointer: '/occurredOn', code: 'invalid-date' })
  if (!body.her && !body.him) faults.push({ pointer: '/her', code: 'required' })
  const { advisedOn } = body
  if (advisedOn && (advisedOn < body.occurredOn || advisedOn > today))
    faults.push({ pointer: '/advisedOn', code: 'invalid-date' })
  for (const [party, side, person] of sides) {
    const given = body[side]
    if (!given) continue
    if (!body[person]) faults.push({ pointer: `/${person}`, code: 'required' })
    const on = given.occurredOn
    if (on && (on > today || on < body.occurredOn))
      faults.push({ pointer: `/${side}/occurredOn`, code: 'invalid-date' })
    if (given.opinion && body.kind !== 'PREMARITAL')
      faults.push({ pointer: `/${side}/opinion`, code: 'invalid-value' })
    const unknown = given.itemsDone.findIndex(
      (item) => !items.some(({ code, parties }) => code === item && parties.includes(party)),
    )
    if (unknown >= 0) faults.push({ pointer: `/${side}/itemsDone/${unknown}`, code: 'invalid-code-value' })
    for (const { element, code } of resultFaults(elements, party, given.results, given.infectionConsent))
      faults.push({ pointer: `/${side}/results/${element}`, code })
  }
  return faults
}

/** Elements stand under items of the set, and rules ask what the set knows of that party. */
export function setFaults({ items, elements, rules }: NewCheckItemSet): WrongField[] {
  const faults: WrongField[] = []
  const known = new Map(elements.map((each) => [each.code, each]))
  const partiesOf = new Map(items.map(({ code, parties }) => [code, parties]))
  for (const [index, { item, kind, options }] of elements.entries()) {
    if (!partiesOf.has(item)) faults.push({ pointer: `/elements/${index}/item`, code: 'invalid-code-value' })
    if (kind === 'CODE' && !options?.length)
      faults.push({ pointer: `/elements/${index}/options`, code: 'required' })
  }
  if (known.size < elements.length) faults.push({ pointer: '/elements', code: 'already-exists' })
  if (new Set(rules.map(({ code }) => code)).size < rules.length)
    faults.push({ pointer: '/rules', code: 'already-exists' })
  for (const [index, { conditions }] of rules.entries())
    for (const [place, { party, element }] of conditions.entries())
      if (!['AGE', 'BMI'].includes(element) && !known.get(element)?.parties.includes(party))
        faults.push({
          pointer: `/rules/${index}/conditions/${place}/element`,
          code: 'invalid-code-value',
        })
  return faults
}

/** Numbers outside the usual range, and codes that are not what is hoped for. */
export function unusualOf(
  elements: readonly CheckElement[],
  results: Readonly<Record<string, unknown>>,
): string[] {
  return elements
    .filter(({ code, normalFrom = -Infinity, normalTo = Infinity }) => {
      const found = results[code]
      if (found === 'ABNORMAL') return true
      return typeof found === 'number' && (found < normalFrom || found > normalTo)
    })
    .map(({ code }) => code)
}
