import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

const features = resolve(import.meta.dirname, 'src/features')
const languages = ['zh-CN', 'en'] as const

type Tree = { [key: string]: string | Tree }
type Language = (typeof languages)[number]

/** `persons.new.title` → its text, and the same path of objects around it. */
function branchOf(tree: Tree, path: string[], into: Tree): void {
  const [key = '', ...rest] = path
  const value = tree[key]
  if (typeof value === 'string') into[key] = value
  else if (value !== undefined) branchOf(value, rest, (into[key] ??= {}) as Tree)
}

const namespaceOf = (folder: string) => folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
const foldersOf = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** The titles that menus and routes name, so that the shell need not load all texts. */
function titlesIn(language: Language, read: (file: string) => string): Tree {
  const found: Tree = {}
  for (const folder of foldersOf(features)) {
    const name = namespaceOf(folder)
    const index = read(resolve(features, folder, 'index.ts'))
    const tree = { [name]: JSON.parse(read(resolve(features, folder, `texts.${language}.json`))) as Tree }
    for (const [, key = ''] of index.matchAll(/(?:title|label): '([\w.]+)'/g)) {
      if (!key.startsWith(`${name}.`)) throw new Error(`${folder}/index.ts: ${key} is another folder's`)
      branchOf(tree, key.split('.'), found)
    }
  }
  return found
}

const imported = /(?<!import type [^'\n]*)(?:from |import\()'\.\.\/([a-z-]+)\/[^']+'/g
const said = /(?:useTexts|text)\([`']([a-zA-Z]+)[.'`]/g

/** Which folders' texts the pages of each folder say: its own, and those of the folders whose components it shows. */
function speakersIn(read: (file: string) => string): Record<string, string[]> {
  const folders = foldersOf(features)
  const folderOf = new Map(folders.map((folder) => [namespaceOf(folder), folder]))
  const direct = new Map(
    folders.map((folder) => {
      const path = resolve(features, folder)
      const sources = readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(?:vue|ts)$/.test(file) && !file.endsWith('.test.ts'))
        .map((file) => read(resolve(path, file)))
        .join('\n')
      const shown = [...sources.matchAll(imported)].map(([, other = '']) => other)
      const spoken = [...sources.matchAll(said)].map(([, name = '']) => folderOf.get(name) ?? '')
      return [folder, [...shown, ...spoken].filter((other) => folders.includes(other))] as const
    }),
  )
  const reached = (folder: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(folder)) return seen
    seen.add(folder)
    for (const other of direct.get(folder) ?? []) reached(other, seen)
    return seen
  }
  return Object.fromEntries(
    folders.map((folder) => [namespaceOf(folder), [...reached(folder)].map(namespaceOf).sort()]),
  )
}

/** `virtual:titles/<language>` and `virtual:speakers`. */
export function textsByFolder(): Plugin {
  return {
    name: 'youyu:texts-by-folder',
    resolveId: (id) => (/^virtual:(?:titles\/|speakers$)/.test(id) ? `\0${id}` : undefined),
    load(id) {
      const read = (file: string) => {
        this.addWatchFile(file)
        return readFileSync(file, 'utf8')
      }
      const language = languages.find((one) => id === `\0virtual:titles/${one}`)
      if (language) return `export const titles = ${JSON.stringify(titlesIn(language, read))}`
      if (id === '\0virtual:speakers') return `export const speakers = ${JSON.stringify(speakersIn(read))}`
      return undefined
    },
  }
}
