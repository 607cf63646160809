import type { SupplyItem } from '@youyu/shared/contraception/supplies'
import type { ErrorCode } from '@youyu/shared/errors'
import type { Role } from '@youyu/shared/permissions'

type Giver = { role: Role | null; isOfCare: boolean }

/** Who treats: in an encounter, or at the counter as a clinician. */
export function isClinician({ role, isOfCare }: Giver): boolean {
  return isOfCare || role === 'station_clinician' || role === 'chief_clinician'
}

/** Nothing says it is the first time, unless the client says so or the method is one that a clinician begins. */
export function isFirst(
  { firstByClinician }: Pick<SupplyItem, 'firstByClinician'>,
  said: boolean | undefined,
  hadBefore: boolean,
): boolean {
  return said ?? (firstByClinician && !hadBefore)
}

/**
 * Pills and injections are begun by a clinician; injections, implants and devices are handed out by clinicians and pharmacists only
 * (domain §3.2, §3.3).
 */
export function refusalOf(
  item: Pick<SupplyItem, 'firstByClinician' | 'isPrescription'>,
  giver: Giver,
  isFirstUse: boolean,
): { pointer: string; code: ErrorCode } | null {
  if (isClinician(giver)) return null
  if (item.isPrescription && giver.role !== 'pharmacist')
    return { pointer: '/itemCode', code: 'clinician-needed' }
  if (item.firstByClinician && isFirstUse) return { pointer: '/isFirstUse', code: 'first-use-by-clinician' }
  return null
}

/** Without a token nobody knows what was given before, and nothing is held against her. */
export function givenWith(
  quantity: number,
  token: string | null,
  earlier: number,
  allowance: number | null,
): { givenThisYear: number | null; isBeyondAllowance: boolean } {
  const givenThisYear = token === null ? null : earlier + quantity
  return { givenThisYear, isBeyondAllowance: allowance !== null && (givenThisYear ?? quantity) > allowance }
}
