import type { StoreKind } from '@youyu/shared/contraception/supplies'

/** A county store stands at the county, a township's at its township; outlets and machines anywhere inside. */
export function mayStandAt(kind: StoreKind, level: number): boolean {
  if (kind === 'COUNTY') return level === 3
  if (kind === 'TOWNSHIP') return level === 4
  return level >= 3
}

const order: Record<StoreKind, number> = { COUNTY: 0, TOWNSHIP: 1, OUTLET: 2, VENDING: 2 }

/** Supplies come down: county, township, outlet. */
export function mayStandUnder(kind: StoreKind, parent: StoreKind): boolean {
  return order[parent] < order[kind]
}

type Days = {
  leadDays?: number | undefined
  reviewDays?: number | undefined
  safetyDays?: number | undefined
}

/** Unless said otherwise: asked for once a month, there within a week, half a month in reserve. A county asks by quarter. */
export function daysOf(given: Days & { kind: StoreKind }): Required<{ [Name in keyof Days]: number }> {
  const usual =
    given.kind === 'COUNTY'
      ? { leadDays: 45, reviewDays: 90, safetyDays: 30 }
      : { leadDays: 7, reviewDays: 30, safetyDays: 15 }
  return {
    leadDays: given.leadDays ?? usual.leadDays,
    reviewDays: given.reviewDays ?? usual.reviewDays,
    safetyDays: given.safetyDays ?? usual.safetyDays,
  }
}
