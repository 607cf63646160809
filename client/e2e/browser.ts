import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import packed, { inflate } from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/youyu')

/** A real Chromium: the one of CHROMIUM_PATH, of the system, or the one packed in @sparticuz/chromium. */
export async function openBrowser(): Promise<Browser> {
  const installed = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
  if (process.env['CHROMIUM_PATH'] || existsSync(installed)) return launch(installed)
  const unpacked = await unpackChromium()
  const executable = join(unpacked, 'chromium')
  const needsLibraries = spawnSync(executable, ['--version']).status !== 0
  return launch(executable, {
    ...(needsLibraries && { LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib') }),
    FONTCONFIG_FILE: join(unpacked, 'fonts.conf'),
  })
}

function launch(executablePath: string, env: Record<string, string> = {}): Promise<Browser> {
  // Without a UTF-8 locale Chromium calls a file with a Chinese name "download".
  const locale = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' }
  return chromium.launch({
    ...{ executablePath, headless: true, args: flags },
    env: { ...process.env, ...locale, ...env },
  })
}

/** Unpacked aside and renamed, with the libraries a machine without a desktop may lack. */
async function unpackChromium(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the journeys need a Chromium: set CHROMIUM_PATH (one is packed for Linux x64 only)')
  }
  const unpacked = join(cache, 'chromium')
  if (existsSync(unpacked)) return unpacked
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'chromium-'))
  const previous = process.env['TMPDIR']
  process.env['TMPDIR'] = draft
  try {
    await packed.executablePath()
    const packages = createRequire(import.meta.url)
    await inflate(join(dirname(packages.resolve('@sparticuz/chromium')), '../bin/al2023.tar.br'))
  } finally {
    if (previous === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = previous
  }
  writeFileSync(join(draft, 'fonts.conf'), fontsOf(unpacked))
  if (!existsSync(unpacked)) renameSync(draft, unpacked)
  return unpacked
}

/** Without a single font a page has no height; the packed one is added to those of the system. */
function fontsOf(unpacked: string): string {
  const folders = [join(unpacked, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts']
  const entries = folders.map((folder) => `<dir>${folder}</dir>`).join('')
  return `<?xml version="1.0"?><fontconfig>${entries}<cachedir>${join(unpacked, 'font-cache')}</cachedir></fontconfig>`
}
