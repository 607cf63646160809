import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * Keyset paging that lives in the URL: `?cursor=…&page=3&limit=50`. The way back is the browser's own
 * history, or the first page when there is none.
 */
export function usePaging(defaultSize = 50) {
  const route = useRoute()
  const router = useRouter()
  const one = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : undefined)
  const cursor = computed(() => one('cursor'))
  const page = computed(() => Math.max(Number(one('page') ?? 1) || 1, 1))
  const size = computed(() => Number(one('limit')) || defaultSize)
  /** The cursors of the pages before this one, for 上一页. */
  const trail = () => (history.state?.trail as (string | undefined)[] | undefined) ?? []

  function go(query: Record<string, string | undefined>, nextTrail: (string | undefined)[]) {
    return router.push({
      query: { ...route.query, ...query },
      state: { trail: nextTrail.map((entry) => entry ?? '') },
    })
  }

  return {
    cursor,
    page,
    size,
    /** For the querystring of a list call. */
    query: computed(() => ({ limit: size.value, cursor: cursor.value })),
    forward: (next: string) => go({ cursor: next, page: String(page.value + 1) }, [...trail(), cursor.value]),
    back: () => {
      const earlier = trail()
      const previous = earlier.at(-1) || undefined
      const number = previous === undefined ? 1 : page.value - 1
      return go({ cursor: previous, page: number === 1 ? undefined : String(number) }, earlier.slice(0, -1))
    },
    resize: (limit: number) => go({ cursor: undefined, page: undefined, limit: String(limit) }, []),
  }
}

export type Paging = ReturnType<typeof usePaging>
