import type { NewProtocolVersion, ProtocolTrigger } from '@youyu/shared/contraception/protocols'
import type { CivilDate } from '@youyu/shared/values'
import type { WrongField } from '../../../refused.ts'

/** Steps that a trigger can carry: a supply is reminded of by its share, and only a method in use comes again and again. */
export function protocolFaults(
  { effectiveFrom, steps }: NewProtocolVersion,
  trigger: ProtocolTrigger,
  today: CivilDate,
): WrongField[] {
  const faults: WrongField[] = []
  if (effectiveFrom < today) faults.push({ pointer: '/effectiveFrom', code: 'invalid-date' })
  const names = new Set<string>()
  for (const [index, { step, percent, everyMonths }] of steps.entries()) {
    const at = (field: string) => `/steps/${index}/${field}`
    if (names.has(step)) faults.push({ pointer: at('step'), code: 'already-exists' })
    names.add(step)
    if ((percent !== null) !== (trigger === 'SUPPLY'))
      faults.push({ pointer: at('percent'), code: percent === null ? 'required' : 'invalid-value' })
    if (everyMonths !== null && trigger !== 'EPISODE')
      faults.push({ pointer: at('everyMonths'), code: 'invalid-value' })
  }
  return faults
}
