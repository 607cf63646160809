import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluate, levelFor } from '@youyu/shared/subsidies/evaluation'
import { factCatalogue, FactName, type Facts } from '@youyu/shared/subsidies/facts'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import { ruleFaults, type Rule } from '@youyu/shared/subsidies/rules'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { furnishPlaces, places } from '../../../../test/register.ts'
import { Bound } from '../../../database/statements.ts'
import { eligibilityRelation, factsRelation } from './index.ts'

const county = 371121
const asOf = '2026-08-20'
const frame = { county: String(county), today: asOf }
let office: TestOffice

type Somebody = Partial<{
  sex: string
  born: string
  marital: string | null
  hukou: string
  type: string | null
  mother: string
  father: string
  died: string
  status: string
}>
let serial = 0
async function person(given: Somebody): Promise<string> {
  serial += 1
  const id = `01900000-0000-7000-8000-${String(serial).padStart(12, '0')}`
  const { sex = '2', born = '1960-05-01', marital = '21', hukou = places.village, type = '1' } = given
  const status = given.status ?? (given.died ? 'DECEASED' : 'ACTIVE')
  await office.sql(
    `insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, marital_status,
       hukou_division, hukou_type, residence_division, residence_status, residence_since, mother_id, father_id, status, source, recorded_at, updated_at, version)
     values ($1, $2, '张三', 'zhangsan', 'zs', $3, $4, 'D', '01', $5, $6, $7, $6, '1', '2015-03-31', $8, $9, $10, 'MANUAL', now(), now(), 1)`,
    [county, id, sex, born, marital, hukou, type, given.mother ?? null, given.father ?? null, status],
  )
  if (given.died)
    await office.sql(
      `insert into deaths (county_code, id, person_id, occurred_on, place, maternal, reporter, sex, birth_date, age_days, division_code,
         hukou_division, recorded_at, source)
       values ($1, $2, $2, $3, 'HOME', 'NO', 'HEALTH', $4, $5, $3::date - $5::date, $6, $6, now(), 'MANUAL')`,
      [county, id, given.died, sex, born, hukou],
    )
  return id
}
async function marry(a: string, b: string, on: string, order = 'FIRST'): Promise<void> {
  await office.sql(
    `insert into marriage_events (county_code, id, event, occurred_on, party_a, party_b, order_a, order_b, age_a, sex_a, division_a, recorded_at, source)
     values ($1, gen_random_uuid(), 'MARRY', $2, $3, $4, $5, $5, 30, '1', $6, now(), 'MANUAL')`,
    [county, on, a, b, order, places.village],
  )
}
async function circumstance(personId: string, kind: string, more: object = {}): Promise<void> {
  const { grade, detail, from, to } = { grade: null, detail: null, from: '2015-01-01', to: null, ...more }
  await office.sql(
    `insert into circumstances (county_code, id, person_id, kind, grade, detail, from_on, to_on, document_type, division_code, recorded_at, source)
     values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7, 'OTHER', $8, now(), 'MANUAL')`,
    [county, personId, kind, grade, detail, from, to, places.village],
  )
}

