import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { textsByFolder } from './texts.config.ts'

const server = `http://127.0.0.1:${process.env['PORT'] ?? '3000'}`
const backend = ['/api/', '/oauth/', '/health', '/openapi.json', '/docs']

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
    textsByFolder(),
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
