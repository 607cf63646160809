import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`
const backend = ['/api/', '/oauth/', '/health', '/openapi.json', '/docs']
const features = resolve(import.meta.dirname, 'src/features')

type Tree = { [key: string]: string | Tree }

/** `persons.new.title` → its text, and the same path of objects around it. */
function branchOf(tree: Tree, path: string[], into: Tree): void {
  const [key = '', ...rest] = path
  const value = tree[key]
  if (typeof value === 'string') into[key] = value
  else if (value !== undefined) branchOf(value, rest, (into[key] ??= {}) as Tree)
}

/** `virtual:titles`: the titles that menus and routes name, so that the shell need not load all texts. */
function titles(): Plugin {
  return {
    name: 'youyu:titles',
    resolveId: (id) => (id === 'virtual:titles' ? '\0virtual:titles' : undefined),
    load(id) {
      if (id !== '\0virtual:titles') return undefined
      const found: Tree = {}
      for (const folder of readdirSync(features)) {
        const index = resolve(features, folder, 'index.ts')
        const file = resolve(features, folder, 'texts.zh-CN.json')
        this.addWatchFile(index)
        this.addWatchFile(file)
        const name = folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
        const tree: Tree = { [name]: JSON.parse(readFileSync(file, 'utf8')) as Tree }
        for (const [, key = ''] of readFileSync(index, 'utf8').matchAll(/(?:title|label): '([\w.]+)'/g)) {
          branchOf(tree, key.split('.'), found)
        }
      }
      return `export const titles = ${JSON.stringify(found)}`
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    vue(),
    titles(),
    vueI18n({
      include: resolve(import.meta.dirname, 'src/**/texts.*.json'),
      runtimeOnly: true,
      compositionOnly: true,
      fullInstall: false,
      dropMessageCompiler: true,
      strictMessage: true,
    }),
  ],
  define: { __VUE_OPTIONS_API__: 'false' },
  build: { target: 'es2022', sourcemap: false, assetsInlineLimit: 0, chunkSizeWarningLimit: 400 },
  server: { port: 5173, strictPort: true, proxy: Object.fromEntries(backend.map((path) => [path, server])) },
})
