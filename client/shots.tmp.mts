import { openBrowser } from './e2e/browser.ts'
import { openVisitor, signIn, accessibilityFindings } from './e2e/visitor.ts'
const url = process.env.URL!
const who = process.env.WHO ?? 'demo-county-population'
const paths = (process.env.PATHS ?? '/').split(',')
const mode = (process.env.MODE ?? 'wide,narrow,dark').split(',')
const b = await openBrowser()
for (const m of mode) {
  const v = await openVisitor(b, url, { ...(m.includes('narrow') ? { viewport: { width: 390, height: 844 } } : {}), colorScheme: m.includes('dark') ? 'dark' : 'light' })
  if (m === mode[0]) { await v.page.goto('/sign-in'); await v.page.waitForTimeout(800); await v.page.screenshot({ path: `/tmp/shots/sign-in-${m}.png` }); console.log('signin axe', await accessibilityFindings(v.page)) }
  await signIn(v.page, who, 'youyu-demo-2026')
  for (const p of paths) {
    await v.page.goto(p); await v.page.waitForTimeout(1500)
    await v.page.screenshot({ path: `/tmp/shots/${p.replaceAll('/', '_')}-${m}.png`, fullPage: m.includes('full') })
    const f = await accessibilityFindings(v.page)
    const over = await v.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    console.log(m, p, 'axe', f.length, f.slice(0, 3), 'over', over)
  }
  if (v.complaints.length) console.log(m, v.complaints.slice(0, 5))
  await v.close()
}
await b.close()
