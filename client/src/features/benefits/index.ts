/** What the pages of benefits share; the shell does not load it. */
export { default as RuleEditor } from './RuleEditor.vue'
export { default as RuleSentences } from './RuleSentences.vue'
export { default as ShareBar } from './ShareBar.vue'
export { useProgrammeNames } from './programme-names.ts'
export { levelName, programmeName, rateText, sharesText, speech } from './words.ts'
