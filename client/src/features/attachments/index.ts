/** The files of a case, for the pages of cases; the shell does not load it. */
export { default as AttachmentList } from './AttachmentList.vue'
export { default as FileField } from './FileField.vue'
export { default as FileShelf } from './FileShelf.vue'
