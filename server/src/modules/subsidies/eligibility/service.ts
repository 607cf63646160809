import type { z } from 'zod'
import type { Job } from '@youyu/shared/jobs'
import type {
  Coverage,
  EligibilityFigures,
  EligibilityResult,
  EligibilityRunRow,
  NewEligibilityRun,
  getEligibilityRun,
  listEligibilityRuns,
} from '@youyu/shared/subsidies/eligibility'
import { levelOf, prefixOf, type DivisionCode, type DivisionPrefix, type Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { enqueue, newJobId, wakeWorkers } from '../../../jobs/index.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findNames } from '../../population/index.ts'
import { proportion, scaled } from '../../statistics/index.ts'
import * as queries from './queries.ts'
import { selectOpenProgrammes } from './queries-run.ts'
import { isRunnable } from './rules.ts'

const shown = ({ requestedAt, finishedAt, ...run }: queries.RunRecord): EligibilityRunRow => ({
  ...run,
  requestedAt: requestedAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})

type Listing = z.output<(typeof listEligibilityRuns)['schema']['querystring']>

export async function runsOf(
  { db }: Office,
  access: Access,
  { limit, cursor }: Listing,
): Promise<Page<EligibilityRunRow>> {
  const after = keyIn(cursor, ['string'])?.[0]
  const rows = await reading(db, access, (tx) => queries.selectRuns(tx, access, after, limit + 1))
  return pageOf(rows, limit, shown, (row) => [row.id])
}

/** Asks for a run over the county; it is worked off behind the request. */
export async function startRun(
  office: Office,
  access: Access,
  { asOf: asked, programmes }: z.output<typeof NewEligibilityRun>,
): Promise<{ run: EligibilityRunRow; job: Job }> {
  if (access.county === 0) throw new Refused('out-of-area')
  const at = office.now()
  const asOf = asked ?? todayOf(at)
  if (asOf > todayOf(at)) throw Refused.field('/asOf', 'invalid-date')
  const id = newId(at.getTime())
  const jobId = newJobId()
  const answer = await transaction(office.db, access, async (tx) => {
    const open = await selectOpenProgrammes(tx, access, asOf, programmes ?? null)
    const codes = open.filter(({ terms }) => isRunnable(terms)).map(({ code }) => code)
    if (codes.length === 0) throw Refused.field('/programmes', 'not-found')
    await queries.insertRun(tx, access, { id, asOf, programmes: codes, requestedAt: at, jobId })
    const title = `资格测算 ${asOf}`
    const job = await enqueue(tx, access, jobId, { kind: 'eligibility', title, subjectId: id }, at)
    await record(tx, access, { action: 'create', entity: 'eligibility-run', entityId: id }, at)
    return { run: shown((await queries.findRun(tx, access, id))!), job }
  })
  wakeWorkers(office)
  return answer
}

type AskedResult = z.output<(typeof getEligibilityRun)['schema']['querystring']>

export async function readRun(
  { db }: Office,
  access: Access,
  id: string,
  { division: asked, programme }: AskedResult,
): Promise<EligibilityResult> {
  const { division, parts } = areaAsked(access, asked)
  const partLength = levelOf(division) === 3 ? 9 : 12
  return await reading(db, access, async (tx) => {
    const run = await queries.findRun(tx, access, id)
    if (!run) throw new Refused('not-found')
    const all = await queries.selectCounts(tx, access, run.id, { prefixes: parts, partLength })
    const counts = programme ? all.filter((row) => row.programme === programme) : all
    const codes = [...new Set(counts.map(({ part }) => part.padEnd(12, '0')))]
    const [names, programmes] = await Promise.all([
      findNames(tx, [division, ...codes]),
      queries.selectProgrammeNames(tx, access),
    ])
    const placeOf = (code: DivisionCode) => ({ code, name: names.get(code)?.name ?? code })
    return {
      run: shown(run),
      division: placeOf(division),
      programmes: grouped(all, ({ programme: code, level }) => `${code} ${level}`).map((rows) => ({
        programme: rows[0]!.programme,
        name: programmes.get(rows[0]!.programme) ?? [rows[0]!.programme, rows[0]!.programme],
        level: rows[0]!.level,
        ...figuresOf(rows),
      })),
      parts: grouped(counts, ({ part }) => part).map((rows) => ({
        division: placeOf(rows[0]!.part.padEnd(12, '0')),
        ...figuresOf(rows),
      })),
    }
  })
}

/** The part of the reader's area that lies in the division asked for; her own area if none is. */
function areaAsked(
  access: Access,
  asked: DivisionCode | undefined,
): { division: DivisionCode; parts: DivisionPrefix[] } {
  if (access.county === 0) throw new Refused('out-of-area')
  const division = asked ?? access.prefixes.find((prefix) => prefix.length >= 6)!.padEnd(12, '0')
  const prefix = prefixOf(division)
  const parts = access.prefixes.flatMap((own) =>
    prefix.startsWith(own) ? [prefix] : own.startsWith(prefix) ? [own] : [],
  )
  if (parts.length === 0 || prefix.length < 6)
    throw new Refused('out-of-area', { errors: [{ pointer: '?division', code: 'out-of-area' }] })
  return { division, parts: [...new Set(parts)] }
}

function grouped(rows: readonly queries.CountRecord[], keyOf: (row: queries.CountRecord) => string) {
  return [...Map.groupBy(rows, keyOf).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)
}

function figuresOf(rows: readonly queries.CountRecord[]): {
  figures: EligibilityFigures
  coverage: Coverage
} {
  const sum = (key: 'entitled' | 'drawing' | 'applied' | 'declined' | 'unproven' | 'yearFen') =>
    rows.reduce((all, row) => all + row[key], 0)
  const [entitled, drawing, applied, declined] = [
    sum('entitled'),
    sum('drawing'),
    sum('applied'),
    sum('declined'),
  ]
  return {
    figures: {
      ...{ entitled, drawing, applied, declined, unproven: sum('unproven'), yearFen: sum('yearFen') },
      open: entitled - drawing - applied - declined,
    },
    coverage: coverageOf(drawing, entitled),
  }
}

/** 应享尽享率: who draws it, of those who meet the rule by the register. */
function coverageOf(numerator: number, denominator: number): Coverage {
  const estimate = scaled(proportion(numerator, denominator), 100)
  return { numerator, denominator, ...estimate }
}
