import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { RevealField } from '@youyu/shared/population/persons'
import type { z } from 'zod'

export type Revealable = z.infer<typeof RevealField>
type Seen = { value: string | null; until: number }

const longest = 15 * 60_000

/** Revealed values: in memory only, gone when their time is up, when the person changes and when the page is left. */
export function useRevealed(person: () => string) {
  const seen = shallowRef<Partial<Record<Revealable, Seen>>>({})
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined

  function forget(): void {
    clearInterval(timer)
    timer = undefined
    seen.value = {}
  }

  function tick(): void {
    now.value = Date.now()
    const left = Object.entries(seen.value).filter(([, entry]) => entry.until > now.value)
    if (left.length === 0) forget()
    else if (left.length < Object.keys(seen.value).length) seen.value = Object.fromEntries(left)
  }

  /** A clock that is wrong on this machine neither hides the values at once nor keeps them longer. */
  function show(values: Partial<Record<Revealable, string | null>>, expiresAt: string): void {
    now.value = Date.now()
    const left = new Date(expiresAt).getTime() - now.value
    const until = now.value + (left > 0 && left < longest ? left : longest)
    const fresh = Object.entries(values).map(([field, value]) => [field, { value: value ?? null, until }])
    seen.value = { ...seen.value, ...Object.fromEntries(fresh) }
    timer ??= setInterval(tick, 1000)
  }

  document.addEventListener('visibilitychange', tick)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', tick)
    forget()
  })
  watch(person, forget)

  const ends = computed(() => Object.values(seen.value).map((entry) => entry.until))
  return {
    isShowing: computed(() => ends.value.length > 0),
    /** Until the first of them vanishes: 14:59. */
    countdown: computed(() => {
      const seconds = Math.max(0, Math.ceil((Math.min(...ends.value) - now.value) / 1000))
      return ends.value.length === 0
        ? ''
        : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    }),
    valueOf: (field: Revealable) => seen.value[field]?.value ?? null,
    show,
    forget,
  }
}

export type Revealed = ReturnType<typeof useRevealed>
