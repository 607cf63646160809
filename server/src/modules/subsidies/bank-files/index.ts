export { encipherPart, fileStream, piecesOf } from './pieces.ts'
export { insertPart } from './queries.ts'
