import { ref, shallowRef } from 'vue'
import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { ChangePreview } from '@youyu/shared/population/persons'
import type { Endpoint, EndpointOutput } from '@youyu/shared/endpoint'
import { call, newKey } from '../../api/call.ts'
import type { CallInput } from '../../api/call.ts'
import { useTouch } from '../../api/queries.ts'
import { toast, toastProblem } from '../../ui/toasts.ts'

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

type Asked<Contract extends Endpoint> = {
  input: CallInput<Contract>
  version: number | undefined
  key: string
}

/**
 * A change that is shown before it is done: `ask` makes the dry run and opens the preview, `apply` sends exactly what
 * was previewed. `ask` throws what the server refused, so that a form can point at its fields.
 */
export function useChange<const Contract extends Endpoint>(
  contract: Contract,
  options: { done: () => string; applied?: (answer: EndpointOutput<Contract>) => void },
) {
  const preview = shallowRef<ChangePreview | EventPreview | null>(null)
  const isOpen = ref(false)
  const isBusy = ref(false)
  const touch = useTouch()
  let asked: Asked<Contract> | null = null

  async function ask(input: CallInput<Contract>, version?: number): Promise<void> {
    const trial = { ...input, querystring: { dryRun: 'true' } } as CallInput<Contract>
    const answer = await call(contract, trial, { ifMatch: version })
    asked = { input, version, key: newKey() }
    preview.value = answer as ChangePreview | EventPreview
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

  const show = (isShown: boolean) => (isOpen.value = isShown)

  return { preview, isOpen, isBusy, ask, apply, show }
}

export type Change = Pick<ReturnType<typeof useChange>, 'preview' | 'isOpen' | 'isBusy' | 'apply' | 'show'>
