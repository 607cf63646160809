import { reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/**
 * Search criteria whose truth is the URL: edit `draft`, `apply()` writes it to the URL (first page), and
 * `applied` is what the list is asked for.
 */
export function useUrlFilter<const Key extends string>(keys: readonly Key[]) {
  const route = useRoute()
  const router = useRouter()
  const path = route.path
  const read = () =>
    Object.fromEntries(
      keys.map((key) => [key, typeof route.query[key] === 'string' ? route.query[key] : '']),
    ) as Record<Key, string>
  const applied = reactive(read()) as Record<Key, string>
  const draft = reactive(read()) as Record<Key, string>
  watch(
    () => route.query,
    () => {
      if (route.path !== path) return
      Object.assign(applied, read())
      Object.assign(draft, read())
    },
  )

  function write(values: Partial<Record<Key, string>>) {
    const own = Object.fromEntries(keys.map((key) => [key, values[key] || undefined]))
    return router.push({ query: { ...route.query, ...own, cursor: undefined, page: undefined } })
  }

  return { applied, draft, apply: () => write(draft), reset: () => write({}) }
}
