import type { z } from 'zod'
import { withoutSexInCode } from '@youyu/shared/birth-defects/fetal-sex'
import type {
  listTerminations,
  NewTermination,
  Termination,
} from '@youyu/shared/birth-defects/prenatal-cases'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction, keepClient } from '../../contraception/index.ts'
import { opened, sealed, womanOf } from '../cells.ts'
import { recordLinks, voidLinks } from '../chains/index.ts'
import { gestationOn, pregnancyOf } from '../prenatal-screens/index.ts'
import type { Named } from '../queries-facts.ts'
import {
  findPhysician,
  findProcedure,
  selectPhysicianNames,
  terminations,
  type ProcedureFound,
  type TerminationRow,
} from './queries.ts'

type Found = TerminationRow & Named

function shown(office: Office, access: Access, row: Found, names: ReadonlyMap<Id, string>): Termination {
  const { id, procedureId, chainId, indicatedOn, gestationDays, defectCodes, counselledOn, counsellor } = row
  const [first, second] = JSON.parse(opened(office, access, id, row.opinionsCipher)!) as [string, string]
  const physician = (physicianId: Id, on: CivilDate, opinion: string) => ({
    ...{ physicianId, name: names.get(physicianId) ?? '', on, opinion },
  })
  return {
    ...{
      id,
      procedureId,
      woman: womanOf(row),
      chainId,
      indicatedOn,
      gestationDays,
      defectCodes,
      counselledOn,
    },
    ...{ counsellor, consentId: row.consentId, consentOn: row.consentOn, performedOn: row.performedOn },
    first: physician(row.firstPhysicianId, row.firstOpinionOn, first),
    second: physician(row.secondPhysicianId, row.secondOpinionOn, second),
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
    ...{ voidReason: row.voidReason, version: row.version },
  }
}

const physiciansOf = (rows: readonly TerminationRow[]): Id[] => [
  ...new Set(
    rows.flatMap(({ firstPhysicianId, secondPhysicianId }) => [firstPhysicianId, secondPhysicianId]),
  ),
]

type Asked = z.output<(typeof listTerminations)['schema']['querystring']>

export async function listAll(
  office: Office,
  access: Access,
  { limit, cursor, womanId, voided }: Asked,
): Promise<Page<Termination>> {
  const after = keyIn(cursor, ['string', 'string'])
  const { rows, names } = await reading(office.db, access, async (tx) => {
    const found = await terminations.list(tx, access, {
      ...{ equal: { womanId }, voided, by: 'indicatedOn', after, limit: limit + 1 },
    })
    return { rows: found, names: await selectPhysicianNames(tx, physiciansOf(found)) }
  })
  const page = pageOf(
    rows,
    limit,
    (row) => shown(office, access, row, names),
    (row) => [row.indicatedOn, row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'medical-termination'))
  return page
}

async function told(tx: Transaction, office: Office, access: Access, id: Id): Promise<Termination> {
  const row = await terminations.find(tx, access, id)
  if (!row) throw new Refused('not-found')
  return shown(office, access, row, await selectPhysicianNames(tx, physiciansOf([row])))
}

export async function readTermination(office: Office, access: Access, id: Id): Promise<Termination> {
  const found = await reading(office.db, access, (tx) => told(tx, office, access, id))
  office.views.note(access, careDeed(office, found.woman.id, 'view', 'medical-termination'))
  return found
}

/** A termination on medical indication to which she has consented; nothing else is asked for (E2). */
function assertProcedure(
  procedure: ProcedureFound | undefined,
): asserts procedure is ProcedureFound & { consentId: Id; consentOn: CivilDate } {
  if (procedure?.type !== 'P13' || procedure.indication !== 'MEDICAL')
    throw Refused.field('/procedureId', 'not-found')
  if (!procedure.consentId || !procedure.consentOn || !['CONSENTED', 'PERFORMED'].includes(procedure.status))
    throw Refused.field('/procedureId', 'not-agreed')
}

