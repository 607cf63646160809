import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { newKey } from '../../api/call.ts'
import { currentUser } from '../../api/session.ts'
import { mayBePersonalNumber } from './filter.ts'

/** Words that the address bar must not see, by user and by the token that stands for them: in memory, lost by a reload. */
const unwritten = new Map<string, string>()

/** What is searched for in the one box: in the URL (`?q=`), or behind a token (`?s=`) if it may be somebody's number. */
export function useSearchWords() {
  const route = useRoute()
  const router = useRouter()
  const path = route.path
  const one = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '')
  const keyOf = (token: string) => `${currentUser.value?.id ?? ''}.${token}`
  const applied = computed(() => unwritten.get(keyOf(one('s'))) ?? one('q'))
  const draft = ref(applied.value)
  watch(applied, (words) => {
    if (route.path === path) draft.value = words
  })

  function hide(words: string): string {
    const token = newKey().slice(0, 8)
    unwritten.set(keyOf(token), words)
    return token
  }

  function apply(query: Record<string, string | undefined>) {
    const words = draft.value.trim()
    const isPrivate = mayBePersonalNumber(words)
    const box = isPrivate ? { q: undefined, s: hide(words) } : { q: words || undefined, s: undefined }
    return router.push({ query: { ...route.query, ...query, ...box, cursor: undefined, page: undefined } })
  }

  return { draft, applied, apply }
}
