import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { divisionsOfCounty } from '../src/generator/index.ts'
import { writeCounty } from '../src/generator/writing.ts'

export type GeneratedCounty = { read(file: string): Buffer; remove(): void }

/** The files of a synthetic county, as its bureau would bring them from an older system. */
export async function generateCounty(wanted: {
  persons: number
  seed: number
  errors: number
}): Promise<GeneratedCounty> {
  const { errors, ...size } = wanted
  const out = mkdtempSync(join(tmpdir(), 'youyu-import-'))
  const plan = { county: '371121', divisions: await divisionsOfCounty('371121'), ...size, asOf: '2026-10-31' }
  await writeCounty(plan, { out, encoding: 'utf-8', header: 'zh', errors, legacy: true })
  return {
    read: (file) => readFileSync(join(out, file)),
    remove: () => rmSync(out, { recursive: true }),
  }
}
