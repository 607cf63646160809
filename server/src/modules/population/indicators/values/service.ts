import type {
  getIndicator,
  IndicatorCode,
  IndicatorDefinition,
  IndicatorValue,
} from '@youyu/shared/population/indicators'
import type { CivilDate, DivisionCode } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { funnel } from '../../../statistics/index.ts'
import { findNames } from '../../book/index.ts'
import { areaOf, type Area } from '../area.ts'
import { countAll } from './counting.ts'
import type { Component, Judged, Measure } from './rules-measure.ts'
import type { Relations } from './relations.ts'
import { isPresentOnly } from './presence.ts'
import { published } from './publication.ts'
import { differenceOf, valueOf, type Frame } from './rules-values.ts'
import { monthsIn, partsOf, periodAsked, yearEarlier, type By, type Period } from './rules-periods.ts'
import { findNamesOn, scopeOf, selectParts, type Scope } from './scope.ts'

type Query = z.output<(typeof getIndicator)['schema']['querystring']>

/** A module's indicators: what they are called, what they count and where that is kept. */
export type Catalogue = {
  definitions: readonly IndicatorDefinition[]
  definitionOf: (code: IndicatorCode) => IndicatorDefinition
  measureOf: (code: IndicatorCode) => Measure
  relations: Relations
}

/** What a value is asked for; `now` is the cut-off of what is known. */
export type AskedValues = Omit<Query, 'by'> & { code: IndicatorCode; by?: By; now: Date }

export type IndicatorAnswer = z.input<(typeof getIndicator)['schema']['response'][200]>

const MOST_MONTHS = 600

/** The values of an indicator for a division: whole, by part, by month or by year. */
export async function valuesOf(
  tx: Transaction,
  access: Access,
  catalogue: Catalogue,
  asked: AskedValues,
): Promise<IndicatorValue[]> {
  const question = questionOf(access, catalogue, asked)
  const by = asked.by ?? 'none'
  const scope = await scopeFor(tx, access, question, by === 'part')
  return (await answered(tx, access, question, scope, partsOf(question.period, by, asked.periodBasis))).values
}

/** The same with the year before, what may be said of the difference, and a funnel around the parts. */
export async function readIndicator(
  { db, now }: Office,
  access: Access,
  catalogue: Catalogue,
  code: IndicatorCode,
  query: Query,
): Promise<IndicatorAnswer> {
  const question = questionOf(access, catalogue, { ...query, code, now: now() })
  const { period, asked } = question
  return await reading(db, access, async (tx) => {
    const isParted = query.by === 'part'
    const spans = partsOf(period, isParted ? 'none' : query.by, query.periodBasis)
    const periods = [period, yearEarlier(period), ...spans, ...spans.map(yearEarlier)]
    const scope = await scopeFor(tx, access, question, false)
    const whole = await answered(tx, access, question, scope, periods)
    const parts = isParted ? await answered(tx, access, question, { ...scope, isParted }, [period]) : null
    const width = whole.components.length
    const valuesFrom = (first: number) => whole.values.slice(first * width, (first + spans.length) * width)
    return {
      definition: question.definition,
      values: parts ? parts.values : valuesFrom(2),
      earlier: whole.components.every((component) => isPresentOnly(catalogue.relations, component))
        ? null
        : {
            values: valuesFrom(2 + spans.length),
            differences: asked.publication ? [] : differencesOf(catalogue.relations, whole),
          },
      funnel: parts && funnelAround(whole, parts),
    }
  })
}

/** What is asked, with its area and period resolved. */
export type Question = {
  catalogue: Catalogue
  asked: AskedValues
  definition: IndicatorDefinition
  area: Area
  period: Period
  today: CivilDate
}

