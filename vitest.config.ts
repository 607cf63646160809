import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const cases = ['src/**/*.test.ts']
const database = fileURLToPath(new URL('server/test/database.ts', import.meta.url))

/** What takes longest begins first, so that in the end nobody waits for it alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification) => (moduleId.endsWith('/demo-pages.journey.ts') ? 0 : 1)
    return sorted.toSorted((one, other) => rank(one) - rank(other))
  }
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
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
