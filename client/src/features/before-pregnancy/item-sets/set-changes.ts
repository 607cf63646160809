import type {
  CheckElement,
  CheckItem,
  CheckItemSet,
  RiskCondition,
  RiskRule,
} from '@youyu/shared/birth-defects/check-item-sets'

/** The parts of a set that a county may word and bound as it needs. */
export type SetParts = { items: CheckItem[]; elements: CheckElement[]; rules: RiskRule[] }
export type PartKind = keyof SetParts
type Part = CheckItem | CheckElement | RiskRule
export type PartChange = {
  kind: PartKind
  code: string
  what: 'ADDED' | 'CHANGED' | 'REMOVED'
  before: Part | null
  after: Part | null
}

const kinds = ['items', 'elements', 'rules'] as const

export const partsOf = ({ items, elements, rules }: CheckItemSet): SetParts =>
  JSON.parse(JSON.stringify({ items, elements, rules })) as SetParts

/** What a new version changes of the one it is made of. */
export function changesBetween(before: SetParts, after: SetParts): PartChange[] {
  return kinds.flatMap((kind) => {
    const [was, is] = [before[kind] as Part[], after[kind] as Part[]]
    const known = new Map(was.map((part) => [part.code, part]))
    const kept = new Set(is.map(({ code }) => code))
    return [
      ...is.flatMap((part): PartChange[] => {
        const former = known.get(part.code) ?? null
        if (former && JSON.stringify(former) === JSON.stringify(part)) return []
        const what = former ? 'CHANGED' : 'ADDED'
        return [{ kind, code: part.code, what, before: former, after: part }]
      }),
      ...was
        .filter(({ code }) => !kept.has(code))
        .map((part): PartChange => ({ kind, code: part.code, what: 'REMOVED', before: part, after: null })),
    ]
  })
}

/** Puts a part in its place, or at the end; of a part that goes, its own go with it. */
export function withPart<Kind extends PartKind>(
  parts: SetParts,
  kind: Kind,
  part: SetParts[Kind][number],
): SetParts {
  const list = parts[kind] as Part[]
  const place = list.findIndex(({ code }) => code === part.code)
  const next = place < 0 ? [...list, part] : list.map((each, index) => (index === place ? part : each))
  return { ...parts, [kind]: next }
}

export function withoutPart(parts: SetParts, kind: PartKind, code: string): SetParts {
  const items = kind === 'items' ? parts.items.filter((each) => each.code !== code) : parts.items
  const elements = parts.elements.filter((each) =>
    kind === 'items' ? each.item !== code : kind !== 'elements' || each.code !== code,
  )
  const known = new Set(['AGE', 'BMI', ...elements.map((each) => each.code)])
  const rules = parts.rules.filter(
    (each) =>
      (kind !== 'rules' || each.code !== code) && each.conditions.every(({ element }) => known.has(element)),
  )
  return { items, elements, rules }
}

export type TypedCondition = Omit<RiskCondition, 'value'> & { value: string }

export const typedCondition = ({ value, ...rest }: RiskCondition): TypedCondition => ({
  ...rest,
  value: Array.isArray(value) ? value.join('，') : String(value),
})

/** The value of a condition in the kind of its element. */
export function conditionIn(
  elements: readonly CheckElement[],
  { value, ...rest }: TypedCondition,
): RiskCondition {
  const typed = value.trim()
  if (rest.test === 'IN')
    return { ...rest, value: typed.split(/[\s,，、;；]+/).filter((each) => each !== '') }
  if (rest.test !== 'IS') return { ...rest, value: typed === '' ? '' : Number(typed) }
  const kind = elements.find(({ code }) => code === rest.element)?.kind
  if (kind === 'YES_NO') return { ...rest, value: typed !== 'false' }
  if (kind === 'NUMBER' || kind === undefined) return { ...rest, value: Number(typed) }
  return { ...rest, value: typed }
}
