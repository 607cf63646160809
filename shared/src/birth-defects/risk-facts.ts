import type { CivilDate } from '../values.ts'
import type { ContactValues, KnownValue } from './contact-values.ts'
import {
  codeFacts,
  numberFacts,
  type CodeFact,
  type Fact,
  type KnownFacts,
  type NumberFact,
} from './decision-facts.ts'

const DAY = 86_400_000

export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY)
}

export function daysAfter(day: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}

/** Completed days of gestation, counted back from the expected day. */
export function gestationOn(expectedOn: CivilDate, day: CivilDate): number {
  return 280 - daysBetween(day, expectedOn)
}

/** Completed years (周岁). */
function ageOn(day: CivilDate, birthDate: CivilDate): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** For how many days an answer holds; null: for the whole pregnancy. */
function holdsFor(fact: Fact): number | null {
  return fact in numberFacts ? numberFacts[fact as NumberFact][3] : codeFacts[fact as CodeFact].holds
}

export type Taken = { occurredOn: CivilDate; values: ContactValues }

/** What earlier contacts found and what still holds on a day: the latest answer to each question. */
export function stillHolding(earlier: readonly Taken[], on: CivilDate): KnownValue[] {
  const known = new Map<string, KnownValue>()
  for (const { occurredOn, values } of earlier.filter((each) => each.occurredOn <= on))
    for (const [fact, value] of Object.entries(values)) {
      const days = holdsFor(fact as Fact)
      if (value === undefined || (days !== null && daysBetween(occurredOn, on) > days)) continue
      const before = known.get(fact)
      if (!before || before.on <= occurredOn) known.set(fact, { fact, value, on: occurredOn })
    }
  return [...known.values()]
}

/** What the register and the pregnancy's own record say of her. */
export type Pregnant = {
  birthDate: CivilDate
  expectedOn: CivilDate
  parityBefore: number | null
  gravida: number | null
  plurality: number | null
  conception: string
}

type Values = KnownFacts['values']

/** Everything that a rule may ask of on a day: the register, what still holds, and what the contact itself found. */
export function factsOn(
  pregnant: Pregnant,
  known: readonly KnownValue[],
  values: ContactValues,
  on: CivilDate,
): Values {
  const { birthDate, expectedOn, parityBefore, gravida, plurality, conception } = pregnant
  const told: Values = {
    age: ageOn(on, birthDate),
    ageAtTerm: ageOn(expectedOn, birthDate),
    gestationDays: gestationOn(expectedOn, on),
    ...(parityBefore !== null && { parity: parityBefore }),
    ...(gravida !== null && { gravida }),
    ...(plurality !== null && { plurality }),
    conception,
    ...Object.fromEntries(known.map(({ fact, value }) => [fact, value])),
    ...defined(values),
  }
  return { ...told, ...derived(told) }
}

function defined(values: ContactValues): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

/** kg/m² in hundredths, and losses of every kind together. */
function derived({ heightCentimetres, weightBeforeKilograms, losses, abortions }: Values): Values {
  const isMeasured = typeof heightCentimetres === 'number' && typeof weightBeforeKilograms === 'number'
  const lost = [losses, abortions].filter((count) => typeof count === 'number')
  return {
    ...(isMeasured && {
      bmi: Math.round((weightBeforeKilograms / (heightCentimetres / 100) ** 2) * 100) / 100,
    }),
    ...(lost.length > 0 && { allLosses: lost.reduce((sum, count) => sum + count, 0) }),
  }
}

/** The mother after the birth: nothing of the pregnancy is asked any more but what still holds. */
export function factsAfterBirth(
  { birthDate }: Pick<Pregnant, 'birthDate'>,
  known: readonly KnownValue[],
  values: ContactValues,
  bornOn: CivilDate,
  on: CivilDate,
): Values {
  return {
    ...Object.fromEntries(known.map(({ fact, value }) => [fact, value])),
    ...defined(values),
    age: ageOn(on, birthDate),
    daysAfterBirth: daysBetween(bornOn, on),
  }
}
