import { computed, ref } from 'vue'
import { joined } from './figures.ts'
import { stepAt, stepByKey } from './stepping.ts'
import type { Snap } from './stepping.ts'
import type { ChartStep } from './types.ts'

/** Which point of a chart keys or pointer are on, and what is said about it. */
export function useSteps(options: {
  steps: () => readonly ChartStep[]
  snap: () => Snap
  choose: (key: string) => void
}) {
  const activeKey = ref<string>()
  const spoken = ref('')
  const active = computed(() => options.steps().find(({ key }) => key === activeKey.value))
  let isSeen = false

  function speak(step: ChartStep | undefined): void {
    if (!step) return
    activeKey.value = step.key
    spoken.value = joined([step.title, ...step.lines])
  }

  function choose(): void {
    if (active.value) options.choose(active.value.choice ?? active.value.key)
  }

  function under(event: PointerEvent): ChartStep | undefined {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    return stepAt(options.steps(), event.clientX - box.left, event.clientY - box.top, options.snap())
  }

  return {
    active,
    spoken,
    focused: () => speak(active.value ?? options.steps()[0]),
    left: () => (activeKey.value = undefined),
    moved: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') activeKey.value = under(event)?.key
    },
    /** A finger first sees the value, then opens it; a mouse has seen it by then. */
    touched: (event: PointerEvent) => {
      const step = under(event)
      isSeen = event.pointerType === 'mouse' || step?.key === activeKey.value
      activeKey.value = step?.key
    },
    clicked: () => isSeen && choose(),
    pressed: (event: KeyboardEvent) => {
      if (event.key === 'Enter') return choose()
      if (event.key === 'Escape' && active.value) {
        event.stopPropagation()
        activeKey.value = undefined
        return
      }
      const next = stepByKey(options.steps(), active.value, event.key)
      if (!next) return
      event.preventDefault()
      speak(next)
    },
  }
}
