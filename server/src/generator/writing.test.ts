import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeGb18030 } from './gb18030.ts'
import type { ExpectedError } from './defects.ts'
import { checkDigit } from './identity-numbers.ts'
import { inventedDivisions } from './invented-divisions.ts'
import { personColumns, type PersonRow } from './rows.ts'
import { type Manner, writeCounty } from './writing.ts'

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'youyu-generator-'))
})
afterAll(() => rm(directory, { recursive: true }))

let runs = 0
async function write(manner: Partial<Manner> = {}, persons = 1500): Promise<string> {
  const out = join(directory, String(++runs))
  const plan = {
    county: '371121',
    persons,
    seed: 7,
    asOf: '2026-10-31',
    divisions: inventedDivisions('371121'),
  }
  await writeCounty(plan, { out, encoding: 'utf-8', header: 'en', errors: 0, legacy: false, ...manner })
  return out
}

async function hashes(out: string): Promise<string[]> {
  const names = (await readdir(out)).sort()
  return Promise.all(
    names.map(
      async (name) =>
        name +
        createHash('sha256')
          .update(await readFile(join(out, name)))
          .digest('hex'),
    ),
  )
}

const read = (bytes: Uint8Array | string): PersonRow[] => parse(Buffer.from(bytes), { columns: true })

describe('the files of a county', () => {
  test('are the same bytes for the same seed', async () => {
    const [one, other] = [await write({ errors: 0.02 }), await write({ errors: 0.02 })]

    expect(await hashes(one)).toEqual(await hashes(other))
    expect((await readdir(one)).sort()).toEqual([
      'births.csv',
      'deaths.csv',
      'divisions.csv',
      'errors-expected.json',
      'event-errors-expected.json',
      'households.csv',
      'marriages.csv',
      'methods.csv',
      'moves.csv',
      'persons.csv',
    ])
  })

  test('say the same in GB18030 as in UTF-8', async () => {
    const [utf8, gb18030] = [await write(), await write({ encoding: 'gb18030' })]

    for (const name of ['persons.csv', 'households.csv', 'divisions.csv', 'births.csv', 'marriages.csv']) {
      const decoded = new TextDecoder('gb18030', { fatal: true }).decode(await readFile(join(gb18030, name)))
      expect(decoded).toBe(await readFile(join(utf8, name), 'utf8'))
    }
  })

  test('carry Chinese headers and the column of old systems on request', async () => {
    const out = await write({ header: 'zh', legacy: true }, 20)

    const [header, first] = (await readFile(join(out, 'persons.csv'), 'utf8')).split('\n')
    expect(header).toBe([...Object.values(personColumns), '政策内外'].join(','))
    expect(first).toMatch(/,政策[内外]$/)
  })

  test('differ from the clean ones exactly where a defect is listed', async () => {
    const [clean, spoilt] = [await write(), await write({ errors: 0.05 })]

    const before = read(await readFile(join(clean, 'persons.csv')))
    const after = read(await readFile(join(spoilt, 'persons.csv')))
    const listed: ExpectedError[] = JSON.parse(await readFile(join(spoilt, 'errors-expected.json'), 'utf8'))
    const changed = after.flatMap((person, index) =>
      (Object.keys(person) as (keyof PersonRow)[])
        .filter((column) => person[column] !== before[index]?.[column])
        .map((column) => `${String(index + 1)} ${column}`),
    )
    expect(changed).toEqual(listed.map(({ row, column }) => `${String(row)} ${column}`))
    expect(listed.length).toBeGreaterThan(60)
    expect(listed.length).toBeLessThan(90)
    expect(new Set(listed.map(({ defect }) => defect)).size).toBe(10)
    for (const { row, defect } of listed) {
      const head = before.find(({ householdNumber }) => householdNumber === before[row - 1]?.householdNumber)
      const { idNumber } = after[row - 1] as PersonRow
      const original = (before[row - 1] as PersonRow).idNumber
      if (defect === 'bad-check-digit') expect(idNumber.slice(17)).not.toBe(checkDigit(idNumber))
      if (defect === 'duplicate-number') expect(idNumber).toBe(head?.idNumber)
      if (defect === 'old-number')
        expect(`${idNumber.slice(0, 6)}19${idNumber.slice(6)}`).toBe(original.slice(0, 17))
    }
  })
})

describe('GB18030', () => {
  test('carries characters of one, two and four bytes', () => {
    const text = 'a甲龙䶮𬭎㛃·,é\n'

    expect(new TextDecoder('gb18030').decode(encodeGb18030(text))).toBe(text)
    expect([...encodeGb18030('甲')]).toEqual([0xbc, 0xd7])
  })
})

describe('the command line', () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const run = (...args: string[]) =>
    new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, stdout, stderr })
      })
    })

  test.each([
    ['an unknown option', ['--colour', 'red'], /--colour/],
    ['a missing county', ['--persons', '10', '--out', 'x'], /--county is missing/],
    ['a county that is none', ['--county', '37', '--persons', '10', '--out', 'x'], /six digits/],
    ['nobody', ['--county', '371121', '--persons', '0', '--out', 'x'], /--persons 0/],
    [
      'an impossible day',
      ['--county', '371121', '--persons', '9', '--out', 'x', '--as-of', '2026-02-30'],
      /--as-of/,
    ],
  ])('refuses %s in words', async (_, args, message) => {
    const { code, stderr } = await run(...args)

    expect(code).toBe(1)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/ at /)
  })

  test('writes the real county', async () => {
    const out = join(directory, 'wulian')

    const { code, stdout } = await run('--county', '371121', '--persons', '300', '--seed', '1', '--out', out)

    expect(code).toBe(0)
    expect(stdout).toContain('(300 living)')
    const dead = read(await readFile(join(out, 'deaths.csv'))).length
    expect(read(await readFile(join(out, 'persons.csv')))).toHaveLength(300 + dead)
  })
})
