import type { z } from 'zod'
import type { Rule } from '@youyu/shared/subsidies/rules'
import { tiers, type FundingShares } from '@youyu/shared/subsidies/shares'
import {
  Scenario,
  ScenarioResult,
  type listScenarios,
  type listSimulated,
  type NewSavedScenario,
  type SavedScenario,
  type SavedScenarioRow,
  type ScenarioChange,
  type ScenarioPerson,
} from '@youyu/shared/subsidies/simulations'
import { maskDate, maskName } from '@youyu/shared/population/masking'
import {
  levelOf,
  prefixOf,
  type CivilDate,
  type DivisionCode,
  type Id,
  type Page,
} from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, longTransaction, reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findNames } from '../../population/index.ts'
import * as queries from './queries.ts'
import { changedRates } from './rules-costs.ts'
import { costsOf, monthsBefore, resultOf, type ProgrammeFrame, type ResultFrame } from './rules-result.ts'
import { shiftLevel, shiftRule, yearsOn } from './rules-shift.ts'

type Asked = { scenario: z.output<typeof Scenario>; division: DivisionCode; today: CivilDate }
type Prepared = {
  frame: ResultFrame
  question: queries.ScenarioQuestion
  needsFirst: boolean
}

/** The division asked about, or the county; it must lie in the area. */
function divisionAsked(access: Access, asked: DivisionCode | undefined): DivisionCode {
  if (access.county === 0) throw new Refused('out-of-area')
  const division = asked ?? String(access.county).padEnd(12, '0')
  if (!covers(access.prefixes, prefixOf(division)) || !division.startsWith(String(access.county)))
    throw Refused.field('/division', 'out-of-area')
  return division
}

const sharesOf = (rows: readonly { tier: string; pct: number }[]): FundingShares =>
  Object.fromEntries(tiers.map((tier) => [tier, rows.find((row) => row.tier === tier)?.pct ?? 0]))

/** Everything that the one statement and the reckoning after it need: rules, rates and shares of both sides. */
async function prepare(
  tx: Transaction,
  access: Access,
  { scenario, division, today }: Asked,
): Promise<Prepared> {
  const { changes, years: count, newborns, takeUp } = scenario
  const on = yearsOn(scenario.on, 0)
  const days = Array.from({ length: count }, (_, place) => yearsOn(on, place))
  const codes = changes.map(({ programme }) => programme)
  if (new Set(codes).size < codes.length) throw Refused.field('/scenario/changes', 'already-exists')
  const terms = await queries.selectTerms(tx, access, days, codes)
  const names = await queries.selectNames(tx, access, codes)
  const rates = await queries.selectRates(tx, access, codes)
  const shares = await queries.selectShares(tx, access, days, codes)
  const years = days.map((asOf) => ({ year: Number(asOf.slice(0, 4)), asOf }))
  const ruled = changes.map((change, index) => ruledChange(change, index, days, terms))
  const programmes = changes.map((change): ProgrammeFrame => {
    const from = change.from ?? on
    const own = rates.filter(({ code }) => code === change.programme)
    const name = names.find(({ code }) => code === change.programme)
    const sharesNow = days.map((_, place) =>
      sharesOf(shares.filter((row) => row.code === change.programme && row.place === place)),
    )
    return {
      programme: change.programme,
      name: [name?.zh ?? change.programme, name?.en ?? change.programme],
      from,
      units: change.unitsPerYear,
      base: { rates: own, shares: sharesNow },
      changed: {
        rates: change.rates ? changedRates(own, change.rates, from) : own,
        shares: change.shares ? days.map(() => sharesOf(change.shares!)) : sharesNow,
      },
      isRuleChanged: change.rule !== undefined,
      monthFen:
        ruled.find(({ programme }) => programme === change.programme)!.terms.proration?.fenPerMonth ?? null,
    }
  })
  return {
    frame: { years, programmes, takeUp },
    needsFirst: programmes.some(({ changed, base }) =>
      [...base.rates, ...changed.rates].some(({ unit }) => unit === 'ONE_OFF'),
    ),
    question: {
      on,
      years: years.map(({ year }) => year),
      lastDay: days.at(-1)!,
      prefixes: [prefixOf(division)],
      bornSince: yearsOn(on < today ? on : today, -1),
      rules: ruled.flatMap(({ rules }) => rules),
      prorations: ruled.flatMap(({ programme, terms: { proration } }) =>
        proration ? [{ programme, ...proration }] : [],
      ),
      renewed:
        newborns === 'AS_NOW'
          ? ruled.filter((each) => each.terms.subject === 'CHILD').map((each) => each.programme)
          : [],
    },
  }
}

