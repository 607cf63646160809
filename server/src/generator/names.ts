import { ethnicNames, givenCharacters, rareCharacters, surnames } from './name-lists.ts'
import type { Sex } from './people.ts'
import { type Random, weighted } from './random.ts'

const drawSurname = weighted(surnames)

export function surname(random: Random): string {
  return drawSurname(random)
}

const cohorts = [
  { until: 1959, single: 0.06, characters: givenCharacters.beforeReform },
  { until: 1979, single: 0.16, characters: givenCharacters.collective },
  { until: 1999, single: 0.38, characters: givenCharacters.opening },
  { until: 9999, single: 0.1, characters: givenCharacters.today },
].map(({ until, single, characters }) => ({
  until,
  single,
  characters: { '1': [...characters.men], '2': [...characters.women] },
}))

const rareNames = 0.0008

/** One or two characters in the taste of the years of birth. */
export function givenName(random: Random, sex: Sex, yearOfBirth: number): string {
  const cohort = cohorts.find(({ until }) => yearOfBirth <= until) ?? cohorts[0]
  if (!cohort) throw new RangeError('No cohort')
  const characters = cohort.characters[sex]
  const last = random.chance(rareNames) ? random.pick(rareCharacters) : random.pick(characters)
  if (random.chance(cohort.single)) return last
  const isDoubled = sex === '2' && yearOfBirth >= 1985 && random.chance(0.04)
  return (isDoubled ? last : random.pick(characters)) + last
}

/** The full name where the people has no Han-style names: given name · father's name. */
export function nameWithDot(random: Random, ethnicity: string, sex: Sex): string | undefined {
  const names = ethnicNames[ethnicity]
  if (!names) return undefined
  const own = random.pick(names[sex])
  return `${own}·${random.pick(names['1'].filter((father) => father !== own))}`
}
