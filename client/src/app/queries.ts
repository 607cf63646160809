import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import type { App } from 'vue'

export function installQueries(app: App): void {
  app.use(createPinia()).use(PiniaColada, {})
}
