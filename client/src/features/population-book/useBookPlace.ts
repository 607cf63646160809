import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Month, PopulationBasis } from '@youyu/shared/population/book'
import { DivisionCode, Instant, levelOf, prefixOf } from '@youyu/shared/values'
import { currentUser } from '../../api/session.ts'
import { monthIn, monthPlus, thisMonth } from '../../ui/months.ts'

/** Which month of which division the pages of the book show: the URL says it, the user's own area else. */
export function useBookPlace() {
  const route = useRoute()
  const router = useRouter()
  const own = computed(() => {
    const code = currentUser.value?.division?.code
    return code && levelOf(code) >= 3 ? code : undefined
  })

  function keep(query: Record<string, string | undefined>) {
    void router.push({ query: { ...route.query, ...query, cursor: undefined, page: undefined } })
  }

  const division = computed<string | undefined>({
    get: () => DivisionCode.safeParse(route.query['division']).data ?? own.value,
    set: (value) => keep({ division: value && value !== own.value ? value : undefined }),
  })
  const month = computed<Month>({
    get: () => monthIn(route.query['month']) ?? monthPlus(thisMonth(), -1),
    set: (value) => keep({ month: value.slice(0, 7) }),
  })
  const basis = computed<PopulationBasis>({
    get: () => (route.query['basis'] === 'registered' ? 'registered' : 'residence'),
    set: (value) => keep({ basis: value === 'registered' ? value : undefined }),
  })
  const asOf = computed<string | undefined>({
    get: () => Instant.safeParse(route.query['asOf']).data,
    set: (value) => keep({ asOf: value }),
  })
  return { division, month, basis, asOf, keep }
}

/** Whether the signed-in user answers for a division as a whole. */
export function answersFor(division: string): boolean {
  return (currentUser.value?.grants ?? []).some(({ divisionPrefix }) =>
    prefixOf(division).startsWith(divisionPrefix),
  )
}
