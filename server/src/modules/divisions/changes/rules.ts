import type { DivisionChangeKind, NewDivisionChange } from '@youyu/shared/divisions'
import type { ErrorCode } from '@youyu/shared/errors'
import { levelOf, prefixOf, type CivilDate, type DivisionCode } from '@youyu/shared/values'
import { moveSubtree } from './rules-subtree.ts'

type DivisionRow = {
  code: DivisionCode
  name: string
  level: number
  parentCode: DivisionCode | null
  urbanRural: string | null
}
export type KnownDivision = DivisionRow & { validFrom: CivilDate; validTo: CivilDate | null }

/** What a change does to the tree, and where the records of each old code go. */
export type ChangePlan = {
  closing: { code: DivisionCode; successors: DivisionCode[] }[]
  opening: DivisionRow[]
  successions: { from: DivisionCode; to: DivisionCode; share: number | null }[]
  moves: { from: DivisionCode; to: DivisionCode }[]
  divisions: { from: DivisionCode | null; to: DivisionCode | null; name: string }[]
}
export type Wrong = { pointer: string; code: ErrorCode }

type Target = NewDivisionChange['to'][number]

const arity: Record<DivisionChangeKind, { from: [number, number]; to: [number, number] }> = {
  CREATE: { from: [0, 0], to: [1, 1] },
  RENAME: { from: [1, 1], to: [1, 1] },
  RECODE: { from: [1, 1], to: [1, 1] },
  MERGE: { from: [2, 50], to: [1, 1] },
  SPLIT: { from: [1, 1], to: [2, 50] },
  ABOLISH: { from: [1, 1], to: [0, 0] },
  TRANSFER: { from: [1, 1], to: [1, 1] },
}

/** Plans a change over every division that is in force on or after its day, above, at and below the codes named. */
export function planChange(
  change: NewDivisionChange,
  known: readonly KnownDivision[],
  today: CivilDate,
): ChangePlan | Wrong {
  const { kind, from, to, effectiveOn } = change
  const open = new Map(known.filter((row) => row.validTo === null).map((row) => [row.code, row]))
  const taken = new Set(known.map((row) => row.code))
  const wrong =
    wrongShape(change, today) ?? wrongSource(from, open, effectiveOn) ?? wrongTarget(change, open, taken)
  if (wrong) return wrong

  const plan: ChangePlan = { closing: [], opening: [], successions: [], moves: [], divisions: [] }
  const sources = from.map((code) => open.get(code)!)
  const [main] = to

  if (kind === 'ABOLISH') {
    for (const { code, name } of sources) {
      plan.closing.push({ code, successors: [] })
      plan.divisions.push({ from: code, to: null, name })
    }
    return plan
  }

  const continues = from.includes(main!.code)
  const stays = continues ? open.get(main!.code)! : null
  if (!stays) plan.opening.push(rowOf(main!, sources[0] ?? null, open))
  else if (isRenamed(main!, stays)) rename(plan, main!, stays)

  for (const source of sources) {
    if (source.code === main!.code) continue
    const moved = moveSubtree(source, main!.code, [...open.values()], taken)
    if (!moved) return { pointer: '/to/0/code', code: 'code-taken' }
    for (const { row, code, parentCode } of moved) {
      const isRoot = row.code === source.code
      const name = isRoot ? (main!.name ?? stays?.name ?? row.name) : row.name
      plan.closing.push({ code: row.code, successors: isRoot ? to.map((target) => target.code) : [code] })
      plan.moves.push({ from: row.code, to: code })
      plan.divisions.push({ from: row.code, to: code, name })
      if (isRoot) continue
      plan.opening.push({ ...row, code, parentCode })
      plan.successions.push({ from: row.code, to: code, share: null })
    }
  }
  for (const part of to.slice(1)) plan.opening.push(rowOf(part, sources[0]!, open))
  if (kind === 'CREATE' || kind === 'SPLIT') {
    const begun = to.filter((target) => !from.includes(target.code) && !(kind === 'SPLIT' && target === main))
    plan.divisions.push(...begun.map((target) => ({ from: null, to: target.code, name: target.name ?? '' })))
  }
  if (kind !== 'CREATE' && kind !== 'RENAME') plan.successions.push(...successionsOf(change))
  return plan
}

function rename(plan: ChangePlan, target: Target, row: KnownDivision): void {
  const name = target.name ?? row.name
  plan.closing.push({ code: row.code, successors: [row.code] })
  plan.opening.push({ ...row, name, urbanRural: target.urbanRural ?? row.urbanRural })
  plan.divisions.push({ from: row.code, to: row.code, name })
}

