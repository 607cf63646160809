import { inject, nextTick, onScopeDispose, provide, shallowRef, watch } from 'vue'
import type { InjectionKey, Ref, ShallowRef } from 'vue'
import type { Router } from 'vue-router'

type Step = () => void
/** Told whether it may be thrown away; nothing where the overlay is gone before it was said. */
type Question = (isAgreed?: boolean) => void
type Layer = { isUnsent: () => boolean; ask: () => Promise<boolean | undefined>; close: Step }
const key: InjectionKey<(step: Step) => void> = Symbol('unsent')
/** The overlays that are open, the topmost last. */
const layers: Layer[] = []

/**
 * What stands unsent in an overlay. What carries `data-unsent` answers for all that is inside it: a form says it of
 * itself, what is no entry at all (a search, a setting) says false. Any other control counts once something was typed.
 */
export function useUnsent(
  open: Ref<boolean>,
  panel: Readonly<ShallowRef<HTMLElement | null>>,
  isKnownUnsent: () => boolean,
  close: Step,
) {
  const typed = new Set<HTMLInputElement>()
  /** The question that waits for an answer. */
  const asked = shallowRef<Question | null>(null)
  let focused: Element | null = null

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

  function put(question: Question): void {
    if (asked.value) asked.value(false)
    else focused = document.activeElement
    asked.value = question
  }

  function settle(isAgreed?: boolean): void {
    const question = asked.value
    asked.value = null
    question?.(isAgreed)
  }

  /** Takes a step that throws away what was typed: at once when that is nothing, else when it is agreed to. */
  function leave(step: Step): void {
    if (!isUnsent()) return step()
    put((isAgreed) => {
      if (isAgreed) step()
    })
  }

  async function answer(isAgreed: boolean): Promise<void> {
    settle(isAgreed)
    // What was asked about is inert until the question is gone.
    await nextTick()
    if (focused instanceof HTMLElement && panel.value?.contains(focused)) focused.focus()
    else panel.value?.focus()
  }

  const layer: Layer = { isUnsent, ask: () => new Promise(put), close }

  function forget(): void {
    settle()
    typed.clear()
    if (layers.includes(layer)) layers.splice(layers.indexOf(layer), 1)
  }
  watch(
    open,
    (isOpen) => {
      forget()
      if (isOpen) layers.push(layer)
    },
    { immediate: true },
  )
  onScopeDispose(forget)

  provide(key, leave)
  return { asked, note, leave, answer }
}

/** Inside an overlay what is typed is not thrown away unasked; on a page the step is taken. */
export const useLeaving = (): ((step: Step) => void) => inject(key, (step) => step())

/** Asks before the browser's back button or a link throws away what was typed in an overlay. */
export function askBeforeLeaving(router: Router): void {
  let isStepOfBrowser = false
  let isAgreed: Promise<boolean> | null = null
  let givenUp: readonly Layer[] = []

  /** Once, wherever it stands: what is beneath the topmost overlay cannot be reached. */
  async function ask(): Promise<boolean> {
    while (layers.some((layer) => layer.isUnsent())) {
      const standing = [...layers]
      const answer = await layers.at(-1)?.ask()
      if (answer) givenUp = standing
      if (answer !== undefined) return answer
    }
    return true
  }

  router.options.history.listen(() => (isStepOfBrowser = true))
  router.beforeEach((to, from) => {
    // Whose session is over, goes. A page that changes its own query has closed an overlay, or turns a page inside it.
    if (to.meta.bare || (to.path === from.path && !isStepOfBrowser)) return true
    isAgreed ??= ask().finally(() => (isAgreed = null))
    return isAgreed
  })
  router.afterEach(async (_to, _from, failure) => {
    isStepOfBrowser = false
    // One of two steps back is cancelled by the other, which is still to come.
    if (failure) return
    const left = givenUp
    givenUp = []
    await nextTick()
    // The page may be the same still, and the overlay with it.
    for (const layer of left) if (layers.includes(layer) && layer.isUnsent()) layer.close()
  })
}
