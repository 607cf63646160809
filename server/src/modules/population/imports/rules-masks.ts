import type { ImportKind } from '@youyu/shared/population/imports'
import { maskIdNumber, maskName, maskPhone } from '@youyu/shared/population/masking'

/** A rejected value as the list of errors shows it: enough to find the cell, not to learn about the person. */
export function maskedValue(kind: ImportKind, key: string | null, value: string): string {
  const shown = value.slice(0, 60)
  if (kind === 'divisions') return shown
  if (key !== null && /^idNumber$|IdNumber$/.test(key)) return maskIdNumber(shown)
  if (key === 'phone') return maskPhone(shown)
  if (key === 'name' || key?.endsWith('Name')) return maskName(shown)
  // L4: nothing of it is shown.
  if (key === 'cause' || kind === 'methods') return shown === '' ? '' : '*'
  // L3: neither what somebody has nor by which paper.
  if (kind === 'circumstances') return shown === '' || key === 'from' || key === 'to' ? shown : '*'
  if (key === 'address') return shown.length > 6 ? `${shown.slice(0, 6)}…` : shown
  return /\d{15}/.test(shown) && key !== 'householdNumber' ? maskIdNumber(shown) : shown
}
