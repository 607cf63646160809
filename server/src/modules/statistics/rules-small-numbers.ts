/** What a value rests on. */
export type Basis =
  | { kind: 'count'; events: number }
  | { kind: 'rate'; events: number; denominator: number }
  | { kind: 'sex-ratio'; births: number }

export type SmallNumber = {
  flag: 'UNSTABLE' | null
  reasons: ('few-events' | 'small-denominator' | 'few-births')[]
  /** A value that is not stable is never ranked or coloured. */
  mayRank: boolean
}

export const FEWEST_EVENTS = 20
export const SMALLEST_DENOMINATOR = 50
const FEWEST_BIRTHS_FOR_SEX_RATIO = 500

/** Small-number rule of domain §4.1: the value stays visible with its interval, without a rank. */
export function smallNumber(basis: Basis): SmallNumber {
  const reasons: SmallNumber['reasons'] = []
  if (basis.kind === 'sex-ratio') {
    if (basis.births < FEWEST_BIRTHS_FOR_SEX_RATIO) reasons.push('few-births')
  } else {
    if (basis.events < FEWEST_EVENTS) reasons.push('few-events')
    if (basis.kind === 'rate' && basis.denominator < SMALLEST_DENOMINATOR) reasons.push('small-denominator')
  }
  const mayRank = reasons.length === 0
  return { flag: mayRank ? null : 'UNSTABLE', reasons, mayRank }
}