/** Families of every shape that rules tell apart. */
async function furnish(): Promise<void> {
  const family = async (woman: Somebody, man: Somebody, ...children: Somebody[]) => {
    const mother = await person({ ...woman, sex: '2' })
    const father = await person({ ...man, sex: '1' })
    const ids = []
    for (const child of children) ids.push(await person({ marital: '10', ...child, mother, father }))
    return { mother, father, children: ids }
  }
  const bereaved = await family(
    { born: '1965-02-28' },
    { born: '1975-01-01' },
    { born: '1990-01-01', died: '2020-01-01', sex: '1' },
  )
  await marry(bereaved.father, bereaved.mother, '1988-01-01')
  const disabled = await family({ born: '1970-01-01' }, { marital: '40' }, { born: '1995-06-30' })
  await circumstance(disabled.children[0]!, 'DISABILITY', { grade: 2 })
  await circumstance(disabled.father, 'SPECIAL_FAMILY', { detail: 'DISABILITY' })
  const girls = await family(
    { born: '1955-01-01' },
    { born: '1950-01-01' },
    { born: '1980-01-01' },
    { born: '1983-02-01' },
  )
  await circumstance(girls.mother, 'HISTORIC_QUALIFICATION')
  await circumstance(girls.mother, 'PENSION_SCHEME', { detail: 'RESIDENT' })
  await circumstance(girls.father, 'LOW_INCOME', { to: '2020-01-01' })
  const again = await family(
    { born: '1972-01-01' },
    { born: '1972-01-01' },
    { born: '1996-01-01', died: '2010-01-01' },
  )
  const later = await person({ sex: '2', born: '1980-01-01', type: '2' })
  await marry(again.father, later, '2012-01-01', 'RE')
  await person({ born: '2014-01-01', mother: later, sex: '1' })
  const young = await family(
    { born: '1995-01-01', marital: null },
    { born: '1994-01-01' },
    { born: '2024-02-29' },
    { born: '2026-08-20' },
  )
  await circumstance(young.mother, 'ONLY_CHILD_CERTIFICATE', { from: '2015-06-01' })
  await circumstance(young.father, 'COMPLICATION', { grade: 3 })
  await person({ born: '2025-01-01', status: 'MERGED' }).catch(() => '')
  const adopted = await person({ born: '2025-03-01' })
  await office.sql(
    `insert into parentage_events (county_code, id, child_id, adult_id, kind, occurred_on, recorded_at, source)
     values ($1, gen_random_uuid(), $2, $3, 'ADOPTIVE', '2025-06-01', now(), 'MANUAL')`,
    [county, adopted, later],
  )
  await person({ born: '1950-01-01', hukou: places.otherCountyVillage, type: null })
  await person({ born: '1940-01-01', status: 'MOVED_OUT' })
  await person({ born: '2023-08-20', mother: bereaved.mother, died: '2026-09-01' })
}

beforeAll(async () => {
  office = await openOffice()
  await furnishPlaces(office)
  await furnish()
})
afterAll(() => office.close())

async function everybody(facts: readonly FactName[] = FactName.options): Promise<Map<string, Facts>> {
  const bound = new Bound()
  const relation = factsRelation(bound, { county, asOf, facts })
  const rows = await office.sql<{ facts: Facts & { subject_id: string } }>(
    `select to_jsonb(f) as facts from ${relation} f`,
    bound.values,
  )
  return new Map(rows.map((row) => [row.facts.subject_id, row.facts]))
}

const reason = { zh: '不符合', en: 'not met' }
const operands = {
  integer: fc.constantFrom(0, 1, 2, 3, 18, 36, 49, 60),
  date: fc.constantFrom('1965-02-28', '1990-01-01', '2015-03-31', '2024-02-29', '$today'),
  text: fc.constantFrom('1', '2', '21', '40', 'RESIDENT', 'DISABILITY', places.village),
  boolean: fc.boolean(),
} as const
type Simple = keyof typeof operands
const typed = (types: readonly string[]) =>
  FactName.options.filter((fact) => types.includes(factCatalogue[fact].type))

const comparing = (type: Simple): fc.Arbitrary<object> => {
  const one = operands[type] as fc.Arbitrary<string | number | boolean>
  const signs = type === 'integer' || type === 'date' ? ['==', '!=', '<', '<=', '>', '>='] : ['==', '!=']
  const plain = fc.tuple(fc.constantFrom(...signs), one).map(([sign, value]) => ({ [sign]: value }))
  const several = fc.array(one, { minLength: 1, maxLength: 3 }).map((values) => ({ in: values }))
  if (type === 'text')
    return fc.oneof(plain, several, fc.constantFrom({ prefix: '$county' }, { prefix: '371121001' }))
  if (type === 'boolean') return plain
  return fc.oneof(
    plain,
    several,
    fc.tuple(one, one).map(([low, high]) => ({ between: [low, high] })),
  )
}
const ofFact = (key: string, type: Simple, plural = false) =>
  fc
    .tuple(fc.constantFrom(...typed([plural ? `${type}s` : type])), comparing(type))
    .map(([fact, how]) => ({ [key]: fact, ...how }))
const leaf: fc.Arbitrary<object> = fc.oneof(
  ...(['integer', 'date', 'text', 'boolean'] as const).map((type) => ofFact('fact', type)),
  ...(['any', 'all'] as const).flatMap((key) =>
    (['text', 'date'] as const).map((type) => ofFact('list', type, true).map((inner) => ({ [key]: inner }))),
  ),
  fc.tuple(ofFact('list', 'text', true), comparing('integer')).map(([count, how]) => ({ count, ...how })),
  comparing('integer').map((how) => ({ months_between: ['birth_date', '$today'], ...how })),
  comparing('integer').map((how) => ({ months_between: ['residence_since', '2026-02-28'], ...how })),
  fc.constantFrom(...FactName.options).map((fact) => ({ exists: fact })),
)
const rules = fc.letrec<{ rule: object }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    tie('rule').map((not) => ({ not })),
  ),
})).rule

