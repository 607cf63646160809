import { z } from 'zod'

/** UUIDv7 made by the application. */
export const Id = z.uuid()
export type Id = z.infer<typeof Id>

/** Money in fen (1/100 yuan); never a float. */
export const Fen = z.int()
export type Fen = z.infer<typeof Fen>

/** A day in Asia/Shanghai, `YYYY-MM-DD`; a string end to end. */
export const CivilDate = z.iso.date()
export type CivilDate = z.infer<typeof CivilDate>

/** A moment, ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true })
export type Instant = z.infer<typeof Instant>

/** 12-digit statistical division code (统计用区划代码): 2 province + 2 prefecture + 2 county + 3 township + 3 village. */
export const DivisionCode = z.string().regex(/^\d{12}$/)
export type DivisionCode = z.infer<typeof DivisionCode>

/** The leading digits that a whole subtree of divisions shares; the empty prefix is the whole country. */
export const DivisionPrefix = z.string().regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})?$/)
export type DivisionPrefix = z.infer<typeof DivisionPrefix>

const subtreeLengths = [2, 4, 6, 9, 12] as const

/** The significant prefix of a code: `371121001000` → `371121001`. */
export function prefixOf(code: DivisionCode): DivisionPrefix {
  const length = subtreeLengths.find((digits) => /^0*$/.test(code.slice(digits))) ?? 12
  return code.slice(0, length)
}

/** Half-open range of all codes under a prefix in collation "C": `>= lo and < hi`. */
export function rangeOf(prefix: DivisionPrefix): { lo: string; hi: string } {
  return { lo: prefix, hi: `${prefix}:` }
}

/** Level 1 province … 5 village. */
export function levelOf(code: DivisionCode): 1 | 2 | 3 | 4 | 5 {
  return (subtreeLengths.indexOf(prefixOf(code).length as 2 | 4 | 6 | 9 | 12) + 1) as 1 | 2 | 3 | 4 | 5
}

/** The county (first six digits) as the integer that distributes all county-owned rows. */
export function countyOf(code: DivisionPrefix): number {
  return Number(code.slice(0, 6))
}

/** `true`/`false` as a query string carries them. */
export const QueryFlag = z.enum(['true', 'false']).transform((value) => value === 'true')

export const Cursor = z.string().max(600)

/** What every list accepts: keyset paging, never an offset. */
export const PageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: Cursor.optional(),
}

export function Page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
export type Page<Item> = { items: Item[]; nextCursor: string | null }

/** Text that a person typed: trimmed, no control characters. */
export const Text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/)

/** Why personal records are opened or handed out (domain §9.3). */
export const Purpose = z.enum([
  'SERVICE',
  'BENEFIT',
  'REGISTER',
  'SURVEILLANCE',
  'STATISTICS',
  'PAYMENT',
  'AUDIT',
  'RESEARCH',
])
export type Purpose = z.infer<typeof Purpose>

/** L0 public … L4 treating facility only (domain §9.1). */
export const DataClass = z.enum(['L0', 'L1', 'L2', 'L3', 'L4'])
export type DataClass = z.infer<typeof DataClass>

export const purposeNames: Record<Purpose, readonly [string, string]> = {
  SERVICE: ['提供服务', 'Providing a service'],
  BENEFIT: ['利益导向（奖励、扶助、补贴）', 'Benefits and subsidies'],
  REGISTER: ['人口登记与核对', 'Keeping the register'],
  SURVEILLANCE: ['监测', 'Surveillance'],
  STATISTICS: ['统计', 'Statistics'],
  PAYMENT: ['资金发放', 'Payment'],
  AUDIT: ['审计与监督', 'Audit'],
  RESEARCH: ['研究（经批准）', 'Approved research'],
}
