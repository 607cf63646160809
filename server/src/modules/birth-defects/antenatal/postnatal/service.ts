import type { z } from 'zod'
import type {
  NewPostnatalContact,
  PostnatalContact,
  PostnatalCorrection,
  PostnatalPreview,
} from '@youyu/shared/birth-defects/antenatal'
import { daysBetween, factsAfterBirth, stillHolding } from '@youyu/shared/birth-defects/risk-facts'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction, clientOf, keepClient } from '../../../contraception/index.ts'
import { recordLinks, voidLinks } from '../../chains/index.ts'
import { advise, adviseAgain } from '../../risk/index.ts'
import { codesOf, openValues, sealValues } from '../contact-row.ts'
import { selectContacts } from '../queries.ts'
import { chainOf, pregnancyOf } from '../recording.ts'
import * as queries from './queries.ts'

/** Domain BDI-26: mothers visited within 28 days. */
const VISIT_WITHIN = 28

async function recordPostnatal(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewPostnatalContact,
  at: Date,
  replaced?: { id: Id; reason: string },
): Promise<{ id: Id; preview: PostnatalPreview }> {
  const { pregnancyId, occurredOn, values, signs, kind } = body
  const pregnancy = await pregnancyOf(tx, access, pregnancyId)
  const bornOn = pregnancy.bornOn ?? body.bornOn
  if (!bornOn) throw Refused.field('/bornOn', 'required')
  const daysAfterBirth = daysBetween(bornOn, occurredOn)
  if (occurredOn > todayOf(at) || daysAfterBirth < 0 || daysAfterBirth > 366)
    throw Refused.field('/occurredOn', 'invalid-date')
  const { systolic, diastolic } = values
  if (systolic !== undefined && diastolic !== undefined && diastolic >= systolic)
    throw Refused.field('/values/diastolic', 'invalid-value')

  const [woman, contacts] = await Promise.all([
    clientOf(tx, access, pregnancy.womanId, '/pregnancyId'),
    selectContacts(tx, access, pregnancyId),
  ])
  const taken = contacts.map((row) => ({ ...openValues(office, access, row), occurredOn: row.occurredOn }))
  const known = stillHolding(taken, occurredOn)
  const asked = factsAfterBirth(woman, known, values, bornOn, occurredOn)
  const items = contacts.at(-1)?.riskItems ?? []
  const { advice, urgency, adviceTable } = await advise(
    tx,
    access,
    { values: asked, signs, items },
    occurredOn,
  )

  const id = newId(at.getTime())
  await keepClient(tx, access, { clientId: woman.id, on: occurredOn, encounters: 0 })
  const chainId = await chainOf(tx, access, pregnancy, occurredOn, at)
  const { place, breastfeeding, counselling, medications, note } = body
  await queries.insertPostnatal(
    tx,
    access,
    {
      ...{ id, chainId, pregnancyId, womanId: woman.id, divisionCode: woman.residenceDivision, kind },
      ...{ bornOn, occurredOn, daysAfterBirth, place, breastfeeding, counselling },
      ...{ adviceRows: codesOf(advice), urgency, adviceTable, replaces: replaced?.id ?? null },
      valuesCipher: sealValues(office, access, id, {
        ...{ values, signs, items, known, asked, medications, note },
      }),
    },
    at,
  )
  if (daysAfterBirth <= VISIT_WITHIN)
    await recordLinks(
      tx,
      access,
      [{ chainId, item: 'POSTNATAL_VISIT', event: 'DONE', on: occurredOn, recordId: id }],
      at,
    )
  const deed = replaced
    ? careDeed(office, woman.id, 'correct', 'postnatal-contact', { reason: replaced.reason })
    : careDeed(office, woman.id, 'create', 'postnatal-contact')
  await record(tx, access, deed, at)
  return { id, preview: { daysAfterBirth, advice, urgency } }
}