describe('a rule', () => {
  test('says the same of the whole register as of every single person, whatever it is', async () => {
    const facts = await everybody()
    const sample = fc.array(rules, { minLength: 12, maxLength: 12 })

    await fc.assert(
      fc.asyncProperty(sample, async (several) => {
        const kept = several.map((rule) => ({ and: [rule], reason }) as Rule)
        expect(kept.flatMap((rule) => ruleFaults(rule))).toEqual([])
        const bound = new Bound()
        const keyed = kept.map((rule, index) => ({
          key: `R${index}`,
          terms: {
            ...{ subject: 'PERSON' as const, payTo: 'SUBJECT' as const, rule },
            level: { if: kept[(index + 1) % kept.length]!, then: 'YES', else: 'NO' },
          },
        }))
        const relation = eligibilityRelation(bound, { county, asOf, rules: keyed })
        const found = await office.sql<{ key: string; subject_id: string; level: string }>(
          `select key, subject_id, level from ${relation} e`,
          bound.values,
        )
        const expected = keyed.flatMap(({ key, terms }) =>
          [...facts].flatMap(([id, known]) =>
            evaluate(terms.rule, known, frame).met
              ? [`${key} ${id} ${levelFor(terms.level, known, frame)}`]
              : [],
          ),
        )
        expect(found.map(({ key, subject_id: id, level }) => `${key} ${id} ${level}`).sort()).toEqual(
          expected.sort(),
        )
      }),
      { numRuns: 25 },
    )
  })

  test('reads of one person what it reads of her among everybody', async () => {
    const all = await everybody()
    const ids = [...all.keys()]
    const bound = new Bound()

    const relation = factsRelation(bound, { county, asOf, facts: FactName.options, ids })
    const rows = await office.sql<{ facts: Facts & { subject_id: string } }>(
      `select to_jsonb(f) as facts from ${relation} f`,
      bound.values,
    )

    expect(new Map(rows.map(({ facts }) => [facts.subject_id, facts]))).toEqual(all)
  })

  test('knows a late death on the day before it, and who was adopted, married again or lost a child', async () => {
    const all = [...(await everybody()).values()]
    const count = (is: (facts: Facts) => boolean) => all.filter(is).length

    expect(count(({ remarried_with_new_child: is }) => is === true)).toBe(1)
    expect(count(({ child_death_date: on }) => on === '2020-01-01')).toBe(2)
    expect(count(({ child_birth_dates: dates }) => (dates as string[]).includes('2025-03-01'))).toBe(1)
    expect(count(({ n_children_ever: ever, n_children_living: living }) => ever === 2 && living === 1)).toBe(
      1,
    )
    expect(count(({ child_sexes_living: sexes }) => (sexes as string[]).join() === '2,2')).toBe(4)
    expect(count(({ spouse_hukou_type: type }) => type === '2')).toBe(1)
  })

  test('of the national standard finds on the register what its golden cases say', async () => {
    const terms = await office.sql<{ code: string; terms: ProgrammeTerms }>(
      `select code, terms from app.programme_terms(${county}, '${asOf}') where code in ('P01', 'P02', 'P03', 'P04', 'P06', 'P10')`,
    )
    const bound = new Bound()
    const keyed = terms.map(({ code, terms: kept }) => ({ key: code, terms: kept }))

    const rows = await office.sql<{ found: string }>(
      `select key || ' ' || level || ' ' || (payee_id = subject_id)::text as found from ${eligibilityRelation(bound, { county, asOf, rules: keyed })} e order by 1`,
      bound.values,
    )

    expect(rows.map(({ found }) => found)).toEqual([
      ...[
        'P01  true',
        'P02 A_DEATH true',
        'P02 A_DEATH true',
        'P02 B_DISABILITY true',
        'P02 B_DISABILITY true',
      ],
      ...['P02 C3 true', 'P04  false', 'P04  false', 'P04  false', 'P06  true', 'P10  true'],
    ])
  })
})
