import type { DivisionChangeKind } from '@youyu/shared/divisions'

/** How many divisions a change takes and makes, and what is asked of the new ones. */
export type ChangeShape = {
  from: 0 | 1 | 'many'
  to: 0 | 1 | 'many'
  code: 'same' | 'new'
  name: 'required' | 'optional'
  share: boolean
}

export const changeShapes: Record<DivisionChangeKind, ChangeShape> = {
  RENAME: { from: 1, to: 1, code: 'same', name: 'required', share: false },
  RECODE: { from: 1, to: 1, code: 'new', name: 'optional', share: false },
  MERGE: { from: 'many', to: 1, code: 'new', name: 'optional', share: false },
  SPLIT: { from: 1, to: 'many', code: 'new', name: 'required', share: true },
  ABOLISH: { from: 1, to: 0, code: 'new', name: 'optional', share: false },
  TRANSFER: { from: 1, to: 1, code: 'new', name: 'optional', share: false },
  CREATE: { from: 0, to: 1, code: 'new', name: 'required', share: false },
}

export type TargetDraft = { code: string; name: string; urbanRural: string; populationShare: string }
export const blankTarget: TargetDraft = { code: '', name: '', urbanRural: '', populationShare: '' }

/** The lists a form begins with when a kind is chosen, keeping what still fits. */
export function fitted(kind: DivisionChangeKind, from: readonly string[], to: readonly TargetDraft[]) {
  const shape = changeShapes[kind]
  const least = (count: 0 | 1 | 'many') => (count === 'many' ? 2 : count)
  const fit = <Entry>(entries: readonly Entry[], count: 0 | 1 | 'many', blank: () => Entry): Entry[] => {
    const kept = count === 'many' ? [...entries] : entries.slice(0, count)
    while (kept.length < least(count)) kept.push(blank())
    return kept
  }
  const targets = fit(to, shape.to, () => ({ ...blankTarget }))
  return {
    from: fit(from, shape.from, () => ''),
    to: shape.share ? targets : targets.map((target) => ({ ...target, populationShare: '' })),
  }
}

/** What the server is sent: blanks left out, shares as fractions. */
export function bodyOf(values: {
  kind: DivisionChangeKind
  from: string[]
  to: TargetDraft[]
  effectiveOn: string
  sourceDocument: string
}) {
  const isSame = changeShapes[values.kind].code === 'same'
  return {
    kind: values.kind,
    from: values.from,
    to: values.to.map((target) => ({
      code: isSame ? (values.from[0] ?? '') : target.code,
      ...(target.name.trim() === '' ? {} : { name: target.name.trim() }),
      ...(target.urbanRural === '' ? {} : { urbanRural: target.urbanRural }),
      ...(target.populationShare === '' ? {} : { populationShare: Number(target.populationShare) / 100 }),
    })),
    effectiveOn: values.effectiveOn,
    sourceDocument: values.sourceDocument,
  }
}
