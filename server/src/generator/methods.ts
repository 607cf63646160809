import type { Numbered } from './births.ts'
import { type Day, formatDay, partsOf } from './civil-days.ts'
import type { Person } from './people.ts'
import { curve, type Random, weighted } from './random.ts'
import type { MethodRow } from './rows.ts'

const YEAR = 365.2425
/** A register of methods was rarely kept longer than this. */
const yearsKept = 15

type Method = { code: string; device?: string; years: number }

const iud = (device: string, years: number): Method => ({ code: 'M30', device, years })
const condom: Method = { code: 'M70', years: Infinity }
const sterilised: Method = { code: 'M10', years: Infinity }
/** Of a hundred sterilisations, his. */
const shareOfMen = 0.13

const coils = weighted<Method>([
  [iud('TCU380A', 10), 34],
  [iud('TCU220C', 10), 22],
  [iud('MLCU375', 5), 18],
  [iud('GAMMA_CU', 5), 12],
  [iud('GYNEFIX', 10), 7],
  [{ code: 'M31', device: 'LNG_IUS_52', years: 5 }, 7],
])
const others = weighted<Method>([
  [{ code: 'M60', years: Infinity }, 46],
  [{ code: 'M50', years: Infinity }, 12],
  [{ code: 'M51', years: Infinity }, 6],
  [{ code: 'M61', years: Infinity }, 6],
  [{ code: 'M42', device: 'IMPLANT_ETG_1', years: 3 }, 12],
  [{ code: 'M40', device: 'IMPLANT_LNG_2', years: 4 }, 6],
  [{ code: 'M80', years: Infinity }, 12],
])

/** Shares among users by age (national mix of 2018: coil 51.55 %, condom 19.63 %, sterilisation about 27.7 %). */
const coilByAge = curve([
  [22, 0.26],
  [28, 0.55],
  [34, 0.72],
  [40, 0.8],
  [49, 0.82],
])
const condomByAge = curve([
  [22, 0.62],
  [28, 0.36],
  [34, 0.2],
  [40, 0.13],
  [49, 0.1],
])
/** Few since the nineties' cohorts, many before. */
const sterilisedByBirthYear = curve([
  [1972, 0.4],
  [1976, 0.36],
  [1982, 0.27],
  [1986, 0.12],
  [1990, 0.03],
  [1994, 0.005],
])
const useByAge = curve([
  [20, 0.5],
  [25, 0.72],
  [30, 0.9],
  [38, 0.96],
  [45, 0.94],
  [49, 0.8],
])

/** Of those who end one method, who begin another. */
const stayers = 0.95

const reasonsToStop = weighted<string>([
  ['SIDE_EFFECT', 34],
  ['PREFERENCE', 30],
  ['EXPULSION', 8],
  ['MEDICAL', 8],
  ['METHOD_FAILURE', 6],
  ['NO_NEED', 14],
])

const stops = (code: string) => (code === 'M30' || code === 'M31' ? 0.028 : code === 'M10' ? 0 : 0.12)

type Spell = { method: Method; from: Day; to: Day | undefined; reason: string }

/**
 * What an old register of methods tells of a household's women of childbearing age: what they used between the births of
 * their children and since, with replacements and changes of mind.
 */
export function methodRows(random: Random, asOf: Day) {
  const since = asOf - Math.floor(yearsKept * YEAR)

  return function rowsOf(
    people: readonly Numbered[],
    weddings: ReadonlyMap<Person, Day>,
    facility: string,
  ): MethodRow[] {
    return people.flatMap((woman) => {
      const { person, idNumber } = woman
      if (person.sex !== '2' || idNumber === '' || person.age < 18 || person.age > 54) return []
      const births = people
        .filter((other) => other.person.mother === person)
        .map((other) => other.person.birth)
        .sort((one, other) => one - other)
      const begins = weddings.get(person) ?? person.birth + Math.floor((20 + random.next() * 6) * YEAR)
      const isUser = person.spouse ? true : random.chance(0.18)
      if (!isUser || begins >= asOf) return []
      return history(person, begins, births)
        .filter(({ to }) => to === undefined || to >= since)
        .map((spell) => {
          const husband =
            spell.method === sterilised && people.find((other) => other.person === person.spouse)
          return husband && husband.idNumber !== '' && random.chance(shareOfMen)
            ? rowOf(husband, { ...spell, method: { ...sterilised, code: 'M20' } }, facility)
            : rowOf(woman, spell, facility)
        })
    })
  }

  function history(woman: Person, begins: Day, births: readonly Day[]): Spell[] {
    const spells: Spell[] = []
    let free = begins
    for (const birth of births) {
      const conceived = birth - 280
      const wished = conceived - random.integer(20, 400)
      if (wished - free > 60 && random.chance(0.5)) fill(spells, woman, free, wished, 'PLANS_PREGNANCY')
      free = birth + random.integer(42, 330)
    }
    if (free < asOf - 30) fill(spells, woman, free, undefined, '')
    return spells
  }

  /** One method after the other until the day, or until now. */
  function fill(spells: Spell[], woman: Person, from: Day, until: Day | undefined, reason: string): void {
    let start = from
    for (let changes = 0; changes < 6; changes++) {
      const age = (start - woman.birth) / YEAR
      if (age > 49 || !random.chance(changes === 0 ? useByAge(age) : stayers)) return
      const method = chosen(woman, age, until === undefined && changes === 0)
      const last = until ?? asOf
      const menopause = woman.birth + Math.floor((49 + random.next() * 4) * YEAR)
      const expiry = method.years === Infinity ? Infinity : start + Math.floor(method.years * YEAR)
      const hazard = stops(method.code)
      const quit =
        hazard === 0 ? Infinity : start + Math.floor((-Math.log(1 - random.next()) / hazard) * YEAR)
      const end = Math.min(quit, expiry, menopause)
      if (end >= last || method.code === 'M10') {
        spells.push({ method, from: start, to: until, reason })
        return
      }
      const why = end === quit ? reasonsToStop(random) : end === expiry ? 'EXPIRED' : 'MENOPAUSE'
      spells.push({ method, from: start, to: end, reason: why })
      if (why === 'MENOPAUSE') return
      start = end + (why === 'EXPIRED' ? 0 : random.integer(0, 120))
      if (start >= last - 30) return
    }
  }

  /** Nobody who is to have another child has been sterilised. */
  function chosen(woman: Person, age: number, isComplete: boolean): Method {
    const { year } = partsOf(woman.birth)
    const draw = random.next()
    const permanent = isComplete && age > 27 ? sterilisedByBirthYear(year) : 0
    if (draw < permanent) return sterilised
    const rest = (draw - permanent) / (1 - permanent)
    if (rest < coilByAge(age)) return coils(random)
    if (rest < coilByAge(age) + condomByAge(age)) return condom
    return others(random)
  }

  function rowOf(
    { idNumber, name }: Numbered,
    { method, from, to, reason }: Spell,
    facility: string,
  ): MethodRow {
    return {
      idNumber,
      name,
      method: method.code,
      deviceType: method.device ?? '',
      startedOn: formatDay(from),
      endedOn: to === undefined ? '' : formatDay(to),
      endReason: to === undefined ? '' : reason,
      facility,
    }
  }
}
