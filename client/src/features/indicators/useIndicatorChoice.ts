import { computed } from 'vue'
import { PopulationChoice } from '@youyu/shared/population/indicators'
import { CivilDate } from '@youyu/shared/values'
import { monthPlus, thisMonth } from '../../ui/months.ts'
import { bases, cuts, useAreaAndMonths, type UsualMonths } from '../indicator-choice/index.ts'

/** Area, period and ways of counting people as the address says them. */
export function useIndicatorChoice(usual: UsualMonths = {}) {
  const choice = useAreaAndMonths({ level: 5, ...usual })
  const { said, keep, oneOf, flag, publication } = choice
  const by = oneOf('by', cuts)
  const basis = oneOf('basis', bases)
  const population = oneOf('population', PopulationChoice.options)
  const boundary = computed<string | null>({
    get: () => CivilDate.safeParse(said('boundary')).data ?? null,
    set: (day) => keep({ boundary: day || undefined }),
  })
  const annualised = flag('annualised')
  const asked = computed(() =>
    choice.asked.value === null
      ? null
      : {
          ...choice.asked.value,
          periodBasis: basis.value,
          population: population.value,
          ...(boundary.value !== null && { boundary: boundary.value }),
          ...(annualised.value && { annualised: 'true' as const }),
          ...(publication.value && { publication: 'true' as const }),
        },
  )
  /** What a report or a file of many indicators is asked by. */
  const inMonths = computed(() => {
    if (asked.value === null) return null
    const { division, from, to, publication } = asked.value
    return { division, from, to, population: population.value, ...(publication && { publication }) }
  })
  return { ...choice, by, basis, population, boundary, annualised, asked, inMonths }
}

/** The last quarter that is over. */
export function lastQuarter(): UsualMonths {
  const month = thisMonth()
  const begun = monthPlus(month, -((Number(month.slice(5, 7)) - 1) % 3))
  return { to: monthPlus(begun, -1), from: (to) => monthPlus(to, -2) }
}

export type IndicatorChoice = ReturnType<typeof useIndicatorChoice>
