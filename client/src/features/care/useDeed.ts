import { ref, shallowRef } from 'vue'
import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { Endpoint, EndpointOutput } from '@youyu/shared/endpoint'
import { call, newKey } from '../../api/call.ts'
import type { CallInput } from '../../api/call.ts'
import { useTouch } from '../../api/queries.ts'
import { toast, toastProblem } from '../../ui/toasts.ts'

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

/** A deed of care shown before it is done: `ask` makes the dry run, `apply` sends exactly what was shown. */
export function useDeed<const Contract extends Endpoint>(
  contract: Contract,
  options: { done: () => string; applied?: (answer: EndpointOutput<Contract>) => void },
) {
  const preview = shallowRef<CarePreview | null>(null)
  const isOpen = ref(false)
  const isBusy = ref(false)
  const touch = useTouch()
  let asked: { input: CallInput<Contract>; version: number | undefined; key: string } | null = null

  async function ask(input: CallInput<Contract>, version?: number): Promise<void> {
    const trial = { ...input, querystring: { dryRun: 'true' } } as CallInput<Contract>
    preview.value = (await call(contract, trial, { ifMatch: version })) as CarePreview
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
      touch(...careTags)
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

export type CareDeed = Pick<ReturnType<typeof useDeed>, 'preview' | 'isOpen' | 'isBusy' | 'apply' | 'show'>
