import type { getPopulationHome } from '@youyu/shared/population/indicators'
import type { Month } from '@youyu/shared/population/book'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { remembered } from '../../../../database/remembered.ts'
import { readingOne } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { findNames } from '../../book/index.ts'
import { areaOf, type Area } from '../area.ts'
import { findClosedUntil, lookAt, selectFlows, selectNow } from './queries.ts'
import { comparedParts, monthsUpTo, sexRatioSeries, yearOf } from './rules.ts'

type Asked = z.output<(typeof getPopulationHome)['schema']['querystring']>

const MONTHS = 24

type Home = z.output<(typeof getPopulationHome)['schema']['response'][200]>

/**
 * What a county looks at every morning, from kept sums alone, as `write` puts it into words; of a county those of the
 * last time, while its sums are the same.
 */
export async function readHome(
  { db, now }: Office,
  access: Access,
  asked: Asked,
  write: (home: Home) => string,
): Promise<Buffer> {
  const area = areaOf(access, asked.division)
  const months = monthsUpTo(`${todayOf(now()).slice(0, 7)}-01`, MONTHS)
  return await readingOne(db, access, async (tx) => {
    const make = async () => Buffer.from(write(await homeOf(tx, area, asked.population, months)))
    if (area.level > 3) return await make()
    const key = JSON.stringify([area, asked.population, months.at(-1)])
    const look = (seen: string) => lookAt(tx, area.county, spanOf(months), seen)
    return await remembered(db, key, look, make)
  })
}

const spanOf = (months: readonly Month[]) => ({ from: months[0]!, until: months.at(-1)! })

async function homeOf(
  tx: Asking,
  area: Area,
  population: Home['population'],
  months: readonly Month[],
): Promise<Home> {
  const basis = population === 'hukou' ? 'registered' : 'residence'
  const [flows, standing, closedUntil, own] = await Promise.all([
    selectFlows(tx, area, basis, spanOf(months)),
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
    population,
    month: months.at(-1)!,
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
}

type Flow = Awaited<ReturnType<typeof selectFlows>>[number]
type MonthOfArea = Omit<Flow, 'part'> & { closing: number }

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
