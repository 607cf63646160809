import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { LayoutDefinition } from '@youyu/shared/subsidies/bank-layouts'
import { openBank } from './bank.ts'
import { openCounter } from './counter.ts'
import { lookIntoFolder } from './folder.ts'
import { standardLayout } from './layout.ts'

const usage = `npm run bank-simulator -- [--port 4000] [--folder DIR] [--layout FILE.json] [--failed 0.02] [--duplicate 0] [--malformed]
  [--files 1] [--delay MILLISECONDS] [--seed TEXT] [--token TEXT]

A bank for trying payments out: takes files over HTTP (BANK_URL=http://127.0.0.1:PORT) and over an exchange folder (BANK_FOLDER=DIR).`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4000' },
    folder: { type: 'string' },
    layout: { type: 'string' },
    failed: { type: 'string', default: '0.02' },
    duplicate: { type: 'string', default: '0' },
    malformed: { type: 'boolean', default: false },
    files: { type: 'string', default: '1' },
    delay: { type: 'string', default: '1000' },
    seed: { type: 'string', default: 'bank' },
    token: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}
const layout = values.layout
  ? LayoutDefinition.parse(JSON.parse(await readFile(values.layout, 'utf8')))
  : standardLayout
const bank = openBank(layout, {
  ...{ failed: Number(values.failed), duplicate: Number(values.duplicate), malformed: values.malformed },
  ...{ files: Number(values.files), delay: Number(values.delay), seed: values.seed },
})
const counter = openCounter(bank, values.token)
counter.listen(Number(values.port), '127.0.0.1', () =>
  console.log(
    `The bank is open at http://127.0.0.1:${values.port}${values.folder ? ` and in ${values.folder}` : ''}`,
  ),
)
const answered = new Set<string>()
while (values.folder) {
  await lookIntoFolder(bank, values.folder, answered).catch((error: Error) => console.error(error.message))
  await pause(1000)
}
