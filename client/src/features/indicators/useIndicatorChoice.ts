import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Month } from '@youyu/shared/population/book'
import { PeriodBasis } from '@youyu/shared/population/indicators'
import type { PopulationChoice } from '@youyu/shared/population/indicators'
import { CivilDate, DivisionCode, levelOf } from '@youyu/shared/values'
import { currentUser } from '../../api/session.ts'
import { monthIn, monthPlus, thisMonth } from '../../ui/months.ts'

export const cuts = ['none', 'part', 'month', 'year'] as const
export type Cut = (typeof cuts)[number]

/** Area, period and ways of counting as the address says them; else the own area and the last twelve full months, or those given. */
export function useIndicatorChoice(
  usual: { from: Month; to: Month } = { from: monthPlus(thisMonth(), -12), to: monthPlus(thisMonth(), -1) },
) {
  const route = useRoute()
  const router = useRouter()
  const own = computed(() => {
    const code = currentUser.value?.division?.code
    return code && levelOf(code) >= 3 ? code : undefined
  })

  function keep(query: Record<string, string | undefined>) {
    void router.replace({
      query: { ...route.query, ...query, cursor: undefined, page: undefined },
    })
  }

  const said = (key: string) => (typeof route.query[key] === 'string' ? route.query[key] : undefined)
  const flag = (key: string) =>
    computed<boolean>({
      get: () => said(key) === 'true',
      set: (on) => keep({ [key]: on ? 'true' : undefined }),
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
  const basis = computed<PeriodBasis>({
    get: () => PeriodBasis.safeParse(said('basis')).data ?? 'MONTH_RANGE',
    set: (value) => keep({ basis: value === 'MONTH_RANGE' ? undefined : value }),
  })
  const population = computed<PopulationChoice>({
    get: () => (said('population') === 'hukou' ? 'hukou' : 'residence'),
    set: (value) => keep({ population: value === 'hukou' ? value : undefined }),
  })
  const boundary = computed<string | null>({
    get: () => CivilDate.safeParse(said('boundary')).data ?? null,
    set: (day) => keep({ boundary: day || undefined }),
  })
  const by = computed<Cut>({
    get: () => cuts.find((cut) => cut === said('by')) ?? 'none',
    set: (cut) => keep({ by: cut === 'none' ? undefined : cut }),
  })
  const annualised = flag('annualised')
  const publication = flag('publication')
  const asked = computed(() =>
    division.value === undefined
      ? null
      : {
          division: division.value,
          from: from.value,
          to: to.value,
          periodBasis: basis.value,
          population: population.value,
          ...(boundary.value !== null && { boundary: boundary.value }),
          ...(annualised.value && { annualised: 'true' as const }),
          ...(publication.value && { publication: 'true' as const }),
        },
  )
  return {
    ...{ division, from, to, basis, population, boundary, by, annualised, publication },
    asked,
    keep,
    said,
  }
}

/** The last quarter that is over. */
export function lastQuarter(): { from: Month; to: Month } {
  const month = thisMonth()
  const begun = monthPlus(month, -((Number(month.slice(5, 7)) - 1) % 3))
  return { from: monthPlus(begun, -3), to: monthPlus(begun, -1) }
}

export type IndicatorChoice = ReturnType<typeof useIndicatorChoice>
