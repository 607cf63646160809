import { type Day, formatDay } from './civil-days.ts'
import type { Decade } from './departed.ts'
import type { Person } from './people.ts'
import { type Random, weighted } from './random.ts'
import type { BirthRow } from './rows.ts'

export type Numbered = { person: Person; idNumber: string; name: string }

const weeksOfGestation = weighted<number>([
  [28, 0.1],
  [30, 0.2],
  [32, 0.5],
  [34, 1],
  [35, 1.6],
  [36, 3.6],
  [37, 10],
  [38, 21],
  [39, 30],
  [40, 24],
  [41, 8],
])
const places = weighted<{ place: string; facility: string }>([
  [{ place: 'HOSPITAL', facility: 'DEMO-H' }, 58],
  [{ place: 'MCH', facility: 'DEMO-S' }, 22],
  [{ place: 'HOSPITAL', facility: '' }, 14],
  [{ place: 'TOWNSHIP_CENTRE', facility: '' }, 5],
  [{ place: 'HOME', facility: '' }, 0.4],
  [{ place: 'EN_ROUTE', facility: '' }, 0.3],
])
const deliveries = weighted<string>([
  ['VAGINAL', 53],
  ['CAESAREAN', 43],
  ['FORCEPS', 1.5],
  ['VACUUM', 1.5],
  ['BREECH', 0.6],
  ['OTHER', 0.4],
])
const stillbirthsPerBirth = 0.005
/** Registered for hukou after the month of the law. */
const lateShare = 0.011

/** The births of a household's small children, and those of children who were not born alive. */
export function birthRows(random: Random, decade: Decade, nextCertificate: () => string) {
  return function rowsOf(people: readonly Numbered[], isBornHere: (birth: Day) => boolean): BirthRow[] {
    const rows: BirthRow[] = []
    for (const child of people) {
      const { birth, mother } = child.person
      if (birth < decade.from || child.idNumber === '' || !isBornHere(birth)) continue
      const siblings = mother ? people.filter(({ person }) => person.mother === mother) : [child]
      rows.push(liveBirth(child, siblings, people))
      if (!mother || !random.chance(stillbirthsPerBirth)) continue
      const day = birth - random.integer(320, 800)
      const isTooClose = siblings.some(({ person }) => Math.abs(person.birth - day) < 280)
      if (day >= decade.from && !isTooClose && isBornHere(day)) rows.push(stillbirth(mother, day, people))
    }
    return rows
  }

  function liveBirth(
    { person, idNumber, name }: Numbered,
    siblings: Numbered[],
    people: readonly Numbered[],
  ) {
    const { birth, mother, father, sex } = person
    const twins = siblings.filter((sibling) => sibling.person.birth === birth)
    const sequence = twins.findIndex((sibling) => sibling.person === person) + 1
    const order = siblings.filter((sibling) => sibling.person.birth < birth).length + sequence
    const weeks = weeksOfGestation(random) - (twins.length > 1 ? 2 : 0)
    const { place, facility } = places(random)
    const isCertified = place !== 'HOME' || random.chance(0.7)
    const hukou = birth + (random.chance(lateShare) ? random.integer(45, 400) : random.integer(2, 29))
    return {
      motherIdNumber: numberOf(people, mother),
      fatherIdNumber: random.chance(0.02) ? '' : numberOf(people, father),
      childIdNumber: idNumber,
      childName: name,
      sex,
      birthDate: formatDay(birth),
      birthTime: `${twoDigits(random.integer(0, 23))}:${twoDigits(random.integer(0, 59))}`,
      outcome: 'LIVE',
      orderOfMother: mother ? String(order) : '',
      plurality: String(twins.length),
      sequence: String(sequence),
      ...measures(weeks, twins.length, sex),
      ...scores(weeks),
      delivery: deliveries(random),
      place,
      facility,
      certificateNumber: isCertified ? nextCertificate() : '',
      certificateIssuedOn: isCertified ? known(birth + random.integer(1, 20)) : '',
      hukouRegisteredOn: known(hukou),
      hepatitisBOn: random.chance(0.97) ? known(birth + random.integer(0, 1)) : '',
    }
  }

  function stillbirth(mother: Person, day: Day, people: readonly Numbered[]): BirthRow {
    const weeks = random.integer(24, 39)
    const sex = random.chance(0.52) ? '1' : '2'
    const { place, facility } = places(random)
    return {
      motherIdNumber: numberOf(people, mother),
      fatherIdNumber: '',
      childIdNumber: '',
      childName: '',
      sex,
      birthDate: formatDay(day),
      birthTime: '',
      outcome: 'STILLBIRTH',
      orderOfMother: '',
      plurality: '1',
      sequence: '1',
      ...measures(weeks, 1, sex),
      apgar1: '',
      apgar5: '',
      apgar10: '',
      delivery: 'VAGINAL',
      place: place === 'EN_ROUTE' ? 'HOSPITAL' : place,
      facility,
      certificateNumber: '',
      certificateIssuedOn: '',
      hukouRegisteredOn: '',
      hepatitisBOn: '',
    }
  }

  function measures(weeks: number, children: number, sex: string) {
    const chance = random.next() + random.next() + random.next() + random.next() - 2
    const usual = 3320 + (weeks - 39) * (weeks < 37 ? 190 : 130) + (sex === '1' ? 60 : -60)
    const grams = Math.round((usual * (children > 1 ? 0.85 : 1) + chance * 700) / 10) * 10
    return {
      gestation: `${String(weeks)}+${String(random.integer(0, 6))}`,
      weight: String(Math.min(5400, Math.max(600, grams))),
      length: (50 + (weeks - 39) * 0.9 + chance * 2).toFixed(1),
    }
  }

  function scores(weeks: number) {
    const first = weeks < 34 || random.chance(0.02) ? random.integer(4, 8) : random.integer(8, 10)
    const later = Math.min(10, first + random.integer(0, 2))
    return { apgar1: String(first), apgar5: String(later), apgar10: String(Math.min(10, later + 1)) }
  }

  function known(day: Day): string {
    return day > decade.until ? '' : formatDay(day)
  }
}

function numberOf(people: readonly Numbered[], parent: Person | undefined): string {
  return (parent && people.find(({ person }) => person === parent)?.idNumber) ?? ''
}

const twoDigits = (value: number) => String(value).padStart(2, '0')
