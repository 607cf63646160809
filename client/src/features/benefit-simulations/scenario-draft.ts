import type { ProgrammeDetail, RateUnit } from '@youyu/shared/subsidies/programmes'
import type { LevelRule, Rule } from '@youyu/shared/subsidies/rules'
import type { Tier } from '@youyu/shared/subsidies/shares'
import type { Scenario, ScenarioChange } from '@youyu/shared/subsidies/simulations'

type DraftRate = { level: string; unit: RateUnit; nowFen: number; amountFen: number }
/** A change while it is put together: what is left as it is stays out of the scenario. */
export type DraftChange = {
  programme: string
  from: string
  rates: DraftRate[]
  rule: Rule | null
  level: LevelRule | null | undefined
  shares: { tier: Tier; pct: number }[] | null
  unitsPerYear: number
}
export type DraftScenario = Omit<Scenario, 'changes' | 'capFen'> & { changes: DraftChange[]; capYuan: string }

export function blankScenario(on: string): DraftScenario {
  return { on, years: 5, takeUp: 100, newborns: 'AS_NOW', capYuan: '', changes: [] }
}

/** The first day of next year: when most changes begin. */
export const nextYear = (on: string): string => `${Number(on.slice(0, 4)) + 1}-01-01`

export function draftChange(programme: ProgrammeDetail, on: string): DraftChange {
  return {
    programme: programme.code,
    from: on,
    rates: ratesNow(programme, on),
    rule: null,
    level: undefined,
    shares: null,
    unitsPerYear: programme.rates.some(({ unit }) => unit === 'PER_DAY') ? 10 : 1,
  }
}

function ratesNow({ rates }: ProgrammeDetail, on: string): DraftRate[] {
  const inForce = rates.filter(({ from, to }) => from <= on && (to === null || to >= on))
  return inForce
    .filter((rate) => !inForce.some((other) => other.level === rate.level && other.from > rate.from))
    .map(({ level, unit, amountFen }) => ({ level, unit, nowFen: amountFen, amountFen }))
}

/** A kept scenario, to go on with. */
export function draftOfKept(scenario: Scenario, programmes: readonly ProgrammeDetail[]): DraftScenario {
  const { changes, capFen, ...rest } = scenario
  return {
    ...rest,
    capYuan: capFen === undefined ? '' : String(capFen / 100),
    changes: changes.flatMap((change) => {
      const programme = programmes.find(({ code }) => code === change.programme)
      if (!programme) return []
      const begun = draftChange(programme, scenario.on)
      return [
        {
          ...begun,
          from: change.from ?? scenario.on,
          rule: change.rule ?? null,
          level: change.level,
          shares: change.shares ?? null,
          unitsPerYear: change.unitsPerYear ?? 1,
          rates: withAmounts(begun.rates, change.rates ?? []),
        },
      ]
    }),
  }
}

function withAmounts(now: DraftRate[], changed: NonNullable<ScenarioChange['rates']>): DraftRate[] {
  const known = now.map((rate) => ({
    ...rate,
    amountFen: changed.find(({ level }) => level === rate.level)?.amountFen ?? rate.amountFen,
  }))
  const added = changed
    .filter(({ level }) => !now.some((rate) => rate.level === level))
    .map((rate) => ({ ...rate, nowFen: 0 }))
  return [...known, ...added]
}

export function scenarioOf({ changes, capYuan, ...rest }: DraftScenario): Scenario {
  return {
    ...rest,
    ...(Number(capYuan) > 0 && { capFen: Math.round(Number(capYuan) * 100) }),
    changes: changes.map(({ programme, from, rates, rule, level, shares, unitsPerYear }) => {
      const changed = rates.filter(({ nowFen, amountFen }) => nowFen !== amountFen)
      return {
        programme,
        from,
        unitsPerYear,
        ...(changed.length > 0 && {
          rates: changed.map(({ level: of, unit, amountFen }) => ({ level: of, unit, amountFen })),
        }),
        ...(rule && { rule }),
        ...(level !== undefined && { level }),
        ...(shares && { shares }),
      }
    }),
  }
}
