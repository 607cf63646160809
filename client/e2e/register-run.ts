import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import {
  correctAgain,
  correctedRows,
  fetchRejected,
  findByName,
  importFile,
  linesOf,
  openAccount,
  sendFile,
  writeRegister,
} from './county-register.ts'
import { newDirectory, openInstallation } from './installation.ts'
import { accessibilityFindings, openVisitor, settled, signIn, widthBeyond } from './visiting.ts'

const { values } = parseArgs({
  options: {
    persons: { type: 'string', default: '500000' },
    county: { type: 'string', default: '371121' },
    seed: { type: 'string', default: '1' },
    errors: { type: 'string', default: '0.01' },
    pictures: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(
    `npm run test:register -- [--persons 500000] [--county 371121] [--seed 1] [--errors 0.01] [--pictures DIR]

The first job in a real Chromium: an officer loads the county's real divisions and a generated register, watches it and
reloads on the way, repairs the rows that come back and finds a person. Pictures of the way are kept where they are asked for.`,
  )
  process.exit(0)
}

const [persons, county, seed] = [Number(values.persons), values.county, Number(values.seed)]
const account = { username: 'li.na', password: 'harbour lantern bicycle' }
const PATIENCE = 30 * 60_000
const phone = { width: 360, height: 740 }
const wide = { width: 1440, height: 900 }

const findings: string[] = []
const began = performance.now()

async function step<Result>(
  name: string,
  work: () => Promise<Result>,
  told: (result: Result, seconds: number) => string = () => '',
): Promise<Result> {
  const start = performance.now()
  const result = await work()
  const seconds = (performance.now() - start) / 1000
  console.log(`${name.padEnd(36)} ${seconds.toFixed(1).padStart(7)} s  ${told(result, seconds)}`)
  return result
}

const numberIn = (text: string) => Number(text.replaceAll(/\D/g, ''))

/** What no page may have, wide and on a phone, with a picture of each. */
async function look(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ wide, phone })) {
    await page.setViewportSize(viewport)
    findings.push(...(await accessibilityFindings(page)).map((each) => `${name}, ${size}: ${each}`))
    const beyond = await widthBeyond(page)
    if (beyond > 0) findings.push(`${name}, ${size}: ${beyond} pixels wider than the screen`)
    if (values.pictures) await page.screenshot({ path: join(values.pictures, `${name}-${size}.png`) })
  }
  await page.setViewportSize(wide)
}

/** How many rows have been read, as the page shows it. */
async function rowsShown(page: Page): Promise<number> {
  const text = await page.getByText(/已读 [\d,]+/).innerText()
  return numberIn(/已读 ([\d,]+)/.exec(text)?.[1] ?? '')
}

async function untilRead(page: Page, rows: number): Promise<number> {
  for (;;) {
    const shown = await rowsShown(page)
    if (shown >= rows) return shown
    await page.waitForTimeout(200)
  }
}

/** Progress is live where it moves while one looks; a reload takes it up where it is. */
async function watch(page: Page): Promise<void> {
  const first = await untilRead(page, Math.ceil(persons / 5))
  const second = await untilRead(page, first + 1)
  await look(page, 'progress')
  await page.reload()
  const reloaded = await rowsShown(page)
  if (reloaded < second) findings.push(`after the reload ${reloaded} rows, before ${second}`)
  await look(page, 'reloaded')
  console.log(`  live: ${first}, ${second}; after a reload ${reloaded} and on`)
}

async function countsOf(page: Page): Promise<{ accepted: number; rejected: number }> {
  const title = await page.getByText(/^导入完成/).innerText()
  const [accepted = 0, rejected = 0] = [...title.matchAll(/[\d,]+/g)].map(([each]) => numberIn(each))
  return { accepted, rejected: title.includes('退回') ? rejected : 0 }
}

