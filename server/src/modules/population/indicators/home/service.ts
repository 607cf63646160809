import type { getPopulationHome } from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { readingOne } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { findNames } from '../../book/index.ts'
import { areaOf } from '../area.ts'
import { findClosedUntil, selectFlows, selectNow } from './queries.ts'
import { comparedParts, monthsUpTo, sexRatioSeries, yearOf } from './rules.ts'

type Asked = z.output<(typeof getPopulationHome)['schema']['querystring']>

const MONTHS = 24

/** What a county looks at every morning, from kept sums alone. */
export async function readHome({ db, now }: Office, access: Access, asked: Asked) {
  const area = areaOf(access, asked.division)
  const basis = asked.population === 'hukou' ? 'registered' : 'residence'
  const today = todayOf(now())
  const months = monthsUpTo(`${today.slice(0, 7)}-01`, MONTHS)
  const [from, until] = [months[0]!, months.at(-1)!]
  return await readingOne(db, access, async (tx) => {
    const [flows, standing, closedUntil, own] = await Promise.all([
      selectFlows(tx, area, basis, { from, until }),
      selectNow(tx, area, basis),
      findClosedUntil(tx, area.county),
      findNames(tx, [area.division]),
    ])
    const people = standing.reduce((sum, part) => sum + part.people, 0)
    const series = monthSeries(months, flows, people)
    const year = yearOf(series)
    const changed = standing.map(({ changedAt }) => changedAt?.getTime() ?? 0)
    return {
      division: {
        code: area.division,
        name: own.get(area.division)?.name ?? area.division,
        level: area.level,
      },
      population: asked.population,
      month: until,
      now: people,
      changeThisMonth: series.at(-1)!.change,
      months: series.map(({ change: _, ...month }) => month),
      year,
      sexRatio: sexRatioSeries(series, area.level),
      ...(area.level === 5
        ? { parts: [], funnel: [] }
        : comparedParts(
            standing.map(({ part, name, people: now }) => ({ code: part, name: name ?? part, now })),
            flows,
            { from: year.from, to: year.to, months, birthRate: year.birthRate.value },
          )),
      closedUntil,
      freshness: changed.length > 0 ? new Date(Math.max(...changed)).toISOString() : null,
    }
  })
}

type Flow = Awaited<ReturnType<typeof selectFlows>>[number]
export type MonthOfArea = Omit<Flow, 'part'> & { closing: number }

/** Flows of all parts by month; closings are counted back from the people of now. */
function monthSeries(months: readonly string[], flows: readonly Flow[], now: number): MonthOfArea[] {
  const sums = new Map(
    months.map((month) => [
      month,
      {
        month,
        birthsMale: 0,
        birthsFemale: 0,
        births: 0,
        deaths: 0,
        movesIn: 0,
        movesOut: 0,
        change: 0,
        closing: 0,
      },
    ]),
  )
  for (const { part: _, month, ...flow } of flows) {
    const sum = sums.get(month)
    if (!sum) continue
    for (const column of Object.keys(flow) as (keyof typeof flow)[]) sum[column] += flow[column]
  }
  const series = [...sums.values()]
  let closing = now
  for (const month of series.toReversed()) {
    month.closing = closing
    closing -= month.change
  }
  return series
}
