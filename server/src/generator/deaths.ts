import { formatDay } from './civil-days.ts'
import type { Day } from './civil-days.ts'
import type { Person } from './people.ts'
import { type Random, weighted } from './random.ts'
import type { DeathRow } from './rows.ts'

const places = weighted<string>([
  ['HOME', 62],
  ['HOSPITAL', 30],
  ['EN_ROUTE', 3],
  ['CARE_HOME', 3],
  ['OTHER', 2],
])
const reporters = weighted<string>([
  ['HEALTH', 55],
  ['VILLAGE', 30],
  ['CIVIL', 10],
  ['POLICE', 5],
])
const causesOfOld = weighted<string>([
  ['I25.1', 24],
  ['I63.9', 20],
  ['I61.9', 10],
  ['C34.9', 9],
  ['J44.9', 8],
  ['C16.9', 6],
  ['C22.0', 6],
  ['E11.9', 4],
  ['', 13],
])
const causesOfYoung = weighted<string>([
  ['V89.2', 30],
  ['C95.9', 10],
  ['I46.9', 15],
  ['W74', 10],
  ['', 35],
])
const causesOfInfants = weighted<string>([
  ['P07.3', 25],
  ['Q24.9', 25],
  ['P21.9', 20],
  ['J18.9', 15],
  ['', 15],
])

export type Buried = { person: Person; idNumber: string; name: string; death: Day }

export function deathRow(
  random: Random,
  { person, idNumber, name, death }: Buried,
  number: string,
): DeathRow {
  const place = places(random)
  const causes = death - person.birth < 366 ? causesOfInfants : person.age < 35 ? causesOfYoung : causesOfOld
  return {
    idNumber,
    name,
    deathDate: formatDay(death),
    place: person.age < 1 ? 'HOSPITAL' : place,
    cause: causes(random),
    certificateNumber: number,
    maternal: 'NO',
    reporter: reporters(random),
  }
}
