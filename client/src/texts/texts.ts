import { createI18n } from 'vue-i18n'
import type { LocaleMessageValue, VueMessageType } from 'vue-i18n'
import type { Language } from '../api/problem.ts'
import { currentUser } from '../api/session.ts'
import app from '../app/texts.zh-CN.json'
import accounts from '../features/accounts/texts.zh-CN.json'
import ui from '../ui/texts.zh-CN.json'
import type { Namespace, TextKey, TextKeyOf } from './messages.ts'

export type Named = Record<string, string | number>
type Tree = Record<string, LocaleMessageValue<VueMessageType>>

const messages: Record<Language, Tree> = { 'zh-CN': { app, accounts, ui }, en: {} }

const firstLanguage = (): Language => 'zh-CN'

export const i18n = createI18n({
  legacy: false,
  locale: firstLanguage(),
  fallbackLocale: false,
  missingWarn: false,
  fallbackWarn: false,
  messages,
})

export function language(): Language {
  return i18n.global.locale.value
}

const loaded = new Set<string>()

async function take(name: string, texts: Promise<{ texts: object }>): Promise<void> {
  if (loaded.has(name)) return
  const { texts: tree } = await texts
  const speaks = name.startsWith('en') ? 'en' : 'zh-CN'
  i18n.global.setLocaleMessage(speaks, { ...i18n.global.messages.value[speaks], ...(tree as Tree) })
  loaded.add(name)
}

/** What the shell and the home page say. English comes in one piece. */
export function loadShellTexts(): Promise<void> {
  if (language() === 'en') return loadAllTexts()
  return loaded.has('zh') ? Promise.resolve() : take('zh-shell', import('./shell-zh.ts'))
}

/** Everything that the pages behind the sign-in say, in the language in use. */
export function loadAllTexts(): Promise<void> {
  return language() === 'en' ? take('en', import('./all-en.ts')) : take('zh', import('./all-zh.ts'))
}

export async function useLanguage(next: Language): Promise<void> {
  if (next === 'en' && currentUser.value === null) await take('en-entrance', import('./entrance-en.ts'))
  else if (next === 'en') await take('en', import('./all-en.ts'))
  else if (loaded.has('en')) await take('zh', import('./all-zh.ts'))
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
