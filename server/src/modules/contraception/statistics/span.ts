import type { Month } from '@youyu/shared/population/book'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { todayOf, type Office } from '../../../office.ts'
import { countyAsked, monthsAsked, monthsOf } from '../../population/index.ts'

const MOST_MONTHS = 240

type Span = {
  county: number
  months: Month[]
  from: CivilDate
  until: CivilDate
  today: CivilDate
}

/** A whole county and months that have begun. */
export function spanAsked(
  office: Pick<Office, 'now'>,
  access: Access,
  asked: { division: DivisionCode; from: Month; to: Month },
): Span {
  const { county } = countyAsked(access, asked.division)
  return { county, ...monthsIn(office, asked) }
}

export function monthsIn(
  { now }: Pick<Office, 'now'>,
  asked: { from: Month; to: Month },
): Omit<Span, 'county'> {
  const today = todayOf(now())
  const period = monthsAsked(asked, today, MOST_MONTHS)
  const next = new Date(`${period.to}T00:00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1, 0)
  const last = next.toISOString().slice(0, 10)
  return { months: monthsOf(period), from: period.from, until: last < today ? last : today, today }
}
