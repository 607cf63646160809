import type { NewReferral } from '@youyu/shared/birth-defects/referrals'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf, keepClient } from '../../contraception/index.ts'
import { chainFor, joinChain, openChain } from '../chains/index.ts'
import { findReceiver, insertReferral } from './queries.ts'
import { answerDueOn } from './rules.ts'

type Sent = NewReferral & { contactId?: Id | undefined; chainId?: Id | undefined }

/** A referral with her agreement: from now on the receiving facility takes part in her chain. */
export async function sendIn(
  tx: Transaction,
  office: Office,
  access: Access,
  body: Sent,
  at: Date,
): Promise<Id> {
  const { womanId, pregnancyId, childId, occurredOn, purpose, urgency, toId, toName, agreed, letter } = body
  const pointer = (field: string) => (body.contactId ? `/referral/${field}` : `/${field}`)
  if (!agreed)
    throw new Refused('consent-required', {
      errors: [{ pointer: pointer('agreed'), code: 'consent-required' }],
    })
  if ((toId === undefined) === (toName === undefined)) throw Refused.field(pointer('toId'), 'required')
  if (occurredOn > todayOf(at)) throw Refused.field('/occurredOn', 'invalid-date')
  const [woman, receiver] = await Promise.all([
    clientOf(tx, access, womanId, '/womanId'),
    toId ? findReceiver(tx, access, toId, purpose, occurredOn) : undefined,
  ])
  if (toId && !receiver) throw Refused.field(pointer('toId'), 'not-found')
  const chainId = body.chainId ?? (await chainOf(tx, access, body, occurredOn, at))
  const id = newId(at.getTime())
  await keepClient(tx, access, { clientId: womanId, on: occurredOn, encounters: 0 })
  await insertReferral(
    tx,
    access,
    {
      ...{ id, toFacilityId: toId ?? null, toName: toName ?? null, chainId, womanId, purpose, urgency },
      ...{ pregnancyId: pregnancyId ?? null, childId: childId ?? null, contactId: body.contactId ?? null },
      ...{ divisionCode: woman.residenceDivision, occurredOn, agreedOn: occurredOn },
      answerDueOn: answerDueOn(occurredOn, urgency, receiver?.answerDays ?? null),
      letterCipher: office.ciphers.clinical.encipher(letter, { county: access.county, id }),
    },
    at,
  )
  if (toId) await joinChain(tx, access, { chainId, facilityId: toId, ground: 'REFERRAL', on: occurredOn }, at)
  await record(tx, access, careDeed(office, womanId, 'create', 'referral'), at)
  return id
}

async function chainOf(
  tx: Transaction,
  access: Access,
  { womanId, pregnancyId, childId }: Sent,
  on: CivilDate,
  at: Date,
): Promise<Id> {
  const subject = childId ? { childId } : pregnancyId ? { pregnancyId } : { womanId }
  const chain = await chainFor(tx, access, subject, on, at)
  if (chain && chain.womanId !== womanId) throw Refused.field('/womanId', 'invalid-value')
  if (chain) return chain.chainId
  const ground = pregnancyId ? 'PREGNANCY' : 'PRECONCEPTION'
  return await openChain(tx, access, { womanId, pregnancyId: pregnancyId ?? null, ground, on }, at)
}
