import type { CivilDate, DivisionCode } from '@youyu/shared/values'

/** The year that is run; all its days are fixed, so that the same seed gives the same county whenever it is run. */
export const YEAR = 2026
export const FILED = `${YEAR}-03-02`

/** Seven of the nation's and province's, and one that the county makes for itself. */
export const programmes = ['P01', 'P02', 'P03', 'P04', 'P06', 'P07', 'P08', 'L01'] as const
export type Programme = (typeof programmes)[number]

export type Person = {
  id: string
  name: string
  pinyin: string
  sex: '1' | '2'
  born: CivilDate
  idNumber: string
  hukouType: string
  marital: string
  village: DivisionCode
  mother: string | null
  father: string | null
  diedOn: CivilDate | null
}
type Circumstance = {
  person: string
  village: DivisionCode
  kind: string
  grade: number | null
  from: CivilDate
}
export type SpecialFamily = {
  id: string
  kind: 'DEATH' | 'DISABILITY'
  member: string
  child: string
  village: DivisionCode
  eventOn: CivilDate
}
type Stay = { admittedOn: CivilDate; dischargedOn: CivilDate }

/** Who is to receive what, as the people were made: nothing of it was asked of the rules. */
export type Recipient = {
  programme: Programme
  subject: string
  payee: string
  village: DivisionCode
  level: string
  born: CivilDate
  stay: Stay | null
}
export type County = {
  people: Person[]
  circumstances: Circumstance[]
  families: SpecialFamily[]
  recipients: Recipient[]
}

const surnames = '赵钱孙李周吴郑王冯陈'
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红建国志海'
const syllables = [
  'ba',
  'de',
  'fu',
  'ga',
  'he',
  'ji',
  'ke',
  'li',
  'mo',
  'na',
  'pu',
  'qi',
  'ru',
  'sa',
  'te',
  'wu',
]

/** The same numbers of the same seed. */
function drawer(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const idOf = (kind: number, serial: number) =>
  `0190000${kind}-0000-7000-8000-${serial.toString(16).padStart(12, '0')}`
const two = (value: number) => String(value).padStart(2, '0')

type Made = Pick<Person, 'sex' | 'born'> & Partial<Person>

/** Builds families one by one; each is made for one benefit, or to come near to one and miss it. */
export class CountyMaker {
  readonly county: County = { people: [], circumstances: [], families: [], recipients: [] }
  readonly draw: (below: number) => number
  private readonly villages: readonly DivisionCode[]
  private village: DivisionCode

  constructor(villages: readonly DivisionCode[], seed: number) {
    this.villages = villages
    this.village = villages[0]!
    this.draw = drawer(seed)
  }

  /** The next family lives here. */
  settle(): void {
    this.village = this.villages[this.draw(this.villages.length)]!
  }

  day(year: number, month = 1 + this.draw(12)): CivilDate {
    return `${year}-${two(month)}-${two(1 + this.draw(28))}`
  }

  between(first: number, last: number): number {
    return first + this.draw(last - first + 1)
  }

  person({ sex, born, ...more }: Made): Person {
    const serial = this.county.people.length + 1
    const name = [surnames, given, given].map(
      (pool, place) => pool[Math.floor(serial / [1, 10, 300][place]!) % pool.length],
    )
    const pinyin = [0, 4, 8, 12, 16].map((shift) => syllables[(serial >> shift) & 15]).join('')
    const made: Person = {
      ...{ id: idOf(1, serial), name: name.join(''), pinyin, sex, born, hukouType: '1', marital: '10' },
      idNumber: `99${String(Math.floor(serial / 1000)).padStart(4, '0')}${born.replaceAll('-', '')}${String(serial % 1000).padStart(3, '0')}X`,
      ...{ village: this.village, mother: null, father: null, diedOn: null, ...more },
    }
    this.county.people.push(made)
    return made
  }

  note({ id, village }: Person, kind: string, from: CivilDate, grade: number | null = null): void {
    this.county.circumstances.push({ person: id, village, kind, grade, from })
  }

  family(member: Person, child: Person, kind: SpecialFamily['kind'], eventOn: CivilDate): void {
    const id = idOf(2, this.county.families.length + 1)
    this.county.families.push({
      id,
      kind,
      member: member.id,
      child: child.id,
      village: member.village,
      eventOn,
    })
  }

  receives(
    programme: Programme,
    subject: Person,
    more: Partial<Pick<Recipient, 'payee' | 'level' | 'stay'>> = {},
  ): void {
    const { id, village, born } = subject
    this.county.recipients.push({
      programme,
      subject: id,
      payee: id,
      village,
      level: '',
      born,
      stay: null,
      ...more,
    })
  }
}
