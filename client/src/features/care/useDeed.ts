import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { Endpoint } from '@youyu/shared/endpoint'
import { useRehearsed, type RehearsedOptions } from '../../ui/useRehearsed.ts'

/** All that a deed of care may show differently afterwards. */
export const careTags = [
  'clients',
  'encounters',
  'informed-choices',
  'eligibility',
  'method-episodes',
  'procedures',
  'complications',
  'care-consents',
  'follow-up',
  'service-offers',
  'supplies',
  'persons',
]

/** A deed of care, shown before it is done. */
export function useDeed<const Contract extends Endpoint>(
  contract: Contract,
  options: RehearsedOptions<Contract>,
) {
  return useRehearsed<Contract, CarePreview>(contract, careTags, options)
}

export type CareDeed = Pick<ReturnType<typeof useDeed>, 'preview' | 'isOpen' | 'isBusy' | 'apply' | 'show'>
