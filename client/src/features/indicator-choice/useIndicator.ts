import { computed } from 'vue'
import type { Endpoint, EndpointOutput } from '@youyu/shared/endpoint'
import type { getIndicator } from '@youyu/shared/population/indicators'
import type { CallInput } from '../../api/call.ts'
import { useRead } from '../../api/queries.ts'

type Answer = EndpointOutput<typeof getIndicator>
type Question = { params: { code: string }; querystring: Record<string, string> }

/** An indicator of any part's catalogue: what all of them answer, and what this one says beside it. */
export function useIndicator<const Contract extends Endpoint>(
  contract: Contract,
  question: () => Question | null,
) {
  const { data, ...read } = useRead(contract, () => question() as CallInput<Contract> | null)
  return { ...read, answer: computed(() => data.value as (EndpointOutput<Contract> & Answer) | undefined) }
}
