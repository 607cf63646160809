import type {
  BookFigures,
  BookPosting,
  BookSignature,
  getBook,
  listBookMonths,
  listBookPostings,
  Month,
  signBook,
  signBookBelow,
} from '@youyu/shared/population/book'
import { countyOf, levelOf, prefixOf, type DivisionCode, type Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { shownValue } from '../persons/state.ts'
import * as queries from './queries.ts'
import * as signatures from './queries-signatures.ts'
import { emptyFigures, isOver, monthAfter, monthBefore, partLevelOf, totalOf } from './rules.ts'

type Asked<Endpoint extends { schema: { querystring: z.ZodType } }> = z.output<
  Endpoint['schema']['querystring']
>
type Body<Endpoint extends { schema: { body: z.ZodType } }> = z.output<Endpoint['schema']['body']>

/** The county of a division that lies in the reader's area, or a refusal. */
function countyFor(access: Access, division: DivisionCode, pointer = '?division'): number {
  const isInside =
    covers(access.prefixes, prefixOf(division)) ||
    access.prefixes.some((own) => own.startsWith(prefixOf(division)))
  if (!isInside || levelOf(division) < 3)
    throw new Refused('out-of-area', { errors: [{ pointer, code: 'out-of-area' }] })
  return countyOf(division)
}

const shownSignature = (row: signatures.SignatureRow): BookSignature => ({
  id: row.id,
  act: row.act,
  recordedAt: row.recordedAt.toISOString(),
  recordedBy: row.recordedBy,
  note: row.note,
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  withdrawReason: row.withdrawReason,
})

/** A month of the book of a division and its parts, recounted, with what still hinders its signature. */
export async function readBook({ db, now }: Office, access: Access, asked: Asked<typeof getBook>) {
  const { division, month, basis } = asked
  const county = countyFor(access, division)
  const level = levelOf(division) as 3 | 4 | 5
  const ledger = { county, prefixes: access.prefixes, basis }
  const asOf = asked.asOf ? new Date(asked.asOf) : null
  return await reading(db, access, async (tx) => {
    const partLevel = partLevelOf(level)
    const [book, sums, counted, signed, signatureRows, latest] = await Promise.all([
      queries.findBook(tx, county),
      queries.sumParts(tx, ledger, { division, level: partLevel, month, asOf }),
      asOf ? new Map<DivisionCode, number>() : queries.recount(tx, ledger, { division, month }),
      signatures.signedIn(tx, county, month),
      signatures.selectSignatures(tx, county, [division], { from: month, until: month }),
      signatures.latestSigned(tx, county, [division], month),
    ])
    const recounted = new Map<DivisionCode, number>()
    for (const [village, count] of counted) {
      const part = partLevel === 5 ? village : prefixOf(village).slice(0, 9).padEnd(12, '0')
      recounted.set(part, (recounted.get(part) ?? 0) + count)
    }
    const codes = [...new Set([...sums.map(({ code }) => code), ...recounted.keys()])].sort()
    const standing = signatureRows.find(({ withdrawnAt }) => withdrawnAt === null)
    const [names, amended] = await Promise.all([
      queries.findNames(tx, [division, ...codes]),
      standing
        ? queries.countAmendments(tx, ledger, division, [{ month, signedAt: standing.recordedAt }])
        : new Map<Month, number>(),
    ])
    const place = (code: DivisionCode) => names.get(code) ?? { code, name: code, level: levelOf(code) }
    const countyCode = prefixOf(division).slice(0, 6).padEnd(12, '0')
    const bySum = new Map(sums.map(({ code, ...figures }) => [code, figures]))
    const row = (code: DivisionCode, figures: BookFigures, count: number) => ({
      division: place(code),
      state: queries.stateOf(code, countyCode, signed),
      figures,
      recounted: asOf ? figures.closing : count,
      residual: asOf ? 0 : count - figures.closing,
    })
    const rows = codes.map((code) => row(code, bySum.get(code) ?? emptyFigures(), recounted.get(code) ?? 0))
    const total = row(
      division,
      totalOf(rows.map(({ figures }) => figures)),
      rows.reduce((sum, part) => sum + part.recounted, 0),
    )
    const parts = level === 5 ? [] : rows
    const former = latest.get(division)
    const figures = standing?.figures[basis] ?? null
    return {
      month,
      basis,
      startsOn: book?.startsOn ?? month,
      total,
      parts,
      signatures: signatureRows.map(shownSignature),
      signed:
        figures &&
        JSON.stringify(figures, Object.keys(figures).sort()) !==
          JSON.stringify(total.figures, Object.keys(total.figures).sort())
          ? figures
          : null,
      amendments: amended.get(month) ?? 0,
      obstacles: [
        ...(isOver(month, todayOf(now())) ? [] : [{ code: 'month-not-over' as const, division: null }]),
        ...(former !== undefined && former !== monthBefore(month)
          ? [{ code: 'earlier-open' as const, division: null }]
          : []),
        ...rows
          .filter(({ residual }) => residual !== 0)
          .map((part) => ({ code: 'residual' as const, division: part.division })),
        ...parts
          .filter(({ state }) => state === 'OPEN')
          .map((part) => ({ code: 'lower-open' as const, division: part.division })),
      ],
    }
  })
}

export async function readMonths({ db, now }: Office, access: Access, asked: Asked<typeof listBookMonths>) {
  const { division, basis, limit, cursor } = asked
  const county = countyFor(access, division)
  const before = keyIn(cursor, ['string'])?.[0] ?? null
  const ledger = { county, prefixes: access.prefixes, basis }
  const until = `${todayOf(now()).slice(0, 7)}-01`
  return await reading(db, access, async (tx) => {
    const book = await queries.findBook(tx, county)
    if (!book) return { items: [], nextCursor: null }
    const from = `${book.startsOn.slice(0, 7)}-01`
    const countyCode = prefixOf(division).slice(0, 6).padEnd(12, '0')
    const [rows, signed] = await Promise.all([
      queries.sumMonths(tx, ledger, { division, from, until, before, limit: limit + 1 }),
      signatures.selectSignatures(tx, county, [division, countyCode], { from, until }),
    ])
    const standing = signed.filter(({ withdrawnAt }) => withdrawnAt === null)
    const own = standing.filter((signature) => signature.division === division)
    const amended = await queries.countAmendments(
      tx,
      ledger,
      division,
      own
        .filter(({ month }) => rows.some((row) => row.month === month))
        .map(({ month, recordedAt }) => ({ month, signedAt: recordedAt })),
    )
    return pageOf(
      rows,
      limit,
      ({ month, ...figures }) => ({
        month,
        state: queries.stateOf(
          division,
          countyCode,
          new Set(
            standing.filter((signature) => signature.month === month).map((signature) => signature.division),
          ),
        ),
        figures,
        amendments: amended.get(month) ?? 0,
      }),
      ({ month }) => [month],
    )
  })
}

/** The facts behind a cell; the names are as masked as in any list. */
export async function readPostings(
  { db }: Office,
  access: Access,
  asked: Asked<typeof listBookPostings>,
): Promise<Page<BookPosting>> {
  const { division, month, basis, kind, limit, cursor } = asked
  const county = countyFor(access, division)
  const ledger = { county, prefixes: access.prefixes, basis }
  return await reading(db, access, async (tx) => {
    const signed = await signatures.selectSignatures(tx, county, [division], { from: month, until: month })
    const signedAt = signed.find(({ withdrawnAt }) => withdrawnAt === null)?.recordedAt ?? null
    const rows = await queries.selectPostings(tx, ledger, {
      division,
      month,
      kind,
      signedAt,
      amendments: asked.amendments ?? false,
      asOf: asked.asOf ? new Date(asked.asOf) : null,
      after: keyIn(cursor, ['string', 'string', 'string']),
      limit: limit + 1,
    })
    return pageOf(
      rows,
      limit,
      (row) => ({
        ...row,
        personName: shownValue(access, 'name', row.personName) as string,
        birthDate: shownValue(access, 'birthDate', row.birthDate) as string,
        recordedAt: row.recordedAt.toISOString(),
      }),
      (row) => [row.division, row.occurredOn, row.id],
    )
  })
}

function refuseMonth(month: Month, today: string): void {
  if (!isOver(month, today))
    throw new Refused('book-month-not-over', { errors: [{ pointer: '/month', code: 'book-month-not-over' }] })
}

async function refuseGap(
  tx: Transaction,
  county: number,
  division: DivisionCode,
  month: Month,
): Promise<void> {
  const former = (await signatures.latestSigned(tx, county, [division], month)).get(division)
  if (former && former !== monthBefore(month))
    throw new Refused('book-earlier-open', { detail: monthAfter(former).slice(0, 7) })
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
  const level = levelOf(division) as 3 | 4 | 5
  const at = office.now()
  refuseMonth(month, todayOf(at))
  return await longCommand(office.db, access, async (tx) => {
    await signatures.holdBook(tx)
    const signed = await signatures.signedIn(tx, county, month)
    const parts =
      level === 5
        ? []
        : await signatures.partsInBook(
            tx,
            { county, prefixes: access.prefixes },
            division,
            (level + 1) as 4 | 5,
            month,
          )
    await refuseGap(tx, county, division, month)
    if (signed.has(division)) throw new Refused('already-exists')
    const open = parts.filter((part) => !signed.has(part))
    if (open.length > 0) throw new Refused('book-lower-open', { detail: await told(tx, open) })
    const done = await signatures.insertSignatures(tx, access, {
      division,
      level,
      parts: [division],
      month,
      note,
      at,
      odd: await signatures.findResiduals(tx, access, division, month),
    })
    if (done.length === 0)
      throw new Refused((await queries.findBook(tx, county)) ? 'book-residual' : 'book-not-kept')
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

type Level = 3 | 4 | 5
type Step = { division: DivisionCode; level: Level; month: Month; note: string | null; at: Date }

/** Signs what of a level is open and in order: nothing earlier open, everything below signed, nothing unexplained. */
async function signLevel(
  tx: Transaction,
  access: Access,
  { level, odd, ...step }: Step & { odd: readonly DivisionCode[] },
): Promise<{ signed: number; left: DivisionCode[] }> {
  const { division, month } = step
  const ledger = { county: countyOf(division), prefixes: access.prefixes }
  const signed = await signatures.signedIn(tx, ledger.county, month)
  const parts =
    level === levelOf(division)
      ? [division]
      : await signatures.partsInBook(tx, ledger, division, level as 4 | 5, month)
  const below =
    level === 5 ? [] : await signatures.partsInBook(tx, ledger, division, (level + 1) as 4 | 5, month)
  const open = parts.filter((part) => !signed.has(part))
  const latest = await signatures.latestSigned(tx, ledger.county, open, month)
  const waiting = new Set(
    below.filter((code) => !signed.has(code)).map((code) => code.slice(0, { 3: 6, 4: 9 }[level as 3 | 4])),
  )
  const ready = open.filter(
    (part) => (latest.get(part) ?? monthBefore(month)) === monthBefore(month) && !waiting.has(prefixOf(part)),
  )
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
  countyFor(access, division, '/division')
  const own = levelOf(division) as Level
  const level = body.level ?? ((own + 1) as 4 | 5)
  if (
    (whole ? body.level !== undefined : level <= own || level > 5) ||
    !covers(access.prefixes, prefixOf(division))
  )
    throw Refused.field('/level', 'invalid-value')
  const levels = whole ? ([5, 4, 3] as const).filter((each) => each >= own) : [level]
  const at = office.now()
  refuseMonth(month, todayOf(at))
  return await longCommand(office.db, access, async (tx) => {
    await signatures.holdBook(tx)
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

/** A signature is taken back while nobody above has relied on it. */
export async function withdrawSignature(
  office: Office,
  access: Access,
  { id, reason }: { id: string; reason: string },
): Promise<BookSignature> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const row = await signatures.findSignature(tx, access, id)
    if (!row) throw new Refused('not-found')
    if (row.withdrawnAt) throw new Refused('already-decided')
    const signed = await signatures.signedIn(tx, access.county, row.month)
    const above = [6, 9].map((digits) => row.division.slice(0, digits).padEnd(12, '0'))
    if (above.some((code) => code !== row.division && signed.has(code)))
      throw new Refused('book-higher-signed')
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
