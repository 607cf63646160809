import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { CivilDate } from '@youyu/shared/values'

/** Whether applications are taken on a day; a window may span the turn of the year. */
export function isOpenOn({ window }: Pick<ProgrammeTerms, 'window'>, on: CivilDate): boolean {
  if (!window) return true
  const day = on.slice(5)
  return window.from <= window.to
    ? day >= window.from && day <= window.to
    : day >= window.from || day <= window.to
}
