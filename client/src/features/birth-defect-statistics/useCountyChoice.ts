import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Month } from '@youyu/shared/population/book'
import { DivisionCode, levelOf } from '@youyu/shared/values'
import { currentUser } from '../../api/session.ts'
import { monthIn, monthPlus, thisMonth } from '../../ui/months.ts'

/** A county and months as the address says them; else the own county and the months that are usual on the page. */
export function useCountyChoice(usual: { from: Month; to: Month }) {
  const route = useRoute()
  const router = useRouter()
  const said = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : undefined)
  const keep = (query: Record<string, string | undefined>) =>
    void router.replace({ query: { ...route.query, ...query } })

  /** One of several ways, the first of which the address need not name. */
  const oneOf = <Way extends string>(key: string, ways: readonly Way[]) =>
    computed<Way>({
      get: () => ways.find((way) => way === said(key)) ?? ways[0]!,
      set: (way) => keep({ [key]: way === ways[0] ? undefined : way }),
    })

  const own = computed(() => {
    const code = currentUser.value?.division?.code
    return code && levelOf(code) === 3 ? code : undefined
  })
  const division = computed<DivisionCode | undefined>({
    get: () => DivisionCode.safeParse(said('division')).data ?? own.value,
    set: (code) => keep({ division: code && code !== own.value ? code : undefined }),
  })
  const to = computed<Month>({
    get: () => monthIn(said('to')) ?? usual.to,
    set: (month) =>
      keep({ to: month.slice(0, 7), from: (from.value > month ? month : from.value).slice(0, 7) }),
  })
  const from = computed<Month>({
    get: () => monthIn(said('from')) ?? (to.value < usual.from ? to.value : usual.from),
    set: (month) => keep({ from: month.slice(0, 7), to: (to.value < month ? month : to.value).slice(0, 7) }),
  })
  const publication = computed<boolean>({
    get: () => said('publication') === 'true',
    set: (on) => keep({ publication: on ? 'true' : undefined }),
  })
  const asked = computed(() =>
    division.value === undefined ? null : { division: division.value, from: from.value, to: to.value },
  )
  return { division, from, to, publication, asked, said, keep, oneOf }
}

export type CountyChoice = ReturnType<typeof useCountyChoice>
export type Asked = NonNullable<CountyChoice['asked']['value']>

/** The last twelve full months. */
export const lastYear = () => ({ from: monthPlus(thisMonth(), -12), to: monthPlus(thisMonth(), -1) })

/** Five calendar years and what of the present one is over: single years hold too few cases. */
export function lastYears(): { from: Month; to: Month } {
  const to = monthPlus(thisMonth(), -1)
  return { from: `${Number(to.slice(0, 4)) - 5}-01-01`, to }
}