/** Both sides of a programme in every year, each asked as of the first day. */
function ruledChange(
  { programme, rule, level }: z.output<typeof ScenarioChange>,
  index: number,
  days: readonly string[],
  terms: readonly queries.TermsRecord[],
) {
  const inForce = days.map(
    (_, place) => terms.find((row) => row.code === programme && row.place === place)?.terms,
  )
  const [first] = inForce
  if (!first || first.manner === 'LEDGER')
    throw Refused.field(`/scenario/changes/${index}/programme`, 'not-found')
  const rules = inForce.flatMap((now, place): queries.ScenarioRule[] => {
    const standing = now ?? first
    const keyed = (side: 'BASE' | 'CHANGED', one: Rule, of: typeof standing.level) => ({
      ...{ programme, place, side, key: `${side === 'BASE' ? 'B' : 'C'}${index}_${place}`, unshifted: one },
      terms: {
        ...standing,
        rule: shiftRule(one, place, days[place]!),
        level: shiftLevel(of, place, days[place]!),
      },
    })
    return [
      keyed('BASE', standing.rule, standing.level),
      keyed('CHANGED', rule ?? standing.rule, level === undefined ? standing.level : level),
    ]
  })
  return { programme, terms: first, rules }
}

async function simulateIn(tx: Transaction, access: Access, asked: Asked): Promise<ScenarioResult> {
  const started = performance.now()
  const { frame, question, needsFirst } = await prepare(tx, access, asked)
  const length = levelOf(asked.division) === 3 ? 9 : 12
  const groups = await queries.selectGroups(tx, access, question, length, needsFirst)
  const { parts, ...result } = resultOf(groups, frame, asked.scenario.capFen)
  const codes = [asked.division, ...parts.map(({ part }) => part.padEnd(12, '0'))]
  const names = await findNames(tx, codes)
  const placeOf = (code: string) => ({ code, name: names.get(code)?.name ?? code })
  return {
    division: placeOf(asked.division),
    on: question.on,
    ...result,
    parts: parts.map(({ part, ...figures }) => ({ division: placeOf(part.padEnd(12, '0')), ...figures })),
    tookMs: Math.round(performance.now() - started),
  }
}

/** What the scenario would do: nothing is stored. */
export async function simulate(
  { db, now }: Office,
  access: Access,
  scenario: z.output<typeof Scenario>,
  division: DivisionCode | undefined,
): Promise<ScenarioResult> {
  const asked = { scenario, division: divisionAsked(access, division), today: todayOf(now()) }
  return await longTransaction(db, access, (tx) => simulateIn(tx, access, asked))
}

type AskedPeople = z.output<(typeof listSimulated)['schema']['body']>

/** Who would gain or lose, masked; a look at people is recorded. */
export async function simulatedPeople(
  { db, now }: Office,
  access: Access,
  { scenario, programme, year, effect, division: askedFor, limit, cursor }: AskedPeople,
): Promise<Page<ScenarioPerson>> {
  const division = divisionAsked(access, askedFor)
  const place = year - Number(scenario.on.slice(0, 4))
  const changes = scenario.changes.filter((change) => change.programme === programme)
  if (changes.length === 0 || place < 0 || place >= scenario.years)
    throw Refused.field('/programme', 'not-found')
  const at = now()
  const { rows, frame } = await longTransaction(db, access, async (tx) => {
    const prepared = await prepare(tx, access, {
      scenario: { ...scenario, changes },
      division,
      today: todayOf(at),
    })
    const { question } = prepared
    const [programmeFrame] = prepared.frame.programmes
    const yearAt = prepared.frame.years[place]!
    const isInForce = monthsBefore(programmeFrame!.from, yearAt.year) < 12
    // Only the year that is asked about, and nobody who is not born.
    const narrowed = {
      ...question,
      renewed: [],
      rules: question.rules.filter((rule) => rule.place === place),
    }
    const levels = isInForce ? affectedLevels(programmeFrame!, yearAt, question, effect) : []
    const found = await queries.selectSimulated(tx, access, narrowed, {
      levels,
      after: keyIn(cursor, ['string', 'string']) ?? undefined,
      limit: limit + 1,
    })
    await record(
      tx,
      access,
      {
        action: 'view',
        entity: 'benefit-simulation',
        division,
        rows: found.length,
        fields: ['name', 'birthDate'],
      },
      at,
    )
    return { rows: found, frame: { programme: programmeFrame!, at: yearAt } }
  })
  return pageOf(
    rows,
    limit,
    ({ divisionCode, divisionName, birthDate, name, base, changed, months, id }) => {
      const group = { base, changed, months, isNewBase: true, isNewChanged: true }
      const { baseFen, earlierFen, laterFen } = costsOf(frame.programme, frame.at, group)
      return {
        id,
        name: maskName(name),
        birth: maskDate(birthDate),
        division: { code: divisionCode, name: divisionName ?? divisionCode },
        level: changed ?? base ?? '',
        baseFen,
        changedFen: earlierFen + laterFen,
      }
    },
    (row) => [row.divisionCode, row.id],
  )
}

