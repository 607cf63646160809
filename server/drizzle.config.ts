import { relative } from 'node:path'
import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./src/**/tables.ts', './src/**/*-tables.ts'],
  out: relative(process.cwd(), process.env['MIGRATIONS_DIR'] ?? '../migrations'),
  casing: 'snake_case',
})
