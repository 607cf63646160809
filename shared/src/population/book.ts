import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { DivisionCode, Id, Instant, Page, PageQuery, QueryFlag, Text } from '../values.ts'
import { Sex } from './sex.ts'

/** The first day of a month, Asia/Shanghai. */
export const Month = z.iso.date().regex(/-01$/)
export type Month = z.infer<typeof Month>

/** Whom the book counts: who lives in a village (常住), or whose hukou is there (户籍). */
export const populationBases = { residence: ['常住', 'Residents'], registered: ['户籍', 'Hukou'] } as const
export const PopulationBasis = z.enum(['residence', 'registered'])
export type PopulationBasis = z.infer<typeof PopulationBasis>

/** Why a village gained or lost somebody. */
export const postingKinds = {
  OPENING: ['期初', 'Opening of the book'],
  BIRTH: ['出生', 'Birth'],
  DEATH: ['死亡', 'Death'],
  IN: ['迁入', 'Move in'],
  OUT: ['迁出', 'Move out'],
  ENTRY: ['补登', 'Entered without an event'],
  EXIT: ['注销', 'Cancelled without an event'],
  BOUNDARY: ['区划调整', 'Boundary change'],
} as const
export const PostingKind = z.enum(
  Object.keys(postingKinds) as [keyof typeof postingKinds, ...(keyof typeof postingKinds)[]],
)
export type PostingKind = z.infer<typeof PostingKind>

/** opening + births − deaths + movesIn − movesOut + entries − exits + boundary = closing; all non-negative but boundary. */
export const BookFigures = z.object({
  opening: z.int(),
  births: z.int(),
  deaths: z.int(),
  movesIn: z.int(),
  movesOut: z.int(),
  entries: z.int(),
  exits: z.int(),
  boundary: z.int(),
  closing: z.int(),
})
export type BookFigures = z.infer<typeof BookFigures>

/** OPEN until the division's own level has signed: village CONFIRM, township SIGN, county CLOSE. */
export const BookState = z.enum(['OPEN', 'SIGNED', 'CLOSED'])
export type BookState = z.infer<typeof BookState>

const PlaceName = z.object({ code: DivisionCode, name: z.string(), level: z.int() })

export const BookSignature = z.object({
  id: Id,
  act: z.enum(['CONFIRM', 'SIGN', 'CLOSE']),
  recordedAt: Instant,
  recordedBy: z.string(),
  note: z.string().nullable(),
  withdrawnAt: Instant.nullable(),
  withdrawReason: z.string().nullable(),
})
export type BookSignature = z.infer<typeof BookSignature>

const BookRow = z.object({
  division: PlaceName,
  state: BookState,
  figures: BookFigures,
  /** Recounted from facts, without the book, at the month's end. */
  recounted: z.int(),
  /** recounted − closing: what no fact explains. */
  residual: z.int(),
})

const bookQuery = {
  division: DivisionCode,
  month: Month,
  basis: PopulationBasis.default('residence'),
  /** The book as it was known at a moment; without it, as known now. */
  asOf: Instant.optional(),
}

export const getBook = defineEndpoint({
  method: 'GET',
  url: '/api/v1/population-book',
  schema: {
    summary: 'A month of the book of people: a division and the parts one level below',
    tags: ['population-book'],
    /** `recount`: counts the people again, even if that was done since the book last changed. */
    querystring: z.strictObject({ ...bookQuery, recount: QueryFlag.optional() }),
    response: {
      200: z.object({
        month: Month,
        basis: PopulationBasis,
        startsOn: z.iso.date(),
        total: BookRow,
        parts: z.array(BookRow),
        /** When the people were counted; null as of an earlier moment, where the book alone is known. */
        recountedAt: Instant.nullable(),
        signatures: z.array(BookSignature),
        /** What was signed, where the book has changed since; null while it has not. */
        signed: BookFigures.nullable(),
        amendments: z.int(),
        /** The latest month after this one that the division has signed: until it is taken back, this one cannot be. */
        laterSigned: Month.nullable(),
        /** Why the next signature is refused now; empty where it may be given. */
        obstacles: z.array(
          z.object({
            code: z.enum(['residual', 'lower-open', 'earlier-open', 'month-not-over']),
            division: PlaceName.nullable(),
          }),
        ),
      }),
    },
  },
  config: { permission: 'book.read', dataClass: 'L1' },
})

