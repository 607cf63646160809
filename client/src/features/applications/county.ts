import { computed } from 'vue'
import { currentUser } from '../../api/session.ts'

/** Whether the user's area is more than one county: then the county is chosen on the page. */
export const isAboveCounty = computed(() => {
  const grants = currentUser.value?.grants ?? []
  return grants.length > 0 && grants.every(({ divisionPrefix }) => divisionPrefix.length < 6)
})

/** `?county=` of a chosen division; undefined where the user has a county of her own. */
export const countyIn = (division: string | null | undefined): number | undefined =>
  isAboveCounty.value && division ? Number(division.slice(0, 6)) : undefined
