import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether the window is so, as it changes. */
export function useMediaQuery(query: string): Ref<boolean> {
  const list = window.matchMedia(query)
  const matches = ref(list.matches)
  const listen = () => (matches.value = list.matches)
  list.addEventListener('change', listen)
  onScopeDispose(() => list.removeEventListener('change', listen))
  return matches
}
