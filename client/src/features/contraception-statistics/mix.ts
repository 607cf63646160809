import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { Prevalence } from '@youyu/shared/contraception/statistics'

const groups = {
  sterilisation: ['M10', 'M20'],
  iud: ['M30', 'M31'],
  implant: ['M40', 'M41', 'M42'],
  injection: ['M50', 'M51'],
  pill: ['M60', 'M61'],
  condom: ['M70', 'M71'],
  spermicide: ['M80'],
  natural: ['M90', 'M91', 'M92', 'M99'],
} as const satisfies Record<string, readonly MethodCode[]>

type MethodGroup = keyof typeof groups
export const methodGroupKeys = Object.keys(groups) as MethodGroup[]

/** Percent of the users of a place; null where there are none. */
export function shareOfGroup(
  { mix, users }: Pick<Prevalence, 'mix' | 'users'>,
  group: MethodGroup,
): number | null {
  if (users === 0) return null
  const methods: readonly MethodCode[] = groups[group]
  const used = mix.reduce((sum, each) => (methods.includes(each.method) ? sum + each.users : sum), 0)
  return (100 * used) / users
}
