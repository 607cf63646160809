import { inject, nextTick, provide, shallowRef, watch } from 'vue'
import type { InjectionKey, Ref, ShallowRef } from 'vue'

type Step = () => void
const key: InjectionKey<(step: Step) => void> = Symbol('unsent')

/**
 * What stands unsent in an overlay. What carries `data-unsent` answers for all that is inside it: a form says it of
 * itself, what is no entry at all (a search, a setting) says false. Any other control counts once something was typed.
 */
export function useUnsent(
  open: Ref<boolean>,
  panel: Readonly<ShallowRef<HTMLElement | null>>,
  isKnownUnsent: () => boolean,
) {
  const typed = new Set<HTMLInputElement>()
  /** The step that waits for an answer. */
  const asked = shallowRef<Step | null>(null)
  let focused: Element | null = null
  watch(open, () => {
    asked.value = null
    typed.clear()
  })

  function note({ target }: Event): void {
    typed.add(target as HTMLInputElement)
  }

  const isUnsent = (): boolean =>
    isKnownUnsent() ||
    Boolean(panel.value?.querySelector('[data-unsent="true"]')) ||
    [...typed].some(
      (control) =>
        panel.value?.contains(control) && !control.closest('[data-unsent]') && control.value !== '',
    )

  /** Takes a step that throws away what was typed: at once when that is nothing, else when it is agreed to. */
  function leave(step: Step): void {
    if (!isUnsent()) return step()
    focused = document.activeElement
    asked.value = step
  }

  async function answer(isAgreed: boolean): Promise<void> {
    const step = asked.value
    asked.value = null
    if (isAgreed) step?.()
    // What was asked about is inert until the question is gone.
    await nextTick()
    if (focused instanceof HTMLElement && panel.value?.contains(focused)) focused.focus()
    else panel.value?.focus()
  }

  provide(key, leave)
  return { asked, note, leave, answer }
}

/** Inside an overlay what is typed is not thrown away unasked; on a page the step is taken. */
export const useLeaving = (): ((step: Step) => void) => inject(key, (step) => step())
