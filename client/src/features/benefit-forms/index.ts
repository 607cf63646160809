/** What the pages of benefits share; the shell does not load it. */
export { default as AccountFields } from './AccountFields.vue'
export { default as DeedDialog } from './DeedDialog.vue'
export { default as FileRows } from './FileRows.vue'
export { default as RecordHistory } from './RecordHistory.vue'
export { optionsOf, type DeedField } from './deed.ts'
export { fenOf, rowsOf } from './table-file.ts'