export function questionOf(access: Access, catalogue: Catalogue, asked: AskedValues): Question {
  const area = areaOf(access, asked.division)
  const today = todayOf(asked.now)
  if (asked.from > today) throw Refused.field('?from', 'invalid-date')
  const period = periodAsked(asked, today)
  if (period.to < period.from || monthsIn(period) > MOST_MONTHS) throw Refused.field('?to', 'invalid-date')
  return { catalogue, asked, definition: catalogue.definitionOf(asked.code), area, period, today }
}

export async function scopeFor(
  tx: Transaction,
  access: Access,
  { area, asked, catalogue, today }: Question,
  isParted: boolean,
): Promise<Scope> {
  const { population, boundary = today } = asked
  const { relations } = catalogue
  return await scopeOf(tx, access, area, { population, boundary, today, isParted, relations })
}

function componentsOf({ asked, area, catalogue }: Question, isParted: boolean): readonly Component[] {
  return catalogue.measureOf(asked.code)({ level: area.level, isParted, population: asked.population })
}

/** The component of a name; without one the main one, or the first where there is none. */
export function componentOf(question: Question, key: string | null): Component | undefined {
  const components = componentsOf(question, false)
  return components.find((component) => component.key === key) ?? (key === null ? components[0] : undefined)
}

type Answered = { components: readonly Component[]; values: IndicatorValue[]; judged: Judged[][] }

/** Counts and judges every component for every part and period. */
async function answered(
  tx: Transaction,
  access: Access,
  question: Question,
  scope: Scope,
  periods: readonly Period[],
): Promise<Answered> {
  const { asked, definition } = question
  const { isParted, relations } = scope
  const components = componentsOf(question, isParted)
  const counts = await countAll(tx, scope, components, periods)
  const parts = isParted ? await selectParts(tx, scope, counts.parts) : counts.parts
  const isPast = scope.boundary !== scope.today
  const names = await (isPast ? findNamesOn(tx, parts, scope.boundary) : findNames(tx, parts))
  const frame: Frame = {
    definition,
    scope,
    isPresentOnly: (component) => isPresentOnly(relations, component),
    periodBasis: asked.periodBasis,
    annualised: asked.annualised ?? false,
    cutoff: asked.now.toISOString(),
  }
  const judged: Judged[][] = []
  const values = parts.flatMap((part) =>
    periods.flatMap((period, index) => {
      const counted = counts.of(part, index)
      const ofPeriod = components.map((component) => component.judge(counted))
      judged.push(ofPeriod)
      return components.map((component, place) =>
        valueOf(frame, component, ofPeriod[place]!, placeOf(names, part), period),
      )
    }),
  )
  return {
    components,
    judged,
    values: asked.publication ? await published(tx, access, { scope, components, periods }, values) : values,
  }
}

function placeOf(
  names: ReadonlyMap<DivisionCode, { name: string; level: number }>,
  code: DivisionCode,
): IndicatorValue['division'] {
  const known = names.get(code)
  return { code, name: known?.name ?? code, level: known?.level ?? 0 }
}

/** Between the same months a year apart, over the whole area. */
function differencesOf(relations: Relations, { components, judged }: Answered) {
  const [now, before] = judged as [Judged[], Judged[]]
  return components.map((component, index) => ({
    component: component.key,
    ...(isPresentOnly(relations, component)
      ? { z: null, isSignificant: false }
      : differenceOf(now[index]!.comparable, before[index]!.comparable)),
  }))
}

/** Limits around the whole area's value, for the main component of a rate or a share. */
function funnelAround(whole: Answered, parts: Answered): IndicatorAnswer['funnel'] {
  const main = whole.components[0]
  const centre = whole.values[0]?.value ?? null
  if (!main?.funnel || main.key !== null || centre === null) return null
  const units = parts.values
    .filter(({ component, denominator }) => component === null && denominator !== null && denominator >= 1)
    .map(({ division, numerator, denominator }) => ({
      key: division.code,
      events: numerator ?? 0,
      denominator: Math.round(denominator!),
    }))
  return funnel(main.funnel.kind, centre, units, main.funnel.per).limits
}
