import fc from 'fast-check'
import { places } from './register.ts'

export const newCode = '371121102299'
const villages = [places.village, places.nextVillage, places.farVillage]

const day = fc
  .tuple(
    fc.integer({ min: 2014, max: 2026 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, date]) => `${year}-0${month}-${String(date).padStart(2, '0')}`)
const place = fc.constantFrom(...villages, ...villages, newCode)
const anywhere = fc.constantFrom(...villages, newCode, places.capital, places.otherCountyVillage)
const who = fc.nat({ max: 12 })
const status = fc.constantFrom('1', '2', '3', '4', '5', '9')

/** What an office may do to its register, in any order; what it refuses changes nothing. */
export const action = fc.oneof(
  fc.record({
    do: fc.constant('register' as const),
    birthDate: day,
    hukou: place,
    residence: place,
    status,
    since: fc.option(day),
  }),
  fc.record({
    do: fc.constant('correct' as const),
    who,
    birthDate: fc.option(day),
    hukou: fc.option(place),
    sex: fc.constantFrom('1', '2'),
  }),
  fc.record({
    do: fc.constant('stay' as const),
    who,
    division: anywhere,
    from: day,
    to: fc.option(day),
    status,
  }),
  fc.record({ do: fc.constant('unstay' as const), who, which: fc.nat({ max: 3 }) }),
  fc.record({
    do: fc.constant('birth' as const),
    mother: fc.option(who),
    occurredOn: day,
    sex: fc.constantFrom('1', '2'),
    division: place,
  }),
  fc.record({ do: fc.constant('death' as const), who, occurredOn: day }),
  fc.record({
    do: fc.constant('move' as const),
    who,
    kind: fc.constantFrom('HUKOU_IN', 'HUKOU_OUT', 'FLOW_IN', 'FLOW_OUT', 'RETURN'),
    occurredOn: day,
    to: anywhere,
  }),
  fc.record({
    do: fc.constant('void' as const),
    noun: fc.constantFrom('births', 'deaths', 'migration-events'),
    which: fc.nat({ max: 5 }),
  }),
  fc.record({
    do: fc.constant('redate' as const),
    noun: fc.constantFrom('births', 'deaths', 'migration-events'),
    which: fc.nat({ max: 5 }),
    occurredOn: day,
  }),
  fc.record({ do: fc.constant('merge' as const), who, other: who }),
  fc.record({ do: fc.constant('unmerge' as const) }),
  fc.record({
    do: fc.constant('import' as const),
    birthDate: day,
    hukou: place,
    residence: place,
    /** Somebody who is registered already, so that the file overwrites. */
    known: fc.option(who),
  }),
  fc.record({
    do: fc.constant('send' as const),
    who,
    occurredOn: day,
    withResidence: fc.boolean(),
    answer: fc.option(fc.boolean()),
  }),
  fc.record({ do: fc.constant('recode' as const), effectiveOn: day }),
)
export type Action = typeof action extends fc.Arbitrary<infer Each> ? Each : never

/** Somebody to begin with: a town nobody lives in is refused nearly everything. */
export const settled = (residence: (typeof villages)[number]): Action => ({
  do: 'register',
  birthDate: '1990-02-03',
  hukou: places.village,
  residence,
  status: '1',
  since: null,
})
