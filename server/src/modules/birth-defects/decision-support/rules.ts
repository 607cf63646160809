import { codeFacts, type RuleCondition } from '@youyu/shared/birth-defects/decision-facts'
import type {
  DecisionRow,
  DecisionTableChange,
  DecisionTableKind,
  NewDecisionTable,
} from '@youyu/shared/birth-defects/decision-support'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

/** The rows of a new version: those of the old one with what is changed, added and taken out. */
export function revised(
  before: readonly DecisionRow[],
  { rows, without }: Pick<NewDecisionTable, 'rows' | 'without'>,
): DecisionRow[] {
  const changed = new Map(rows.map((row) => [row.code, row]))
  const kept = before.filter(({ code }) => !without.includes(code)).map((row) => changed.get(row.code) ?? row)
  const known = new Set(before.map(({ code }) => code))
  return [...kept, ...rows.filter(({ code }) => !known.has(code))]
}

export function changesOf(
  before: readonly DecisionRow[],
  after: readonly DecisionRow[],
): DecisionTableChange[] {
  const [was, is] = [byCode(before), byCode(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((code) => {
    const change = { code, before: was.get(code) ?? null, after: is.get(code) ?? null }
    return same(change.before, change.after) ? [] : [change]
  })
}

const byCode = (rows: readonly DecisionRow[]) => new Map(rows.map((row) => [row.code, row]))

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value

const same = (one: DecisionRow | null, other: DecisionRow | null): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** What a new version must be to be asked by. */
export function tableFaults(
  kind: DecisionTableKind,
  before: readonly DecisionRow[],
  { rows, without, effectiveFrom, reviewedOn }: NewDecisionTable,
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (effectiveFrom < today) faults.push({ pointer: '/effectiveFrom', code: 'invalid-date' })
  if (reviewedOn > today) faults.push({ pointer: '/reviewedOn', code: 'invalid-date' })
  const known = new Set(before.map(({ code }) => code))
  for (const [index, code] of without.entries())
    if (!known.has(code)) faults.push({ pointer: `/without/${index}`, code: 'not-found' })
  const seen = new Set<string>()
  for (const [index, row] of rows.entries()) {
    const at = (field: string) => `/rows/${index}/${field}`
    if (seen.has(row.code)) faults.push({ pointer: at('code'), code: 'already-exists' })
    seen.add(row.code)
    const [own, other] = kind === 'RISK' ? (['mark', 'urgency'] as const) : (['urgency', 'mark'] as const)
    if (row[own] === null) faults.push({ pointer: at(own), code: 'required' })
    if (row[other] !== null) faults.push({ pointer: at(other), code: 'invalid-value' })
    if (kind === 'ADVICE' && (row.adviceZh === null || row.adviceEn === null))
      faults.push({ pointer: at('adviceZh'), code: 'required' })
    if (row.when.length === 0 && !row.isTicked) faults.push({ pointer: at('when'), code: 'required' })
    if (kind === 'ADVICE' && row.isTicked) faults.push({ pointer: at('isTicked'), code: 'invalid-value' })
    faults.push(...conditionFaults(row.when, at('when')))
  }
  return faults
}

/** Codes that a fact does not know, and bounds between which nothing lies, would never hold: a slip, not a rule. */
function conditionFaults(condition: RuleCondition, pointer: string): WrongField[] {
  return condition.flatMap((tests, way) =>
    tests.flatMap((test, place): WrongField[] => {
      const at = `${pointer}/${way}/${place}`
      if ('oneOf' in test) {
        const { values } = codeFacts[test.fact]
        return test.oneOf.every((code) => code in values)
          ? []
          : [{ pointer: `${at}/oneOf`, code: 'invalid-code-value' }]
      }
      if (!('fact' in test)) return []
      const bounds = [test.least, test.above, test.below, test.most]
      if (bounds.every((bound) => bound === undefined)) return [{ pointer: at, code: 'required' }]
      const lowest = test.least ?? test.above ?? -Infinity
      const highest = test.most ?? test.below ?? Infinity
      return lowest > highest ? [{ pointer: at, code: 'invalid-value' }] : []
    }),
  )
}
