import type { Birth, listBirths } from '@youyu/shared/population/births'
import { prefixOf, type CivilDate, type DivisionCode, type Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { partsInside, peopleOfCounty, within } from '../area.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

/** What a birth says, in the names of its columns. */
export type BirthFacts = Pick<
  Birth,
  | 'outcome'
  | 'sex'
  | 'plurality'
  | 'sequence'
  | 'orderOfMother'
  | 'motherAge'
  | 'place'
  | 'pregnancyId'
  | 'occurredAt'
  | 'gestationDays'
  | 'weightGrams'
  | 'lengthMillimetres'
  | 'apgar1'
  | 'apgar5'
  | 'apgar10'
  | 'delivery'
  | 'facilityId'
  | 'certificateNumber'
  | 'certificateIssuedOn'
  | 'certificateType'
  | 'hukouRegisteredOn'
  | 'hepatitisBOn'
  | 'registers'
  | 'findings'
> & {
  childId: Id | null
  motherId: Id | null
  fatherId: Id | null
  occurredOn: CivilDate
  divisionCode: DivisionCode
  hukouDivision: DivisionCode
}

const factColumns = {
  childId: 'child_id',
  motherId: 'mother_id',
  fatherId: 'father_id',
  pregnancyId: 'pregnancy_id',
  occurredOn: 'occurred_on',
  occurredAt: 'occurred_at',
  outcome: 'outcome',
  sex: 'sex',
  orderOfMother: 'order_of_mother',
  motherAge: 'mother_age',
  plurality: 'plurality',
  sequence: 'sequence',
  gestationDays: 'gestation_days',
  weightGrams: 'weight_grams',
  lengthMillimetres: 'length_millimetres',
  apgar1: 'apgar_1',
  apgar5: 'apgar_5',
  apgar10: 'apgar_10',
  delivery: 'delivery',
  place: 'place',
  facilityId: 'facility_id',
  certificateNumber: 'certificate_number',
  certificateIssuedOn: 'certificate_issued_on',
  certificateType: 'certificate_type',
  hukouRegisteredOn: 'hukou_registered_on',
  hepatitisBOn: 'hepatitis_b_on',
  divisionCode: 'division_code',
  hukouDivision: 'hukou_division',
  registers: 'registers',
  findings: 'findings',
} as const satisfies Record<keyof BirthFacts, string>
const facts = Object.keys(factColumns) as (keyof BirthFacts)[]
const columns = facts.map((fact) => factColumns[fact])
const spelled = facts.map((fact) => `b.${factColumns[fact]} as "${fact}"`).join(', ')

export type KeptBirth = BirthFacts & { id: Id; recordedAt: Date; voidedAt: Date | null }
export type StandingBirth = KeptBirth & { firstKnownAt: Date }
type Around = {
  childName: string | null
  motherName: string | null
  fatherName: string | null
  divisionName: string | null
  hukouName: string | null
}
export type ListedBirth = KeptBirth & Around
export type ReadBirth = ListedBirth &
  Pick<Birth, 'recordedBy' | 'source' | 'voidReason' | 'replaces' | 'replacedBy'>

/** The first gate: births counted in the area, or of people in it. */
function birthsOfCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and (${within(bound, `${alias}.division_code`, access.prefixes)}
    or ${within(bound, `${alias}.hukou_division`, access.prefixes)} or exists (select from persons p
      where ${peopleOfCounty(bound, access, 'p')} and p.id = case when ${alias}.child_id is null then ${alias}.mother_id else ${alias}.child_id end))`
}

const aroundColumns = `c.name as "childName", m.name as "motherName", f.name as "fatherName", r.name as "divisionName", k.name as "hukouName"`

function around(bound: Bound, access: Access): string {
  return `left join persons c on c.id = b.child_id and ${peopleOfCounty(bound, access, 'c')}
  left join persons m on m.id = b.mother_id and ${peopleOfCounty(bound, access, 'm')}
  left join persons f on f.id = b.father_id and ${peopleOfCounty(bound, access, 'f')}
  left join divisions r on r.code = b.division_code and r.valid_to is null
  left join divisions k on k.code = b.hukou_division and k.valid_to is null`
}

export async function findBirth(tx: Transaction, access: Access, id: Id): Promise<ReadBirth | undefined> {
  const bound = new Bound()
  const text = `select b.id, b.recorded_at as "recordedAt", b.voided_at as "voidedAt", ${spelled}, ${aroundColumns}, b.source,
    b.void_reason as "voidReason", b.replaces, coalesce(u.display_name, a.name) as "recordedBy",
    (select n.id from births n where n.county_code = b.county_code and n.replaces = b.id limit 1) as "replacedBy"
  from births b ${around(bound, access)}
  left join users u on u.id = b.recorded_by left join api_clients a on a.id = b.recorded_by
  where ${birthsOfCounty(bound, access, 'b')} and b.id = ${bound.bind(id)}`
  const [birth] = await ask<ReadBirth>(tx, text, bound.values)
  return birth
}

/** A birth that is to be corrected or voided: nobody else does so meanwhile. */
export async function lockBirth(tx: Transaction, access: Access, id: Id): Promise<StandingBirth | undefined> {
  const bound = new Bound()
  const text = `select b.id, b.recorded_at as "recordedAt", b.voided_at as "voidedAt", ${spelled}, (
    with recursive earlier as (
      select b.replaces, b.recorded_at
      union all
      select e.replaces, e.recorded_at from earlier join births e on e.county_code = b.county_code and e.id = earlier.replaces
    ) select min(recorded_at) from earlier) as "firstKnownAt"
  from births b where ${birthsOfCounty(bound, access, 'b')} and b.id = ${bound.bind(id)} for no key update of b`
  const [birth] = await ask<StandingBirth>(tx, text, bound.values)
  return birth
}

type Filter = Omit<z.output<(typeof listBirths)['schema']['querystring']>, 'limit' | 'cursor'>
type ListQuestion = { filter: Filter; after: readonly [string, string] | null; limit: number }

/** Births that the area counts, the latest first. */
export async function selectBirths(
  tx: Transaction,
  access: Access,
  { filter, after, limit }: ListQuestion,
): Promise<ListedBirth[]> {
  const bound = new Bound()
  const conditions = [`b.county_code = ${bound.bind(access.county)}`, ...conditionsOf(bound, filter)]
  if (after)
    conditions.push(`(b.occurred_on, b.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by b.occurred_on desc, b.id desc limit ${pageLimit(limit)}`
  const branches = placesCounting(bound, access, filter).map(
    (place) => `(select b.* from births b where ${[...conditions, ...place].join(' and ')} ${inOrder})`,
  )
  const text = `select b.id, b.recorded_at as "recordedAt", b.voided_at as "voidedAt", ${spelled}, ${aroundColumns}
  from (${branches.join(' union all ')}) b ${around(bound, access)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

function conditionsOf(bound: Bound, { from, to, outcome, sex, motherId, late, voided }: Filter): string[] {
  return [
    `b.voided_at is ${voided ? 'not ' : ''}null`,
    from && `b.occurred_on >= ${bound.bind(from)}::date`,
    to && `b.occurred_on <= ${bound.bind(to)}::date`,
    outcome && `b.outcome = ${bound.bind(outcome)}`,
    sex && `b.sex = ${bound.bind(sex)}`,
    motherId && `b.mother_id = ${bound.bind(motherId)}`,
    late !== undefined && `('LATE' = any(b.findings)) = ${bound.bind(late)}`,
  ].filter((condition) => typeof condition === 'string')
}

/** Places that count an event, as disjoint conditions that each have an index. The whole county needs none. */
export function placesCounting(
  bound: Bound,
  access: Access,
  { division, basis }: Pick<Filter, 'division' | 'basis'>,
  alias = 'b',
): string[][] {
  const [living, registered] = [`${alias}.division_code`, `${alias}.hukou_division`]
  if (division) {
    const column = basis === 'residence' ? living : registered
    const parts = partsInside(access.prefixes, prefixOf(division))
    return [[within(bound, column, parts)]]
  }
  if (access.prefixes.some((prefix) => prefix.length <= 6)) return [[]]
  const isLiving = within(bound, living, access.prefixes)
  return [[isLiving], [within(bound, registered, access.prefixes), `not ${isLiving}`]]
}

type NewBirth = { id: Id; facts: BirthFacts; replaces: Id | null; at: Date }

const insertedColumns = `county_code, id, ${columns.join(', ')}, recorded_at, recorded_by, source, replaces`

function cellsOf(bound: Bound, access: Access, { id, facts: said, replaces, at }: NewBirth): string {
  const told = facts.map((fact) => said[fact])
  const cells = [access.county, id, ...told, at, access.actorId, sourceOf(access), replaces]
  return cells.map((cell) => bound.bind(cell)).join(', ')
}

export async function insertBirth(tx: Transaction, access: Access, birth: NewBirth): Promise<void> {
  const bound = new Bound()
  await ask(tx, insertingBirth(bound, access, birth), bound.values)
}

/** The same as a part of the statement that registers the child; where she is not registered it fails. */
export function insertingBirth(bound: Bound, access: Access, birth: NewBirth): string {
  return `insert into births (${insertedColumns}) values (${cellsOf(bound, access, birth)})`
}
