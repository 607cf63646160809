import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { ChangePreview } from '@youyu/shared/population/persons'
import type { Endpoint } from '@youyu/shared/endpoint'
import { useRehearsed, type RehearsedOptions } from '../../ui/useRehearsed.ts'

/** All that a change of people or events may show differently afterwards. */
const touched = [
  'persons',
  'households',
  'overview',
  'audit',
  'events',
  'births',
  'deaths',
  'marriages',
  'migration-events',
  'county-transfers',
  'parentage-events',
  'birth-registrations',
  'pregnancies',
  'childcare',
  'population-book',
  'indicators',
]

/** A change of people or events, shown before it is made. */
export function useChange<const Contract extends Endpoint>(
  contract: Contract,
  options: RehearsedOptions<Contract>,
) {
  return useRehearsed<Contract, ChangePreview | EventPreview>(contract, touched, options)
}

export type Change = Pick<ReturnType<typeof useChange>, 'preview' | 'isOpen' | 'isBusy' | 'apply' | 'show'>
