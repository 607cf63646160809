import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { newDirectory, openInstallation } from './installation.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data of an installation with the demo county, stopped: what the journeys start from. */
    demoData: string
  }
}

/** The demo county is loaded once for all journeys. */
export default async function setup(project: TestProject): Promise<() => void> {
  const directory = newDirectory()
  await (await openInstallation({}, directory)).leave()
  project.provide('demoData', join(directory, 'data'))
  return () => rmSync(directory, { recursive: true, force: true })
}
