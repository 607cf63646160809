import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Month } from '@youyu/shared/population/book'
import { DivisionCode, levelOf } from '@youyu/shared/values'
import { currentUser } from '../../api/session.ts'
import { monthIn, monthPlus, thisMonth } from '../../ui/months.ts'

type Usual = {
  /** The smallest area that has figures of its own: 3 a county, 4 a township, 5 a village. */
  level?: 3 | 4 | 5
  /** The month up to which the page usually counts; the last one that is over. */
  to?: Month
  /** The month from which it does; twelve months in all. */
  from?: (to: Month) => Month
}

/** An area and months as the address says them; else the own area and the last full months. */
export function useAreaAndMonths({
  level = 3,
  to: usualTo = monthPlus(thisMonth(), -1),
  from: usualFrom = (to) => monthPlus(to, -11),
}: Usual = {}) {
  const route = useRoute()
  const router = useRouter()
  const said = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : undefined)
  /** A list on the page begins anew with another choice. */
  const keep = (query: Record<string, string | undefined>) =>
    void router.replace({ query: { ...route.query, ...query, cursor: undefined, page: undefined } })

  /** One of several ways, the first of which the address need not name. */
  const oneOf = <Way extends string>(key: string, ways: readonly Way[]) =>
    computed<Way>({
      get: () => ways.find((way) => way === said(key)) ?? ways[0]!,
      set: (way) => keep({ [key]: way === ways[0] ? undefined : way }),
    })

  const flag = (key: string) =>
    computed<boolean>({
      get: () => said(key) === 'true',
      set: (on) => keep({ [key]: on ? 'true' : undefined }),
    })

  const own = computed(() => {
    const code = currentUser.value?.division?.code
    return code && levelOf(code) >= 3 && levelOf(code) <= level ? code : undefined
  })
  const division = computed<DivisionCode | undefined>({
    get: () => DivisionCode.safeParse(said('division')).data ?? own.value,
    set: (code) => keep({ division: code && code !== own.value ? code : undefined }),
  })
  const to = computed<Month>({
    get: () => monthIn(said('to')) ?? usualTo,
    set: (month) =>
      keep({ to: month.slice(0, 7), from: (from.value > month ? month : from.value).slice(0, 7) }),
  })
  const from = computed<Month>({
    get: () => monthIn(said('from')) ?? usualFrom(to.value),
    set: (month) => keep({ from: month.slice(0, 7), to: (to.value < month ? month : to.value).slice(0, 7) }),
  })
  const publication = flag('publication')
  const asked = computed(() =>
    division.value === undefined ? null : { division: division.value, from: from.value, to: to.value },
  )
  return { level, division, from, to, publication, asked, said, keep, oneOf, flag }
}

export type UsualMonths = Pick<Usual, 'from' | 'to'>
export type AreaAndMonths = ReturnType<typeof useAreaAndMonths>
export type Asked = NonNullable<AreaAndMonths['asked']['value']>
