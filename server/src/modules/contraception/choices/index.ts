export { shownChoiceRow } from './choice-row.ts'
export { selectChoices } from './queries.ts'
export { recordChoice } from './recording.ts'
export { choiceRoutes } from './routes.ts'
