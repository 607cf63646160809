import type { CivilDate, DivisionCode } from '@youyu/shared/values'

export type Succession = {
  from: DivisionCode
  to: DivisionCode
  on: CivilDate
  /** Shares of the people of the old code, and of the new one. */
  share: number
  originShare: number
}

/** A code as it was named on days from … until (excluded), and what it is at the boundary. */
export type Move = { code: DivisionCode; from: CivilDate; until: CivilDate; to: DivisionCode }

const BEGINNING = '0001-01-01'
const END = '9999-12-31'

/**
 * Where whatever bears a code on a day belongs at the boundary. Whole records follow, never shares of them: a division
 * that was split goes to the successor with most of its people, one that was merged comes from the largest origin.
 */
export function movesTo(boundary: CivilDate, successions: readonly Succession[]): Move[] {
  const days = [...new Set(successions.map(({ on }) => on))].sort()
  const spans = [BEGINNING, ...days].map((from, index) => ({ from, until: days[index] ?? END }))
  const codes = [...new Set(successions.flatMap(({ from, to }) => [from, to]))]
  return codes.flatMap((code) =>
    spans
      .map(({ from, until }) => ({ code, from, until, to: placedAt(boundary, code, from, successions) }))
      .filter((move) => move.to !== code),
  )
}

function placedAt(
  boundary: CivilDate,
  code: DivisionCode,
  day: CivilDate,
  successions: readonly Succession[],
): DivisionCode {
  const largest = (candidates: readonly Succession[], weight: 'share' | 'originShare') =>
    candidates.toSorted((a, b) => b[weight] - a[weight] || (a.to + a.from < b.to + b.from ? -1 : 1))[0]
  let [at, place] = [day, code]
  for (;;) {
    const forward = successions.filter(({ from, on }) => from === place && on > at && on <= boundary)
    const back = successions.filter(({ to, on }) => to === place && on <= at && on > boundary)
    if (forward.length > 0) {
      const on = forward.map((each) => each.on).sort()[0]!
      place = largest(
        forward.filter((each) => each.on === on),
        'share',
      )!.to
      at = on
    } else if (back.length > 0) {
      const on = back
        .map((each) => each.on)
        .sort()
        .at(-1)!
      place = largest(
        back.filter((each) => each.on === on),
        'originShare',
      )!.from
      at = new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10)
    } else return place
  }
}
