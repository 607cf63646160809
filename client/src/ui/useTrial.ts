import { ref, shallowRef } from 'vue'
import { toastProblem } from './toasts.ts'
import type { ZodForm } from './useZodForm.ts'

/** What the server says would come of a form, asked before it is sent. */
export function useTrial<Values, Answer>(
  form: Pick<ZodForm<Values>, 'read'>,
  ask: (values: Values) => Promise<Answer>,
) {
  const answer = shallowRef<Answer | null>(null)
  const isAsking = ref(false)

  async function look(): Promise<void> {
    const values = form.read()
    if (values === null) return
    isAsking.value = true
    try {
      answer.value = await ask(values)
    } catch (error) {
      toastProblem(error)
    } finally {
      isAsking.value = false
    }
  }

  return { answer, isAsking, look }
}
