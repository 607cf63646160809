import type { CivilDate } from '@youyu/shared/values'

/** Completed months of life on a day. */
export function monthsOld(birthDate: CivilDate, day: CivilDate): number {
  const months =
    (Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))) * 12 +
    Number(day.slice(5, 7)) -
    Number(birthDate.slice(5, 7))
  return day.slice(8) < birthDate.slice(8) ? months - 1 : months
}

type Judged = { places: number; coming: number; ageMonths: number; elsewhere: number }

/** T1 more children than places, T2 three years or older at entry, T3 enrolled elsewhere at the same time. */
export function enrolmentFindings({ places, coming, ageMonths, elsewhere }: Judged): string[] {
  return [
    ...(coming > places ? ['T1'] : []),
    ...(ageMonths >= 36 ? ['T2'] : []),
    ...(elsewhere > 0 ? ['T3'] : []),
  ]
}