/** Pairs of levels before and after on which the change has this effect. */
function affectedLevels(
  frame: ProgrammeFrame,
  at: { year: number; asOf: string },
  { rules }: queries.ScenarioQuestion,
  effect: AskedPeople['effect'],
): [string | null, string | null][] {
  const names = new Set([''])
  for (const { terms } of rules)
    for (let level = terms.level; level;) {
      names.add(level.then)
      if (typeof level.else === 'string') names.add(level.else)
      level = typeof level.else === 'string' ? null : level.else
    }
  const all = [...names]
  if (effect === 'GAINED') return all.map((level) => [null, level])
  if (effect === 'LOST') return all.map((level) => [level, null])
  return all.flatMap((base) =>
    all.flatMap((changed): [string, string][] => {
      const { baseFen, earlierFen, laterFen } = costsOf(frame, at, {
        ...{ base, changed, months: null, isNewBase: true, isNewChanged: true },
      })
      const more = earlierFen + laterFen - baseFen
      return (effect === 'HIGHER' ? more > 0 : more < 0) ? [[base, changed]] : []
    }),
  )
}

const shownRow = ({
  id,
  name,
  note,
  on,
  programmes,
  madeAt,
  version,
}: queries.ScenarioRecord): SavedScenarioRow => ({
  ...{ id, name, note, on, programmes, version },
  madeAt: madeAt.toISOString(),
})
const shown = (row: queries.ScenarioRecord): SavedScenario => ({
  ...shownRow(row),
  scenario: Scenario.parse(row.scenario),
  result: ScenarioResult.parse(row.result),
})

type Listing = z.output<(typeof listScenarios)['schema']['querystring']>

export async function scenariosOf(
  { db }: Office,
  access: Access,
  { programme, limit, cursor }: Listing,
): Promise<Page<SavedScenarioRow>> {
  const after = keyIn(cursor, ['string'])?.[0]
  const rows = await reading(db, access, (tx) =>
    queries.selectScenarios(tx, access, { programme, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownRow, (row) => [row.id])
}

export async function readScenario({ db }: Office, access: Access, id: Id): Promise<SavedScenario> {
  const row = await reading(db, access, (tx) => queries.findScenario(tx, access, id))
  if (!row) throw new Refused('not-found')
  return shown(row)
}

/** Computed over the county and kept with its result, to be compared with others. */
export async function keepScenario(
  office: Office,
  access: Access,
  { name, note, scenario }: z.output<typeof NewSavedScenario>,
): Promise<SavedScenario> {
  const at = office.now()
  const id = newId(at.getTime())
  return await longCommand(office.db, access, async (tx) => {
    const division = divisionAsked(access, undefined)
    const result = await simulateIn(tx, access, { scenario, division, today: todayOf(at) })
    await queries.insertScenario(tx, access, {
      ...{ id, name, note: note ?? null, onDay: scenario.on, madeAt: at },
      programmes: scenario.changes.map(({ programme }) => programme),
      scenario: JSON.stringify(scenario),
      result: JSON.stringify(result),
    })
    await record(tx, access, { action: 'create', entity: 'benefit-scenario', entityId: id, division }, at)
    return shown((await queries.findScenario(tx, access, id))!)
  })
}

export async function withdrawScenario(
  { db, now }: Office,
  access: Access,
  id: Id,
  version: number,
): Promise<void> {
  const at = now()
  await transaction(db, access, async (tx) => {
    const row = await queries.findScenario(tx, access, id)
    if (!row) throw new Refused('not-found')
    assertVersion(version, row.version)
    await queries.withdrawScenarioRow(tx, access, id, at)
    await record(
      tx,
      access,
      { action: 'change', entity: 'benefit-scenario', entityId: id, fields: ['withdrawn'] },
      at,
    )
  })
}
