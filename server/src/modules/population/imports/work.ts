import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { stoppable } from '../../../database/stoppable.ts'
import { longTransaction, reading } from '../../../database/transaction.ts'
import type { Desk, Work } from '../../../jobs/index.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { loadBirths } from './births/service.ts'
import { loadCircumstances } from './circumstances/service.ts'
import { loadDeaths } from './deaths/service.ts'
import { loadDivisions } from './divisions/service.ts'
import { headingOf } from './files/heading.ts'
import { HEAD_BYTES } from './files/reception.ts'
import { rowsOf, type FileRow } from './files/records.ts'
import { forgetUpload, readVault } from './files/vault.ts'
import { loadHouseholds } from './households/service.ts'
import type { Loading, Tally } from './loading.ts'
import { loadMethods } from './methods/service.ts'
import { loadMarriages } from './marriages/service.ts'
import { loadMoves } from './moves/service.ts'
import { loadPersons } from './persons/service.ts'
import { closeImport, findImport, type ImportRow } from './queries.ts'
import { isFormula } from './rules-format.ts'
import { noteOf } from './rules-mapping.ts'

const loaders = {
  persons: loadPersons,
  households: loadHouseholds,
  divisions: loadDivisions,
  births: loadBirths,
  deaths: loadDeaths,
  marriages: loadMarriages,
  moves: loadMoves,
  methods: loadMethods,
  circumstances: loadCircumstances,
}

/** Undoes the register of a dry run. */
class DryRun extends Error {}

/** One file, one transaction: all accepted rows are in the register and the job has ended, or nothing is there. */
export const importWork: Work = {
  async run(office, desk) {
    const { access, subjectId } = desk
    const row = await reading(office.db, access, (tx) => findImport(tx, access, subjectId))
    if (!row) throw new Refused('not-found')
    if (row.dryRun) await rehearse(office, desk, row)
    else
      await longTransaction(office.db, access, (tx) =>
        stoppable(office.db, tx, desk.signal, async () =>
          conclude(office, desk, await load(office, desk, row, tx, tx)),
        ),
      )
  },
  tidy: (office, { subjectId }) => forgetUpload(office, subjectId),
}

async function rehearse(office: Office, desk: Desk, row: ImportRow): Promise<void> {
  await longTransaction(office.db, desk.access, async (book) => {
    let loaded: Loading | null = null
    await longTransaction(office.db, desk.access, async (register) => {
      loaded = await stoppable(office.db, register, desk.signal, () =>
        load(office, desk, row, register, book),
      )
      throw new DryRun()
    }).catch((error: unknown) => {
      if (!(error instanceof DryRun)) throw error
    })
    await conclude(office, desk, loaded!)
  })
}

async function load(
  office: Office,
  desk: Desk,
  row: ImportRow,
  register: Transaction,
  book: Transaction,
): Promise<Loading> {
  const now = office.now()
  const tally: Tally & Desk['progress'] = Object.assign(desk.progress, {
    rowsMatched: 0,
    rowsForReview: 0,
    findings: {},
  })
  const columns = new Map(
    row.headers.flatMap((header, index) =>
      row.mapping[header] ? [[row.mapping[header], index] as const] : [],
    ),
  )
  const loading: Loading = {
    office,
    access: desk.access,
    row,
    register,
    book,
    columns,
    now,
    today: todayOf(now),
    tally,
    isStopping: () => desk.signal.throwIfAborted(),
  }
  await loaders[row.kind](loading, dataRows(await counted(office, desk, row), row))
  return loading
}

/** The stored bytes, counted as they are read; the form of the text is found again from its head. */
async function counted(office: Office, desk: Desk, row: ImportRow): Promise<AsyncIterable<FileRow>> {
  const bytes = async function* () {
    for await (const piece of readVault(office, row.id)) {
      yield piece
      desk.progress.bytesRead += piece.length
    }
  }
  const heads: Buffer[] = []
  let length = 0
  for await (const piece of readVault(office, row.id)) {
    heads.push(piece)
    length += piece.length
    if (length >= HEAD_BYTES) break
  }
  const heading = headingOf(Buffer.concat(heads).subarray(0, HEAD_BYTES), row.encoding, length < HEAD_BYTES)
  return rowsOf(bytes(), heading)
}

/** Rows below the header; remembers which mapped columns hold formulas. */
async function* dataRows(rows: AsyncIterable<FileRow>, row: ImportRow): AsyncGenerator<FileRow> {
  const mapped = row.headers.flatMap((header, index) => (row.mapping[header] ? [index] : []))
  const noted = new Set<number>()
  let isHeader = true
  for await (const each of rows) {
    if (isHeader) {
      isHeader = false
      continue
    }
    for (const index of mapped) {
      const cell = each.cells[index]
      if (
        cell === undefined ||
        cell === '' ||
        cell.charCodeAt(0) > 0x40 ||
        noted.has(index) ||
        !isFormula(cell)
      )
        continue
      noted.add(index)
      row.notes = [...row.notes, noteOf('formula-kept-as-text', row.headers[index]!)]
    }
    yield each
  }
}

async function conclude(office: Office, desk: Desk, { row, tally, book, now }: Loading): Promise<void> {
  const { rowsMatched, rowsForReview, findings, rowsAccepted } = tally
  await closeImport(book, row, {
    rowsMatched,
    rowsForReview,
    findings,
    notes: row.notes,
    applied: !row.dryRun,
  })
  await record(
    book,
    desk.access,
    {
      action: 'import',
      entity: 'import',
      entityId: row.id,
      division: row.divisionCode,
      fields: [row.kind, ...(row.dryRun ? ['dry-run'] : [])],
      rows: rowsAccepted,
    },
    now,
  )
  await desk.finish(book)
}
