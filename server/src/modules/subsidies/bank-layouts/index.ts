export { findLayout, layoutInUse } from './queries.ts'
export { bankLayoutRoutes } from './routes.ts'
export { MOST_FAULTS, fenOf, readerOf, type Fault } from './rules-reading.ts'
export { Unwritable, writerOf, yuanOf } from './rules-writing.ts'
