import { speakers } from 'virtual:speakers'
import { titles as english } from 'virtual:titles/en'
import { titles } from 'virtual:titles/zh-CN'
import { describe, expect, it, vi } from 'vitest'

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

describe('the texts that a page fetches', () => {
  it("are its folder's and those of the folders whose parts it shows", async () => {
    vi.resetModules()
    const { i18n, loadTexts } = await import('./texts.ts')
    await loadTexts('persons')

    const spoken = Object.keys(i18n.global.messages.value['zh-CN'])
    const whole = speakers['persons'] ?? []
    expect(whole).toEqual(expect.arrayContaining(['persons', 'population', 'dueServices']))
    expect(whole).not.toContain('care')
    expect(spoken).toEqual(expect.arrayContaining([...whole]))
    expect(i18n.global.te('care.title')).toBe(true)
    expect(i18n.global.te('care.encounter.saved')).toBe(false)
  })

  it('leave every page its title in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(titles).sort())
  })
})
