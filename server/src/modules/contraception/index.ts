import type { App, Office } from '../../office.ts'

/** Contraception services by informed choice, in the order of a consultation; then what plans, stocks and counts them. */
export function contraceptionRoutes(_app: App, _office: Office): void {}
