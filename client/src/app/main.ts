import '../ui/styles/base.css'
import { createApp } from 'vue'
import { i18n, useLanguage } from '../texts/texts.ts'
import { appearance } from '../ui/appearance.ts'
import App from './App.vue'
import { beforeShell, router } from './router.ts'

// Before the first schema: `new Function` is forbidden by the content security policy, and zod tries it once.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

const app = createApp(App)
let isInstalled = false
beforeShell(async () => {
  if (isInstalled) return
  isInstalled = true
  const { installQueries } = await import('./queries.ts')
  installQueries(app)
})

await useLanguage(appearance.language)
app.use(i18n).use(router).mount('#app')
