import {
  resultFaults,
  type CheckElement,
  type CheckItemSet,
  type CheckKind,
  type CheckParty,
  type CheckResults,
} from '@youyu/shared/birth-defects/check-item-sets'
import { GivenCoupleCheck } from '@youyu/shared/birth-defects/couple-checks'
import type { CoupleCheck } from '@youyu/shared/birth-defects/couple-checks'
import { codeText } from '../../api/code-text.ts'
import { language } from '../../texts/texts.ts'

/** Blanks are absent; what a radio says is yes or no. */
export function bare(values: unknown): unknown {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return values
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '' && value !== undefined)
      .map(([key, value]) => [key, value === 'true' ? true : value === 'false' ? false : value]),
  )
}

type Typed = Record<string, unknown>
export type TypedParty = {
  came: boolean
  occurredOn: string
  infectionConsent: boolean
  itemsDone: string[]
  opinion: string
  results: Typed
}

const blankParty = (came: boolean): TypedParty => ({
  ...{ came, occurredOn: '', infectionConsent: false, itemsDone: [], opinion: '', results: {} },
})

/** What was typed, in the kinds of the elements; what is no number stays as it was typed, to be refused. */
export function resultsIn(elements: readonly CheckElement[], typed: Typed): CheckResults {
  const kinds = new Map(elements.map(({ code, kind }) => [code, kind]))
  return Object.fromEntries(
    Object.entries(typed)
      .filter(([, value]) => value !== '' && value !== undefined && value !== null)
      .map(([code, value]) => {
        const kind = kinds.get(code)
        if (kind === 'YES_NO') return [code, value === 'true' ? true : value === 'false' ? false : value]
        if (kind !== 'NUMBER') return [code, value]
        const number = Number(String(value).replace(',', '.'))
        return [code, Number.isFinite(number) ? number : value]
      }),
  ) as CheckResults
}

function partyIn(elements: readonly CheckElement[], { came, results, ...party }: TypedParty): unknown {
  if (!came) return null
  return { ...(bare(party) as object), itemsDone: party.itemsDone, results: resultsIn(elements, results) }
}

/** The form as the contract has it. */
function checkIn(set: CheckItemSet | undefined, values: unknown): unknown {
  const { her, him, reason: _, ...typed } = values as Typed & { her: TypedParty; him: TypedParty }
  const elements = set?.elements ?? []
  const { womanId, manId, advisedOn, advice, ...rest } = bare(typed) as Typed
  return {
    ...rest,
    ...{ womanId: womanId ?? null, manId: manId ?? null },
    ...{ advisedOn: advisedOn ?? null, advice: advice ?? null },
    her: partyIn(elements, her),
    him: partyIn(elements, him),
  }
}

/** The contract and the item set together: what the set does not know or cannot be is named at its element. */
export function checkSchema(setOf: () => CheckItemSet | undefined) {
  return {
    safeParse(values: unknown) {
      const set = setOf()
      const parsed = GivenCoupleCheck.safeParse(checkIn(set, values))
      const typed = values as { her: TypedParty; him: TypedParty }
      const issues = (['her', 'him'] as const).flatMap((side) => {
        const { came, results, infectionConsent } = typed[side]
        if (!came || !set) return []
        const party: CheckParty = side === 'her' ? 'HER' : 'HIM'
        const found = resultsIn(set.elements, results)
        return resultFaults(set.elements, party, found, infectionConsent).map(({ element, code }) => ({
          path: [side, 'results', element],
          message: codeText(code, language()),
        }))
      })
      if (issues.length === 0) return parsed
      return {
        success: false as const,
        error: { issues: [...issues, ...(parsed.success ? [] : parsed.error.issues)] },
      }
    },
  }
}

/** A check as the form shows it, to be completed or corrected. */
export function typedOf(check: CoupleCheck): Typed {
  const party = (side: 'her' | 'him'): TypedParty => {
    const known = check[side]
    if (!known) return blankParty(false)
    const { infectionConsent, itemsDone, opinion, results, occurredOn } = known
    return {
      ...{ came: true, infectionConsent, itemsDone, opinion: opinion ?? '' },
      occurredOn: occurredOn === check.occurredOn ? '' : occurredOn,
      results: Object.fromEntries(Object.entries(results).map(([code, value]) => [code, String(value)])),
    }
  }
  return {
    ...{ kind: check.kind, occurredOn: check.occurredOn, counselled: check.counselled },
    ...{ womanId: check.woman?.id ?? '', manId: check.man?.id ?? '', advisedOn: check.advisedOn ?? '' },
    ...{ advice: check.advice ?? '', her: party('her'), him: party('him'), reason: '' },
  }
}

export const blankCheck = (kind: CheckKind, womanId: string, on: string): Typed => ({
  ...{ kind, womanId, manId: '', occurredOn: on, counselled: true, advisedOn: on, advice: '' },
  ...{ her: blankParty(true), him: blankParty(true), reason: '' },
})
