import { knownWords } from './rules-known-words.ts'

const words = new Set(knownWords.split(/\s+/).filter(Boolean))
const longestWord = Math.max(...[...words].map((word) => word.length))

/** Rows, columns and diagonals of the keyboard, and the alphabet. */
const walks = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  'q1w2e3r4t5y6u7i8o9p0',
  '1q2w3e4r5t6y7u8i9o0p',
  '!qaz@wsx#edc$rfv',
].flatMap((walk) => [walk, [...walk].reverse().join('')])

const disguises: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/**
 * Whether a password (lower case, NFKC) is one that guessing programs try: known words, alone or two together, with
 * digits and signs around them, keyboard walks, repetitions. One list of words and rules of mangling stand for the
 * millions of lines of the published lists.
 */
export function isBreached(text: string): boolean {
  if (new Set(text).size <= 3) return true
  const unit = repeatedUnit(text)
  if (unit !== null && (unit.length < 6 || isBreached(unit))) return true
  return wordsNeeded(text) <= 2
}

function repeatedUnit(text: string): string | null {
  const at = (text + text).indexOf(text, 1)
  return at < text.length ? text.slice(0, at) : null
}

/** The fewest known words that make up the text; digits, signs and walks between them are free. */
function wordsNeeded(text: string): number {
  const fewest = [0]
  for (let end = 1; end <= text.length; end += 1) {
    let best = Infinity
    if (/\P{L}/u.test(text[end - 1] ?? '')) best = fewest[end - 1] ?? Infinity
    for (let start = Math.max(0, end - 36); start <= end - 3; start += 1) {
      const piece = text.slice(start, end)
      const price = isWalk(piece) ? 0 : end - start <= longestWord && isKnown(piece) ? 1 : Infinity
      best = Math.min(best, (fewest[start] ?? Infinity) + price)
    }
    fewest.push(best)
  }
  return fewest[text.length] ?? Infinity
}

function isKnown(piece: string): boolean {
  return words.has(piece) || words.has(piece.replace(/[@431!0$57]/g, (sign) => disguises[sign] ?? sign))
}

function isWalk(piece: string): boolean {
  return walks.some((walk) => walk.includes(piece)) || new Set(piece).size === 1
}
