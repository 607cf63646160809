import type { NewGrant } from '@youyu/shared/accounts'
import { Module, roles, separatedRoles, type Role } from '@youyu/shared/permissions'
import type { Purpose } from '@youyu/shared/values'

/** A grant by which somebody may give grants. */
export type GivingGrant = {
  role: Role
  prefix: string
  modules: readonly string[]
  purposes: readonly Purpose[]
}
export type RoleInArea = { role: Role; divisionPrefix: string }
export type CompleteGrant = RoleInArea & { modules: Module[]; purposes: Purpose[] }
type Refusal = {
  refused: 'beyond-own-rights' | 'invalid-value'
  field: 'role' | 'divisionPrefix' | 'modules' | 'purposes'
}

const levelOfLength: Record<number, number> = { 0: 0, 2: 1, 4: 2, 6: 3, 9: 4, 12: 5 }

/** A village worker works in a village, a county officer in a county (domain §2.3). */
export function fitsLevel({ role, divisionPrefix }: RoleInArea): boolean {
  const level = levelOfLength[divisionPrefix.length]
  return level !== undefined && roles[role].levels.includes(level)
}

/** Administrators hand out purposes that they do not have themselves: they see no people. */
const givesAnyPurpose = (giving: GivingGrant) => giving.role === 'sys_admin'

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)]

/** The grants by which a role in an area may be given, changed or taken away. */
export function givingGrantsFor(
  giver: readonly GivingGrant[],
  { role, divisionPrefix }: RoleInArea,
): GivingGrant[] {
  return giver.filter(
    (giving) => divisionPrefix.startsWith(giving.prefix) && roles[giving.role].mayGive.includes(role),
  )
}

/** What is given at last, or which field asks too much: nobody grants beyond her own area or rights. */
export function judgeGrant(giver: readonly GivingGrant[], wanted: NewGrant): CompleteGrant | Refusal {
  const { role, divisionPrefix } = wanted
  if (!fitsLevel(wanted)) return { refused: 'invalid-value', field: 'divisionPrefix' }
  const giving = givingGrantsFor(giver, wanted)
  if (giving.length === 0) {
    const isGivable = giver.some((each) => roles[each.role].mayGive.includes(role))
    return { refused: 'beyond-own-rights', field: isGivable ? 'divisionPrefix' : 'role' }
  }
  const modules = Module.options.filter((module) => giving.some((each) => each.modules.includes(module)))
  const purposes = roles[role].purposes.filter((purpose) =>
    giving.some((each) => givesAnyPurpose(each) || each.purposes.includes(purpose)),
  )
  if (wanted.modules?.some((module) => !modules.includes(module)))
    return { refused: 'beyond-own-rights', field: 'modules' }
  if (wanted.purposes?.some((purpose) => !roles[role].purposes.includes(purpose)))
    return { refused: 'invalid-value', field: 'purposes' }
  if (wanted.purposes?.some((purpose) => !purposes.includes(purpose)))
    return { refused: 'beyond-own-rights', field: 'purposes' }
  return {
    role,
    divisionPrefix,
    modules: distinct(wanted.modules ?? modules),
    purposes: distinct(wanted.purposes ?? purposes),
  }
}

/** Whoever may give all that somebody holds may also reset her password, which is as good as holding it. */
export function mayManage(giver: readonly GivingGrant[], held: readonly RoleInArea[]): boolean {
  return held.every((grant) => givingGrantsFor(giver, grant).length > 0)
}

function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one)
}

/** Two roles among some grants that one person must not hold in overlapping areas. */
export function conflictAmong(held: readonly RoleInArea[]): readonly [Role, Role] | null {
  const clash = ([first, second]: readonly [Role, Role]) =>
    held.some(
      (one) =>
        one.role === first &&
        held.some((other) => other.role === second && overlap(one.divisionPrefix, other.divisionPrefix)),
    )
  return separatedRoles.find(clash) ?? null
}

/** What is wrong with some grants that one person is to hold together, in words, or null. */
export function faultOf(grants: readonly RoleInArea[]): string | null {
  const misfit = grants.find((grant) => !fitsLevel(grant))
  if (misfit) {
    const lengths = Object.keys(levelOfLength).filter((length) =>
      roles[misfit.role].levels.includes(levelOfLength[Number(length)]!),
    )
    return `${misfit.role} is granted in a division of ${lengths.join(' or ')} digits`
  }
  const conflict = conflictAmong(grants)
  if (conflict) return `${conflict.join(' and ')} must not be held by one person in one area`
  const twice = grants.find(
    (grant, index) =>
      grants.findIndex(
        ({ role, divisionPrefix }) => role === grant.role && divisionPrefix === grant.divisionPrefix,
      ) < index,
  )
  return twice ? `${twice.role} is given twice` : null
}
