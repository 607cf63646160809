import type { CountyEquation, Equation } from '@youyu/shared/contraception/offers'

const SMALL = 5
const isSmall = (number: number) => number > 0 && number < SMALL

export function totalOf(rows: readonly Equation[]): Equation {
  const total: Equation = {
    ...{ opening: 0, opened: 0, done: 0, declined: 0, moved: 0 },
    ...{ notNeeded: 0, unreachable: 0, died: 0, expired: 0, closing: 0 },
  }
  for (const row of rows) for (const key of Object.keys(total) as (keyof Equation)[]) total[key] += row[key]
  return total
}

function splitOf({ opening, opened, closing, ...reasons }: Equation) {
  return { main: { opening, opened, closing, closed: opening + opened - closing }, reasons }
}

type Row<Key> = { key: Key; equation: Equation }

/**
 * Which rows under one total stay hidden. One alone could be worked out from the total, so the smallest of the others goes with
 * it; where there is none, the total goes.
 */
function hiddenOf<Key>(
  rows: readonly Row<Key>[],
  numbersOf: (equation: Equation) => Record<string, number>,
): { hidden: Set<Key>; isTotalHidden: boolean } {
  const isHidden = (equation: Equation) => Object.values(numbersOf(equation)).some(isSmall)
  const hidden = new Set(rows.filter(({ equation }) => isHidden(equation)).map(({ key }) => key))
  const isTotalSmall = isHidden(totalOf(rows.map(({ equation }) => equation)))
  if (hidden.size !== 1) return { hidden, isTotalHidden: isTotalSmall }
  const size = ({ equation: { opening, opened } }: Row<Key>) => opening + opened
  const [next] = rows.filter(({ key }) => !hidden.has(key)).sort((a, b) => size(a) - size(b))
  if (next) hidden.add(next.key)
  return { hidden, isTotalHidden: isTotalSmall || next === undefined }
}

export type Shown<Key> = {
  rows: { key: Key; equation: CountyEquation | null }[]
  total: CountyEquation | null
}

/** What a county may read of the townships of one service and of their total (E8, domain §9.5). */
export function shownRows<Key>(rows: readonly Row<Key>[]): Shown<Key> {
  const main = hiddenOf(rows, (equation) => splitOf(equation).main)
  const reasons = hiddenOf(rows, (equation) => splitOf(equation).reasons)
  const shown = (equation: Equation, isHidden: boolean, withoutReasons: boolean): CountyEquation | null => {
    if (isHidden) return null
    const split = splitOf(equation)
    return { ...split.main, reasons: withoutReasons ? null : split.reasons }
  }
  return {
    rows: rows.map(({ key, equation }) => ({
      key,
      equation: shown(equation, main.hidden.has(key), reasons.hidden.has(key)),
    })),
    total: shown(totalOf(rows.map(({ equation }) => equation)), main.isTotalHidden, reasons.isTotalHidden),
  }
}
