import { type Random, shuffle } from './random.ts'
import type { DivisionRow } from './rows.ts'

export type Village = {
  code: string
  /** From the county down, as an address begins. */
  address: string
  isUrban: boolean
  people: number
  surnames: string[]
}

export type OtherCounty = { code: string; address: string; ethnicities: string[] }

const suffixes = /(?:社区)?(?:居民委员会|村民委员会|居委会|村委会)$/

function spokenName(name: string): string {
  const short = name.replace(suffixes, '')
  if (/[村社区庄]$/.test(short)) return short
  return name.includes('居') ? `${short}社区` : `${short}村`
}

/** With fewer people a village would not be one, so a small demo fills fewer villages. */
const smallestVillage = 100

/** The villages of the county that are filled, with skewed sizes that sum to `persons`. */
export function settle(
  random: Random,
  county: string,
  divisions: readonly DivisionRow[],
  persons: number,
  drawSurname: () => string,
): Village[] {
  const names = new Map(divisions.map(({ code, name }) => [code, name]))
  const all = divisions.filter(({ code, level }) => level === 5 && code.startsWith(county))
  const filled = choose(random, all, Math.max(1, Math.floor(persons / smallestVillage)))
  if (filled.length === 0) throw new RangeError(`No villages are known in county ${county}`)

  const weights = filled.map(({ code }) => size(random, code))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let [reached, given] = [0, 0]
  return filled.map(({ code, name, parentCode }, index) => {
    reached += weights[index] as number
    const until = index === filled.length - 1 ? persons : Math.round((reached / total) * persons)
    const people = until - given
    given = until
    const countyName = names.get(`${county}000000`) ?? ''
    return {
      code,
      address: countyName + (names.get(parentCode) ?? '') + spokenName(name),
      isUrban: isSubdistrict(code),
      people,
      surnames: Array.from({ length: 3 }, drawSurname),
    }
  })
}

/** Spread over the townships: the first of each, then the second of each, and so on. */
function choose(random: Random, villages: DivisionRow[], count: number): DivisionRow[] {
  if (count >= villages.length) return villages
  const turns = new Map<string, number>()
  const turn = (village: DivisionRow) => {
    const next = (turns.get(village.parentCode) ?? 0) + 1
    turns.set(village.parentCode, next)
    return next
  }
  return shuffle(random, [...villages])
    .map((village) => ({ village, turn: turn(village) }))
    .sort((one, other) => one.turn - other.turn || (one.village.code < other.village.code ? -1 : 1))
    .slice(0, count)
    .map(({ village }) => village)
    .sort((one, other) => (one.code < other.code ? -1 : 1))
}

/** Digits 7–9 from 001 to 099 are subdistricts (街道). */
function isSubdistrict(code: string): boolean {
  return Number(code.slice(6, 9)) < 100
}

/** Digits 10–12 up to 199 are residents' committees. */
function isResidentsCommittee(code: string): boolean {
  return Number(code.slice(9, 12)) < 200
}

function size(random: Random, code: string): number {
  const skewed = 0.25 + random.next() + 2.5 * random.next() ** 4
  const factor = isSubdistrict(code)
    ? isResidentsCommittee(code)
      ? 4.5
      : 2
    : isResidentsCommittee(code)
      ? 1.6
      : 1
  return skewed * factor
}

const ethnicitiesOfProvince: { [province: string]: string[] } = {
  '15': ['02', '02', '11'],
  '22': ['10', '11'],
  '45': ['08'],
  '52': ['06', '09', '12'],
  '53': ['07', '14'],
  '54': ['04'],
  '64': ['03'],
  '65': ['05', '05', '17', '03'],
}

/** Real counties elsewhere that people of this county left for or came from. */
export function otherCounties(divisions: readonly DivisionRow[], county: string): OtherCounty[] {
  const byCode = new Map(divisions.map((division) => [division.code, division]))
  return divisions
    .filter(({ code, level }) => level === 3 && !code.startsWith(county))
    .map(({ code, name, parentCode }) => {
      const prefecture = byCode.get(parentCode)
      const province = prefecture && byCode.get(prefecture.parentCode)
      const between =
        prefecture && !/^(市辖区|县|省直辖|自治区直辖)/.test(prefecture.name) ? prefecture.name : ''
      return {
        code,
        address: (province?.name ?? '') + between + name,
        ethnicities: ethnicitiesOfProvince[code.slice(0, 2)] ?? [],
      }
    })
}
