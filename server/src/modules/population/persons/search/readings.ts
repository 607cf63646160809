import type { MatchKind } from '@youyu/shared/population/persons'
import { IdType } from '@youyu/shared/population/value-sets'
import { confusedSpellings, nameReadings, typedPinyin } from '../names.ts'
import { documentKey, documentNumber } from '../rules.ts'

type Column = 'name' | 'name_tail' | 'name_pinyin' | 'name_initials'

/** One way to read what was typed. Ranges are half open: `>= lo and < hi` in collation "C". */
export type Reading =
  | { kind: MatchKind; by: 'hash'; column: 'id_number_hash' | 'phone_hash'; inputs: string[] }
  | { kind: MatchKind; by: 'household'; numbers: string[] }
  | { kind: MatchKind; by: 'prefix'; column: Column; lo: string; hi: string }
  | { kind: MatchKind; by: 'further-reading'; column: 'pinyin' | 'initials'; lo: string; hi: string }

const LAST = '\u{10ffff}'
const range = (prefix: string) => ({ lo: prefix, hi: prefix + LAST })

/** Digits of a phone; the country's own prefix may be typed or not. */
function phonesIn(text: string): string[] {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 5 || digits.length > 20) return []
  return digits.length === 13 && digits.startsWith('86') ? [digits, digits.slice(2)] : [digits]
}

function numbersIn(text: string): Reading[] {
  const plain = text.replace(/\s/g, '')
  const documents = IdType.options.map((type) => documentKey(type, documentNumber(type, text)))
  const phones = /^[0-9+() -]+$/.test(text) ? phonesIn(text) : []
  return [
    ...(plain.length >= 5
      ? [{ kind: 'id-number', by: 'hash', column: 'id_number_hash', inputs: documents } as const]
      : []),
    ...(phones.length > 0
      ? [{ kind: 'phone', by: 'hash', column: 'phone_hash', inputs: phones } as const]
      : []),
    { kind: 'household-number', by: 'household', numbers: [...new Set([plain, plain.toUpperCase()])] },
  ]
}

function namesIn(text: string): Reading[] {
  return [
    { kind: 'name', by: 'prefix', column: 'name', ...range(text) },
    { kind: 'name-part', by: 'prefix', column: 'name_tail', ...range(text) },
  ]
}

function soundsIn(typed: string): Reading[] {
  return [
    { kind: 'pinyin', by: 'prefix', column: 'name_pinyin', ...range(typed) },
    { kind: 'initials', by: 'prefix', column: 'name_initials', ...range(typed) },
    { kind: 'pinyin', by: 'further-reading', column: 'pinyin', ...range(typed) },
    { kind: 'initials', by: 'further-reading', column: 'initials', ...range(typed) },
  ]
}

/** What the one box may mean, the surest first. */
export function readingsOf(question: string): Reading[] {
  const text = question.normalize('NFKC').trim()
  if (/^[\x20-\x7e]*\d[\x20-\x7e]*$/.test(text)) return numbersIn(text)
  if (/[a-zA-ZÀ-ɏ]/.test(text) && !/\p{Script=Han}/u.test(text)) return soundsIn(typedPinyin(text))
  return namesIn(text)
}

/** Where nothing was found: names that sound the same, spellings that ears confuse. */
export function similarReadingsOf(question: string): Reading[] {
  const text = question.normalize('NFKC').trim()
  if (/\d/.test(text)) return []
  if (/\p{Script=Han}/u.test(text)) {
    const { pinyin, others } = nameReadings(text)
    const further = others.map((other) => other.pinyin)
    return alike([pinyin, ...further])
  }
  return alike(confusedSpellings(typedPinyin(text)))
}

function alike(spellings: readonly string[]): Reading[] {
  const typed = [...new Set(spellings)].filter((spelling) => spelling.length > 1)
  return [
    ...typed.map((each) => ({ kind: 'fuzzy', by: 'prefix', column: 'name_pinyin', ...range(each) }) as const),
    ...typed.map(
      (each) => ({ kind: 'fuzzy', by: 'further-reading', column: 'pinyin', ...range(each) }) as const,
    ),
  ]
}