async function shown(
  tx: Transaction,
  office: Office,
  access: Access,
  row: queries.PostnatalRow,
): Promise<PostnatalContact> {
  const { womanId, name, birthDate, valuesCipher: _, adviceRows: __, recordedAt, voidedAt, ...told } = row
  const { values, signs, items, asked, medications, note } = openValues(office, access, row)
  return {
    ...told,
    woman: { id: womanId, name, birthDate },
    counselling: row.counselling as PostnatalContact['counselling'],
    ...{ values, signs, medications, note },
    advice: await adviseAgain(tx, { values: asked, signs, items }, row.adviceTable),
    recordedAt: recordedAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

export async function postnatalOf(
  tx: Transaction,
  office: Office,
  access: Access,
  pregnancyId: Id,
): Promise<PostnatalContact[]> {
  const rows = await queries.selectPostnatal(tx, access, { pregnancyId })
  return await Promise.all(rows.map((row) => shown(tx, office, access, row)))
}

async function find(tx: Transaction, access: Access, id: Id): Promise<queries.PostnatalRow> {
  const [row] = await queries.selectPostnatal(tx, access, { id })
  if (!row) throw new Refused('not-found')
  return row
}

export async function readPostnatal(office: Office, access: Access, id: Id): Promise<PostnatalContact> {
  return await transaction(office.db, access, async (tx) => {
    const row = await find(tx, access, id)
    await record(tx, access, careDeed(office, row.womanId, 'view', 'postnatal-contact'), office.now())
    return await shown(tx, office, access, row)
  })
}

export async function rehearsePostnatal(
  office: Office,
  access: Access,
  body: NewPostnatalContact,
): Promise<PostnatalPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const { preview } = await recordPostnatal(tx, office, access, body, at)
    return preview
  })
}

export async function enterPostnatal(
  office: Office,
  access: Access,
  body: NewPostnatalContact,
): Promise<PostnatalContact> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const { id } = await recordPostnatal(tx, office, access, body, at)
    return await shown(tx, office, access, await find(tx, access, id))
  })
}

type Correction = z.output<typeof PostnatalCorrection>

/** The wrong contact is voided with what it said to the chain; the right one is judged as of its own day. */
async function correctIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: Correction,
  at: Date,
) {
  const before = await mine(tx, access, id)
  const { values, signs, medications, note } = openValues(office, access, before)
  const { pregnancyId, kind, bornOn, occurredOn, place, breastfeeding } = before
  const counselling = before.counselling as NewPostnatalContact['counselling']
  const told = { pregnancyId, kind, bornOn, occurredOn, place, breastfeeding, counselling, ironDays: null }
  await queries.voidPostnatal(tx, access, id, reason, at)
  await voidLinks(tx, access, id, reason, at)
  const body = { ...told, values, signs, medications, note, ...set }
  return await recordPostnatal(tx, office, access, body as NewPostnatalContact, at, { id, reason })
}

async function mine(tx: Transaction, access: Access, id: Id): Promise<queries.PostnatalRow> {
  const row = await find(tx, access, id)
  if (!row.isMine) throw new Refused('not-found')
  if (row.voidedAt) throw new Refused('conflict')
  return row
}

export async function rehearseCorrection(
  office: Office,
  access: Access,
  id: Id,
  correction: Correction,
): Promise<PostnatalPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const { preview } = await correctIn(tx, office, access, id, correction, at)
    return preview
  })
}

export async function correctPostnatal(
  office: Office,
  access: Access,
  id: Id,
  correction: Correction,
): Promise<PostnatalContact> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const right = await correctIn(tx, office, access, id, correction, at)
    return await shown(tx, office, access, await find(tx, access, right.id))
  })
}

export async function voidOne(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<PostnatalContact> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const row = await mine(tx, access, id)
    await queries.voidPostnatal(tx, access, id, reason, at)
    await voidLinks(tx, access, id, reason, at)
    const fields = ['void']
    await record(
      tx,
      access,
      careDeed(office, row.womanId, 'correct', 'postnatal-contact', { fields, reason }),
      at,
    )
    return await shown(tx, office, access, await find(tx, access, id))
  })
}
