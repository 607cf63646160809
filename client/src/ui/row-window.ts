import { computed, effectScope, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComponentPublicInstance, ComputedRef, Ref } from 'vue'
import type { Virtualizer } from '@tanstack/vue-virtual'

/** Above this many rows only those in sight are in the document. */
const windowFrom = 200

type RowVirtualizer = Readonly<Ref<Virtualizer<HTMLElement, Element>>>

export function useRowWindow<Row>(
  rows: ComputedRef<readonly Row[]>,
  scroller: Readonly<Ref<HTMLElement | null>>,
) {
  const isWindowed = computed(() => rows.value.length > windowFrom)
  const made = shallowRef<{ virtualizer: RowVirtualizer } | null>(null)
  const virtualizer = () => made.value?.virtualizer.value
  const scope = effectScope()
  onScopeDispose(() => scope.stop())

  // Few lists are that long: the virtualizer is fetched with the first.
  let isAsked = false
  watch(
    isWindowed,
    async (isNeeded) => {
      if (!isNeeded || isAsked) return
      isAsked = true
      const { useVirtualizer } = await import('@tanstack/vue-virtual')
      // The list may have been left meanwhile.
      if (!scope.active) return
      const virtualizer = scope.run(() =>
        useVirtualizer<HTMLElement, Element>(
          computed(() => ({
            count: rows.value.length,
            enabled: isWindowed.value,
            getScrollElement: () => scroller.value,
            estimateSize: () => 45,
            overscan: 12,
          })),
        ),
      )
      if (virtualizer) made.value = { virtualizer }
    },
    { immediate: true, flush: 'post' },
  )

  const items = computed(() => (isWindowed.value ? (virtualizer()?.getVirtualItems() ?? []) : []))
  const visible = computed<{ row: Row; index: number }[]>(() => {
    if (!isWindowed.value) return rows.value.map((row, index) => ({ row, index }))
    if (made.value === null) return rows.value.slice(0, 40).map((row, index) => ({ row, index }))
    return items.value.flatMap(({ index }) =>
      index < rows.value.length ? [{ row: rows.value[index] as Row, index }] : [],
    )
  })

  return {
    visible,
    before: computed(() => items.value[0]?.start ?? 0),
    after: computed(() => {
      const last = items.value.at(-1)
      return last === undefined ? 0 : (virtualizer()?.getTotalSize() ?? last.end) - last.end
    }),
    isWindowed,
    measure: (element: Element | ComponentPublicInstance | null) => {
      if (element instanceof Element) virtualizer()?.measureElement(element)
    },
    showIndex: (index: number) => {
      if (isWindowed.value) virtualizer()?.scrollToIndex(index, { align: 'auto' })
    },
  }
}
