import { EpisodeMethod } from '@youyu/shared/contraception/episodes'
import { isLarcWho, isLongActingCn, isModern, type MethodCode } from '@youyu/shared/contraception/methods'
import { proportion, scaled } from '../../../statistics/index.ts'
import {
  countOf,
  shareOf,
  type Component,
  type Measure,
  type Release,
  type Tally,
} from '../../../population/index.ts'
import { summed } from './sharing.ts'

/** Groups in which the mix is published: single methods are too few in a township. */
const methodGroups = [
  ['sterilisation', ['M10', 'M20']],
  ['iud', ['M30', 'M31']],
  ['implant', ['M40', 'M41', 'M42']],
  ['injection', ['M50', 'M51']],
  ['pill', ['M60', 'M61']],
  ['condom', ['M70', 'M71']],
  ['spermicide', ['M80']],
  ['natural', ['M90', 'M91', 'M92', 'M99']],
] as const satisfies readonly (readonly [string, readonly MethodCode[]])[]

const users = summed('users', 'f.users')
const named = (methods: readonly MethodCode[]) =>
  `f.method in (${methods.map((method) => `'${method}'`).join(', ')})`
const usersOf = (methods: readonly MethodCode[]) => summed('users', 'f.users', named(methods))
const where = (isOne: (method: MethodCode) => boolean) => usersOf(EpisodeMethod.options.filter(isOne))

const byGroup = { total: users, cells: methodGroups.slice(0, -1).map(([, methods]) => usersOf(methods)) }

/** All shares of users stand on one family of cells, so that none of them gives away another. */
function ofGroups(isOne: (method: MethodCode) => boolean): Release[] {
  const cells = methodGroups.flatMap(([, methods], index) => (methods.some(isOne) ? [index] : []))
  return [{ family: byGroup, cells, isOfYearsOnly: true }]
}

const usersInUnion = summed('users', 'f.of_age', 'f.in_union')
const womenInUnion = summed(
  'women',
  'f.women',
  'extract(year from p.until_on)::int - f.birth_year between 15 and 49',
)

/** Published without its counts: beside the mix they would tell how many users are in no union. */
export const prevalence: Measure = () => [{ ...shareOf(null, usersInUnion, womenInUnion), release: 'value' }]

export const mix: Measure = ({ isParted }) => [
  ...methodGroups.map(([key, methods], index): Component => ({
    ...shareOf(key, usersOf(methods), users),
    release: [{ family: byGroup, cells: [index], isOfYearsOnly: true }],
  })),
  { ...countOf('users', users), release: [{ family: byGroup, cells: [], isOfYearsOnly: true }] },
  // Single methods stay in the house, and above the township.
  ...(isParted
    ? []
    : EpisodeMethod.options.map((method) => without(shareOf(method, usersOf([method]), users)))),
]

/** Described, and compared with nobody: no funnel around a method's share. */
function without({ funnel: _, ...component }: Component): Component {
  return component
}

export const larcShare: Measure = () => [
  without({ ...shareOf(null, where(isLarcWho), where(isModern)), release: ofGroups(isModern) }),
]

export const longActingShare: Measure = () => [
  without({ ...shareOf(null, where(isLongActingCn), users), release: ofGroups(isLongActingCn) }),
]

const unmet: Tally = summed('need', 'f.due - f.hit', `f.item = 'METHOD'`)

export const demandSatisfied: Measure = () => [
  {
    key: null,
    numerator: [where(isModern)],
    denominator: [users, unmet],
    judge: (counted) => {
      const events = counted.sum([where(isModern)])
      const denominator = counted.sum([users]) + counted.sum([unmet])
      return {
        numerator: events,
        denominator,
        estimate: scaled(proportion(events, denominator), 100),
        basis: { kind: 'rate', events, denominator },
        comparable: { kind: 'proportion', events, denominator },
      }
    },
  },
]