async function assertPhysicians(tx: Transaction, { first, second }: NewTermination): Promise<void> {
  const [one, other] = await Promise.all([
    findPhysician(tx, first.physicianId, first.on),
    findPhysician(tx, second.physicianId, second.on),
  ])
  if (!one) throw Refused.field('/first/physicianId', 'not-found')
  if (!other) throw Refused.field('/second/physicianId', 'not-found')
  if (one.id === other.id || (one.userId !== null && one.userId === other.userId))
    throw Refused.field('/second/physicianId', 'two-physicians')
}

function assertDays(body: NewTermination, performedOn: CivilDate | null, today: CivilDate): void {
  const last = performedOn ?? today
  const days = {
    '/indicatedOn': body.indicatedOn,
    '/counselledOn': body.counselledOn,
    '/first/on': body.first.on,
    '/second/on': body.second.on,
  }
  for (const [pointer, day] of Object.entries(days))
    if (day > last) throw Refused.field(pointer, 'invalid-date')
}

export async function recordTermination(
  office: Office,
  access: Access,
  body: NewTermination,
): Promise<Termination> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const procedure = await findProcedure(tx, access, body.procedureId)
    assertProcedure(procedure)
    assertDays(body, procedure.performedOn, todayOf(at))
    await assertPhysicians(tx, body)
    const { clientId: womanId, performedOn } = procedure
    const { client, chain } = await pregnancyOf(
      tx,
      access,
      { womanId, pregnancyId: body.pregnancyId },
      body.indicatedOn,
      at,
    )
    const counted = chain.expectedOn && gestationOn(chain.expectedOn, performedOn ?? body.indicatedOn)
    const gestationDays = body.gestationDays ?? procedure.gestationDays ?? counted
    if (!gestationDays) throw Refused.field('/gestationDays', 'required')
    const id = newId(at.getTime())
    const { indicatedOn, counselledOn, counsellor, first, second } = body
    await terminations.insert(
      tx,
      access,
      {
        ...{
          id,
          procedureId: body.procedureId,
          chainId: chain.chainId,
          womanId,
          pregnancyId: chain.pregnancyId,
        },
        ...{ divisionCode: client.residenceDivision, indicatedOn, gestationDays, counselledOn, counsellor },
        defectCodes: [...new Set(body.defectCodes.map(withoutSexInCode))],
        ...{ consentId: procedure.consentId, consentOn: procedure.consentOn, performedOn },
        ...{ firstPhysicianId: first.physicianId, firstOpinionOn: first.on },
        ...{ secondPhysicianId: second.physicianId, secondOpinionOn: second.on },
        opinionsCipher: sealed(office, access, id, JSON.stringify([first.opinion, second.opinion])),
      },
      at,
    )
    if (performedOn) await linkDone(tx, access, chain.chainId, id, performedOn, at)
    await keepClient(tx, access, { clientId: womanId, on: indicatedOn, encounters: 0 })
    await record(tx, access, careDeed(office, womanId, 'create', 'medical-termination'), at)
    return await told(tx, office, access, id)
  })
}

async function linkDone(
  tx: Transaction,
  access: Access,
  chainId: Id,
  recordId: Id,
  on: CivilDate,
  at: Date,
): Promise<void> {
  await recordLinks(tx, access, [{ chainId, item: 'MEDICAL_TERMINATION', event: 'DONE', on, recordId }], at)
}

/** The procedure has been done since the grounds were recorded. */
export async function performTermination(office: Office, access: Access, id: Id): Promise<Termination> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await terminations.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    const procedure = await findProcedure(tx, access, before.procedureId)
    if (!procedure?.performedOn || before.performedOn) throw new Refused('procedure-state')
    await terminations.update(tx, access, id, { performedOn: procedure.performedOn }, at)
    await linkDone(tx, access, before.chainId, id, procedure.performedOn, at)
    await record(tx, access, careDeed(office, before.womanId, 'change', 'medical-termination'), at)
    return await told(tx, office, access, id)
  })
}

export async function voidTermination(
  office: Office,
  access: Access,
  id: Id,
  { reason }: { reason: string },
): Promise<Termination> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await terminations.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    await terminations.void(tx, access, id, reason, at)
    await voidLinks(tx, access, id, reason, at)
    await record(
      tx,
      access,
      careDeed(office, before.womanId, 'correct', 'medical-termination', { fields: ['void'] }),
      at,
    )
    return await told(tx, office, access, id)
  })
}
