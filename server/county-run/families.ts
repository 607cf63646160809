import type { DivisionCode } from '@youyu/shared/values'
import { CountyMaker, YEAR, type County, type Person, type Programme } from './people.ts'

/** Parts of a hundred; what is left goes to 奖励扶助. */
const shares: Record<Exclude<Programme, 'P01'>, number> = {
  ...{ P02: 4, P03: 16, P04: 24, P06: 1.5, P07: 2.5, P08: 1, L01: 6 },
}
const MISSES_PER_HUNDRED = 12

/** 奖励扶助: from sixty, one child, two girls, or one of two left. */
function rewarded(maker: CountyMaker, turn: number, room: number): number {
  const justSixty = turn % 23 === 0
  const born = () =>
    justSixty ? maker.day(YEAR - 60, 1 + maker.draw(2)) : maker.day(maker.between(1936, YEAR - 61))
  const isCouple = turn % 4 < 2 && room > 1
  const mother = maker.person({ sex: '2', born: born(), marital: isCouple ? '21' : '30' })
  const father = isCouple ? maker.person({ sex: '1', born: born(), marital: '21', hukouType: '3' }) : null
  const parents = { mother: mother.id, father: father?.id ?? null }
  const young = (sex: '1' | '2', more: Partial<Person> = {}) =>
    maker.person({ sex, born: maker.day(maker.between(1988, 1998)), ...parents, ...more })
  if (isCouple || turn % 4 === 2) young('2')
  if (turn % 4 === 2) young('2')
  if (!isCouple && turn % 4 !== 2) {
    young('1')
    young('2', { diedOn: '2018-04-09' })
  }
  const entitled = father ? [mother, father] : [mother]
  for (const each of entitled) {
    maker.note(each, 'HISTORIC_QUALIFICATION', '2015-01-01')
    maker.receives('P01', each)
  }
  return entitled.length
}

const complications = ['C1', 'C2', 'C3']

/** 特别扶助: the only child died, or is disabled; or a complication of a procedure. */
function assisted(maker: CountyMaker, turn: number): void {
  const woman = maker.person({ sex: '2', born: maker.day(maker.between(1967, 1975)), marital: '30' })
  const level = ['A_DEATH', 'B_DISABILITY', ...complications][turn % 5]!
  const children = turn % 5 < 2 ? 1 : 2
  for (let child = 0; child < children; child += 1) {
    const diedOn = level === 'A_DEATH' ? '2019-08-12' : null
    const made = maker.person({ sex: '1', born: maker.day(1994 + 3 * child), mother: woman.id, diedOn })
    if (level === 'B_DISABILITY') maker.note(made, 'DISABILITY', '2012-01-01', 1 + (turn % 3))
  }
  if (level.startsWith('C')) maker.note(woman, 'COMPLICATION', '2005-01-01', complications.indexOf(level) + 1)
  maker.receives('P02', woman, { level })
}

/** 独生子女父母奖励费: the certificate is the child's; of a couple the wife stands for both. */
function honoured(maker: CountyMaker, turn: number): void {
  const isCouple = turn % 2 === 0
  const marital = isCouple ? '21' : '40'
  const mother = maker.person({ sex: '2', born: maker.day(maker.between(1984, 1992)), marital })
  const father = isCouple
    ? maker.person({ sex: '1', born: maker.day(maker.between(1984, 1992)), marital })
    : null
  const parents = { mother: mother.id, father: father?.id ?? null }
  const child = maker.person({
    sex: turn % 3 === 0 ? '1' : '2',
    born: maker.day(maker.between(2011, 2015)),
    ...parents,
  })
  maker.note(child, 'ONLY_CHILD_CERTIFICATE', '2015-12-30')
  maker.receives('P03', mother)
}

/** 育儿补贴: of the years that are paid by the month, and of those that are paid by the year of life. */
function cared(maker: CountyMaker, turn: number): void {
  const mother = maker.person({ sex: '2', born: maker.day(maker.between(1990, 2002)), marital: '21' })
  const year = [YEAR - 3, YEAR - 2, YEAR - 1, YEAR - 1, YEAR][turn % 5]!
  const month =
    year === YEAR - 3 ? maker.between(4, 12) : year === YEAR ? maker.between(1, 2) : maker.between(1, 12)
  const child = maker.person({
    sex: turn % 2 === 0 ? '1' : '2',
    born: maker.day(year, month),
    mother: mother.id,
  })
  maker.receives('P04', child, { payee: mother.id })
}

/** 三孩补助: beside the childcare subsidy. */
function third(maker: CountyMaker, turn: number): void {
  const mother = maker.person({ sex: '2', born: maker.day(maker.between(1985, 1992)), marital: '21' })
  for (const year of [2010, 2014])
    maker.person({ sex: turn % 2 === 0 ? '2' : '1', born: maker.day(year), mother: mother.id })
  const child = maker.person({ sex: '1', born: maker.day(YEAR - 2 + (turn % 2)), mother: mother.id })
  maker.receives('P04', child, { payee: mother.id })
  maker.receives('L01', child, { payee: mother.id })
}

