import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CountyPlan, generateCounty } from './county.ts'
import { type Encoding, openCsv } from './csv-files.ts'
import { type ExpectedError, spoiler } from './defects.ts'
import { seededRandom } from './random.ts'
import { type EventDefect, eventSpoiler } from './event-defects.ts'
import {
  type EventRows,
  eventColumns,
  type HouseholdRow,
  householdColumns,
  type PersonColumn,
  personColumns,
} from './rows.ts'

export type Manner = {
  out: string
  encoding: Encoding
  header: 'en' | 'zh'
  /** Share of spoilt rows, 0 for none. */
  errors: number
  /** Adds the column of old systems that the import has to drop (E1). */
  legacy: boolean
}

type Written = { divisions: number; households: number; persons: number; errors: number } & {
  [kind in keyof EventRows]: number
}
const kinds = Object.keys(eventColumns) as (keyof EventRows)[]
const columnsOf = Object.fromEntries(kinds.map((kind) => [kind, Object.keys(eventColumns[kind])])) as {
  [kind in keyof EventRows]: string[]
}

const legacyColumn = '政策内外'

/** Keeps what is drawn for defects apart, so that the people are the same with and without them. */
const seedOfDefects = 0x5eed

export async function writeCounty(plan: CountyPlan, manner: Manner): Promise<Written> {
  const { out, encoding } = manner
  await mkdir(out, { recursive: true })
  await writeDivisions(plan, manner)

  const personNames = Object.keys(personColumns) as PersonColumn[]
  const householdNames = Object.keys(householdColumns) as (keyof HouseholdRow)[]
  const persons = openCsv(join(out, 'persons.csv'), encoding)
  const households = openCsv(join(out, 'households.csv'), encoding)
  const header = manner.header === 'zh' ? Object.values(personColumns) : personNames
  await persons.write(manner.legacy ? [...header, legacyColumn] : header)
  await households.write(manner.header === 'zh' ? Object.values(householdColumns) : householdNames)

  const random = seededRandom(plan.seed + seedOfDefects)
  const spoil = manner.errors > 0 ? spoiler(random, plan.county, manner.errors) : undefined
  const expected: ExpectedError[] = []
  const events = await openEvents(manner)
  const spoilEvents = eventSpoiler(plan.seed + seedOfDefects, plan.asOf, manner.errors)
  const wrong: EventDefect[] = []
  const written: Written = {
    divisions: plan.divisions.length,
    households: 0,
    persons: 0,
    errors: 0,
    births: 0,
    deaths: 0,
    marriages: 0,
    moves: 0,
    methods: 0,
  }
  for (const generated of generateCounty(plan)) {
    if (spoil) expected.push(...spoil(generated, written.persons + 1))
    for (const person of generated.persons) {
      const cells: string[] = personNames.map((column) => person[column])
      if (manner.legacy) cells.push(random.pick(['政策内', '政策外']))
      const full = persons.write(cells)
      if (full) await full
    }
    const full = households.write(householdNames.map((column) => generated.household[column]))
    if (full) await full
    wrong.push(...spoilEvents(generated, written))
    for (const kind of kinds) {
      for (const row of generated[kind] as Record<string, string>[]) {
        const cells = cellsOf(kind, row)
        if (manner.legacy && kind === 'births') cells.push(random.pick(['政策内', '政策外']))
        const waiting = events[kind].write(cells)
        if (waiting) await waiting
        written[kind] += 1
      }
    }
    written.households += 1
    written.persons += generated.persons.length
  }
  await Promise.all([persons.close(), households.close(), ...kinds.map((kind) => events[kind].close())])
  if (spoil) {
    await writeFile(join(out, 'errors-expected.json'), `${JSON.stringify(expected, null, 1)}\n`)
    await writeFile(join(out, 'event-errors-expected.json'), `${JSON.stringify(wrong, null, 1)}\n`)
  }
  return { ...written, errors: expected.length + wrong.length }
}

function cellsOf(kind: keyof EventRows, row: Record<string, string>): string[] {
  return columnsOf[kind].map((name) => row[name] ?? '')
}

type EventFiles = { [kind in keyof EventRows]: ReturnType<typeof openCsv> }

async function openEvents({ out, encoding, header, legacy }: Manner): Promise<EventFiles> {
  const files = Object.fromEntries(
    kinds.map((kind) => [kind, openCsv(join(out, `${kind}.csv`), encoding)]),
  ) as EventFiles
  for (const kind of kinds) {
    const columns: Record<string, string> = eventColumns[kind]
    const names = header === 'zh' ? Object.values(columns) : Object.keys(columns)
    await files[kind].write(legacy && kind === 'births' ? [...names, legacyColumn] : names)
  }
  return files
}

async function writeDivisions({ divisions }: CountyPlan, { out, encoding }: Manner): Promise<void> {
  const file = openCsv(join(out, 'divisions.csv'), encoding)
  await file.write(['code', 'name', 'level', 'parent_code', 'urban_rural_code'])
  for (const { code, name, level, parentCode, urbanRuralCode } of divisions) {
    await file.write([code, name, String(level), parentCode, urbanRuralCode])
  }
  await file.close()
}
