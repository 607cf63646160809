import { mergeConfig } from 'vite'
import { defineConfig } from 'vitest/config'
import site from './vite.config.ts'

export default mergeConfig(
  site,
  defineConfig({
    test: {
      name: 'client',
      root: import.meta.dirname,
      include: ['src/**/*.test.ts'],
      environment: 'happy-dom',
      isolate: false,
      maxWorkers: 2,
    },
  }),
)
