import { speakers } from 'virtual:speakers'
import type { Language } from '../api/problem.ts'

type Tree = Record<string, object>

const files: Record<Language, Record<string, () => Promise<object>>> = {
  'zh-CN': import.meta.glob<object>('../features/*/texts.zh-CN.json', { import: 'default' }),
  en: import.meta.glob<object>('../features/*/texts.en.json', { import: 'default' }),
}

const nameOf = (path: string) =>
  (path.split('/').at(-2) ?? '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

export const everyFolder = Object.keys(files['zh-CN']).map(nameOf)

/** The folders whose texts the pages of this one say. */
export function foldersSaidBy(folder: string): readonly string[] {
  return speakers[folder] ?? everyFolder
}

export async function fetchTexts(language: Language, folders: readonly string[]): Promise<Tree> {
  const wanted = Object.entries(files[language]).filter(([path]) => folders.includes(nameOf(path)))
  return Object.fromEntries(
    await Promise.all(wanted.map(async ([path, fetch]) => [nameOf(path), await fetch()] as const)),
  )
}
