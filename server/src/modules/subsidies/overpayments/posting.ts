import { linesOf } from '@youyu/shared/subsidies/ledger'
import type { CivilDate, Fen, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { postLedger } from '../ledger/index.ts'
import { sharesOn, type KeptOverpayment } from './queries.ts'
import { borneBy, openAfter, partOf } from './rules.ts'

const yearOf = (day: CivilDate) => Number(day.slice(0, 4))

/** The decision makes it receivable, from the tiers that bore it. */
export async function postFound(
  tx: Transaction,
  access: Access,
  { id, number, programme, amountFen, decidedOn }: KeptOverpayment,
  at: Date,
): Promise<void> {
  const on = decidedOn!
  const byTier = borneBy(amountFen, await sharesOn(tx, access.county, programme, on))
  const lines = linesOf('OVERPAYMENT', byTier)
  const ref = { refType: 'OVERPAYMENT', refId: id, memo: `多发 ${number}` }
  await postLedger(tx, access, { kind: 'OVERPAYMENT', programme, year: yearOf(on), on, ...ref, lines }, at)
}

const backKinds = ['RETURNED', 'OFFSET', 'WRITE_OFF_FINANCE']

/** What came back. An offset brings no money: the coming months are lower, and what is receivable falls with them. */
export async function postBack(
  tx: Transaction,
  access: Access,
  { number, programme, amountFen, decidedOn, steps }: KeptOverpayment,
  back: { stepId: Id; kind: 'RETURNED' | 'OFFSET' | 'WRITE_OFF_FINANCE'; amountFen: Fen; on: CivilDate },
  at: Date,
): Promise<void> {
  const shares = await sharesOn(tx, access.county, programme, decidedOn!)
  const earlier = steps.filter(({ kind }) => backKinds.includes(kind)).map((step) => step.amountFen ?? 0)
  const byTier = partOf(back.amountFen, openAfter(borneBy(amountFen, shares), earlier))
  const kind = back.kind === 'RETURNED' ? 'RECOVERY' : 'WRITE_OFF'
  const memo = { RETURNED: '退回', OFFSET: '经本人同意抵扣', WRITE_OFF_FINANCE: '核销' }[back.kind]
  await postLedger(
    tx,
    access,
    {
      ...{ kind, programme, year: yearOf(decidedOn!), on: back.on, lines: linesOf(kind, byTier) },
      ...{ refType: 'OVERPAYMENT_STEP', refId: back.stepId, memo: `多发 ${number} ${memo}` },
    },
    at,
  )
}
