import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { openBrowser } from './e2e/browser.ts'
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const base = process.env['BASE'] ?? 'http://127.0.0.1:25173'
const b = await openBrowser()
const [, , user, mode, ...paths] = process.argv
const modes: Record<string, object> = {
  w: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  wd: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  n: { viewport: { width: 360, height: 780 }, colorScheme: 'light', hasTouch: true },
  nd: { viewport: { width: 360, height: 780 }, colorScheme: 'dark', hasTouch: true },
}
const c = await b.newContext({ baseURL: base, locale: 'zh-CN', ...modes[mode!] })
const p = await c.newPage()
p.on('pageerror', (e) => console.log('ERR', e.message))
p.on('console', (m) => m.type() === 'error' && console.log('CON', m.text().slice(0, 300)))
const client = { id: '', name: '王芳芳', sex: '2', birthDate: '1993-04-05', age: 33, idNumber: '9911**********0025', phone: '138****0000', residence: { code: '371121001265', name: '孙家岭村' }, isMine: true, lastSeenOn: '2026-05-05' }
const mocks: [RegExp, unknown][] = process.env['MOCK'] ? [
  [/\/api\/v1\/clients\/today/, { on: '2026-11-22', items: [{ client: { ...client, id: '01a201e1-597b-74de-8207-6880453d5c05' }, reasons: [{ kind: 'TASK', id: '01a201e1-597b-74de-8207-6880453d5c05', what: 'm1' }], encounterId: null }] }],
  [/\/api\/v1\/clients\/[0-9a-f-]+$/, { ...client, id: '01a201e1-597b-74de-8207-6880453d5c05', consentAge: 'ADULT', currentMethods: [{ episodeId: '01a201e1-597b-74de-8207-6880453d5c05', method: 'M70', deviceType: null, startedOn: '2025-01-05', expectedEndOn: null, isDual: false }], lastEncounters: [], openProcedures: [], openTasks: [], consents: [], isShared: false }],
  [/\/api\/v1\/operator-licences/, { items: [{ id: '01a201e1-597b-74de-8207-6880453d5c05', organisationId: '01a201e1-597b-74de-8207-6880453d5c05', name: '李医生', certificateNumber: 'JS-001', procedures: ['P01'], validFrom: '2020-01-01', validUntil: null, userId: null, isExpert: false, status: 'active', organisationName: '服务站', version: 1 }], nextCursor: null }],
  [/\/api\/v1\/encounter-checklist/, { items: [] }],
  [/\/api\/v1\/procedures\?/, { items: [], nextCursor: null }],
  [/\/api\/v1\/method-episodes\?/, { items: [], nextCursor: null }],
] : []
for (const [re, body] of mocks) await p.route(re, (r) => r.fulfill({ json: body }))
await p.goto('/sign-in')
await p.getByLabel('用户名').fill(user!)
await p.getByLabel(/^密码/).fill('youyu-demo-2026')
await p.getByRole('button', { name: '登录' }).click()
await p.waitForURL((a) => !a.pathname.startsWith('/sign-in'))
let i = 0
for (const path of paths) {
  await p.goto(path, { waitUntil: 'networkidle' })
  await p.waitForTimeout(700)
  const file = `/tmp/s-shot-${mode}-${(i += 1)}.png`
  await p.screenshot({ path: file, fullPage: true })
  await p.evaluate(axe)
  const v = await p.evaluate(async () => (await (globalThis as any).axe.run()).violations.flatMap((x: any) => x.nodes.map((n: any) => `${x.id}: ${n.html.slice(0, 160)} ${(n.failureSummary ?? '').slice(0, 200)}`)))
  const wide = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  console.log(path, file, 'axe', v.length, v.slice(0, 5), 'beyond', wide)
}
await b.close()
