import { computed, ref } from 'vue'
import { useQuery, useQueryCache } from '@pinia/colada'
import type { Endpoint, EndpointOutput } from '@youyu/shared/endpoint'
import { toast, toastProblem } from '../ui/toasts.ts'
import { call, newKey } from './call.ts'
import type { CallInput, CallOptions } from './call.ts'

/** Reads by contract, cached by tag, address and input; `null` as input waits. */
export function useRead<const Contract extends Endpoint>(
  contract: Contract,
  input: () => NoInfer<CallInput<Contract>> | null,
  options: { keepWhileLoading?: boolean; staleTime?: number } = {},
) {
  const query = useQuery<EndpointOutput<Contract>>({
    key: () => [contract.schema.tags[0], contract.url, JSON.stringify(input())],
    query: ({ signal }) => call(contract, input() as CallInput<Contract>, { signal }),
    enabled: () => input() !== null,
    ...(options.keepWhileLoading === false ? {} : { placeholderData: (before) => before }),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
  })
  return {
    data: computed(() => query.data.value),
    error: computed(() => query.error.value),
    isLoading: computed(() => query.asyncStatus.value === 'loading'),
    refresh: () => void query.refetch().catch(() => undefined),
  }
}

/** Makes every cached read of these tags (`persons`, `households` …) ask again. */
export function useTouch() {
  const cache = useQueryCache()
  return (...tags: string[]) => {
    // A read that is given up because its page was left is no failure; any other is told by the read itself.
    for (const tag of tags) cache.invalidateQueries({ key: [tag] }).catch(() => undefined)
  }
}

/**
 * Sends by contract outside a form (a button, a row action). Toasts failure, and success if `done` says what.
 * Afterwards reads of the contract's tag and of `touches` ask again.
 */
export function useWrite<const Contract extends Endpoint>(
  contract: Contract,
  options: { touches?: string[]; done?: () => string } = {},
) {
  const touch = useTouch()
  const isRunning = ref(false)
  let sent = { content: '', key: '' }

  /** The answer, or undefined when it failed (the user has been told). */
  async function run(
    input: CallInput<Contract>,
    send: Omit<CallOptions, 'idempotencyKey'> = {},
  ): Promise<EndpointOutput<Contract> | undefined> {
    const content = JSON.stringify(input)
    if (content !== sent.content) sent = { content, key: newKey() }
    isRunning.value = true
    try {
      const answer = await call(contract, input, {
        ...send,
        idempotencyKey: contract.config.idempotent ? sent.key : undefined,
      })
      sent = { content: '', key: '' }
      touch(contract.schema.tags[0], ...(options.touches ?? []))
      if (options.done) toast(options.done())
      return answer
    } catch (error) {
      toastProblem(error)
      return undefined
    } finally {
      isRunning.value = false
    }
  }
  return { run, isRunning }
}
