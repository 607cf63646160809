export { chainFor, joinChain, makeDue, openChain, recordLinks, voidLinks, type LinkEvent } from './linking.ts'
export { type ChainFacts } from './queries.ts'
export { chainRoutes } from './routes.ts'
export { readCascade } from './tallies/index.ts'
