/** What the pages of indicators of every part share; the shell does not load it. */
export { default as BasisField } from './BasisField.vue'
export { default as CatalogueTable } from './CatalogueTable.vue'
export { default as ChoiceCard } from './ChoiceCard.vue'
export { default as IndicatorDetail } from './IndicatorDetail.vue'
export { default as IndicatorFigures } from './IndicatorFigures.vue'
export { bases, cuts } from './ways.ts'
export { useAreaAndMonths, type Asked, type UsualMonths } from './useAreaAndMonths.ts'
export { useIndicatorWords } from './words.ts'
