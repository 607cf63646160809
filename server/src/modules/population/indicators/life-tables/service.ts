import type { getLifeTable } from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { directlyStandardised, lifeTable, smallNumber, whoWorldStandard } from '../../../statistics/index.ts'
import { areaOf } from '../area.ts'
import { monthsAsked } from '../period.ts'
import { findBookStart, sumByAge, sumMoved } from '../values/queries-people.ts'
import type { Period } from '../values/rules-periods.ts'
import { relations } from '../values/relations.ts'
import { scopeOf, type Scope } from '../values/scope.ts'
import { selectDeaths } from './queries.ts'
import { ageGroups, begunOf, momentsOf, personYears, strataOf, type Exposure } from './rules.ts'

type Asked = z.output<(typeof getLifeTable)['schema']['querystring']>
type Answer = z.input<(typeof getLifeTable)['schema']['response'][200]>

const MOST_MONTHS = 120

export async function readLifeTable({ db, now }: Office, access: Access, asked: Asked): Promise<Answer> {
  const area = areaOf(access, asked.division)
  const today = todayOf(now())
  const period = monthsAsked(asked, today, MOST_MONTHS)
  return await reading(db, access, async (tx) => {
    const { population } = asked
    const scope = await scopeOf(tx, access, area, {
      population,
      boundary: today,
      today,
      isParted: false,
      relations,
    })
    return tableOf(await exposureOf(tx, scope, period, asked.sex), asked)
  })
}

/** Deaths over person-years by age; nobody where the book does not reach back. */
async function exposureOf(
  tx: Transaction,
  scope: Scope,
  period: Period,
  sex: Asked['sex'],
): Promise<Exposure> {
  const moments = momentsOf(period)
  const [startsOn, standing, moved, died] = await Promise.all([
    findBookStart(tx, scope.area.county),
    sumByAge(tx, scope, moments),
    scope.moves.length > 0 ? sumMoved(tx, scope, moments) : [],
    selectDeaths(tx, scope, period),
  ])
  const isMeant = (row: { sex: string | null }) => sex === 'all' || row.sex === sex
  const people = new Map<string, number>()
  for (const { month, age, n } of [...standing, ...moved].filter(isMeant))
    people.set(`${month} ${age}`, (people.get(`${month} ${age}`) ?? 0) + n)
  const deaths = new Map<number, number>()
  for (const { age, deaths: n } of died.filter(isMeant)) deaths.set(age, (deaths.get(age) ?? 0) + n)
  const isKept = startsOn !== null && startsOn < period.from
  const years = personYears(moments, begunOf(period.to, scope.today), (moment, age) =>
    isKept ? (people.get(`${moment} ${age}`) ?? 0) : 0,
  )
  return years.map((population, age) => ({ deaths: deaths.get(age) ?? 0, population }))
}

const sexNames = { '1': 'male', '2': 'female', all: 'both' } as const

function tableOf(exposure: Exposure, { sex, form }: Asked): Answer {
  const table = lifeTable(ageGroups(exposure, form), sexNames[sex])
  const { value, low, high } = table?.expectancyAtBirth ?? { value: null, low: null, high: null }
  const events = exposure.reduce((sum, { deaths }) => sum + deaths, 0)
  const denominator = exposure.reduce((sum, { population }) => sum + population, 0)
  const groups = ageGroups(exposure, form)
  return {
    method: table?.method ?? 'no table: people at every age and deaths in the open group are needed',
    stability: smallNumber({ kind: 'rate', events, denominator }).flag ?? 'STABLE',
    lifeExpectancy: value === null || low === null || high === null ? null : { value, low, high },
    rows: (table?.rows ?? []).map(({ fromAge, width, m, q, l, d, L, T, e }, index) => ({
      age: fromAge,
      width,
      deaths: groups[index]!.deaths,
      population: groups[index]!.population,
      ...{ mx: m, qx: q, lx: l, dx: d, Lx: L, Tx: T, ex: e },
    })),
    standardised: standardisedOf(exposure),
  }
}

function standardisedOf(exposure: Exposure): Answer['standardised'] {
  const { standardised, standard } = directlyStandardised(
    strataOf(exposure, whoWorldStandard.fromAges),
    whoWorldStandard,
  )
  const { value, low, high, method } = standardised
  return value === null || low === null || high === null ? null : { standard, value, low, high, method }
}