function isRenamed(target: Target, row: KnownDivision): boolean {
  return (target.name ?? row.name) !== row.name || (target.urbanRural ?? row.urbanRural) !== row.urbanRural
}

function successionsOf({ from, to, kind }: NewDivisionChange): ChangePlan['successions'] {
  const stated = to.every((target) => target.populationShare !== undefined)
  return from.flatMap((source) =>
    to.map((target, index) => {
      const share = kind !== 'SPLIT' ? null : stated ? target.populationShare! : index === 0 ? 1 : 0
      return { from: source, to: target.code, share }
    }),
  )
}

function rowOf(
  target: Target,
  source: KnownDivision | null,
  open: ReadonlyMap<string, KnownDivision>,
): DivisionRow {
  return {
    code: target.code,
    name: target.name ?? source?.name ?? '',
    level: source?.level ?? levelOf(target.code),
    parentCode: parentOf(target.code, open),
    urbanRural: target.urbanRural ?? source?.urbanRural ?? null,
  }
}

/** The division in force that the code stands under; a city without counties has its townships under `00`. */
function parentOf(code: DivisionCode, open: ReadonlyMap<string, unknown>): DivisionCode | null {
  const above = [9, 6, 4, 2].find((length) => length < prefixOf(code).length)
  const parent = code.slice(0, above ?? 0).padEnd(12, '0')
  return above !== undefined && open.has(parent) ? parent : null
}

function wrongShape({ kind, from, to, effectiveOn }: NewDivisionChange, today: CivilDate): Wrong | null {
  const { from: sources, to: targets } = arity[kind]
  if (from.length < sources[0] || from.length > sources[1] || new Set(from).size < from.length)
    return { pointer: '/from', code: 'invalid-value' }
  const codes = to.map((target) => target.code)
  if (to.length < targets[0] || to.length > targets[1] || new Set(codes).size < codes.length)
    return { pointer: '/to', code: 'invalid-value' }
  if (effectiveOn > today) return { pointer: '/effectiveOn', code: 'invalid-date' }
  const shares = to.flatMap((target) => target.populationShare ?? [])
  const isWhole =
    shares.length === to.length && Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-5
  if (shares.length > 0 && (kind !== 'SPLIT' || !isWhole))
    return { pointer: '/to/0/populationShare', code: 'invalid-value' }
  return null
}

function wrongSource(
  from: readonly string[],
  open: ReadonlyMap<string, KnownDivision>,
  effectiveOn: CivilDate,
): Wrong | null {
  for (const [index, code] of from.entries()) {
    const row = open.get(code)
    const pointer = `/from/${index}`
    if (!row || row.validFrom >= effectiveOn) return { pointer, code: 'division-not-current' }
    if (levelOf(code) !== levelOf(from[0]!)) return { pointer, code: 'invalid-value' }
  }
  return null
}

function wrongTarget(
  { kind, from, to }: NewDivisionChange,
  open: ReadonlyMap<string, KnownDivision>,
  taken: ReadonlySet<string>,
): Wrong | null {
  for (const [index, { code, name, urbanRural }] of to.entries()) {
    const pointer = `/to/${index}/code`
    const isOld = from.includes(code)
    if (from[0] !== undefined && levelOf(code) !== levelOf(from[0])) return { pointer, code: 'invalid-value' }
    if (kind === 'RENAME') {
      if (!isOld) return { pointer, code: 'invalid-value' }
      if (name === undefined && urbanRural === undefined)
        return { pointer: `/to/${index}/name`, code: 'required' }
      continue
    }
    if (isOld && (kind === 'RECODE' || kind === 'TRANSFER')) return { pointer, code: 'invalid-value' }
    if (isOld && kind === 'SPLIT' && index > 0) return { pointer, code: 'invalid-value' }
    if (isOld) continue
    if (taken.has(code)) return { pointer, code: 'code-taken' }
    const parent = parentOf(code, open)
    if (parent === null && levelOf(code) > 1) return { pointer, code: 'unknown-division' }
    const former = from[0] === undefined ? null : (open.get(from[0])?.parentCode ?? null)
    if (kind === 'RECODE' && parent !== former) return { pointer, code: 'invalid-value' }
    if (kind === 'TRANSFER' && parent === former) return { pointer, code: 'invalid-value' }
    if (name === undefined && kind !== 'RECODE' && kind !== 'TRANSFER')
      return { pointer: `/to/${index}/name`, code: 'required' }
  }
  return null
}
