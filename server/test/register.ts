import { checkCharacter } from '@youyu/shared/population/identity-number'
import type { Household } from '@youyu/shared/population/households'
import type { NewPerson, Person } from '@youyu/shared/population/persons'
import { levelOf } from '@youyu/shared/values'
import type { Answer, Officer, TestOffice } from './office.ts'

/** A small county with two townships, a neighbour, and a capital to be away in. */
export const places = {
  county: '371121000000',
  street: '371121001000',
  village: '371121001001',
  nextVillage: '371121001002',
  otherTownship: '371121102000',
  farVillage: '371121102201',
  otherCounty: '370321000000',
  otherCountyVillage: '370321001001',
  capital: '110000000000',
} as const

const names: [string, string][] = [
  ['370000000000', '山东省'],
  ['371100000000', '日照市'],
  [places.county, '五莲县'],
  [places.street, '洪凝街道'],
  [places.village, '洪凝社区'],
  [places.nextVillage, '红泥崖村'],
  [places.otherTownship, '街头镇'],
  [places.farVillage, '街头村'],
  [places.otherCounty, '桓台县'],
  ['370321001000', '索镇街道'],
  [places.otherCountyVillage, '张桥村'],
  [places.capital, '北京市'],
]

const parentLengths = [0, 2, 4, 6, 9]

export async function furnishPlaces(office: TestOffice): Promise<void> {
  const rows = names.map(([code, name]) => {
    const level = levelOf(code)
    return {
      code,
      name,
      level,
      parent: level === 1 ? null : code.slice(0, parentLengths[level - 1]).padEnd(12, '0'),
    }
  })
  await office.sql(
    `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, recorded_at)
     select code, '2020-01-01', name, '', '', level, parent, now() from jsonb_to_recordset($1::jsonb) as d (code text, name text, level smallint, parent text)`,
    [JSON.stringify(rows)],
  )
}

let serial = 0

/** A number of the unassigned area 99, with a right check character. */
export function idNumberFor(birthDate: string, sex: '1' | '2'): string {
  serial += 1
  const sequence = String((serial % 450) * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0')
  const area = `99${String(1000 + Math.floor(serial / 450)).padStart(4, '0')}`
  const digits = `${area}${birthDate.replaceAll('-', '')}${sequence}`
  return digits + checkCharacter(digits)
}

/** A body for registering; only what a test cares about is given. */
export function somebody(given: Partial<NewPerson> = {}): NewPerson {
  const birthDate = given.birthDate ?? '1990-05-17'
  const sex = given.sex ?? '2'
  return {
    name: '张三',
    sex,
    birthDate,
    idNumber: idNumberFor(birthDate, sex === '1' ? '1' : '2'),
    hukouDivision: places.village,
    residenceDivision: places.village,
    residenceStatus: '1',
    ...given,
  }
}

export async function register(officer: Officer, given: Partial<NewPerson> = {}): Promise<Person> {
  return bodyOf<Person>(await officer.post('/api/v1/persons', somebody(given)), 201)
}

export async function openHousehold(
  officer: Officer,
  given: { number: string; divisionCode?: string; headPersonId?: string; type?: string },
): Promise<Household> {
  const body = { type: 'FAMILY', divisionCode: places.village, ...given }
  return bodyOf<Household>(await officer.post('/api/v1/households', body), 201)
}

/** The body of an answer that must have this status. */
export function bodyOf<Body>(answer: Answer, status: number): Body {
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.text}`)
  return answer.body
}

/** The code of a refusal. */
export const codeOf = ({ body }: { body: unknown }) => (body as { code?: string } | null)?.code

/** Counts of villages taken anew from the people and households themselves. */
export async function recounted(office: TestOffice): Promise<unknown[]> {
  return await office.sql(
    `with p as (select * from persons where status in ('ACTIVE', 'SUSPECT_DUP')),
     contributions as (
       select county_code, residence_division as village, 1 as residents, 0 as registered, (residence_status in ('3', '4'))::int as inflow, 0 as away, 0 as households,
         (sex = '1')::int as male, (sex = '2')::int as female from p where residence_status in ('1', '3', '4')
       union all
       select county_code, hukou_division, 0, (residence_status <> '9')::int, 0, (residence_status = '2')::int, 0, 0, 0 from p
       union all
       select county_code, division_code, 0, 0, 0, 0, 1, 0, 0 from households)
     select village, sum(residents)::int as residents, sum(registered)::int as registered, sum(inflow)::int as inflow, sum(away)::int as away,
       sum(households)::int as households, sum(male)::int as male, sum(female)::int as female
     from contributions where left(village, 6) = county_code::text group by village
     having sum(residents + registered + inflow + away + households) > 0 order by village`,
  )
}

export async function keptCounts(office: TestOffice): Promise<unknown[]> {
  return await office.sql(
    `select division_code as village, residents, registered, inflow, away, households, male, female from village_counts
     where residents <> 0 or registered <> 0 or inflow <> 0 or away <> 0 or households <> 0 or male <> 0 or female <> 0 order by division_code`,
  )
}
