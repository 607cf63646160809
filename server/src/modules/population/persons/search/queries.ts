import type { PersonFilter } from '@youyu/shared/population/persons'
import { prefixOf, type CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Ciphers } from '../../../../crypto/field-cipher.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { householdsOfCounty, peopleOfCounty, within } from '../../area.ts'
import { ask, Bound } from '../../../../database/statements.ts'
import { conditionsOf, whereaboutsOf, type Whereabouts } from '../filter.ts'
import type { ListedPerson } from '../person-row.ts'
import { listedColumns, pickedColumns, placesOf } from '../queries.ts'
import type { Reading } from './readings.ts'

export type Hit = ListedPerson & { branch: number; key: string }
type After = readonly [branch: number, key: string, id: string]
export type SearchQuestion = {
  readings: readonly Reading[]
  filter: PersonFilter
  today: CivilDate
  after: After | null
  limit: number
}

const VILLAGE = 12

/**
 * People found by the readings of the box, in their order. Over a county or township each reading is its own index
 * range, read only as far as the page needs; in a village the few people there are read and compared.
 */
export async function findPersons(
  tx: Transaction,
  access: Access,
  ciphers: Ciphers,
  question: SearchQuestion,
): Promise<Hit[]> {
  const places = question.filter.division ? [prefixOf(question.filter.division)] : access.prefixes
  const isByName = question.readings.some(({ by }) => by === 'prefix')
  const isVillage = isByName && places.length > 0 && places.every((prefix) => prefix.length === VILLAGE)
  const bound = new Bound()
  const found = isVillage ? whereaboutsOf(access.prefixes, { division: question.filter.division }) : null
  const statement = found
    ? amongVillagers(bound, access, ciphers, question, found)
    : byIndex(bound, access, ciphers, question)
  return await ask(tx, statement, bound.values)
}

function matchOf(bound: Bound, access: Access, ciphers: Ciphers, reading: Reading): string {
  switch (reading.by) {
    case 'hash': {
      const cipher = reading.column === 'phone_hash' ? ciphers.phone : ciphers.idNumber
      return `p.${reading.column} = any(${bound.bind(reading.inputs.map((input) => cipher.blindIndex(input)))}::bytea[])`
    }
    case 'household':
      return `p.household_id = any(array(select h.id from households h where ${householdsOfCounty(bound, access, 'h')} and h.number = any(${bound.bind(reading.numbers)})))`
    case 'prefix':
      return `(p.${reading.column} >= ${bound.bind(reading.lo)} and p.${reading.column} < ${bound.bind(reading.hi)})`
    case 'further-reading':
      return `exists (select from name_readings n where n.county_code = p.county_code and n.person_id = p.id and ${inRange(bound, 'n', reading)})`
  }
}

function inRange(
  bound: Bound,
  alias: string,
  { column, lo, hi }: Reading & { by: 'further-reading' },
): string {
  return `(${alias}.${column} >= ${bound.bind(lo)} and ${alias}.${column} < ${bound.bind(hi)})`
}

function byIndex(
  bound: Bound,
  access: Access,
  ciphers: Ciphers,
  { readings, filter, today, after, limit }: SearchQuestion,
): string {
  const count = bound.bind(limit)
  const those = `${peopleOfCounty(bound, access, 'p')} and ${conditionsOf(bound, filter, today)}`
  const matches: string[] = []
  const matchAt = (branch: number) =>
    (matches[branch] ??= matchOf(bound, access, ciphers, readings[branch] as Reading))
  const branches = readings.flatMap((reading, branch) => {
    if (after && branch < after[0]) return []
    const key = keyOf(reading)
    const from =
      reading.by === 'further-reading'
        ? 'name_readings f join persons p on p.county_code = f.county_code and p.id = f.person_id'
        : 'persons p'
    const found = reading.by === 'further-reading' ? firstOf(bound, access, reading) : matchAt(branch)
    const notYet = readings
      .slice(0, branch)
      .map((_, earlier) => ` and (${matchAt(earlier)}) is not true`)
      .join('')
    const rest =
      after && after[0] === branch
        ? ` and (${key}, p.id) > (${bound.bind(after[1])}, ${bound.bind(after[2])}::uuid)`
        : ''
    return [
      `(select ${branch} as branch, ${key} as key, ${pickedColumns} from ${from} where ${those} and ${found}${notYet}${rest} order by ${key}, p.id limit ${count})`,
    ]
  })
  return `select p.branch, p.key, ${listedColumns} from (select * from (${branches.join(' union all ')}) every limit ${count}) p ${placesOf(bound, access)}
  order by p.branch, p.key, p.id`
}

function keyOf(reading: Reading): string {
  if (reading.by === 'prefix') return `p.${reading.column}`
  if (reading.by === 'further-reading') return `f.${reading.column}`
  return `'' collate "C"`
}

/** A further reading in range, the first one where a person has several. */
function firstOf(bound: Bound, access: Access, reading: Reading & { by: 'further-reading' }): string {
  return `f.county_code = ${bound.bind(access.county)} and ${inRange(bound, 'f', reading)} and not exists (
    select from name_readings n where n.county_code = f.county_code and n.person_id = f.person_id and ${inRange(bound, 'n', reading)}
    and (n.${reading.column}, n.pinyin) < (f.${reading.column}, f.pinyin))`
}

function amongVillagers(
  bound: Bound,
  access: Access,
  ciphers: Ciphers,
  { readings, filter, today, after, limit }: SearchQuestion,
  { living, registered }: Whereabouts,
): string {
  const count = bound.bind(limit)
  const columns = `${pickedColumns}, p.county_code, p.name_tail, p.name_pinyin, p.name_initials`
  const those = `select ${columns} from persons p where ${peopleOfCounty(bound, access, 'p')} and ${conditionsOf(bound, filter, today)}`
  const villagers = [`${those} and ${within(bound, 'p.residence_division', living)}`]
  if (registered.length > 0) {
    villagers.push(
      `${those} and ${within(bound, 'p.hukou_division', registered)} and not ${within(bound, 'p.residence_division', living)}`,
    )
  }
  const cases: string[] = []
  const soundings: string[] = []
  const ranges: string[] = []
  readings.forEach((reading, branch) => {
    if (reading.by === 'further-reading') {
      const range = inRange(bound, 'n', reading)
      ranges.push(range)
      soundings.push(`when ${range} then ${branch}`)
    } else cases.push(`when ${matchOf(bound, access, ciphers, reading)} then ${branch}`)
  })
  const heard = soundings.length > 0
  const further = !heard
    ? ''
    : `select n.person_id, min(case ${soundings.join(' ')} end) as branch from name_readings n
    where n.county_code = ${bound.bind(access.county)} and n.person_id = any(array(select id from villagers)) and (${ranges.join(' or ')}) group by n.person_id`
  const branch = `case ${cases.join(' ')}${heard ? ' else f.branch' : ''} end`
  const rest = after
    ? `and (hit.branch, hit.name, hit.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}, ${bound.bind(after[2])}::uuid)`
    : ''
  return `with villagers as materialized (${villagers.join(' union all ')})${heard ? `, further as materialized (${further})` : ''},
  hit as (select ${branch} as branch, p.* from villagers p${heard ? ' left join further f on f.person_id = p.id' : ''})
  select p.branch, p.name as key, ${listedColumns}
  from (select * from hit where hit.branch is not null ${rest} order by hit.branch, hit.name, hit.id limit ${count}) p ${placesOf(bound, access)}
  order by p.branch, p.name, p.id`
}
