import { checkCharacter } from '@youyu/shared/population/identity-number'
import type { Officer, TestOffice } from './office.ts'

export type Place = {
  county: string
  township: string
  otherTownship: string
  village: string
  otherVillage: string
}

/** A small invented county with two townships of two villages; codes under a real prefix, names of nobody. */
export async function foundCounty(office: TestOffice, prefix: string): Promise<Place> {
  const code = (suffix: string) => `${prefix}${suffix}`.padEnd(12, '0')
  const rows: [string, string, number, string | null][] = [
    [`${prefix.slice(0, 2)}0000000000`, '某省', 1, null],
    [`${prefix.slice(0, 4)}00000000`, '某市', 2, `${prefix.slice(0, 2)}0000000000`],
    [code(''), '某县', 3, `${prefix.slice(0, 4)}00000000`],
    [code('101'), '东镇', 4, code('')],
    [code('102'), '西镇', 4, code('')],
    [code('101201'), '东一村', 5, code('101')],
    [code('101202'), '东二村', 5, code('101')],
    [code('102201'), '西一村', 5, code('102')],
    [code('102202'), '西二村', 5, code('102')],
  ]
  for (const [divisionCode, name, level, parent] of rows) {
    await office.sql(
      `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, recorded_at)
       values ($1, '2000-01-01', $2, 'mou', 'm', $3, $4, now()) on conflict do nothing`,
      [divisionCode, name, level, parent],
    )
  }
  return {
    county: code(''),
    township: code('101'),
    otherTownship: code('102'),
    village: code('101201'),
    otherVillage: code('102201'),
  }
}

let sequence = 0

/** A valid number of nobody: prefix 99, born on the day, of the sex. */
export function idNumber(birthDate = '1990-01-01', sex: '1' | '2' = '1'): string {
  sequence += 1
  const digits = `99${String(1000 + Math.floor(sequence / 400)).slice(-4)}${birthDate.replaceAll('-', '')}${String((sequence % 400) * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}

/** What a registration needs; only what matters to a test is stated by it. */
export function newPerson(village: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const birthDate = (changes['birthDate'] as string | undefined) ?? '1990-01-01'
  const sex = (changes['sex'] as '1' | '2' | undefined) ?? '1'
  return {
    name: '张三',
    sex,
    birthDate,
    idType: '01',
    idNumber: idNumber(birthDate, sex),
    hukouDivision: village,
    residenceDivision: village,
    residenceStatus: '1',
    residenceSince: '2010-01-01',
    ...changes,
  }
}

export async function registerPerson(
  officer: Officer,
  village: string,
  changes: Record<string, unknown> = {},
): Promise<{ id: string; version: number; [field: string]: unknown }> {
  const { status, body, text } = await officer.post('/api/v1/persons', newPerson(village, changes))
  if (status !== 201) throw new Error(`A person could not be registered: ${text}`)
  return body
}

export async function registerHousehold(
  officer: Officer,
  village: string,
  changes: Record<string, unknown> = {},
): Promise<{ id: string; version: number }> {
  sequence += 1
  const { status, body, text } = await officer.post('/api/v1/households', {
    number: `H${sequence}`,
    type: 'FAMILY',
    divisionCode: village,
    ...changes,
  })
  if (status !== 201) throw new Error(`A household could not be opened: ${text}`)
  return body
}
