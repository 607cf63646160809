import type { NewPrenatalScreen, ScreenReport } from '@youyu/shared/birth-defects/prenatal'
import type { DropReason } from '@youyu/shared/birth-defects/chain-values'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { keepClient } from '../../contraception/index.ts'
import { sealed } from '../cells.ts'
import { makeDue, recordLinks, type LinkEvent } from '../chains/index.ts'
import { openCases } from '../screen-positives/index.ts'
import { parametersOn } from '../screening-parameters/index.ts'
import { pregnancyOf } from './pregnancy.ts'
import { screens, selectWindows, type ScreenRow } from './queries.ts'
import { courseFaults, gestationOn, judge, opensCase, reportFaults } from './rules.ts'

/** What a record rests on, as it is written: unknown is null. */
export type Screen = Pick<
  ScreenRow,
  | 'kind'
  | 'offeredOn'
  | 'counsellor'
  | 'understood'
  | 'decision'
  | 'takenOn'
  | 'gestationDays'
  | 'laboratoryId'
> & {
  womanId: Id
  pregnancyId: Id | null
  declineReason: DropReason | null
  report: ScreenReport | null
  note: string | null
}

export const screenOf = (body: NewPrenatalScreen): Screen => ({
  womanId: body.womanId,
  pregnancyId: body.pregnancyId ?? null,
  kind: body.kind,
  offeredOn: body.offeredOn,
  counsellor: body.counsellor ?? null,
  understood: body.understood ?? null,
  decision: body.decision,
  declineReason: body.declineReason ?? null,
  takenOn: body.takenOn ?? null,
  gestationDays: body.gestationDays ?? null,
  laboratoryId: body.laboratoryId ?? null,
  report: body.report ?? null,
  note: body.note ?? null,
})

/** The columns of a record: what it says, where it stands in time, what the report means. */
export async function columnsOf(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  screen: Screen,
  at: Date,
) {
  const today = todayOf(at)
  const { report } = screen
  const reportedOn = report?.reportedOn ?? null
  const faults = courseFaults({ ...screen, reportedOn }, today)
  if (report) faults.push(...reportFaults(screen.kind, report))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const { client, chain } = await pregnancyOf(tx, access, screen, screen.offeredOn, at)
  const [windows, parameters] = await Promise.all([
    selectWindows(tx, access, today),
    report && parametersOn(tx, access, report.reportedOn, screen.laboratoryId),
  ])
  const gestationDays =
    screen.takenOn && chain.expectedOn ? gestationOn(chain.expectedOn, screen.takenOn) : screen.gestationDays
  const window = windows.find(({ kind }) => kind === screen.kind)
  const inWindow =
    screen.takenOn && gestationDays !== null && window
      ? gestationDays >= window.fromDays && gestationDays <= window.toDays
      : null
  const judged = report && parameters ? judge(report, parameters) : null
  return {
    chain,
    client,
    row: {
      chainId: chain.chainId,
      womanId: screen.womanId,
      pregnancyId: chain.pregnancyId ?? screen.pregnancyId,
      divisionCode: client.residenceDivision,
      kind: screen.kind,
      offeredOn: screen.offeredOn,
      counsellor: screen.counsellor,
      understood: screen.understood,
      decision: screen.decision,
      takenOn: screen.takenOn,
      gestationDays: screen.takenOn ? gestationDays : null,
      inWindow,
      laboratoryId: screen.laboratoryId,
      result: judged?.result ?? null,
      flagged: judged?.flagged ?? [],
      parameters: judged?.parameters ?? [],
      reportedOn,
      valuesCipher: sealed(
        office,
        access,
        id,
        report && JSON.stringify({ ...report, reportedOn: undefined }),
      ),
      noteCipher: sealed(office, access, id, screen.note),
    },
  }
}

export type Linked = Pick<
  ScreenRow,
  'chainId' | 'kind' | 'offeredOn' | 'decision' | 'takenOn' | 'result' | 'reportedOn'
>

/** What a record says of its item of the chain. */
export function linksOf(id: Id, row: Linked, declineReason: DropReason | null = null): LinkEvent[] {
  const item = { chainId: row.chainId, item: row.kind, recordId: id }
  const links: LinkEvent[] = [{ ...item, event: 'OFFERED', on: row.offeredOn }]
  if (row.decision === 'AGREED') links.push({ ...item, event: 'ACCEPTED', on: row.offeredOn })
  if (row.decision === 'DECLINED')
    links.push({ ...item, event: 'DECLINED', on: row.offeredOn, reason: declineReason ?? 'NOT_SAID' })
  if (row.takenOn) links.push({ ...item, event: 'DONE', on: row.takenOn })
  if (row.result === 'HIGH') links.push({ ...item, event: 'POSITIVE', on: row.reportedOn! })
  return links
}

/** A high result is followed up to its end, and a diagnosis falls due. */
export async function followUp(
  tx: Transaction,
  access: Access,
  found: readonly (Linked &
    Pick<ScreenRow, 'womanId' | 'divisionCode' | 'flagged'> & { id: Id; expectedOn: string | null })[],
  at: Date,
): Promise<void> {
  const high = found.filter(({ kind, result }) => opensCase(kind, result))
  if (high.length === 0) return
  await openCases(
    tx,
    access,
    high.map(({ id, reportedOn, ...row }) => ({ ...row, screenId: id, openedOn: reportedOn! })),
    at,
  )
  await makeDue(
    tx,
    access,
    high.map(({ id, chainId, reportedOn }) => ({
      chainId,
      item: 'DIAGNOSIS' as const,
      on: reportedOn!,
      recordId: id,
    })),
    at,
  )
}

export async function recordIn(
  tx: Transaction,
  office: Office,
  access: Access,
  screen: Screen,
  at: Date,
  replaces: Id | null = null,
): Promise<Id> {
  const id = newId(at.getTime())
  const { row, chain } = await columnsOf(tx, office, access, id, screen, at)
  await screens.insert(tx, access, { id, ...row, replaces }, at)
  await recordLinks(tx, access, linksOf(id, row, screen.declineReason), at)
  await followUp(tx, access, [{ ...row, id, expectedOn: chain.expectedOn }], at)
  await keepClient(tx, access, { clientId: row.womanId, on: row.takenOn ?? row.offeredOn, encounters: 0 })
  return id
}
