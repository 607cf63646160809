/** What the pages of people and of households share; the shell does not load it. */
export { default as ChangeDialog } from './ChangeDialog.vue'
export { default as HouseholdPicker } from './HouseholdPicker.vue'
export { default as PersonPicker } from './PersonPicker.vue'
export { default as ReasonDialog } from './ReasonDialog.vue'
export { placeText } from './places.ts'
export { useChange } from './useChange.ts'
export { codeOptions, fieldName, findingName, valueName } from './words.ts'
