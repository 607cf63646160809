import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'
import { newDirectory, openInstallation, type Installation } from './installation.ts'

/** An installation of its own with the demo county, as `npm start` shows it on an empty folder. */
export async function openDemo(environment: Record<string, string> = {}): Promise<Installation> {
  const directory = newDirectory()
  execFileSync('cp', ['-a', '--reflink=auto', inject('demoData'), join(directory, 'data')])
  return await openInstallation(environment, directory)
}
