import type { IndicatorRecord, listIndicatorRecords } from '@youyu/shared/population/indicators'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { maySeePlainly } from '../../persons/person-row.ts'
import { populationCatalogue } from '../catalogue/index.ts'
import { isPeople, type Component, type Tally } from '../values/rules-measure.ts'
import { lastDay, windowed, type Period } from '../values/rules-periods.ts'
import { componentOf, questionOf, scopeFor } from '../values/service.ts'
import { countRecords, planByValues, selectRecords, type Behind, type RecordRow } from './queries.ts'

type Query = z.output<(typeof listIndicatorRecords)['schema']['querystring']>

const BEFORE_ALL = '0001-01-01'

/** The records behind a numerator or a denominator, inside the reader's area. */
export async function listRecords(
  { db, now }: Office,
  access: Access,
  code: IndicatorRecordCode,
  { limit, cursor, part, component, ...query }: Query,
): Promise<Page<IndicatorRecord> & { total: number }> {
  const question = questionOf(access, populationCatalogue, {
    ...query,
    code,
    periodBasis: 'MONTH_RANGE',
    now: now(),
  })
  const after = keyIn(cursor, ['string', 'string'])
  return await reading(db, access, async (tx) => {
    const scope = await scopeFor(tx, access, question, false)
    const found = componentOf(question, component ?? null)
    if (!found) throw Refused.field('?component', 'invalid-code-value')
    const what = behindOf(found, part, question.period, question.today)
    if (!what) return { items: [], nextCursor: null, total: 0 }
    const [, rows, total] = await Promise.all([
      planByValues(tx),
      selectRecords(tx, access, scope, what, { after, limit: limit + 1 }),
      countRecords(tx, scope, what),
    ])
    const page = pageOf(
      rows,
      limit,
      (row) => shownRecord(row, access),
      (row) => [row.occurredOn ?? BEFORE_ALL, row.factId],
    )
    return { ...page, total }
  })
}

type IndicatorRecordCode = Parameters<typeof questionOf>[2]['code']

function behindOf(
  { numerator, denominator }: Component,
  part: Query['part'],
  period: Period,
  today: string,
): Behind | null {
  const daysOf = (window: Tally['window']) => {
    const looked = windowed(period, window)
    return { from: looked.from, until: lastDay(looked, today) }
  }
  const side = part === 'numerator' ? numerator : denominator
  if (side === null) return null
  if (isPeople(side)) return { people: side, days: daysOf(side.window) }
  return {
    listed: side.map((tally) => ({ tally: tally.listed ?? tally, days: daysOf(tally.window) })),
  }
}

/** A record as this reader may see it (domain §9.2). */
function shownRecord(row: RecordRow, access: Access): IndicatorRecord {
  const isPlain = maySeePlainly(access)
  const isOfPerson = row.personId !== null
  const name = row.name ?? '*'
  return {
    personId: row.personId,
    name: isPlain || !isOfPerson ? name : maskName(name),
    sex: row.sex ?? '0',
    birthDate: row.birthDate === null ? '' : isPlain ? row.birthDate : maskDate(row.birthDate),
    occurredOn: row.occurredOn,
    division: { code: row.division, name: row.divisionName ?? row.division },
    factId: row.factId,
    kind: row.kind,
  }
}