/** The months of a division in a row: closing, flows, state. */
export const listBookMonths = defineEndpoint({
  method: 'GET',
  url: '/api/v1/population-book/months',
  schema: {
    summary: 'Months of the book of a division, newest first',
    tags: ['population-book'],
    querystring: z.strictObject({
      division: DivisionCode,
      basis: PopulationBasis.default('residence'),
      ...PageQuery,
    }),
    response: {
      200: Page(z.object({ month: Month, state: BookState, figures: BookFigures, amendments: z.int() })),
    },
  },
  config: { permission: 'book.read', dataClass: 'L1' },
})

export const BookPosting = z.object({
  id: Id,
  division: DivisionCode,
  divisionName: z.string(),
  occurredOn: z.iso.date(),
  kind: PostingKind,
  /** +1 or −1; a negative birth takes an earlier posting back. */
  quantity: z.int(),
  personId: Id,
  /** Masked below L2. */
  personName: z.string(),
  sex: Sex,
  birthDate: z.string(),
  factId: Id,
  recordedAt: Instant,
  recordedBy: z.string().nullable(),
  /** Recorded after the month was closed. */
  isAmendment: z.boolean(),
})
export type BookPosting = z.infer<typeof BookPosting>

export const listBookPostings = defineEndpoint({
  method: 'GET',
  url: '/api/v1/population-book/postings',
  schema: {
    summary: 'The facts behind a cell of the book, or the amendments of a closed month',
    tags: ['population-book'],
    querystring: z.strictObject({
      ...bookQuery,
      kind: PostingKind.optional(),
      amendments: QueryFlag.optional(),
      ...PageQuery,
    }),
    response: { 200: Page(BookPosting) },
  },
  config: { permission: 'person.read', dataClass: 'L2' },
})

/** A village confirms, a township signs, a county closes: the level of the division says which. */
export const signBook = defineEndpoint({
  method: 'POST',
  url: '/api/v1/population-book/signatures',
  schema: {
    summary: 'Confirm, sign or close a month; refused while something is unexplained or a lower unit is open',
    tags: ['population-book'],
    body: z.strictObject({ division: DivisionCode, month: Month, note: Text(200).optional() }),
    response: { 201: BookSignature },
  },
  config: { permission: 'book.sign', dataClass: 'L1', idempotent: true },
})

/** All villages of a township (or county) that are in order confirm at once; or every level up to the division itself. */
export const signBookBelow = defineEndpoint({
  method: 'POST',
  url: '/api/v1/population-book/signatures/below',
  schema: {
    summary: 'Sign for every open part below that has nothing unexplained, set-based',
    tags: ['population-book'],
    body: z.strictObject({
      division: DivisionCode,
      month: Month,
      /** The parts: 4 townships, 5 villages; one level below the division without it. */
      level: z.union([z.literal(4), z.literal(5)]).optional(),
      /** From the villages upward to the division itself, each level as far as the one below is signed. */
      whole: z.boolean().optional(),
      note: Text(200).optional(),
    }),
    response: { 201: z.object({ signed: z.int(), left: z.array(PlaceName) }) },
  },
  config: { permission: 'book.sign', dataClass: 'L1', idempotent: true },
})

export const withdrawBookSignature = defineEndpoint({
  method: 'POST',
  url: '/api/v1/population-book/signatures/:id/withdrawal',
  schema: {
    summary: 'Take a signature back while no higher unit has signed, the latest month first',
    tags: ['population-book'],
    params: z.strictObject({ id: Id }),
    body: z.strictObject({ reason: Text(200) }),
    response: { 201: BookSignature },
  },
  config: { permission: 'book.sign', dataClass: 'L1', idempotent: true },
})
