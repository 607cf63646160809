import type { ColumnMapping, ImportKind, ImportNote } from '@youyu/shared/population/imports'
import { importFields } from './rules-fields.ts'

/** Columns that the error file adds; a corrected file may keep them. */
export const errorColumns = ['错误行号', '错误原因', 'error']

/** Case, width, spaces and punctuation of a header mean nothing. */
function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-–—.·:：/*＊()（）[\]【】"'“”]/g, '')
}

const named = new Map<ImportKind, Map<string, string>>()

function namesOf(kind: ImportKind): Map<string, string> {
  let names = named.get(kind)
  if (!names) {
    names = new Map()
    for (const { key, zh, en, aliases } of importFields[kind])
      for (const name of [key, zh, en, ...aliases])
        if (!names.has(plainHeader(name))) names.set(plainHeader(name), key)
    named.set(kind, names)
  }
  return names
}

// E1: nothing may classify a birth, or a person, as in or out of policy.
const classifiesByPolicy =
  /政策(内|外|性)?(生育|生|出生)|政策内外|政策[内外]|计划[内外]|计划生育|是否计生|符合政策|合法生育|违法生育|违规生育|超生|生育证|准生|社会抚养费|双查|孕检证|planned.?birth|policy.?birth|out.?of.?plan|in.?plan|unplanned.?birth|birth.?permit|inside.?policy|outside.?policy|within.?policy|outofpolicy|inpolicy/i
// E7: no sex before birth.
const tellsFetalSex =
  /(胎儿|胎|孕检|b超|超声|产前).{0,4}性别|fet(al|us).{0,6}(sex|gender)|prenatal.{0,4}(sex|gender)/i

/** The first rows that a note is about, and how many there are. */
type NotedRows = { first: readonly number[]; count: number }
const noRows: NotedRows = { first: [], count: 0 }

const noteTexts: Record<ImportNote['code'], (column: string, rows: NotedRows) => [string, string]> = {
  'legacy-policy-column-dropped': (column) => [
    `“${column}”一列按政策划分生育，依法不再采集，已整列舍去`,
    `Column “${column}” classifies births by policy; it is no longer collected and was left out`,
  ],
  'fetal-sex-column-dropped': (column) => [
    `“${column}”一列涉及胎儿性别，不得采集，已整列舍去`,
    `Column “${column}” tells the sex before birth; it must not be collected and was left out`,
  ],
  'unknown-column-ignored': (column) => [
    `“${column}”一列未能识别，未导入`,
    `Column “${column}” is not recognised and was not loaded`,
  ],
  'formula-kept-as-text': (column) => [
    `“${column}”一列含有公式，已作为文字保存，不会被执行`,
    `Column “${column}” holds formulas; they were kept as text and are never run`,
  ],
  'unknown-facility-left-empty': (column, { first, count }) => [
    `“${column}”一列有 ${count} 行的机构代码未登记，这些出生记录的机构留空（第 ${first.join('、')} 行${count > first.length ? '等' : ''}）`,
    `Column “${column}” names facilities that are not registered in ${count} rows; the facility of these births was left empty (rows ${first.join(', ')}${count > first.length ? ' and others' : ''})`,
  ],
}

export function noteOf(code: ImportNote['code'], column: string, rows = noRows): ImportNote {
  const [zh, en] = noteTexts[code](column, rows)
  return { code, column, zh, en }
}

function isForbiddenHeader(header: string): ImportNote['code'] | null {
  const plain = plainHeader(header)
  if (classifiesByPolicy.test(header) || classifiesByPolicy.test(plain)) return 'legacy-policy-column-dropped'
  return tellsFetalSex.test(header) || tellsFetalSex.test(plain) ? 'fetal-sex-column-dropped' : null
}

export type Columns = {
  /** Header → field, for every header of the file. */
  mapping: ColumnMapping
  /** Field key per column, null for a column left out. */
  keys: (string | null)[]
  missing: string[]
  notes: ImportNote[]
  /** Headers that were mapped to a field that does not exist, or to one field twice. */
  wrong: string[]
}

/**
 * How the columns of a file are read: what the officer chose comes first, then what the source was last loaded with,
 * then the names; forbidden columns are dropped whatever anybody chose.
 */
export function columnsOf(kind: ImportKind, headers: readonly string[], chosen: ColumnMapping = {}): Columns {
  const names = namesOf(kind)
  const fields = new Set(importFields[kind].map(({ key }) => key))
  const mapping: ColumnMapping = {}
  const keys: (string | null)[] = []
  const notes: ImportNote[] = []
  const wrong: string[] = []
  const taken = new Set<string>()
  const byChoice = new Set(Object.values(chosen).filter((key) => key !== null))
  for (const header of headers) {
    const forbidden = isForbiddenHeader(header)
    const isChosen = Object.hasOwn(chosen, header)
    let key = isChosen ? (chosen[header] ?? null) : (names.get(plainHeader(header)) ?? null)
    if (key !== null && !isChosen && byChoice.has(key)) key = null
    if (forbidden) key = null
    const isTwice = key !== null && taken.has(key)
    if (key !== null && (!fields.has(key) || (isTwice && (isChosen || Object.hasOwn(mapping, header)))))
      wrong.push(header)
    if (isTwice || (key !== null && !fields.has(key))) key = null
    if (key !== null) taken.add(key)
    if (!Object.hasOwn(mapping, header)) mapping[header] = key
    keys.push(key)
    if (forbidden) notes.push(noteOf(forbidden, header))
    else if (key === null && !isChosen && header.trim() !== '' && !errorColumns.includes(header))
      notes.push(noteOf('unknown-column-ignored', header))
  }
  return { mapping, keys, missing: missingFields(kind, taken), notes, wrong }
}

/** Sex and birth date can be read from the identity number; one of the two places stands for the other. */
function missingFields(kind: ImportKind, present: ReadonlySet<string>): string[] {
  const missing = importFields[kind]
    .filter(({ key, required }) => required && !present.has(key))
    .map(({ key }) => key)
  if (kind !== 'persons') return missing
  return missing.filter((key) => {
    if (key === 'sex' || key === 'birthDate') return !present.has('idNumber')
    if (key === 'hukouDivision') return !present.has('residenceDivision')
    return true
  })
}
