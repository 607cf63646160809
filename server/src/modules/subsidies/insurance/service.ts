import { maskName } from '@youyu/shared/population/masking'
import type {
  InsurancePolicy,
  InsuredPerson,
  InsuredStay,
  NewInsurancePolicy,
} from '@youyu/shared/subsidies/insurance'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { csvOf } from '../handed-out.ts'
import * as queries from './queries.ts'
import { perHead } from './rules.ts'

type PageAsked = { limit: number; cursor?: string | undefined }

function shown(policy: queries.PolicyRecord): InsurancePolicy {
  const { insurerId, insurer, settlementId, settlementState, madeAt, voidedAt, ...rest } = policy
  return {
    ...rest,
    insurer: { id: insurerId, name: insurer },
    perHeadFen: perHead(rest.premiumFen, rest.insured),
    settlement: settlementId === null ? null : { id: settlementId, state: settlementState! },
    madeAt: madeAt.toISOString(),
    voidedAt: voidedAt?.toISOString() ?? null,
  }
}

export async function list(
  { db }: Office,
  access: Access,
  { limit, cursor }: PageAsked,
): Promise<Page<InsurancePolicy>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => queries.selectPolicies(tx, access, after, limit + 1))
  return pageOf(rows, limit, shown, (row) => [row.fromOn, row.id])
}

async function told(tx: Transaction, access: Access, id: Id): Promise<InsurancePolicy> {
  const policy = await queries.findPolicy(tx, access, id)
  if (!policy) throw new Refused('not-found')
  return shown(policy)
}

export async function read({ db }: Office, access: Access, id: Id): Promise<InsurancePolicy> {
  return await reading(db, access, (tx) => told(tx, access, id))
}

const everyKind = ['DEATH', 'DISABILITY', 'COMPLICATION'] as const

async function insure(
  tx: Transaction,
  access: Access,
  { kinds = [...everyKind], ...body }: NewInsurancePolicy,
  at: Date,
): Promise<InsurancePolicy> {
  if (body.toOn <= body.fromOn) throw Refused.field('/toOn', 'ends-before-start')
  const insured = await queries.countInsurable(tx, access.county, kinds)
  if (insured === 0) throw new Refused('nothing-to-settle')
  const id = newId(at.getTime())
  await queries.insertPolicy(tx, access, { ...body, id, insured }, at)
  await queries.insertInsured(tx, access.county, { id, kinds, premiumFen: body.premiumFen, insured })
  await record(tx, access, { action: 'create', entity: 'insurance-policy', entityId: id, rows: insured }, at)
  return await told(tx, access, id)
}

export async function insureFamilies(
  office: Office,
  access: Access,
  body: NewInsurancePolicy,
): Promise<InsurancePolicy> {
  const at = office.now()
  return await transaction(office.db, access, (tx) => insure(tx, access, body, at))
}

export async function rehearse(office: Office, access: Access, body: NewInsurancePolicy) {
  const at = office.now()
  const policy = await rehearsal(office.db, access, (tx) => insure(tx, access, body, at))
  return { preview: true as const, insured: policy.insured, perHeadFen: policy.perHeadFen }
}

export async function cancel(
  office: Office,
  access: Access,
  id: Id,
  reason: string,
): Promise<InsurancePolicy> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await told(tx, access, id)
    if (!(await queries.cancelPolicy(tx, access, id, reason, at))) throw new Refused('already-settled')
    await record(
      tx,
      access,
      { action: 'change', entity: 'insurance-policy', entityId: id, fields: ['void'], reason },
      at,
    )
    return await told(tx, access, id)
  })
}

export async function listInsured(
  office: Office,
  access: Access,
  id: Id,
  { limit, cursor }: PageAsked,
): Promise<Page<InsuredPerson>> {
  const after = keyIn(cursor, ['number'])
  const rows = await reading(office.db, access, async (tx) => {
    await told(tx, access, id)
    return await queries.selectInsured(tx, access, id, after, limit + 1)
  })
  office.views.note(access, { action: 'view', entity: 'insurance-policy', entityId: id, rows: rows.length })
  return pageOf(
    rows,
    limit,
    ({ seq, personId, name, code, place, premiumFen }) => ({
      ...{ seq, personId, name: maskName(name), premiumFen },
      place: { code, name: place ?? code },
    }),
    (row) => [row.seq],
  )
}

/** 投保名单: who is insured, as the insurer must know her; what makes her special is not on it. */
export async function insuredFile(office: Office, access: Access, id: Id): Promise<string> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const policy = await told(tx, access, id)
    const people = await queries.selectIdentified(tx, access.county, id)
    const deed = { action: 'export' as const, entity: 'insurance-policy', entityId: id, rows: people.length }
    await record(tx, access, { ...deed, fields: ['name', 'idNumber'], purpose: 'PAYMENT' }, at)
    const { county } = access
    const rows = people.map(({ seq, personId, name, sex, birthDate, idNumber, premiumFen }) => [
      ...[policy.number, seq, name, sex, birthDate],
      idNumber ? office.ciphers.idNumber.decipher(idNumber, { county, id: personId }) : '',
      (premiumFen / 100).toFixed(2),
    ])
    return csvOf(['policy', 'seq', 'name', 'sex', 'birthDate', 'idNumber', 'premiumYuan'], rows)
  })
}

export async function listStays(
  office: Office,
  access: Access,
  { limit, cursor, state }: PageAsked & { state?: string | undefined },
): Promise<Page<InsuredStay>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectStays(tx, access, { state }, after, limit + 1),
  )
  return pageOf(rows, limit, shownStay, (row) => [row.dischargedOn, row.id])
}

const shownStay = (stay: InsuredStay): InsuredStay => ({ ...stay, name: maskName(stay.name) })

/** 理赔结果: what the insurer paid for a stay; never more than was claimed. */
export async function settle(
  office: Office,
  access: Access,
  id: Id,
  body: { settledFen: number; settledOn: CivilDate; reference: string },
): Promise<InsuredStay> {
  const at = office.now()
  if (body.settledOn > todayOf(at)) throw Refused.field('/settledOn', 'invalid-date')
  return await transaction(office.db, access, async (tx) => {
    const [stay] = await queries.selectStays(tx, access, { id }, null, 1)
    if (!stay) throw new Refused('not-found')
    if (stay.state === 'SETTLED') throw new Refused('already-settled')
    if (body.settledFen > stay.amountFen) throw Refused.field('/settledFen', 'invalid-value')
    if (body.settledOn < stay.dischargedOn) throw Refused.field('/settledOn', 'invalid-date')
    await queries.settleStay(tx, access.county, id, body)
    await record(
      tx,
      access,
      { action: 'change', entity: 'hospital-stay', entityId: id, fields: ['settled'] },
      at,
    )
    const [settled] = await queries.selectStays(tx, access, { id }, null, 1)
    return shownStay(settled!)
  })
}
