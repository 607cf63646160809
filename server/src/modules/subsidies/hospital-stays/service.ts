import type { z } from 'zod'
import { maskName } from '@youyu/shared/population/masking'
import type {
  HospitalStay,
  listHospitalStays,
  NewHospitalStay,
  StayPreview,
} from '@youyu/shared/subsidies/hospital-stays'
import type { Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { entitleEvent } from '../entitlements/index.ts'
import { findMember, type Member } from '../special-families/index.ts'
import * as queries from './queries.ts'
import { daysOf, daysPaid, partsOf } from './rules.ts'

function shown(access: Access, stay: queries.StayRecord): HospitalStay {
  const {
    personId,
    name,
    divisionCode,
    placeName,
    hospitalId,
    hospitalName,
    recordedAt,
    recordedBy,
    ...rest
  } = stay
  return {
    ...rest,
    person: { id: personId, name: maskName(name) },
    place: { code: divisionCode, name: placeName ?? divisionCode },
    hospital: { id: hospitalId, name: hospitalName },
    recordedAt: recordedAt.toISOString(),
    isMine: recordedBy === access.actorId,
  }
}

const deed = (
  { id, divisionCode }: Pick<queries.StayRecord, 'id' | 'divisionCode'>,
  action: 'view' | 'create' | 'change',
  fields: string[] = [],
) => ({ action, entity: 'hospital-stay', entityId: id, division: divisionCode, fields })

type Asked = z.output<(typeof listHospitalStays)['schema']['querystring']>

export async function list(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<HospitalStay>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectStays(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    (row) => shown(access, row),
    (row) => [row.dischargedOn, row.id],
  )
}

async function told(tx: Transaction, access: Access, id: Id): Promise<HospitalStay> {
  const stay = await queries.findStay(tx, access, id)
  if (!stay) throw new Refused('not-found')
  return shown(access, stay)
}

export async function read(office: Office, access: Access, id: Id): Promise<HospitalStay> {
  const stay = await reading(office.db, access, (tx) => told(tx, access, id))
  office.views.note(access, deed({ id, divisionCode: stay.place.code }, 'view'))
  return stay
}

type Reckoned = StayPreview & { member: Member; policyId: Id | null }

/** What a stay comes to: her family, the days that limits leave, and the rate of every day. */
async function reckon(
  tx: Transaction,
  office: Office,
  access: Access,
  { personId, hospitalId, admittedOn, dischargedOn, payer }: NewHospitalStay,
): Promise<Reckoned> {
  if (dischargedOn > todayOf(office.now())) throw Refused.field('/dischargedOn', 'invalid-date')
  if (dischargedOn < admittedOn) throw Refused.field('/dischargedOn', 'ends-before-start')
  if (!(await queries.isHospital(tx, hospitalId))) throw Refused.field('/hospitalId', 'not-found')
  const member = await findMember(tx, access, personId, admittedOn)
  if (!member) throw Refused.field('/personId', 'not-family-member')
  await queries.lockPerson(tx, access.county, personId)
  const cover =
    payer === 'INSURER' ? await queries.findCover(tx, access.county, personId, admittedOn) : undefined
  if (payer === 'INSURER' && !cover) throw Refused.field('/payer', 'not-insured')
  const limits = cover ?? (await queries.findLimits(tx, access.county, admittedOn))
  const usedThisYear = await queries.sumDaysOfYear(tx, access.county, { personId, payer, on: admittedOn })
  const days = daysOf(admittedOn, dischargedOn)
  const paidDays = daysPaid(days, { ...limits, usedThisYear })
  const parts = partsOf(admittedOn, paidDays, await queries.selectRates(tx, access.county))
  if (!parts) throw new Refused('no-rate-for-day')
  const amountFen = parts.reduce((sum, part) => sum + part.amountFen, 0)
  return { preview: true, days, paidDays, parts, amountFen, member, policyId: cover?.id ?? null }
}

export async function preview(office: Office, access: Access, body: NewHospitalStay): Promise<StayPreview> {
  const { idempotency: _, ...rest } = access
  return await transaction(office.db, rest, async (tx) => {
    const { preview: isPreview, days, paidDays, parts, amountFen } = await reckon(tx, office, access, body)
    return { preview: isPreview, days, paidDays, parts, amountFen }
  })
}

export async function recordStay(
  office: Office,
  access: Access,
  body: NewHospitalStay,
): Promise<HospitalStay> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const {
      member,
      policyId: coverId,
      days,
      paidDays,
      parts,
      amountFen,
    } = await reckon(tx, office, access, body)
    const { familyId, divisionCode } = member
    const id = newId(at.getTime())
    const stay = { ...body, id, familyId, divisionCode, coverId, days, paidDays, amountFen, parts }
    await queries.insertStay(tx, access, stay, at)
    await record(tx, access, deed({ id, divisionCode }, 'create'), at)
    return await told(tx, access, id)
  })
}

/** 审核: by somebody else; what public funds pay becomes an entitlement, and is paid with the next roster. */
export async function check(
  office: Office,
  access: Access,
  id: Id,
  { decision, reason = undefined }: { decision: 'PASS' | 'REFUSE'; reason?: string | undefined },
): Promise<HospitalStay> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockStay(tx, access, id)
    const stay = await queries.findStay(tx, access, id)
    if (!stay) throw new Refused('not-found')
    if (stay.state !== 'RECORDED') throw new Refused('already-decided')
    if (stay.recordedBy === access.actorId) throw new Refused('maker-is-checker')
    const isPaid = decision === 'PASS' && stay.payer === 'FISCAL' && stay.amountFen > 0
    const eventId = isPaid ? await entitle(tx, access, stay, at) : null
    const state = decision === 'PASS' ? ('PASSED' as const) : ('REFUSED' as const)
    await queries.settleCheck(tx, access, id, { state, reason: reason ?? null, eventId }, at)
    await record(tx, access, deed(stay, 'change', ['state']), at)
    return await told(tx, access, id)
  })
}

async function entitle(tx: Transaction, access: Access, stay: queries.StayRecord, at: Date): Promise<Id> {
  const { id, personId, amountFen, dischargedOn, divisionCode, parts, days, paidDays } = stay
  return await entitleEvent(
    tx,
    access,
    {
      ...{ programme: 'P06', personId, payeeId: personId, amountFen, occurredOn: dischargedOn, divisionCode },
      ...{ groundType: 'HOSPITAL_STAY', groundId: id, basis: { days, paidDays, parts } },
    },
    at,
  )
}
