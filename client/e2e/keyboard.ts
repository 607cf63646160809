import type { Locator, Page } from 'playwright-core'

/** Presses Tab until the control with this label has the focus: nothing is clicked. */
export async function tabTo(page: Page, label: RegExp): Promise<void> {
  for (let step = 0; step < 90; step += 1) {
    const isThere = await page.evaluate((source) => {
      const focused = document.activeElement
      const named =
        focused instanceof HTMLInputElement ||
        focused instanceof HTMLSelectElement ||
        focused instanceof HTMLTextAreaElement
          ? [...(focused.labels ?? [])].map((one) => one.textContent).join(' ')
          : (focused?.textContent ?? '')
      return new RegExp(source).test(named.trim())
    }, label.source)
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`no way to ${label} by Tab`)
}

export async function choosePerson(page: Page, name: string): Promise<void> {
  await page.keyboard.type(name)
  await page.getByRole('option').filter({ hasText: name }).first().waitFor()
  await page.keyboard.press('Enter')
}

export async function typeDate(page: Page, date: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(date)
  await page.keyboard.press('Enter')
}

/** Writes a day into the field of this label, and leaves no calendar open. */
export async function fillDay(where: Page | Locator, label: RegExp | string, day: string): Promise<void> {
  const field = where.getByRole('combobox', { name: label, exact: typeof label === 'string' })
  await field.fill(day)
  await field.press('Enter')
  await field.blur()
}

/** Types into the picker of this label, and takes whoever has this name and birth date. */
export async function pickPerson(
  where: Page | Locator,
  label: RegExp,
  { name, birthDate }: { name: string; birthDate: string },
  typed = name,
): Promise<void> {
  await where.getByRole('combobox', { name: label }).fill(typed)
  await where.getByRole('option').filter({ hasText: name }).filter({ hasText: birthDate }).first().click()
}

/** One of the choices under a question. */
export const choice = (where: Page | Locator, question: RegExp, answer: string) =>
  where.getByRole('radiogroup', { name: question }).getByLabel(answer, { exact: true })

/** The place that the name finds first, in the picker that has the focus. */
export async function choosePlace(page: Page, name: string): Promise<void> {
  await page.keyboard.type(name)
  await page.getByRole('treeitem', { name }).first().waitFor()
  await page.keyboard.press('Enter')
}

/** Steps through the list that has the focus until it says so. */
export async function chooseOption(page: Page, option: string): Promise<void> {
  const says = () =>
    page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.text ?? '')
  for (let step = 0; step < 40 && (await says()) !== option; step += 1) await page.keyboard.press('ArrowDown')
  if ((await says()) !== option) throw new Error(`no ${option} in this list`)
}

/** Looks at what it would do, and does it. */
export async function confirmByKeyboard(page: Page): Promise<void> {
  await tabTo(page, /^预览$/)
  await page.keyboard.press('Enter')
  const preview = page.getByRole('dialog', { name: '请核对变更' })
  await preview.waitFor()
  await tabTo(page, /^确认提交$/)
  await page.keyboard.press('Enter')
  await preview.waitFor({ state: 'detached' })
}

/** Writes over what stands in the field of this label. */
export async function typeOver(page: Page, label: RegExp, words: string): Promise<void> {
  await tabTo(page, label)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(words)
}

/** Goes on to the button of these words, and presses it. */
export async function pressNext(page: Page, words: RegExp): Promise<void> {
  await tabTo(page, words)
  await page.keyboard.press('Enter')
}

/** Takes back by this button, and says why. */
export async function takeBack(page: Page, button: Locator, why: string): Promise<void> {
  await button.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await tabTo(page, /^(理由|原因|作废原因)/)
  await page.keyboard.type(why)
  await pressNext(page, /^(作废|移除)(?!原因)/)
  await dialog.waitFor({ state: 'detached' })
}
