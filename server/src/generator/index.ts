export { generateCounty } from './county.ts'

export { divisionsOfCounty } from './divisions.ts'
export { eventColumns, householdColumns, personColumns } from './rows.ts'
export type { DivisionRow } from './rows.ts'
