/** What the pages share on which a county makes a version of its own of rules that are data. */
export { default as VersionFields } from './VersionFields.vue'
export { default as VersionPublish } from './VersionPublish.vue'
export { default as VersionRow } from './VersionRow.vue'
export { useVersionRow } from './useVersionRow.ts'
