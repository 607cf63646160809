import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import { accessibilityFindings, openPages, widthBeyond } from './visiting.ts'

export { openVisitor, settled, signIn, type Visitor } from './visiting.ts'

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  const folder = mkdtempSync(join(tmpdir(), 'youyu-journey-failed-'))
  for (const [index, page] of [...openPages].entries()) {
    const path = join(folder, `${index + 1}.png`)
    const isKept = await page.screenshot({ path }).then(
      () => true,
      () => false,
    )
    if (isKept) console.error(`${task.name}: ${page.url()} as it was: ${path}`)
  }
})

export async function expectAccessible(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  expect(await accessibilityFindings(page)).toEqual([])
}

/** No page scrolls sideways. */
export async function expectFits(page: Page): Promise<void> {
  expect(await widthBeyond(page)).toBeLessThanOrEqual(0)
}
