import { ref, shallowRef } from 'vue'
import type { Endpoint, EndpointOutput } from '@youyu/shared/endpoint'
import { call, newKey } from '../api/call.ts'
import type { CallInput } from '../api/call.ts'
import { useTouch } from '../api/queries.ts'
import { toast, toastProblem } from './toasts.ts'

export type RehearsedOptions<Contract extends Endpoint> = {
  done: () => string
  applied?: (answer: EndpointOutput<Contract>) => void
}

/**
 * A deed that is shown before it is done: `ask` makes the dry run and opens the preview, `apply` sends exactly what was
 * previewed. `ask` throws what the server refused, so that a form can point at its fields.
 */
export function useRehearsed<const Contract extends Endpoint, Preview>(
  contract: Contract,
  /** All that it may show differently afterwards. */
  touched: readonly string[],
  options: RehearsedOptions<Contract>,
) {
  const preview = shallowRef<Preview | null>(null)
  const isOpen = ref(false)
  const isBusy = ref(false)
  const touch = useTouch()
  let asked: { input: CallInput<Contract>; version: number | undefined; key: string } | null = null

  async function ask(input: CallInput<Contract>, version?: number): Promise<void> {
    const trial = { ...input, querystring: { dryRun: 'true' } } as CallInput<Contract>
    preview.value = (await call(contract, trial, { ifMatch: version })) as Preview
    asked = { input, version, key: newKey() }
    isOpen.value = true
  }

  async function apply(): Promise<void> {
    if (asked === null || isBusy.value) return
    isBusy.value = true
    try {
      const answer = await call(contract, asked.input, { ifMatch: asked.version, idempotencyKey: asked.key })
      asked = null
      isOpen.value = false
      touch(...touched)
      toast(options.done())
      options.applied?.(answer)
    } catch (error) {
      toastProblem(error)
    } finally {
      isBusy.value = false
    }
  }

  return { preview, isOpen, isBusy, ask, apply, show: (isShown: boolean) => (isOpen.value = isShown) }
}