const directory = newDirectory()
const files = await step('the register is generated', () =>
  writeRegister(directory, { county, persons, seed, errors: Number(values.errors) }),
)
const corrected = correctedRows(files)
const browser = await openBrowser()
const starting = performance.now()
const installation = await openInstallation(
  { DEMO: 'off', ADMIN_PASSWORD: 'the first administrator' },
  directory,
)
try {
  const { page, complaints } = await openVisitor(browser, installation.url)
  page.setDefaultTimeout(60_000)
  await page.goto('/sign-in')
  await page.getByRole('button', { name: '登录' }).waitFor()
  console.log(
    `${'from the start to the first page'.padEnd(36)} ${((performance.now() - starting) / 1000).toFixed(1).padStart(7)} s`,
  )
  await openAccount(directory, { ...account, role: 'county_population', divisions: [county] })
  await step('she signs in', () => signIn(page, account.username, account.password))

  await page.goto('/imports/new?kind=divisions')
  await step(
    'divisions of the county',
    async () => {
      await importFile(page, files.divisions)
      return await countsOf(page)
    },
    ({ accepted }) => `${accepted} divisions`,
  )

  await page.goto('/imports/new?kind=persons')
  const loaded = await step(
    'people of the county',
    async () => {
      await step('  file chosen, checked and sent', () => sendFile(page, files.persons))
      await watch(page)
      const done = page.getByText(/^导入完成/)
      await page.getByText('文件已经读完').or(done).waitFor({ timeout: PATIENCE })
      const read = performance.now()
      await look(page, 'closing')
      await done.waitFor({ timeout: PATIENCE })
      console.log(`  done ${((performance.now() - read) / 1000).toFixed(1)} s after the last row was read`)
      return await countsOf(page)
    },
    ({ accepted, rejected }, seconds) =>
      `${accepted} accepted, ${rejected} sent back, ${Math.round((accepted + rejected) / seconds)} rows/s`,
  )
  await look(page, 'result')
  if (loaded.rejected !== corrected.length - 1)
    findings.push(`${loaded.rejected} rows sent back, ${corrected.length - 1} were spoilt`)

  const repaired = await step(
    'rows sent back, repaired',
    async () => {
      const [, ...rejected] = await fetchRejected(page, join(directory, 'rejected.csv'))
      if (rejected.length !== loaded.rejected) findings.push(`${rejected.length} rows in the file of them`)
      writeFileSync(join(directory, 'corrected.csv'), corrected.join('\r\n'))
      await correctAgain(page)
      await importFile(page, join(directory, 'corrected.csv'), PATIENCE)
      return await countsOf(page)
    },
    ({ accepted, rejected }) => `${accepted} accepted, ${rejected} sent back`,
  )
  if (repaired.rejected > 0) findings.push(`${repaired.rejected} repaired rows sent back`)

  await page.goto('/persons')
  const total = await step(
    'people counted',
    async () => {
      await page.getByRole('button', { name: '统计人数' }).click()
      return numberIn(await page.getByText(/^共 [\d,]+ 人$/).innerText())
    },
    (people) => `${people} people`,
  )
  if (total !== loaded.accepted + repaired.accepted) findings.push(`${total} people in the register`)

  const [name = ''] = (linesOf(files.clean)[Math.ceil(persons / 2)] ?? '').split(',')
  await page.goto('/')
  await settled(page)
  await look(page, 'home')
  await step('somebody found from anywhere', () => findByName(page, name))
  await step('and her record opened', async () => {
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/persons\/[0-9a-f-]{36}/)
    await settled(page)
  })
  await look(page, 'person')
  findings.push(...complaints)
} catch (error) {
  findings.push((error as Error).stack ?? String(error))
} finally {
  await browser.close()
  await installation.stop()
}

const minutes = ((performance.now() - began) / 60_000).toFixed(1)
for (const finding of findings.slice(0, 40)) console.log(`✗ ${finding}`)
console.log(
  `\n${persons} people in ${minutes} min: ${findings.length === 0 ? 'all as it should be' : `${findings.length} findings`}`,
)
process.exit(findings.length === 0 ? 0 : 1)
