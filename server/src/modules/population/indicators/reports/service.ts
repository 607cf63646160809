import type {
  getSituationReport,
  IndicatorCode,
  IndicatorValue,
  SituationReport,
} from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { findNames } from '../../book/index.ts'
import { recount, sumParts } from '../../book/queries.ts'
import { areaOf } from '../area.ts'
import { findClosedUntil } from '../home/queries.ts'
import { monthsAsked } from '../period.ts'
import { basisOf, findBookStart, sumEverybody, sumMoved } from '../values/queries-people.ts'
import { lastDay, monthsIn, shifted, yearEarlier, type Period } from '../values/rules-periods.ts'
import { relations } from '../values/relations.ts'
import { prefixesOf, scopeOf, type Scope } from '../values/scope.ts'
import { populationCatalogue } from '../catalogue/index.ts'
import { valuesOf } from '../values/service.ts'
import { countLate, selectMoves } from './queries.ts'
import { reportCodes, sectionsOf } from './rules-sections.ts'

type Asked = z.output<(typeof getSituationReport)['schema']['querystring']>

const MOST_MONTHS = 60
/** Known of the present only: last year's are today's. */
const ofPresent: readonly IndicatorCode[] = ['POP-20', 'POP-21', 'POP-07']

export async function readReport(
  { db, now }: Office,
  access: Access,
  asked: Asked,
): Promise<SituationReport> {
  const at = now()
  const area = areaOf(access, asked.division)
  const today = todayOf(at)
  const period = monthsAsked(asked, today, MOST_MONTHS)
  const { population, publication: isPublication = false } = asked
  return await reading(db, access, async (tx) => {
    const scope = await scopeOf(tx, access, area, {
      population,
      boundary: today,
      today,
      isParted: false,
      relations,
    })
    const codes: IndicatorCode[] = Object.values(reportCodes).flat()
    const valuesIn = (during: Period, wanted: readonly IndicatorCode[]) =>
      readValues(tx, access, { ...asked, ...during, now: at }, wanted)
    const [names, people, moves, lateBirths, lateDeaths, closedUntil, residuals, now, before] =
      await Promise.all([
        findNames(tx, [area.division]),
        peopleAround(tx, scope, period),
        selectMoves(tx, scope, period),
        countLate(tx, scope, 'births', period),
        countLate(tx, scope, 'deaths', period),
        findClosedUntil(tx, area.county),
        isPublication ? 0 : countResiduals(tx, scope, period),
        valuesIn(period, codes),
        valuesIn(
          yearEarlier(period),
          codes.filter((code) => !ofPresent.includes(code)),
        ),
      ])
    return {
      division: { code: area.division, name: names.get(area.division)?.name ?? area.division },
      periodFrom: period.from,
      periodTo: lastDay(period, today),
      population,
      preparedAt: at.toISOString(),
      closedUntil,
      sections: sectionsOf({
        ...{ population, isPublication, now, before, moves, lateBirths, lateDeaths, closedUntil, residuals },
        ...people,
        isCounty: area.level === 3,
        months: monthsIn(period),
      }),
    }
  })
}

type Question = Pick<Asked, 'division' | 'from' | 'to' | 'population' | 'publication'> & { now: Date }

async function readValues(
  tx: Transaction,
  access: Access,
  { division, from, to, population, publication, now }: Question,
  codes: readonly IndicatorCode[],
): Promise<Map<IndicatorCode, IndicatorValue[]>> {
  const asked = { division, from, to, population, now, periodBasis: 'MONTH_RANGE' as const }
  const read = await Promise.all(
    codes.map((code) =>
      valuesOf(tx, access, populationCatalogue, { ...asked, code, ...(publication && { publication }) }),
    ),
  )
  return new Map(codes.map((code, index) => [code, read[index]!]))
}

/** People at the start and at the end of a period. */
async function peopleAround(tx: Transaction, scope: Scope, { from, to }: Period) {
  const ends = [shifted(from, -1), to]
  const [startsOn, kept, moved] = await Promise.all([
    findBookStart(tx, scope.area.county),
    sumEverybody(tx, scope, ends),
    scope.moves.length > 0 ? sumMoved(tx, scope, ends) : [],
  ])
  const at = (end: string, firstKnown: string) =>
    startsOn === null || startsOn >= firstKnown
      ? null
      : [...kept, ...moved].reduce((sum, { month, n }) => sum + (month === end ? n : 0), 0)
  return { opening: at(ends[0]!, from), closing: at(to, shifted(to, 1)) }
}

/** Villages whose book differs from the people who live, or are registered, there. */
async function countResiduals(tx: Transaction, scope: Scope, { to: month }: Period): Promise<number> {
  const { county, division } = scope.area
  const ledger = { county, prefixes: prefixesOf(scope.area), basis: basisOf(scope) }
  const [counted, kept] = await Promise.all([
    recount(tx, ledger, { division, month, level: 5 }),
    sumParts(tx, ledger, { division, level: 5, month, asOf: null }),
  ])
  const closings = new Map(kept.map(({ code, closing }) => [code, closing]))
  const villages = new Set([...counted.keys(), ...closings.keys()])
  return [...villages].filter((code) => (counted.get(code) ?? 0) !== (closings.get(code) ?? 0)).length
}
