import type { NewGrant } from '@youyu/shared/accounts'
import { roles, separatedRoles } from '@youyu/shared/permissions'
import type { Role } from '@youyu/shared/permissions'
import { prefixOf } from '@youyu/shared/values'
import type { DivisionCode, DivisionPrefix } from '@youyu/shared/values'

type Level = 1 | 2 | 3 | 4 | 5
type Held = { role: Role; divisionPrefix: DivisionPrefix }

/** A grant being written: the area as the picker knows it, or the whole platform. */
export type GrantDraft = {
  role: Role | ''
  /** '' while none is chosen. */
  divisionCode: DivisionCode
  wholePlatform: boolean
  modules: NonNullable<NewGrant['modules']>
  purposes: NonNullable<NewGrant['purposes']>
  validUntil: string
}

export const emptyGrant: GrantDraft = {
  role: '',
  divisionCode: '',
  wholePlatform: false,
  modules: [],
  purposes: [],
  validUntil: '',
}

/** The levels of divisions at which a role may be granted; null when it has none. */
export function levelsOf(role: Role | ''): { min: Level; max: Level } | null {
  const levels = role === '' ? [] : roles[role].levels.filter((level) => level > 0)
  return levels.length === 0 ? null : { min: Math.min(...levels) as Level, max: Math.max(...levels) as Level }
}

export function mayBeWhole(role: Role | '', giver: readonly Held[]): boolean {
  return role !== '' && roles[role].levels.includes(0) && giver.some((held) => held.divisionPrefix === '')
}

/** The highest division that the giver may hand out, `root` for the whole country; undefined if she may not give the role. */
export function rootOf(giver: readonly Held[], role: Role | ''): DivisionCode | undefined {
  if (role === '') return undefined
  const prefixes = giver
    .filter((held) => roles[held.role].mayGive.includes(role))
    .map((held) => held.divisionPrefix)
  const widest = prefixes.sort((a, b) => a.length - b.length)[0]
  if (widest === undefined) return undefined
  return widest === '' ? 'root' : widest.padEnd(12, '0')
}

function overlap(one: DivisionPrefix, other: DivisionPrefix): boolean {
  return one.startsWith(other) || other.startsWith(one)
}

/** The role held already that must be kept apart from the one to be given (separation of duties). */
export function conflictWith(role: Role | '', prefix: DivisionPrefix, held: readonly Held[]): Role | null {
  if (role === '') return null
  const conflicting = separatedRoles.flatMap(([one, other]) =>
    one === role ? [other] : other === role ? [one] : [],
  )
  return (
    held.find((grant) => conflicting.includes(grant.role) && overlap(grant.divisionPrefix, prefix))?.role ??
    null
  )
}

/** A code typed by hand, `371121`, with its twelve digits. */
export function wholeCode(typed: string): DivisionCode {
  return /^\d{2,12}$/.test(typed) ? typed.padEnd(12, '0') : typed
}

export function prefixOfDraft(draft: GrantDraft): DivisionPrefix {
  return draft.wholePlatform || draft.divisionCode === '' ? '' : prefixOf(wholeCode(draft.divisionCode))
}

/**
 * As the server takes it; modules and purposes only when they narrow the role. An area not yet chosen stays absent:
 * the empty prefix is the whole platform and must be said.
 */
export function grantOf(draft: GrantDraft): Partial<NewGrant> {
  return {
    ...(draft.role !== '' && { role: draft.role }),
    ...(isAreaSaid(draft) && { divisionPrefix: prefixOfDraft(draft) }),
    ...(draft.modules.length > 0 && { modules: draft.modules }),
    ...(draft.purposes.length > 0 && { purposes: draft.purposes }),
    ...(draft.validUntil !== '' && { validUntil: `${draft.validUntil}T23:59:59+08:00` }),
  }
}

export function isAreaSaid(draft: GrantDraft): boolean {
  return draft.wholePlatform || draft.divisionCode !== ''
}
