import type { listOverpayments, Overpayment, OverpaymentRow } from '@youyu/shared/subsidies/overpayments'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { shownOverpayment, shownRow } from './overpayment-row.ts'
import * as queries from './queries.ts'
import { takeStep, type Step } from './steps.ts'

export type { Step } from './steps.ts'

type Listing = z.output<(typeof listOverpayments)['schema']['querystring']> & { awaitsFinance?: boolean }

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<OverpaymentRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    queries.selectOverpayments(tx, access, filter, after, limit + 1),
  )
  return pageOf(rows, limit, shownRow, ({ identifiedOn, id }) => [identifiedOn, id])
}

export async function readOverpayment(office: Office, access: Access, id: Id): Promise<Overpayment> {
  const overpayment = await reading(office.db, access, (tx) => told(tx, office, access, id))
  const { code: division } = overpayment.place
  office.views.note(access, { action: 'view', entity: 'overpayment', entityId: id, division })
  return overpayment
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Overpayment> {
  const kept = await queries.findOverpayment(tx, access, id)
  if (!kept) throw new Refused('not-found')
  const { writeOffLimitFen } = await queries.findTerms(tx, access.county, todayOf(office.now()))
  return shownOverpayment(kept, access, office.ciphers, writeOffLimitFen)
}

export async function take(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  step: Step,
): Promise<Overpayment> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const kept = await queries.findOverpayment(tx, access, id, true)
    if (!kept) throw new Refused('not-found')
    assertVersion(version, kept.version)
    const { divisionCode: division } = kept
    const fields = Object.keys(step)
    await record(tx, access, { action: 'change', entity: 'overpayment', entityId: id, division, fields }, at)
    await takeStep({ tx, office, access, kept, at }, step)
    return await told(tx, office, access, id)
  })
}
