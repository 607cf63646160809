import type { App, Office } from '../../office.ts'

/** Benefits, from the rule to the bank and back. */
export function subsidyRoutes(_app: App, _office: Office): void {}
