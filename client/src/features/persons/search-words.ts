import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { mayBePersonalNumber } from './filter.ts'

/** Survives going to a person and back, not a reload. */
const unwritten = ref('')

/** What is searched for in the one box: in the URL (`?q=`), unless it may be somebody's number. */
export function useSearchWords() {
  const route = useRoute()
  const router = useRouter()
  const inUrl = computed(() => (typeof route.query['q'] === 'string' ? route.query['q'] : ''))
  const applied = computed(() => unwritten.value || inUrl.value)
  const draft = ref(applied.value)
  watch(inUrl, (words) => {
    if (words === '') return
    unwritten.value = ''
    draft.value = words
  })

  function apply(query: Record<string, string | undefined>) {
    const words = draft.value.trim()
    const isPrivate = mayBePersonalNumber(words)
    unwritten.value = isPrivate ? words : ''
    const q = isPrivate ? undefined : words || undefined
    return router.push({ query: { ...route.query, ...query, q, cursor: undefined, page: undefined } })
  }

  return { draft, applied, apply }
}
