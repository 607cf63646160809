import { nextTick, watch } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { resumeSession } from '../api/call.ts'
import { currentUser, may, onSessionLost } from '../api/session.ts'
import { i18n, loadShellTexts, loadTexts, text } from '../texts/texts.ts'
import { toastProblem } from '../ui/toasts.ts'
import { accountsFeature } from '../features/accounts/index.ts'
import { noticeBoardFeature } from '../features/notice-board/index.ts'

let loadQueries: () => Promise<void> = () => Promise.resolve()

/** What must be installed before the first page behind the sign-in. */
export function beforeShell(load: () => Promise<void>): void {
  loadQueries = load
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...accountsFeature.routes.filter((route) => route.meta?.bare),
    ...noticeBoardFeature.routes,
    {
      path: '/',
      name: 'shell',
      component: () => import('./shell/ShellLayout.vue'),
      children: [
        {
          path: '/forbidden',
          name: 'forbidden',
          component: () => import('./NoAccessPage.vue'),
          meta: { title: 'app.forbidden.title', shellTexts: true },
        },
        {
          path: '/:path(.*)*',
          name: 'missing',
          component: () => import('./NoAccessPage.vue'),
          meta: { title: 'app.missing.title', shellTexts: true },
        },
      ],
    },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

/** Parts of the house, the permissions whose pages they hold, and their pages. */
const parts = {
  common: { permissions: /^/, load: () => import('./features.ts').then(({ features }) => features) },
  care: {
    permissions: /^(?:care|offer|check-up|supply|outreach)\b/,
    load: () => import('./care-features.ts').then(({ careFeatures }) => careFeatures),
  },
  subsidies: {
    permissions:
      /^(?:programme|simulation|circumstance|application|notice|beneficiary|payment|ledger|family|insurance|subsidy)\b/,
    load: () => import('./subsidy-features.ts').then(({ subsidyFeatures }) => subsidyFeatures),
  },
}
type Part = keyof typeof parts
const known = new Set<Part>()

/**
 * The pages of all features, fetched behind the sign-in; those of a part for whoever has some, or asks for an address that
 * nobody else knows. Answers whether they are new.
 */
async function loadPages(isLost: boolean): Promise<boolean> {
  const held = currentUser.value?.permissions ?? []
  const wanted = (Object.keys(parts) as Part[]).filter(
    (part) =>
      !known.has(part) &&
      (part === 'common' || isLost || held.some((permission) => parts[part].permissions.test(permission))),
  )
  const added = (await Promise.all(wanted.map((part) => parts[part].load()))).flat()
  for (const part of wanted) known.add(part)
  const { knowPages } = await import('./shell/menu.ts')
  knowPages(added)
  for (const route of added.flatMap((feature) => feature.routes)) {
    if (!route.meta?.bare) router.addRoute('shell', route)
  }
  return added.length > 0
}

/** Where a session that is not ready must go first. */
function required(): string | null {
  const pending = currentUser.value?.pending ?? []
  if (pending.includes('password-change')) return 'first-password'
  return pending.includes('second-factor-enrolment') ? 'first-second-factor' : null
}

/** What all pages but the sign-in need: the words of the checks, and zod with them. */
async function loadRules(): Promise<void> {
  const { speakInForms } = await import('../texts/validation.ts')
  speakInForms()
}

async function loadSettings(): Promise<void> {
  const { loadPreferences } = await import('../ui/preferences.ts')
  await loadPreferences()
}

async function admit(to: RouteLocationNormalized): Promise<RouteLocationRaw | true> {
  if (to.meta.open) {
    await Promise.all([loadRules(), loadTexts(to.meta.title?.split('.')[0]), loadQueries()])
    return true
  }
  if (currentUser.value === null) await resumeSession().catch(toastProblem)
  if (currentUser.value === null) {
    return to.name === 'sign-in'
      ? true
      : { name: 'sign-in', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
  }
  const first = required()
  if (first !== null) {
    await loadRules()
    if (to.name === first) return true
    return { name: first, query: to.meta.bare || to.fullPath === '/' ? to.query : { back: to.fullPath } }
  }
  if (to.meta.bare) return typeof to.query['back'] === 'string' ? to.query['back'] : '/'
  const isLost = to.name === 'missing' && known.has('common')
  if (await loadPages(isLost)) return { path: to.path, query: to.query, hash: to.hash, replace: true }
  await Promise.all([
    loadRules(),
    to.meta.shellTexts ? loadShellTexts() : loadTexts(to.meta.title?.split('.')[0]),
    loadSettings(),
    loadQueries(),
  ])
  if (!may(to.meta.permission)) return { name: 'forbidden' }
  return true
}

router.beforeEach(admit)

function nameTab(): void {
  const { title } = router.currentRoute.value.meta
  document.title = title ? `${text(title)} · ${text('app.name')}` : text('app.name')
}

router.afterEach((to, from, failure) => {
  if (failure) return
  nameTab()
  // The new page's heading takes the focus, as a full page load would have it read out.
  if (from.matched.length > 0 && to.path !== from.path) {
    void nextTick(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }))
  }
})
watch(() => i18n.global.locale.value, nameTab)

onSessionLost(() => {
  const { fullPath, meta } = router.currentRoute.value
  if (!meta.bare && !meta.open) void router.push({ name: 'sign-in', query: { back: fullPath, ended: '1' } })
})