type Bereaved = { member: Person; kind: 'DEATH' | 'DISABILITY' }

/** 一次性抚慰金: a family that became special last year, or whose child was found to be disabled long ago. */
function consoled(maker: CountyMaker, turn: number): Bereaved {
  const kind = turn % 2 === 0 ? 'DEATH' : 'DISABILITY'
  const member = maker.person({ sex: '2', born: maker.day(maker.between(1979, 1984)), marital: '40' })
  const diedOn = kind === 'DEATH' ? `${YEAR - 1}-10-20` : null
  const child = maker.person({ sex: '2', born: maker.day(2005), mother: member.id, diedOn })
  if (kind === 'DISABILITY') maker.note(child, 'DISABILITY', '2019-06-01', 2)
  maker.family(member, child, kind, diedOn ?? '2019-06-01')
  maker.receives('P07', member, { level: kind })
  return { member, kind }
}

/** Who comes near and is not entitled: one fact is otherwise. */
const misses: readonly ((maker: CountyMaker) => void)[] = [
  (maker) => {
    const urban = maker.person({ sex: '2', born: maker.day(1955), marital: '30', hukouType: '2' })
    maker.person({ sex: '2', born: maker.day(1982), mother: urban.id })
    maker.note(urban, 'HISTORIC_QUALIFICATION', '2015-01-01')
  },
  (maker) => {
    const young = maker.person({ sex: '2', born: maker.day(YEAR - 59), marital: '30' })
    maker.person({ sex: '2', born: maker.day(1992), mother: young.id })
    maker.note(young, 'HISTORIC_QUALIFICATION', '2015-01-01')
  },
  (maker) => {
    const many = maker.person({ sex: '2', born: maker.day(1958), marital: '30' })
    for (const sex of ['1', '2', '2'] as const) maker.person({ sex, born: maker.day(1985), mother: many.id })
    maker.note(many, 'HISTORIC_QUALIFICATION', '2015-01-01')
  },
  (maker) => {
    const unproven = maker.person({ sex: '2', born: maker.day(1957), marital: '30' })
    maker.person({ sex: '1', born: maker.day(1984), mother: unproven.id })
  },
  (maker) => {
    const mother = maker.person({ sex: '2', born: maker.day(1995), marital: '21' })
    maker.person({ sex: '1', born: maker.day(YEAR - 3, 1), mother: mother.id })
  },
  (maker) => {
    const mother = maker.person({ sex: '2', born: maker.day(1988), marital: '40' })
    for (const year of [2012, 2014]) {
      const child = maker.person({ sex: '1', born: maker.day(year), mother: mother.id })
      maker.note(child, 'ONLY_CHILD_CERTIFICATE', '2015-12-30')
    }
  },
  (maker) => {
    const mother = maker.person({ sex: '2', born: maker.day(1972), marital: '40' })
    const child = maker.person({ sex: '1', born: maker.day(1998), mother: mother.id })
    maker.note(child, 'DISABILITY', '2015-01-01', 4)
  },
]

const nights = (admittedOn: string, count: number) => ({
  admittedOn,
  dischargedOn: new Date(Date.parse(admittedOn) + count * 86_400_000).toISOString().slice(0, 10),
})

/** A county with so many recipients in these villages, and a few people who come near. */
export function makeCounty(recipients: number, villages: readonly DivisionCode[], seed: number): County {
  const maker = new CountyMaker(villages, seed)
  const wanted = (programme: keyof typeof shares) =>
    Math.max(1, Math.round((recipients * shares[programme]) / 100))
  const times = (programme: keyof typeof shares, make: (turn: number) => void) => {
    for (let turn = 0; turn < wanted(programme); turn += 1) {
      maker.settle()
      make(turn)
    }
  }
  times('P02', (turn) => assisted(maker, turn))
  times('P03', (turn) => honoured(maker, turn))
  times('P04', (turn) => cared(maker, turn))
  times('L01', (turn) => third(maker, turn))
  const bereaved: Bereaved[] = []
  times('P07', (turn) => bereaved.push(consoled(maker, turn)))
  for (const { member } of bereaved.filter(({ kind }) => kind === 'DEATH').slice(0, wanted('P08')))
    maker.receives('P08', member)
  for (const [turn, { member, kind }] of bereaved.slice(0, wanted('P06')).entries())
    // The rate of a day in hospital rose with 2020: such a stay is paid at both.
    maker.receives('P06', member, {
      stay:
        kind === 'DEATH'
          ? nights(`${YEAR}-01-0${1 + (turn % 9)}`, 1 + (turn % 9))
          : nights('2019-12-28', 3 + (turn % 5)),
    })
  const { county } = maker
  for (let turn = 0; county.recipients.length < recipients; turn += 1) {
    maker.settle()
    rewarded(maker, turn, recipients - county.recipients.length)
  }
  for (let turn = 0; turn < (recipients * MISSES_PER_HUNDRED) / 100; turn += 1) {
    maker.settle()
    misses[turn % misses.length]!(maker)
  }
  return county
}
