import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const cases = ['src/**/*.test.ts']
const database = fileURLToPath(new URL('server/test/database.ts', import.meta.url))

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { name: 'shared', root: './shared', include: cases, environment: 'node' } },
      {
        test: {
          name: 'server',
          root: './server',
          include: [...cases, 'test/**/*.test.ts'],
          environment: 'node',
          globalSetup: [database],
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      './client/vitest.config.ts',
      {
        test: {
          name: 'journeys',
          root: './client',
          include: ['e2e/**/*.journey.ts'],
          environment: 'node',
          globalSetup: [fileURLToPath(new URL('client/e2e/demo-data.ts', import.meta.url))],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          retry: 0,
        },
      },
    ],
  },
})
