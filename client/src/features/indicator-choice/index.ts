/** What the pages of indicators of every part share; the shell does not load it. */
export { default as BasisField } from './BasisField.vue'
export { default as ChoiceCard } from './ChoiceCard.vue'
export { default as IndicatorDownloads } from './IndicatorDownloads.vue'
export { default as IndicatorFigures } from './IndicatorFigures.vue'
export { bases, cuts } from './ways.ts'
export { useAreaAndMonths, type Asked } from './useAreaAndMonths.ts'
