import { createI18n } from 'vue-i18n'
import type { LocaleMessageValue, VueMessageType } from 'vue-i18n'
import type { Language } from '../api/problem.ts'
import { currentUser } from '../api/session.ts'
import type { Namespace, TextKey, TextKeyOf } from './messages.ts'

export type Named = Record<string, string | number>
type Tree = Record<string, LocaleMessageValue<VueMessageType>>

/** Either language is fetched by whoever speaks it. */
const messages: Record<Language, Tree> = { 'zh-CN': {}, en: {} }

const firstLanguage = (): Language => 'zh-CN'

export const i18n = createI18n({
  legacy: false,
  locale: firstLanguage(),
  fallbackLocale: false,
  missingWarn: false,
  fallbackWarn: false,
  missing: (speaks, key) => console.error(`no text in ${speaks} for ${key}`),
  messages,
})

export function language(): Language {
  return i18n.global.locale.value
}

/** What each language knows already: `shell`, and folders by their names. */
const known: Record<Language, Set<string>> = { 'zh-CN': new Set(), en: new Set() }

function learn(speaks: Language, tree: object): void {
  i18n.global.setLocaleMessage(speaks, { ...i18n.global.messages.value[speaks], ...(tree as Tree) })
}

async function learnEntrance(speaks: Language): Promise<void> {
  if (known[speaks].has('entrance')) return
  const { texts } = await (speaks === 'en' ? import('./entrance-en.ts') : import('./entrance-zh.ts'))
  learn(speaks, texts)
  for (const name of ['entrance', 'accounts']) known[speaks].add(name)
}

async function learnShell(speaks: Language): Promise<void> {
  if (known[speaks].has('shell')) return
  const { texts } = await (speaks === 'en' ? import('./shell-en.ts') : import('./shell-zh.ts'))
  // The titles of a folder must not replace all its texts, had another page brought them meanwhile.
  learn(speaks, { ...texts, ...i18n.global.messages.value[speaks] })
  for (const name of ['shell', 'entrance', 'home', 'accounts']) known[speaks].add(name)
}

async function learnFolders(speaks: Language, folders: readonly string[]): Promise<void> {
  const missing = folders.filter((name) => !known[speaks].has(name))
  if (missing.length === 0) return
  const { fetchTexts } = await import('./folders.ts')
  learn(speaks, await fetchTexts(speaks, missing))
  for (const name of missing) known[speaks].add(name)
}

/** What the shell and the home page say, in the language in use. */
export function loadShellTexts(): Promise<void> {
  return learnShell(language())
}

/** What the pages of a folder say beyond that; without a folder, what all pages do. */
export async function loadTexts(folder?: string): Promise<void> {
  const { everyFolder, foldersSaidBy } = await import('./folders.ts')
  await Promise.all([
    loadShellTexts(),
    learnFolders(language(), folder === undefined ? everyFolder : foldersSaidBy(folder)),
  ])
}

export async function useLanguage(next: Language): Promise<void> {
  if (currentUser.value === null && !known[language()].has('shell')) {
    await learnEntrance(next)
  } else {
    // One after the other: the shell brings the texts of some folders, and no page beyond them need fetch more.
    await learnShell(next)
    await learnFolders(
      next,
      [...known[language()]].filter((name) => name !== 'shell' && name !== 'entrance'),
    )
  }
  i18n.global.locale.value = next
  document.documentElement.lang = next
}

/** A text by its full key: `text('persons.title')`. */
export function text(key: TextKey, named: Named = {}): string {
  return i18n.global.t(key, named)
}

/** The texts of one folder: `const t = useTexts('persons')`, then `t('list.title')`. */
export function useTexts<Name extends Namespace>(name: Name) {
  return (key: TextKeyOf<Name>, named: Named = {}): string => i18n.global.t(`${name}.${key}`, named)
}

/** Of a pair `[中文, English]` the one in use. */
export function inLanguage(pair: readonly [string, string]): string {
  return pair[language() === 'en' ? 1 : 0]
}

/** The name of a code of shared's tables: `codeName(sexes, row.sex)` → 女. */
export function codeName(
  table: Record<string, readonly [string, string]>,
  code: string | null | undefined,
): string {
  if (code === null || code === undefined) return '—'
  const pair = table[code]
  return pair === undefined ? code : inLanguage(pair)
}
