import { nextTick, ref, watch } from 'vue'
import type { Ref } from 'vue'

type RowFocus = {
  count: () => number
  /** Scrolls a row into the rendered window. */
  show: (index: number) => void
  open: (index: number) => unknown
  toggle: (index: number) => unknown
  root: Readonly<Ref<HTMLElement | null>>
}

/** One row is in the tab order; arrows, Home, End and Page keys move it, Enter opens, Space selects. */
export function useRowFocus({ count, show, open, toggle, root }: RowFocus) {
  const focused = ref(0)
  watch(count, (total) => (focused.value = Math.min(focused.value, Math.max(total - 1, 0))))

  async function moveTo(index: number) {
    focused.value = Math.min(Math.max(index, 0), count() - 1)
    show(focused.value)
    await nextTick()
    const row = () => root.value?.querySelector<HTMLElement>(`tr[data-index="${focused.value}"]`)
    if (!row()) await new Promise(requestAnimationFrame)
    row()?.focus()
  }

  function onKeydown(event: KeyboardEvent) {
    if (!(event.target instanceof HTMLTableRowElement)) return
    const moves: Record<string, number> = {
      ArrowDown: focused.value + 1,
      ArrowUp: focused.value - 1,
      PageDown: focused.value + 10,
      PageUp: focused.value - 10,
      Home: 0,
      End: count() - 1,
    }
    const target = moves[event.key]
    if (target !== undefined) void moveTo(target)
    else if (event.key === 'Enter') open(focused.value)
    else if (event.key === ' ') toggle(focused.value)
    else return
    event.preventDefault()
  }

  return { focused, onKeydown, onFocus: (index: number) => (focused.value = index) }
}
