import type { Role } from '@youyu/shared/permissions'
import type { DataClass } from '@youyu/shared/values'

const knowing: readonly Role[] = ['county_mch', 'station_clinician', 'chief_clinician']

/** A village is told that there is a health check, and no more (E8). */
export function knowsCategories(role: Role | null): boolean {
  return role !== null && knowing.includes(role)
}

/** Few who came are told only to those who treat (domain §9.5). */
export function attendedShown(attended: number, clearance: DataClass): number | null {
  return attended >= 1 && attended <= 4 && clearance !== 'L4' ? null : attended
}
