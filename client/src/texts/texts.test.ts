import { describe, expect, it } from 'vitest'

type Tree = { [key: string]: string | Tree }

const files = import.meta.glob<string>('../{app,ui,features/*}/texts.*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
})
const folders = Object.keys(files)
  .filter((path) => path.endsWith('/texts.zh-CN.json'))
  .map((path) => path.slice(3, -'/texts.zh-CN.json'.length))

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  )
}

function read(folder: string, language: string): Map<string, string> {
  return new Map(leaves(JSON.parse(files[`../${folder}/texts.${language}.json`] ?? '{}') as Tree))
}

const placeholders = (text: string | undefined) =>
  [...(text ?? '').matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join()

describe.each(folders)('the texts of %s', (folder) => {
  const zh = read(folder, 'zh-CN')
  const en = read(folder, 'en')

  it('exist in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('name the same things in both', () => {
    const different = [...zh].filter(([key, text]) => placeholders(text) !== placeholders(en.get(key)))
    expect(different).toEqual([])
  })
})
