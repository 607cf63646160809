import { join } from 'node:path'
import vue from 'eslint-plugin-vue'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'
import { pagesParser } from './eslint.pages.js'

const root = import.meta.dirname
const { parser: vueParser } = vue.configs['flat/base'].find(({ files }) => files).languageOptions
const pages = pagesParser(join(root, 'client/tsconfig.json'), vueParser)

/** Each file belongs to one project; whoever names several has them all loaded. */
const typedBy = (project, ...files) => ({
  files,
  languageOptions: { parserOptions: { project, tsconfigRootDir: root } },
})

const unsafe = ['argument', 'assignment', 'call', 'member-access', 'return'].map(
  (what) => `no-unsafe-${what}`,
)

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/dist/',
    'client/dist-*/',
    '.data/',
    'migrations/',
    '**/*.{js,cjs,mjs}',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [ts.configs.recommendedTypeChecked, vue.configs['flat/recommended']],
    rules: {
      // A drizzle query that nobody awaits silently does nothing.
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/only-throw-error': 'error',
      'no-console': ['error', { allow: ['log', 'warn', 'error'] }],
      eqeqeq: 'error',
    },
  },
  typedBy('shared/tsconfig.json', 'shared/**/*.ts'),
  typedBy('server/tsconfig.json', 'server/**/*.ts'),
  typedBy('client/tsconfig.node.json', 'client/{e2e,bench}/**/*.ts'),
  typedBy('client/tsconfig.json', 'client/src/**/*.{ts,vue}'),
  { files: ['client/src/**/*.ts'], languageOptions: { parser: pages } },
  {
    files: ['client/src/**/*.vue'],
    languageOptions: { parserOptions: { parser: pages, extraFileExtensions: ['.vue'] } },
  },
  {
    // Answers in tests are any on purpose; components are any to every compiler but vue-tsc, which checks them.
    files: ['**/*.test.ts', 'server/test/**', 'client/**'],
    rules: Object.fromEntries(unsafe.map((rule) => [`@typescript-eslint/${rule}`, 'off'])),
  },
  {
    files: ['**/*.vue'],
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      // Prettier sets the layout.
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
    },
  },
  {
    files: ['**/*.config.ts', 'vitest.config.ts'],
    extends: [ts.configs.disableTypeChecked],
  },
)
