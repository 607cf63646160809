import { randomInt } from 'node:crypto'

/** Without characters that are read for one another: it is handed over on paper or by telephone. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** About eighty bits, in four groups. */
export function firstPassword(): string {
  const four = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return [four(), four(), four(), four()].join('-')
}
