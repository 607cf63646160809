import type { z } from 'zod'
import type { Rule } from '@youyu/shared/subsidies/rules'
import { tiers, type FundingShares } from '@youyu/shared/subsidies/shares'
import type { Scenario, ScenarioChange, ScenarioResult } from '@youyu/shared/subsidies/simulations'
import { levelOf, prefixOf, type CivilDate, type DivisionCode } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { findNames } from '../../population/index.ts'
import * as queries from './queries.ts'
import { changedRates } from './rules-costs.ts'
import { resultOf, type ProgrammeFrame, type ResultFrame } from './rules-result.ts'
import { shiftLevel, shiftRule, yearsOn } from './rules-shift.ts'

type Asked = { scenario: z.output<typeof Scenario>; division: DivisionCode; today: CivilDate }
type Prepared = {
  frame: ResultFrame
  question: queries.ScenarioQuestion
  needsFirst: boolean
}

/** The division asked about, or the county; it must lie in the area. */
export function divisionAsked(access: Access, asked: DivisionCode | undefined): DivisionCode {
  if (access.county === 0) throw new Refused('out-of-area')
  const division = asked ?? String(access.county).padEnd(12, '0')
  if (!covers(access.prefixes, prefixOf(division)) || !division.startsWith(String(access.county)))
    throw Refused.field('/division', 'out-of-area')
  return division
}

const sharesOf = (rows: readonly { tier: string; pct: number }[]): FundingShares =>
  Object.fromEntries(tiers.map((tier) => [tier, rows.find((row) => row.tier === tier)?.pct ?? 0]))

/** Everything that the one statement and the reckoning after it need: rules, rates and shares of both sides. */
export async function prepare(
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

export async function simulateIn(tx: Transaction, access: Access, asked: Asked): Promise<ScenarioResult> {
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
