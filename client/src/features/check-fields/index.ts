export { default as CheckFields } from './CheckFields.vue'
export { blankCheck, checkIn, type CheckValues } from './check-values.ts'
