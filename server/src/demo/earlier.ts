import { buildApp } from '../app.ts'
import type { App, Office } from '../office.ts'

/** The same office on an earlier day: what was planned and promised then is kept or missed today. */
export async function openEarlier(
  { config, db, keys, log }: Office,
  on: string,
): Promise<{ app: App; office: Office }> {
  const opened = await buildApp({
    ...{ config: { ...config, WORKERS: false }, db, keys, log },
    now: () => new Date(`${on}T10:00:00+08:00`),
  })
  await opened.app.ready()
  return opened
}
