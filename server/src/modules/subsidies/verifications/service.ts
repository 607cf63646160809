import { maskName } from '@youyu/shared/population/masking'
import type {
  listVerifications,
  Verification,
  VerificationCount,
  VerificationRecord,
  VerificationRun,
} from '@youyu/shared/subsidies/verifications'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, longTransaction, reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { systemAccess } from '../../accounts/index.ts'
import {
  noteVerified,
  resumeBeneficiaries,
  stopBeneficiaries,
  suspendBeneficiaries,
} from '../beneficiaries/index.ts'
import * as queries from './queries.ts'
import { isSound, monthAfter, monthOf, stopReasonOf, yearAfter } from './rules.ts'

const shown = ({ name, ...row }: queries.VerificationRecord): Verification => ({
  ...row,
  personName: maskName(name),
})

type Listing = z.output<(typeof listVerifications)['schema']['querystring']>

export async function listOf(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<Verification>> {
  const after = keyIn(cursor, ['number', 'string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectVerifications(tx, access, filter, after, limit + 1),
  )
  return pageOf(rows, limit, shown, ({ year, division, id }) => [year, division, id])
}

async function verificationAt(tx: Transaction, access: Access, id: Id): Promise<queries.VerificationRecord> {
  const [found] = await queries.selectVerifications(tx, access, { id }, null, 1)
  if (!found) throw new Refused('not-found')
  return found
}

export async function readVerification(office: Office, access: Access, id: Id): Promise<Verification> {
  return shown(await reading(office.db, access, (tx) => verificationAt(tx, access, id)))
}

export async function count(
  office: Office,
  access: Access,
  year: number,
): Promise<{ items: VerificationCount[] }> {
  return { items: await reading(office.db, access, (tx) => queries.selectCounts(tx, access, year)) }
}

/** Opens the year: everybody at once, and the register answers for whoever it can. */
export async function open(
  office: Office,
  access: Access,
  { programme, year }: { programme: string; year: number },
): Promise<VerificationRun> {
  const at = office.now()
  const on = todayOf(at)
  if (year > Number(on.slice(0, 4))) throw Refused.field('/year', 'invalid-value')
  return await longCommand(office.db, access, async (tx) => {
    const terms = await queries.findTerms(tx, access, programme, on)
    if (!terms) throw Refused.field('/programme', 'invalid-value')
    const opened = await queries.openVerifications(tx, access, { programme, year }, { on, at })
    const passed = opened.filter((each) => each.passed).map(({ beneficiaryId }) => beneficiaryId)
    if (passed.length > 0) await noteVerified(tx, access, passed, `${year + 1}-${terms.dueOn}`, at)
    const deed = {
      action: 'create',
      entity: 'verification',
      rows: opened.length,
      purpose: 'BENEFIT',
    } as const
    await record(tx, access, { ...deed, fields: [programme, String(year)] }, at)
    return {
      opened: opened.filter(({ isNew }) => isNew).length,
      passed: passed.length,
      doubtful: opened.filter(({ doubtful }) => doubtful).length,
      toVisit: opened.length - passed.length,
    }
  })
}

/** What a visit, a meeting or a declaration found; whoever was suspended for being late gets the months back. */
export async function recordResult(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { note, ...body }: z.output<typeof VerificationRecord>,
): Promise<Verification> {
  const at = office.now()
  if (body.doneOn > todayOf(at)) throw Refused.field('/doneOn', 'invalid-date')
  if (!isSound(body.checks, body.result)) throw Refused.field('/result', 'verification-unsound')
  return await transaction(office.db, access, async (tx) => {
    await queries.lockVerification(tx, access, id)
    const found = await verificationAt(tx, access, id)
    assertVersion(version, found.version)
    if (found.state === 'DONE') throw new Refused('verification-done')
    const terms = await queries.findTerms(tx, access, found.programme, todayOf(at))
    if (terms && !terms.methods.includes(body.method)) throw Refused.field('/method', 'invalid-value')
    const cipher =
      note === undefined ? null : office.ciphers.objection.encipher(note, { county: access.county, id })
    await queries.noteResult(tx, access, id, { ...body, note: cipher })
    await carryOut(tx, access, found, body, at)
    const deed = { action: 'change', entity: 'verification', entityId: id, division: found.division } as const
    await record(tx, access, { ...deed, fields: ['result'], purpose: 'BENEFIT' }, at)
    return shown(await verificationAt(tx, access, id))
  })
}

async function carryOut(
  tx: Transaction,
  access: Access,
  { id, beneficiaryId, dueOn, state }: queries.VerificationRecord,
  { checks, result, doneOn }: Pick<z.output<typeof VerificationRecord>, 'checks' | 'result' | 'doneOn'>,
  at: Date,
): Promise<void> {
  const ids = [beneficiaryId]
  const ground = { type: 'VERIFICATION', id }
  if (result === 'STOP')
    await stopBeneficiaries(
      tx,
      access,
      ids,
      { lastMonth: monthOf(doneOn), reason: stopReasonOf(checks), ground },
      at,
    )
  else if (result === 'SUSPEND')
    await suspendBeneficiaries(
      tx,
      access,
      ids,
      { fromMonth: monthAfter(doneOn), reason: 'CONDITION_REVIEW', ground },
      at,
    )
  else {
    if (state === 'OVERDUE')
      await resumeBeneficiaries(tx, access, ids, { reason: 'NOT_VERIFIED', ground }, at)
    await noteVerified(tx, access, ids, yearAfter(dueOn), at)
  }
}

/** Nothing is due from the month after the deadline on, until the verification is done. */
async function suspendLate(tx: Transaction, access: Access, at: Date): Promise<number> {
  let suspended = 0
  for (const { dueOn, beneficiaryIds } of await queries.markOverdue(tx, access, todayOf(at))) {
    const told = { fromMonth: monthAfter(dueOn), reason: 'NOT_VERIFIED' as const }
    suspended += await suspendBeneficiaries(tx, access, beneficiaryIds, told, at)
  }
  if (suspended > 0)
    await record(
      tx,
      access,
      { action: 'change', entity: 'verification', rows: suspended, fields: ['state'] },
      at,
    )
  return suspended
}

export async function suspendOverdue(office: Office, access: Access): Promise<{ suspended: number }> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => ({
    suspended: await suspendLate(tx, access, at),
  }))
}

export async function suspendOverdueOfNight(office: Office): Promise<number> {
  const at = office.now()
  const counties = await reading(office.db, systemAccess, (tx) => queries.selectCountiesLate(tx, todayOf(at)))
  let suspended = 0
  for (const county of counties) {
    const access = { ...systemAccess, county, prefixes: [String(county)] }
    suspended += await longTransaction(office.db, access, (tx) => suspendLate(tx, access, at))
  }
  return suspended
}
