import type { BookSignature, Month, signBook, signBookBelow } from '@youyu/shared/population/book'
import { countyOf, levelOf, prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { longCommand, transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { countyFor } from '../area.ts'
import * as queries from '../queries.ts'
import { isOver, monthAfter, monthBefore } from '../rules.ts'
import * as signatures from './queries.ts'

type Body<Endpoint extends { schema: { body: z.ZodType } }> = z.output<Endpoint['schema']['body']>

type Level = 3 | 4 | 5

export const shownSignature = (row: signatures.SignatureRow): BookSignature => ({
  id: row.id,
  act: row.act,
  recordedAt: row.recordedAt.toISOString(),
  recordedBy: row.recordedBy,
  note: row.note,
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  withdrawReason: row.withdrawReason,
})

function refuseMonth(month: Month, today: string): void {
  if (!isOver(month, today))
    throw new Refused('book-month-not-over', { errors: [{ pointer: '/month', code: 'book-month-not-over' }] })
}

/**
 * The months that these divisions of a level have to sign before this one: a month in which a division did not stand
 * and had nobody leaves no gap.
 */
export async function openEarlier(
  tx: Transaction,
  ledger: { county: number; prefixes: Access['prefixes'] },
  { division, level, month }: { division: DivisionCode; level: Level; month: Month },
  codes: readonly DivisionCode[],
  asOf: Date | null = null,
): Promise<Map<DivisionCode, Month>> {
  const before = monthBefore(month)
  const latest = await signatures.latestSigned(tx, ledger.county, codes, month, asOf)
  const late = codes.filter((code) => (latest.get(code) ?? before) !== before)
  if (late.length === 0) return new Map()
  const due = level === 3 ? codes : await signatures.partsInBook(tx, ledger, division, level, before)
  return new Map(
    late.filter((code) => due.includes(code)).map((code) => [code, monthAfter(latest.get(code)!)]),
  )
}

/** When the book was held: what was posted until then, while this waited for it, is earlier than the signature. */
async function held(tx: Transaction, { now }: Office, county: number): Promise<Date> {
  await signatures.holdBook(tx, county, now())
  return now()
}

/** Confirms, signs or closes a month of one division, as its level is. */
export async function sign(
  office: Office,
  access: Access,
  body: Body<typeof signBook>,
): Promise<BookSignature> {
  const { division, month, note = null } = body
  const county = countyFor(access, division, '/division')
  if (!covers(access.prefixes, prefixOf(division)))
    throw new Refused('out-of-area', { errors: [{ pointer: '/division', code: 'out-of-area' }] })
  const level = levelOf(division) as Level
  const ledger = { county, prefixes: access.prefixes }
  refuseMonth(month, todayOf(office.now()))
  return await longCommand(office.db, access, async (tx) => {
    const at = await held(tx, office, county)
    const signed = await signatures.holdSigned(tx, county, month)
    const parts =
      level === 5 ? [] : await signatures.partsInBook(tx, ledger, division, (level + 1) as 4 | 5, month)
    await signatures.holdFormer(tx, county, [division], monthBefore(month))
    const earlier = (await openEarlier(tx, ledger, { division, level, month }, [division])).get(division)
    if (earlier) throw new Refused('book-earlier-open', { detail: earlier.slice(0, 7) })
    if (signed.has(division)) throw new Refused('already-exists')
    const open = parts.filter((part) => !signed.has(part))
    if (open.length > 0) throw new Refused('book-lower-open', { detail: await told(tx, open) })
    const odd = await signatures.findResiduals(tx, access, division, month)
    const signing = { division, level, parts: [division], month, note, at, odd }
    const done = await signatures.insertSignatures(tx, access, signing)
    if (done.length === 0) throw new Refused(odd.length > 0 ? 'book-residual' : 'book-not-kept')
    await record(
      tx,
      access,
      { action: 'change', entity: 'population-book', division, fields: ['signature', month.slice(0, 7)] },
      at,
    )
    const [row] = await signatures.selectSignatures(tx, county, [division], { from: month, until: month })
    return shownSignature(row!)
  })
}

type Step = { division: DivisionCode; level: Level; month: Month; note: string | null; at: Date }

/** Signs what of a level is open and in order: nothing earlier open, everything below signed, nothing unexplained. */
async function signLevel(
  tx: Transaction,
  access: Access,
  { level, odd, ...step }: Step & { odd: readonly DivisionCode[] },
): Promise<{ signed: number; left: DivisionCode[] }> {
  const { division, month } = step
  const ledger = { county: countyOf(division), prefixes: access.prefixes }
  const signed = await signatures.holdSigned(tx, ledger.county, month)
  const parts =
    level === levelOf(division)
      ? [division]
      : await signatures.partsInBook(tx, ledger, division, level as 4 | 5, month)
  const below =
    level === 5 ? [] : await signatures.partsInBook(tx, ledger, division, (level + 1) as 4 | 5, month)
  const open = parts.filter((part) => !signed.has(part))
  await signatures.holdFormer(tx, ledger.county, open, monthBefore(month))
  const earlier = await openEarlier(tx, ledger, { division, level, month }, open)
  const waiting = new Set(
    below.filter((code) => !signed.has(code)).map((code) => code.slice(0, { 3: 6, 4: 9 }[level as 3 | 4])),
  )
  const ready = open.filter((part) => !earlier.has(part) && !waiting.has(prefixOf(part)))
  const done = new Set(
    ready.length > 0
      ? await signatures.insertSignatures(tx, access, { ...step, level, parts: ready, odd })
      : [],
  )
  return { signed: done.size, left: open.filter((part) => !done.has(part)) }
}

/** Signs for all parts below that are in order, of one level or of all up to the division; tells which are left. */
export async function signBelow(office: Office, access: Access, body: Body<typeof signBookBelow>) {
  const { division, month, note = null, whole = false } = body
  const county = countyFor(access, division, '/division')
  const own = levelOf(division) as Level
  const level = body.level ?? ((own + 1) as 4 | 5)
  if (
    (whole ? body.level !== undefined : level <= own || level > 5) ||
    !covers(access.prefixes, prefixOf(division))
  )
    throw Refused.field('/level', 'invalid-value')
  const levels = whole ? ([5, 4, 3] as const).filter((each) => each >= own) : [level]
  refuseMonth(month, todayOf(office.now()))
  return await longCommand(office.db, access, async (tx) => {
    const at = await held(tx, office, county)
    const odd = await signatures.findResiduals(tx, access, division, month)
    const told = { signed: 0, left: [] as DivisionCode[] }
    for (const each of levels) {
      const step = await signLevel(tx, access, { division, level: each, month, note, at, odd })
      told.signed += step.signed
      told.left.push(...step.left)
    }
    await record(
      tx,
      access,
      {
        action: 'change',
        entity: 'population-book',
        division,
        fields: ['signature', month.slice(0, 7)],
        rows: told.signed,
      },
      at,
    )
    const names = await queries.findNames(tx, told.left)
    return {
      signed: told.signed,
      left: told.left.map((code) => names.get(code) ?? { code, name: code, level: levelOf(code) }),
    }
  })
}

async function told(tx: Transaction, codes: readonly DivisionCode[]): Promise<string> {
  const names = await queries.findNames(tx, codes.slice(0, 5))
  const named = codes.slice(0, 5).map((code) => names.get(code)?.name ?? code)
  return codes.length > 5 ? `${named.join('、')} … (${codes.length})` : named.join('、')
}

/** A signature is taken back while neither a higher unit nor a later month of its own rests on it. */
export async function withdrawSignature(
  office: Office,
  access: Access,
  { id, reason }: { id: string; reason: string },
): Promise<BookSignature> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const row = await signatures.lockSignature(tx, access, id)
    if (!row) throw new Refused('not-found')
    if (row.withdrawnAt) throw new Refused('already-decided')
    const signed = await signatures.signedIn(tx, access.county, row.month)
    const above = [6, 9].map((digits) => row.division.slice(0, digits).padEnd(12, '0'))
    if (above.some((code) => code !== row.division && signed.has(code)))
      throw new Refused('book-higher-signed')
    const last = await signatures.lastSigned(tx, access.county, row.division)
    if (last && last > row.month) throw new Refused('book-later-signed', { detail: last.slice(0, 7) })
    await signatures.withdraw(tx, access, { id, reason, at })
    await record(
      tx,
      access,
      {
        action: 'change',
        entity: 'population-book',
        division: row.division,
        fields: ['signature', row.month.slice(0, 7)],
        reason,
      },
      at,
    )
    return shownSignature({ ...row, withdrawnAt: at, withdrawReason: reason })
  })
}
