import type {
  BookFigures,
  BookPosting,
  getBook,
  listBookMonths,
  listBookPostings,
  Month,
} from '@youyu/shared/population/book'
import { levelOf, prefixOf, type DivisionCode, type Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { shownValue } from '../persons/state.ts'
import { countyFor } from './area.ts'
import * as queries from './queries.ts'
import { recountFor } from './recounts.ts'
import * as signatures from './signatures/queries.ts'
import { openEarlier, shownSignature } from './signatures/service.ts'
import { emptyFigures, isEmpty, isOver, partLevelOf, totalOf } from './rules.ts'

type Asked<Endpoint extends { schema: { querystring: z.ZodType } }> = z.output<
  Endpoint['schema']['querystring']
>

/** A month of the book of a division and its parts, recounted, with what still hinders its signature. */
export async function readBook({ db, now }: Office, access: Access, asked: Asked<typeof getBook>) {
  const { division, month, basis } = asked
  const county = countyFor(access, division)
  const level = levelOf(division) as 3 | 4 | 5
  const ledger = { county, prefixes: access.prefixes, basis }
  const asOf = asked.asOf ? new Date(asked.asOf) : null
  return await reading(db, access, async (tx) => {
    const partLevel = partLevelOf(level)
    const [book, sums, signed, signatureRows, earlier, last] = await Promise.all([
      queries.findBook(tx, county),
      queries.sumParts(tx, ledger, { division, level: partLevel, month, asOf }),
      signatures.signedIn(tx, county, month, asOf),
      signatures.selectSignatures(tx, county, [division], { from: month, until: month, asOf }),
      openEarlier(tx, ledger, { division, level, month }, [division], asOf),
      signatures.lastSigned(tx, county, division, asOf),
    ])
    const recount = asOf
      ? null
      : await recountFor(
          db,
          {
            key: [division, month, basis, ...access.prefixes].join('/'),
            figures: sums,
            isAsked: asked.recount ?? false,
            at: now(),
          },
          (part) => queries.recount(tx, ledger, { division: part ?? division, month, level: partLevel }),
        )
    const recounted = recount?.byPart ?? new Map<DivisionCode, number>()
    const codes = [...new Set([...sums.map(({ code }) => code), ...recounted.keys()])].sort()
    const standing = signatureRows.find(({ withdrawnAt }) => withdrawnAt === null)
    const [names, amended] = await Promise.all([
      queries.findNames(tx, [division, ...codes], asOf),
      standing
        ? queries.countAmendments(tx, ledger, division, [{ month, signedAt: standing.recordedAt }], asOf)
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
    const isSilent = (part: (typeof rows)[number]) => part.recounted === 0 && isEmpty(part.figures)
    const answering =
      level < 5 && rows.some(isSilent)
        ? await signatures.partsInBook(tx, ledger, division, partLevel, month)
        : []
    const parts =
      level === 5 ? [] : rows.filter((part) => !isSilent(part) || answering.includes(part.division.code))
    const figures = standing?.figures[basis] ?? null
    return {
      month,
      basis,
      startsOn: book?.startsOn ?? month,
      total,
      parts,
      recountedAt: recount?.at.toISOString() ?? null,
      signatures: signatureRows.map(shownSignature),
      signed:
        figures &&
        JSON.stringify(figures, Object.keys(figures).sort()) !==
          JSON.stringify(total.figures, Object.keys(total.figures).sort())
          ? figures
          : null,
      amendments: amended.get(month) ?? 0,
      laterSigned: last && last > month ? last : null,
      obstacles: [
        ...(isOver(month, todayOf(now())) ? [] : [{ code: 'month-not-over' as const, division: null }]),
        ...(earlier.has(division) ? [{ code: 'earlier-open' as const, division: null }] : []),
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
  const asOf = asked.asOf ? new Date(asked.asOf) : null
  return await reading(db, access, async (tx) => {
    const months = { from: month, until: month, asOf }
    const signed = await signatures.selectSignatures(tx, county, [division], months)
    const signedAt = signed.find(({ withdrawnAt }) => withdrawnAt === null)?.recordedAt ?? null
    const rows = await queries.selectPostings(tx, ledger, {
      division,
      month,
      kind,
      signedAt,
      amendments: asked.amendments ?? false,
      asOf,
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
