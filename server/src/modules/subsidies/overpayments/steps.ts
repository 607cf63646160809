import type {
  AuthorityReport,
  OverpaymentDecision,
  OverpaymentManner,
  OverpaymentNotice,
  OverpaymentReply,
  OverpaymentReturn,
  OverpaymentStepKind,
  WriteOffApproval,
  WriteOffProposal,
} from '@youyu/shared/subsidies/overpayments'
import type { Fen, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { recompute } from '../entitlements/index.ts'
import { addWorkingDays, findHolidays } from '../working-days/index.ts'
import { postBack, postFound } from './posting.ts'
import * as queries from './queries.ts'
import type { KeptOverpayment } from './queries.ts'
import { mayDecide, mayTake, offsetsOf } from './rules.ts'

/** What is done about an overpayment. */
export type Step =
  | { notify: z.output<typeof OverpaymentNotice> }
  | { reply: z.output<typeof OverpaymentReply> }
  | { decide: z.output<typeof OverpaymentDecision> }
  | { settle: z.output<typeof OverpaymentManner> }
  | { return: z.output<typeof OverpaymentReturn> }
  | { propose: z.output<typeof WriteOffProposal> }
  | { office: z.output<typeof WriteOffApproval> }
  | { finance: z.output<typeof WriteOffApproval> }
  | { report: z.output<typeof AuthorityReport> }

type Taking = { tx: Transaction; office: Office; access: Access; kept: KeptOverpayment; at: Date }

export async function takeStep(taking: Taking, step: Step): Promise<void> {
  if ('notify' in step) await notify(taking, step.notify)
  else if ('reply' in step) await reply(taking, step.reply)
  else if ('decide' in step) await decide(taking, step.decide)
  else if ('settle' in step) await settle(taking, step.settle)
  else if ('return' in step) await takeBack(taking, step.return)
  else if ('propose' in step) await propose(taking, step.propose)
  else if ('office' in step) await approveInOffice(taking, step.office)
  else if ('finance' in step) await approveInFinance(taking, step.finance)
  else await report(taking, step.report)
}

const openOf = ({ amountFen, returnedFen, writtenOffFen }: KeptOverpayment): Fen =>
  amountFen - returnedFen - writtenOffFen

function expect({ kept }: Taking, step: Parameters<typeof mayTake>[0]): void {
  if (!mayTake(step, kept.state)) throw new Refused('overpayment-not-at-this-step')
}

function notLater({ at }: Taking, on: string): void {
  if (on > todayOf(at)) throw Refused.field('/on', 'invalid-date')
}

async function put(
  { tx, office, access, kept, at }: Taking,
  step: queries.NewStep,
  note?: string,
): Promise<Id> {
  const id = newId(at.getTime())
  const cipher = note && office.ciphers.benefit.encipher(note, { county: access.county, id })
  return await queries.insertStep(tx, access, kept.id, step, cipher ? { id, cipher } : null, at)
}

const lastOf = ({ kept }: Taking, kind: OverpaymentStepKind) =>
  kept.steps.findLast((step) => step.kind === kind)

async function notify(
  taking: Taking,
  { on, document, note }: z.output<typeof OverpaymentNotice>,
): Promise<void> {
  const { tx, access, kept, at } = taking
  expect(taking, 'notify')
  notLater(taking, on)
  if (on < kept.identifiedOn) throw Refused.field('/on', 'invalid-date')
  const [{ replyWorkingDays }, holidays] = await Promise.all([
    queries.findTerms(tx, access.county, on),
    findHolidays(tx, on),
  ])
  await put(taking, { kind: 'NOTIFIED', on, amountFen: kept.amountFen, document }, note)
  const replyDueOn = addWorkingDays(on, replyWorkingDays, holidays)
  await queries.updateOverpayment(tx, access, kept.id, { state: 'NOTIFIED', notifiedOn: on, replyDueOn }, at)
}

async function reply(
  taking: Taking,
  { on, text, document }: z.output<typeof OverpaymentReply>,
): Promise<void> {
  const { tx, access, kept, at } = taking
  expect(taking, 'reply')
  notLater(taking, on)
  if (on < kept.notifiedOn!) throw Refused.field('/on', 'invalid-date')
  await put(taking, { kind: 'REPLIED', on, document }, text)
  await queries.updateOverpayment(tx, access, kept.id, { repliedOn: on }, at)
}

/** By another than who told her, and after she answered or could have. */
async function decide(taking: Taking, body: z.output<typeof OverpaymentDecision>): Promise<void> {
  const { tx, access, kept, at } = taking
  const { decision, on, decisionNumber, reason } = body
  expect(taking, 'decide')
  notLater(taking, on)
  if (!mayDecide(kept, on)) throw new Refused('reply-period-open')
  if (lastOf(taking, 'NOTIFIED')?.recordedById === access.actorId) throw new Refused('own-draft')
  const isConfirmed = decision === 'CONFIRM'
  const kind = isConfirmed ? 'CONFIRMED' : 'WITHDRAWN'
  await put(taking, { kind, on, amountFen: kept.amountFen, document: decisionNumber }, reason)
  const decided = { state: kind, decidedOn: on, decidedBy: access.actorId, decisionNumber } as const
  await queries.updateOverpayment(tx, access, kept.id, decided, at)
  if (isConfirmed) await postFound(tx, access, { ...kept, decidedOn: on }, at)
}

/** Parts of coming months of the same programme only, and only by her signed consent (E10). */
async function settle(taking: Taking, body: z.output<typeof OverpaymentManner>): Promise<void> {
  const { tx, access, kept, at } = taking
  expect(taking, 'settle')
  const { manner } = body
  const instalmentFen = manner === 'INSTALMENTS' ? body.instalmentFen : null
  await put(taking, { kind: 'MANNER', on: todayOf(at), amountFen: instalmentFen, document: body.document })
  await queries.updateOverpayment(tx, access, kept.id, { manner, instalmentFen }, at)
  if (manner !== 'OFFSET_WITH_CONSENT') return
  if (kept.beneficiaryId === null) throw Refused.field('/manner', 'invalid-value')
  const months = await queries.openMonths(tx, access, kept.beneficiaryId, body.fromMonth)
  const offsets = offsetsOf(openOf(kept), body.monthlyFen, months)
  if (offsets.length === 0) throw Refused.field('/fromMonth', 'invalid-value')
  await queries.insertOffsets(tx, access, kept.id, kept.beneficiaryId, offsets)
  await recompute(tx, access, { kind: 'DECISION', cause: '经本人同意抵扣', ids: [kept.beneficiaryId] }, at)
  const amountFen = offsets.reduce((sum, part) => sum + part.amountFen, 0)
  await comeBack(taking, 'OFFSET', { amountFen, on: todayOf(at), document: body.document })
}

async function takeBack(taking: Taking, body: z.output<typeof OverpaymentReturn>): Promise<void> {
  expect(taking, 'return')
  notLater(taking, body.on)
  if (body.on < taking.kept.decidedOn!) throw Refused.field('/on', 'invalid-date')
  if (body.amountFen > openOf(taking.kept)) throw Refused.field('/amountFen', 'invalid-value')
  await comeBack(taking, 'RETURNED', body)
}

type Coming = { amountFen: Fen; on: string; document?: string | undefined }

/** Money, an offset or a write-off makes what is open less; with nothing open the case is closed. */
async function comeBack(
  taking: Taking,
  kind: 'RETURNED' | 'OFFSET' | 'WRITE_OFF_FINANCE',
  { amountFen, on, document }: Coming,
): Promise<void> {
  const { tx, access, kept, at } = taking
  const stepId = await put(taking, { kind, on, amountFen, document })
  const isLast = amountFen === openOf(kept)
  const sums =
    kind === 'WRITE_OFF_FINANCE'
      ? { writtenOffFen: kept.writtenOffFen + amountFen, manner: 'WRITTEN_OFF' as const }
      : { returnedFen: kept.returnedFen + amountFen }
  const closed = isLast ? ({ state: 'CLOSED', closedOn: todayOf(at) } as const) : {}
  await queries.updateOverpayment(tx, access, kept.id, { ...sums, ...closed }, at)
  if (isLast) await put(taking, { kind: 'CLOSED', on: todayOf(at) })
  await postBack(tx, access, kept, { stepId, kind, amountFen, on }, at)
}

async function propose(
  taking: Taking,
  { reason, document }: z.output<typeof WriteOffProposal>,
): Promise<void> {
  const { tx, access, kept, at } = taking
  expect(taking, 'write-off')
  const { writeOffLimitFen } = await queries.findTerms(tx, access.county, todayOf(at))
  if (openOf(kept) > writeOffLimitFen) throw new Refused('over-write-off-limit')
  if (pendingWriteOff(taking) !== null) throw new Refused('already-decided')
  await put(
    taking,
    { kind: 'WRITE_OFF_PROPOSED', on: todayOf(at), amountFen: openOf(kept), document },
    reason,
  )
  await queries.updateOverpayment(tx, access, kept.id, {}, at)
}

/** The steps of the write-off that is under way; null where none is. */
function pendingWriteOff({ kept }: Taking) {
  const steps = kept.steps.filter(({ kind }) => kind.startsWith('WRITE_OFF'))
  const last = steps.at(-1)
  if (!last || last.kind === 'WRITE_OFF_REFUSED' || last.kind === 'WRITE_OFF_FINANCE') return null
  return { last, by: steps.slice(steps.findLastIndex(({ kind }) => kind === 'WRITE_OFF_PROPOSED')) }
}

async function refuse(taking: Taking, document: string): Promise<void> {
  const { tx, access, kept, at } = taking
  await put(taking, { kind: 'WRITE_OFF_REFUSED', on: todayOf(at), document })
  await queries.updateOverpayment(tx, access, kept.id, {}, at)
}

/** Two approvals by two others than who proposed it. */
async function approveInOffice(
  taking: Taking,
  { approve, document }: z.output<typeof WriteOffApproval>,
): Promise<void> {
  const { tx, access, kept, at } = taking
  expect(taking, 'approve-in-office')
  const pending = pendingWriteOff(taking)
  if (pending?.last.kind !== 'WRITE_OFF_PROPOSED') throw new Refused('overpayment-not-at-this-step')
  if (pending.by.some(({ recordedById }) => recordedById === access.actorId)) throw new Refused('own-draft')
  if (!approve) return await refuse(taking, document)
  await put(taking, { kind: 'WRITE_OFF_OFFICE', on: todayOf(at), amountFen: openOf(kept), document })
  await queries.updateOverpayment(tx, access, kept.id, {}, at)
}

async function approveInFinance(
  taking: Taking,
  { approve, document }: z.output<typeof WriteOffApproval>,
): Promise<void> {
  const { access, at } = taking
  expect(taking, 'approve-in-finance')
  const pending = pendingWriteOff(taking)
  if (pending?.last.kind !== 'WRITE_OFF_OFFICE') throw new Refused('overpayment-not-at-this-step')
  if (pending.by.some(({ recordedById }) => recordedById === access.actorId)) throw new Refused('own-draft')
  if (!approve) return await refuse(taking, document)
  const amountFen = openOf(taking.kept)
  await comeBack(taking, 'WRITE_OFF_FINANCE', { amountFen, on: todayOf(at), document })
}

async function report(taking: Taking, { on, document }: z.output<typeof AuthorityReport>): Promise<void> {
  const { tx, access, kept, at } = taking
  expect(taking, 'report')
  notLater(taking, on)
  if (kept.cause !== 'FALSE_EVIDENCE') throw new Refused('overpayment-not-at-this-step')
  await put(taking, { kind: 'REPORTED', on, document })
  await queries.updateOverpayment(tx, access, kept.id, { isReported: true }, at)
}
