import { type Day, formatDay } from './civil-days.ts'
import { givenName, surname } from './names.ts'
import type { Numbered } from './births.ts'
import type { Decade } from './departed.ts'
import type { Person } from './people.ts'
import { type Random, weighted } from './random.ts'
import type { MarriageRow } from './rows.ts'

const YEAR = 365.2425
const ageOfBride = weighted<number>([
  [21, 6],
  [22, 9],
  [23, 12],
  [24, 14],
  [25, 14],
  [26, 12],
  [27, 10],
  [28, 8],
  [29, 5],
  [31, 4],
  [33, 3],
  [36, 2],
  [40, 1],
])

/** The day a couple married: before its first child, of age, and not after today. */
export function weddingDay(random: Random, husband: Person, wife: Person, children: Day[], until: Day): Day {
  const ofAge = Math.max(husband.birth + 22 * YEAR, wife.birth + 20 * YEAR) + 2
  const first = Math.min(...children, until)
  const wished =
    children.length > 0
      ? first - random.integer(250, 1100)
      : wife.birth + Math.floor((ageOfBride(random) + random.next()) * YEAR)
  return Math.floor(Math.min(Math.max(wished, ofAge), until))
}

/** Marriages of the couples of a household, and marriages that ended before it was as it is. */
export function marriageRows(random: Random, decade: Decade, nextCertificate: () => string) {
  return function rowsOf(people: readonly Numbered[], weddings: ReadonlyMap<Person, Day>): MarriageRow[] {
    const rows: MarriageRow[] = []
    for (const { person, idNumber } of people) {
      const spouse = person.spouse && people.find((other) => other.person === person.spouse)
      const day = weddings.get(person)
      if (spouse && person.sex === '1' && day !== undefined && day >= decade.from) {
        const order = ({ maritalStatus }: Person) => (/^2[23]$/.test(maritalStatus) ? 'RE' : 'FIRST')
        rows.push({
          event: person.maritalStatus === '23' ? 'REMARRY' : 'MARRY',
          date: formatDay(day),
          partyAIdNumber: idNumber,
          partyBIdNumber: spouse.idNumber,
          partyBName: spouse.name,
          orderA: order(person),
          orderB: order(spouse.person),
          certificateNumber: nextCertificate(),
        })
      }
      if (person.maritalStatus === '40' && person.age < 60 && random.chance(0.35))
        rows.push(...ended(person, idNumber))
    }
    return rows
  }

  function ended(person: Person, idNumber: string): MarriageRow[] {
    const ofAge = person.birth + Math.floor((person.sex === '1' ? 22 : 20) * YEAR) + 2
    const divorce = random.integer(decade.from, decade.until)
    const marriage = divorce - random.integer(200, 4000)
    if (marriage < ofAge) return []
    const other = surname(random) + givenName(random, person.sex === '1' ? '2' : '1', 1985)
    const row = (event: string, day: Day): MarriageRow => ({
      event,
      date: formatDay(day),
      partyAIdNumber: idNumber,
      partyBIdNumber: '',
      partyBName: other,
      orderA: event === 'MARRY' ? 'FIRST' : '',
      orderB: '',
      certificateNumber: nextCertificate(),
    })
    return marriage >= decade.from
      ? [row('MARRY', marriage), row('DIVORCE', divorce)]
      : [row('DIVORCE', divorce)]
  }
}
