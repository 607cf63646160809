import type { Person } from './people.ts'
import { type Random, weighted } from './random.ts'

/** Codes of GB/T 4658. */
type Education = '10' | '20' | '30' | '40' | '60' | '70' | '80' | '90'

const attained = [
  {
    bornUntil: 1945,
    draw: weighted<Education>([
      ['90', 48],
      ['80', 40],
      ['70', 10],
      ['60', 2],
    ]),
  },
  {
    bornUntil: 1959,
    draw: weighted<Education>([
      ['90', 18],
      ['80', 46],
      ['70', 28],
      ['60', 7],
      ['40', 1],
    ]),
  },
  {
    bornUntil: 1974,
    draw: weighted<Education>([
      ['90', 3],
      ['80', 24],
      ['70', 55],
      ['60', 10],
      ['40', 5],
      ['30', 3],
    ]),
  },
  {
    bornUntil: 1989,
    draw: weighted<Education>([
      ['80', 7],
      ['70', 52],
      ['60', 10],
      ['40', 12],
      ['30', 11],
      ['20', 7],
      ['10', 1],
    ]),
  },
  {
    bornUntil: 9999,
    draw: weighted<Education>([
      ['80', 2],
      ['70', 24],
      ['60', 12],
      ['40', 18],
      ['30', 22],
      ['20', 19],
      ['10', 3],
    ]),
  },
]

/** Highest level reached, or being attended by those at school. */
export function education(random: Random, { age }: Person, yearOfBirth: number): Education | '' {
  if (age < 6) return ''
  if (age < 12) return '80'
  if (age < 15) return '70'
  if (age < 18) return random.chance(0.58) ? '60' : '40'
  if (random.chance(0.03)) return ''
  if (age < 22) return random.pick(['20', '20', '30', '30', '40', '60', '70'] as const)
  const cohort = attained.find(({ bornUntil }) => yearOfBirth <= bornUntil)
  const level = cohort?.draw(random) ?? '90'
  return level === '10' && age < 25 ? '20' : level
}

/** Subscriber numbers with three zeros in a row after the network code: valid in form, rare in life. */
export function phone(random: Random, age: number): string {
  const owned = age < 14 ? 0 : age < 70 ? 0.9 : age < 80 ? 0.6 : 0.25
  if (!random.chance(owned)) return ''
  return `1${String(random.integer(3, 9))}${String(random.integer(0, 9))}000${String(random.integer(0, 99999)).padStart(5, '0')}`
}

const minorities = weighted([
  ['03', 60],
  ['11', 14],
  ['02', 6],
  ['06', 4],
  ['15', 4],
  ['08', 3],
  ['10', 3],
  ['07', 2],
  ['12', 2],
  ['05', 1],
  ['97', 0.4],
])

export function ethnicity(random: Random, likely: readonly string[] = []): string {
  if (likely.length > 0 && random.chance(0.45)) return random.pick(likely)
  return random.chance(0.007) ? minorities(random) : '01'
}

/** 1 farming, 2 non-farming, 3 the unified kind that replaces both. */
export function hukouType(random: Random, isUrban: boolean): '1' | '2' | '3' {
  if (random.chance(0.35)) return '3'
  return random.chance(isUrban ? 0.75 : 0.06) ? '2' : '1'
}
