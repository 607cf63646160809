import type {
  Cascade,
  ClosedPeriod,
  closeCascadePeriod,
  getBirthDefectCascade,
} from '@youyu/shared/birth-defects/cascades'
import type { DivisionCode } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { countyAsked, findPlaces } from '../../../population/index.ts'
import * as queries from './queries.ts'
import { periodAsked } from './rules-period.ts'
import { cascadeOf, published, type Part } from './rules.ts'

type Query = z.output<(typeof getBirthDefectCascade)['schema']['querystring']>

/** From kept counts alone; a closed period answers as it was closed, and tells what has become known since. */
export async function readCascade(office: Office, access: Access, query: Query): Promise<Cascade> {
  const { county, division } = countyAsked(access, query.division)
  if (query.periodId) return await putTogether(office, access, { county, division }, query)
  const { from, to } = periodAsked(query)
  const key = [county, todayOf(office.now()), query.periodBasis, from, to, query.publication ?? false].join()
  const stamps = await reading(office.db, access, (tx) => queries.selectStamps(tx, county, from, to))
  const known = keptOf(office)
  const kept = known.get(key)
  if (kept?.stamps === stamps) return kept.cascade
  const cascade = await putTogether(office, access, { county, division }, query)
  if (known.size >= MOST_KEPT) known.clear()
  known.set(key, { stamps, cascade })
  return cascade
}

/** Answers for whole counties, as long as the counts are what they were: read first, so that none is kept as newer than it is. */
type Kept = Map<string, { stamps: string; cascade: Cascade }>
const MOST_KEPT = 100
const keptBy = new WeakMap<object, Kept>()

function keptOf({ db }: Office): Kept {
  let kept = keptBy.get(db)
  if (!kept) keptBy.set(db, (kept = new Map<string, { stamps: string; cascade: Cascade }>()))
  return kept
}

const texts = new WeakMap<Cascade, string>()

/** As it is sent: written out once for as long as it holds. */
export async function cascadeText(office: Office, access: Access, query: Query): Promise<string> {
  const cascade = await readCascade(office, access, query)
  let text = texts.get(cascade)
  if (text === undefined) texts.set(cascade, (text = JSON.stringify(cascade)))
  return text
}

async function putTogether(
  office: Office,
  access: Access,
  { county, division }: { county: number; division: DivisionCode },
  query: Query,
): Promise<Cascade> {
  return await reading(office.db, access, async (tx) => {
    const periods = await queries.selectPeriods(tx, county)
    const closed = query.periodId ? periods.find(({ id }) => id === query.periodId) : undefined
    if (query.periodId && !closed) throw Refused.field('?periodId', 'not-found')
    const period = closed
      ? { periodBasis: 'MONTH_RANGE' as const, from: closed.from, to: closed.to }
      : periodAsked(query)
    const [tallied, townships, amended, places] = await Promise.all([
      closed
        ? queries.selectClosedTallies(tx, county, closed.id)
        : queries.selectTallies(tx, county, period.from, period.to),
      queries.selectTownships(tx, division),
      closed ? queries.selectAmendments(tx, county, closed) : [],
      findPlaces(tx, [division]),
    ])
    const codes = new Set(townships.map(({ code }) => code))
    const strays = [...new Set(tallied.map(({ divisionCode }) => divisionCode))].filter(
      (code) => !codes.has(code),
    )
    const names = new Map(
      [...townships, ...strays.map((code) => ({ code, name: code }))].map(({ code, name }) => [code, name]),
    )
    names.set(division, places.get(division)?.name ?? division)
    const cascade = cascadeOf(division, [...codes, ...strays].sort(), tallied)
    const { whole, townships: parts } = query.publication ? published(cascade) : cascade
    const placed = (code: DivisionCode) => ({ code, name: names.get(code) ?? code })
    const named = ({ divisionCode, ...part }: Part) => ({ division: placed(divisionCode), ...part })
    return {
      division: placed(division),
      ...period,
      whole: named(whole),
      townships: parts.map(named),
      closed: closed ? { id: closed.id, closedOn: closed.closedOn } : null,
      amendments: query.publication
        ? []
        : amended.map(({ divisionCode, item, wasCohort, wasDone, nowCohort, nowDone }) => ({
            ...{ division: placed(divisionCode), item },
            was: { cohort: wasCohort, done: wasDone },
            now: { cohort: nowCohort, done: nowDone },
          })),
      isPublication: query.publication ?? false,
      dataCutoff: office.now().toISOString(),
    }
  })
}

export async function periodsOf(
  { db }: Office,
  access: Access,
  asked: DivisionCode | undefined,
): Promise<{ items: ClosedPeriod[] }> {
  const { county } = countyAsked(access, asked)
  return { items: await reading(db, access, (tx) => queries.selectPeriods(tx, county)) }
}

type Closing = z.output<(typeof closeCascadePeriod)['schema']['body']>

export async function closePeriod(office: Office, access: Access, body: Closing): Promise<ClosedPeriod> {
  const at = office.now()
  const today = todayOf(at)
  const { from, to } = periodAsked({ ...body, periodBasis: 'MONTH_RANGE' })
  if (to > today) throw Refused.field('/to', 'invalid-date')
  countyAsked(access, undefined)
  return await transaction(office.db, access, async (tx) => {
    const id = newId(at.getTime())
    const note = body.note ?? null
    await queries.insertPeriod(tx, access, { id, from, to, note }, today, at)
    await record(tx, access, { action: 'create', entity: 'birth-defect-period', entityId: id }, at)
    return { id, from, to, closedOn: today, note }
  })
}
