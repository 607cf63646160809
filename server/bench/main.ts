import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { client } from '../../client/bench/bytes.ts'
import { birthDefects } from './birth-defects/index.ts'
import { contraception } from './contraception/index.ts'
import { foundation } from './foundation/index.ts'
import { line, type Options, type Result } from './measure.ts'
import { population } from './population/index.ts'
import { subsidies } from './subsidies/index.ts'

const groups: Record<string, (options: Options) => Promise<Result[]>> = {
  foundation,
  population,
  contraception,
  'birth-defects': birthDefects,
  subsidies,
  client,
}

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(groups).join(',') },
    json: { type: 'string' },
    persons: { type: 'string', default: '500000' },
    rounds: { type: 'string', default: '5' },
    case: { type: 'string' },
    keep: { type: 'string' },
    help: { type: 'boolean' },
  },
})
const wanted = values.only.split(',')
const unknown = wanted.filter((group) => !groups[group])
if (values.help || unknown.length > 0) {
  console.log(
    `npm run bench -- [--only ${Object.keys(groups).join('|')}] [--case NAME,…] [--persons N] [--rounds N] [--json FILE] [--keep DIR]`,
  )
  process.exit(unknown.length > 0 ? 2 : 0)
}

const results: Result[] = []
for (const group of wanted) {
  results.push(
    ...(await groups[group]!({
      persons: Number(values.persons),
      rounds: Number(values.rounds),
      only: values.case,
      keep: values.keep && join(values.keep, `${group}-${values.persons}`),
    })),
  )
}
console.log(`\n${results.map(line).join('\n')}`)
if (values.json) {
  const kept = results.map(({ name, ratio, better, ours, base, n }) => ({
    name,
    ratio,
    better,
    ours,
    base,
    n,
  }))
  await writeFile(values.json, `${JSON.stringify(kept, null, 2)}\n`)
}
