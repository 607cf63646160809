import { nextTick, onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'

type Layer = { panel: () => HTMLElement | null; opener: Element | null }
const layers: Layer[] = []

/** All but the topmost layer is inert: not reachable by keyboard, pointer or screen reader. */
function settle(): void {
  document.getElementById('app')?.toggleAttribute('inert', layers.length > 0)
  document.documentElement.classList.toggle('has-overlay', layers.length > 0)
  layers.forEach((layer, index) =>
    layer.panel()?.parentElement?.toggleAttribute('inert', index < layers.length - 1),
  )
}

/** Opens and closes one layer: background inert, focus moved in, and given back afterwards. */
export function useOverlay(open: Ref<boolean>, panel: Readonly<Ref<HTMLElement | null>>): void {
  const layer: Layer = { panel: () => panel.value, opener: null }

  async function enter() {
    layer.opener = document.activeElement
    layers.push(layer)
    await nextTick()
    settle()
    const first = panel.value?.querySelector<HTMLElement>('[autofocus], [data-first]')
    ;(first ?? panel.value)?.focus()
  }

  function leave() {
    const index = layers.indexOf(layer)
    if (index < 0) return
    layers.splice(index, 1)
    settle()
    if (layer.opener instanceof HTMLElement) layer.opener.focus()
  }

  watch(open, (isOpen) => (isOpen ? void enter() : leave()), { immediate: true, flush: 'post' })
  onScopeDispose(leave)
}
