import type {
  Evaluation,
  listScreens,
  Reevaluation,
  Screen,
  ScreenCorrection,
  ScreenRow,
} from '@youyu/shared/contraception/eligibility'
import type { MecMethod } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed } from '../../clients/index.ts'
import { careTransaction } from '../../sealed-answers.ts'
import { editionTable, tableInForce } from '../editions/edition-table.ts'
import { findEdition, selectLocalRules } from '../editions/queries.ts'
import { findScreen, selectScreens, type KeptScreen } from './queries.ts'
import { correctScreenIn, recordScreen, screened, voidScreenIn, type GivenScreen } from './recording.ts'
import { circumstancesIn, evaluated, shownScreen, shownScreenRow } from './screen-row.ts'

type Listing = z.output<(typeof listScreens)['schema']['querystring']>
type Correction = z.output<typeof ScreenCorrection>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, ...question }: Listing,
): Promise<Page<ScreenRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    selectScreens(tx, access, { ...question, after, limit: limit + 1 }),
  )
  const page = pageOf(rows, limit, shownScreenRow, (row) => [row.occurredOn, row.id])
  for (const clientId of new Set(page.items.map((row) => row.clientId)))
    office.views.note(access, careDeed(office, clientId, 'view', 'mec-screen', { fields: ['list'] }))
  return page
}

/** What is known before she is asked. */
export async function prefill(
  office: Office,
  access: Access,
  { clientId, on }: { clientId: Id; on?: CivilDate | undefined },
): Promise<Evaluation> {
  const at = office.now()
  const occurredOn = on ?? todayOf(at)
  const nothing = { answers: [], circumstances: {}, withoutEarlier: false }
  return await transaction(office.db, access, async (tx) => {
    const options = { isPrefill: true }
    const { evaluation } = await screened(tx, office, access, { clientId, occurredOn, ...nothing }, options)
    await record(tx, access, careDeed(office, clientId, 'view', 'mec-screen', { fields: ['prefill'] }), at)
    return evaluation
  })
}

/** One screening as it was judged on the day; that it was read is written with it. */
export async function readScreen(office: Office, access: Access, id: Id): Promise<Screen> {
  return await transaction(office.db, access, async (tx) => {
    const screen = await told(tx, office, access, id)
    await record(tx, access, careDeed(office, screen.clientId, 'view', 'mec-screen'), office.now())
    return screen
  })
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Screen> {
  const screen = await findScreen(tx, access, id)
  if (!screen) throw new Refused('not-found')
  return shownScreen(office, access, screen, await asJudged(tx, office, screen, screen.edition))
}

/** What was found at a screening, in the words of its edition; null where it may not be read. */
export async function evaluationOf(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
): Promise<Evaluation | null> {
  const screen = await findScreen(tx, access, id)
  return screen ? await asJudged(tx, office, screen, screen.edition) : null
}

async function asJudged(
  tx: Transaction,
  office: Office,
  screen: KeptScreen,
  edition: string,
): Promise<Evaluation> {
  const [table, local] = await Promise.all([
    editionTable(tx, office, edition),
    selectLocalRules(tx, screen.occurredOn),
  ])
  const { occurredOn: on, age, answers } = screen
  return evaluated(table, local, { on, age, answers, circumstances: circumstancesIn(screen) })
}

export async function previewScreen(office: Office, access: Access, body: GivenScreen): Promise<Evaluation> {
  return await rehearsal(office.db, access, async (tx) => {
    const { evaluation } = await recordScreen(tx, office, access, body, office.now())
    return evaluation
  })
}

export async function enterScreen(office: Office, access: Access, body: GivenScreen): Promise<Screen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id } = await recordScreen(tx, office, access, body, at)
    return await told(tx, office, access, id)
  })
}

export async function previewCorrection(
  office: Office,
  access: Access,
  id: Id,
  body: Correction,
): Promise<Evaluation> {
  return await rehearsal(office.db, access, async (tx) => {
    const { evaluation } = await correctScreenIn(tx, office, access, id, body, office.now())
    return evaluation
  })
}

export async function setRight(office: Office, access: Access, id: Id, body: Correction): Promise<Screen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const corrected = await correctScreenIn(tx, office, access, id, body, at)
    return await told(tx, office, access, corrected.id)
  })
}

export async function takeBack(office: Office, access: Access, id: Id, reason: string): Promise<Screen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    await voidScreenIn(tx, office, access, id, reason, at)
    return await told(tx, office, access, id)
  })
}

/** The facts of a screening judged twice: by the edition of its day and by another. */
export async function reevaluate(
  office: Office,
  access: Access,
  id: Id,
  asked: string | undefined,
): Promise<Reevaluation> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const screen = await findScreen(tx, access, id)
    if (!screen) throw new Refused('not-found')
    await record(tx, access, careDeed(office, screen.clientId, 'view', 'mec-screen'), at)
    if (asked && !(await findEdition(tx, access, asked))) throw Refused.field('?edition', 'not-found')
    const other = asked ?? (await tableInForce(tx, office, access, todayOf(at))).code
    const [then, now] = await Promise.all([
      asJudged(tx, office, screen, screen.edition),
      asJudged(tx, office, screen, other),
    ])
    return { then, now, isThenAsRecorded: isAsRecorded(screen, then), changes: changesBetween(then, now) }
  })
}

function isAsRecorded({ categories }: KeptScreen, then: Evaluation): boolean {
  return then.methods.every(({ method, initiation, continuation }) => {
    const [was, wasOn] = categories[method] ?? [1, 1]
    return was === initiation && wasOn === continuation
  })
}

function changesBetween(then: Evaluation, now: Evaluation): Reevaluation['changes'] {
  const categoryIn = ({ methods }: Evaluation, method: MecMethod, phase: 'INITIATION' | 'CONTINUATION') =>
    methods.find((each) => each.method === method)![phase === 'INITIATION' ? 'initiation' : 'continuation']
  return then.methods.flatMap(({ method }) =>
    (['INITIATION', 'CONTINUATION'] as const).flatMap((phase) => {
      const [was, is] = [categoryIn(then, method, phase), categoryIn(now, method, phase)]
      return was === is ? [] : [{ method, phase, then: was, now: is }]
    }),
  )
}
