import type { z } from 'zod'
import type {
  correctPrenatalScreen,
  listPrenatalScreens,
  NewPrenatalScreen,
  PrenatalScreen,
  PrenatalScreenProgress,
  PrenatalScreenRow,
} from '@youyu/shared/birth-defects/prenatal'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { opened, refuseOverwriting } from '../cells.ts'
import { chainFor, recordLinks, voidLinks } from '../chains/index.ts'
import { voidCasesOf } from '../screen-positives/index.ts'
import { screens, selectWindows, type ScreenRow } from './queries.ts'
import { columnsOf, followUp, linksOf, recordIn, screenOf, type Screen } from './recording.ts'
import { shownRow, reportOf, shown } from './screen-row.ts'

type Asked = z.output<(typeof listPrenatalScreens)['schema']['querystring']>

export async function listScreens(
  office: Office,
  access: Access,
  { limit, cursor, womanId, kind, result, awaiting, from, to, voided }: Asked,
): Promise<Page<PrenatalScreenRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    screens.list(tx, access, {
      equal: { womanId, kind, result },
      more: (bound) => [
        awaiting && 'r.taken_on is not null and r.result is null',
        from && `r.offered_on >= ${bound.bind(from)}::date`,
        to && `r.offered_on <= ${bound.bind(to)}::date`,
      ],
      ...{ voided, ofChain: womanId !== undefined, by: 'offeredOn', after, limit: limit + 1 },
    }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(access, row),
    (row) => [row.offeredOn, row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'prenatal-screen'))
  return page
}

export async function readScreen(office: Office, access: Access, id: Id): Promise<PrenatalScreen> {
  return await reading(office.db, access, async (tx) => {
    const row = await screens.find(tx, access, id)
    if (!row) throw new Refused('not-found')
    office.views.note(access, careDeed(office, row.womanId, 'view', 'prenatal-screen'))
    return await shown(tx, office, access, row)
  })
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<PrenatalScreen> {
  return await shown(tx, office, access, (await screens.find(tx, access, id))!)
}

export async function recordScreen(
  office: Office,
  access: Access,
  body: NewPrenatalScreen,
): Promise<PrenatalScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const id = await recordIn(tx, office, access, screenOf(body), at)
    await record(
      tx,
      access,
      careDeed(office, body.womanId, 'create', 'prenatal-screen', { fields: [body.kind] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}

/** A record as it was written, to be written again with changes. */
function writtenOf(office: Office, access: Access, row: ScreenRow): Screen {
  const kept = reportOf(office, access, row)
  return {
    ...row,
    declineReason: null,
    note: opened(office, access, row.id, row.noteCipher),
    report:
      row.result === null
        ? null
        : { values: {}, noCall: row.result === 'NO_CALL', ...kept, reportedOn: row.reportedOn! },
  }
}

export async function continueScreen(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  body: PrenatalScreenProgress,
): Promise<PrenatalScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await screens.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const written = writtenOf(office, access, before)
    refuseOverwriting(written, body)
    const after = { ...written, ...body } as Screen
    const { row, chain } = await columnsOf(tx, office, access, id, after, at)
    const { chainId: _, womanId: __, divisionCode: ___, ...set } = row
    await screens.update(tx, access, id, set, at)
    const known = new Set(linksOf(id, before).map(({ event }) => event))
    const news = linksOf(id, { ...row, chainId: before.chainId }, after.declineReason).filter(
      ({ event }) => !known.has(event),
    )
    await recordLinks(tx, access, news, at)
    if (before.result === null)
      await followUp(tx, access, [{ ...row, chainId: before.chainId, id, expectedOn: chain.expectedOn }], at)
    const fields = Object.keys(body)
    await record(tx, access, careDeed(office, before.womanId, 'change', 'prenatal-screen', { fields }), at)
    return await told(tx, office, access, id)
  })
}

export async function correctScreen(
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: z.output<(typeof correctPrenatalScreen)['schema']['body']>,
): Promise<PrenatalScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await screens.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    await takeBack(tx, access, before, reason, at)
    const replacement = await recordIn(
      tx,
      office,
      access,
      { ...writtenOf(office, access, before), ...set } as Screen,
      at,
      id,
    )
    const fields = Object.keys(set)
    await record(tx, access, careDeed(office, before.womanId, 'correct', 'prenatal-screen', { fields }), at)
    return await told(tx, office, access, replacement)
  })
}

export async function voidScreen(
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
): Promise<PrenatalScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await screens.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    await takeBack(tx, access, before, reason, at)
    await record(
      tx,
      access,
      careDeed(office, before.womanId, 'correct', 'prenatal-screen', { fields: ['void'] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}

async function takeBack(
  tx: Transaction,
  access: Access,
  { id }: ScreenRow,
  reason: string,
  at: Date,
): Promise<void> {
  await screens.void(tx, access, id, reason, at)
  await voidLinks(tx, access, id, reason, at)
  await voidCasesOf(tx, access, [id], reason, at)
}

const daysFrom = (day: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export async function readWindows(office: Office, access: Access, { womanId }: { womanId?: Id | undefined }) {
  const at = office.now()
  const { idempotency: _, ...looking } = access
  return await careTransaction(office, looking as Access, async (tx) => {
    const today = todayOf(at)
    const chain = womanId ? await chainFor(tx, access, { womanId }, today, at) : null
    if (womanId) office.views.note(access, careDeed(office, womanId, 'view', 'prenatal-windows'))
    const expectedOn = chain && chain.bornOn === null ? chain.expectedOn : null
    const windows = await selectWindows(tx, access, today)
    return {
      expectedOn,
      items: windows.map(({ kind, fromDays, toDays }) => ({
        ...{ kind, fromDays, toDays },
        from: expectedOn && daysFrom(expectedOn, fromDays - 280),
        to: expectedOn && daysFrom(expectedOn, toDays - 280),
      })),
    }
  })
}
