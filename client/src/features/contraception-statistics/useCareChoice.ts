import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Month } from '@youyu/shared/population/book'
import { levelOf, type DivisionCode } from '@youyu/shared/values'
import { currentUser } from '../../api/session.ts'
import { monthIn, monthPlus, thisMonth } from '../../ui/months.ts'

export const cuts = ['none', 'part', 'month', 'year'] as const
export type Cut = (typeof cuts)[number]

/** A county and months as the address says them; else the own county and the last twelve full months. */
export function useCareChoice() {
  const route = useRoute()
  const router = useRouter()
  const said = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : undefined)
  const keep = (query: Record<string, string | undefined>) =>
    void router.replace({ query: { ...route.query, ...query } })

  const own = computed(() => {
    const code = currentUser.value?.division?.code
    return code && levelOf(code) === 3 ? code : undefined
  })
  const division = computed<DivisionCode | undefined>({
    get: () => said('division') ?? own.value,
    set: (code) => keep({ division: code && code !== own.value ? code : undefined }),
  })
  const to = computed<Month>({
    get: () => monthIn(said('to')) ?? monthPlus(thisMonth(), -1),
    set: (month) =>
      keep({ to: month.slice(0, 7), from: (from.value > month ? month : from.value).slice(0, 7) }),
  })
  const from = computed<Month>({
    get: () => monthIn(said('from')) ?? monthPlus(to.value, -11),
    set: (month) => keep({ from: month.slice(0, 7), to: (to.value < month ? month : to.value).slice(0, 7) }),
  })
  const by = computed<Cut>({
    get: () => cuts.find((cut) => cut === said('by')) ?? 'none',
    set: (cut) => keep({ by: cut === 'none' ? undefined : cut }),
  })
  const publication = computed<boolean>({
    get: () => said('publication') === 'true',
    set: (on) => keep({ publication: on ? 'true' : undefined }),
  })
  const asked = computed(() =>
    division.value === undefined ? null : { division: division.value, from: from.value, to: to.value },
  )
  return { division, from, to, by, publication, asked, said, keep }
}

export type CareChoice = ReturnType<typeof useCareChoice>
export type Asked = NonNullable<CareChoice['asked']['value']>
