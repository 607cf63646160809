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

/** Leaves out of zod what writes JSON Schema: that is the server's work (openapi), and a tenth of the first view. */
function zodWithoutJsonSchema(): Plugin {
  return {
    name: 'youyu:zod-without-json-schema',
    apply: 'build',
    transform: {
      filter: { id: /zod[/\\]v4[/\\]classic[/\\]schemas\.js$/ },
      handler: (code) =>
        code
          .replaceAll(/^\s*inst\._zod\.processJSONSchema = .*=> processors\.\w+\(inst, .*\);$/gm, '')
          .replaceAll(/create\w*JSONSchemaMethod\(this, .*?\)(?:\(params\))?(?=[,;])/g, 'undefined'),
    },
  }
}

/** What contracts need of the error codes is their names; the sentences come with whoever says them (api/code-text.ts). */
function codesWithoutSentences(): Plugin {
  const errors = resolve(import.meta.dirname, '../shared/src/errors.ts')
  return {
    name: 'youyu:codes-without-sentences',
    enforce: 'pre',
    apply: 'build',
    resolveId: {
      filter: { id: /^\.{1,2}\/errors\.ts$/ },
      handler: (_, importer) => (importer?.includes('shared') ? `${errors}?names` : undefined),
    },
    load: {
      filter: { id: /errors\.ts\?names$/ },
      handler: () =>
        readFileSync(errors, 'utf8').replaceAll(
          /: \[\s*(\d{3}),\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`]*`),[^\]]*\]/g,
          ": [$1, '', '']",
        ),
    },
  }
}

/** Fetched together with a page: its styles and the large pieces many pages share. The list of all others costs the first view more. */
const fetchedAhead = /\.css$|\/(?:DataTable|useZodForm|AppField|AppOverlay|value-sets|population)-[-\w]+\.js$/

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    vue(),
    titles(),
    zodWithoutJsonSchema(),
    codesWithoutSentences(),
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
  build: {
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    modulePreload: {
      resolveDependencies: (_, files, { hostType }) =>
        hostType === 'html' ? files : files.filter((file) => fetchedAhead.test(file)),
    },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules[/\\](?:@vue|vue|vue-router|vue-i18n|@intlify)[/\\]/ },
            { name: 'zod', test: /node_modules[/\\]zod[/\\]/ },
            { name: 'queries', test: /node_modules[/\\](?:pinia|@pinia)[/\\]/ },
          ],
        },
      },
    },
  },
  server: { port: 5173, strictPort: true, proxy: Object.fromEntries(backend.map((path) => [path, server])) },
})
