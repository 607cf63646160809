import type { EventPreview } from '@youyu/shared/population/event-preview'
import type { NewPregnancy, Pregnancy } from '@youyu/shared/population/pregnancies'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { lockPersons } from '../../persons/queries-changes.ts'
import { encipherSensitive, nothingSensitive } from '../pregnancy-row.ts'
import { findOpenPregnancy, insertPregnancy, isOrganisation } from '../queries.ts'
import { womanFaults } from '../rules.ts'
import { checkedDates, previewOf, readPregnancy, refuseAny, tell } from '../service.ts'

export async function previewRegistration(
  office: Office,
  access: Access,
  body: NewPregnancy,
): Promise<EventPreview> {
  const at = office.now()
  return await rehearsal(office.db, access, async (tx) => {
    const id = await enter(tx, office, access, body, at)
    return previewOf(null, await tell(tx, office, access, id, at))
  })
}

export async function enterPregnancy(office: Office, access: Access, body: NewPregnancy): Promise<Pregnancy> {
  const at = office.now()
  const id = await transaction(office.db, access, (tx) => enter(tx, office, access, body, at))
  return await readPregnancy(office, access, id)
}

async function enter(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewPregnancy,
  at: Date,
): Promise<string> {
  const today = todayOf(at)
  const { womanId, registeredOrganisationId = null, isPurple = null, intention = null } = body
  const women = await lockPersons(tx, access, [womanId])
  const woman = women.get(womanId)
  if (!woman) throw Refused.field('/womanId', 'not-found')
  const dates = checkedDates(
    {
      lastMenstruationOn: body.lastMenstruationOn ?? null,
      expectedOn: body.expectedOn ?? null,
      expectedBasis: body.expectedBasis ?? (body.expectedOn && body.conception === 'ART' ? 'ART' : null),
      registeredOn: body.registeredOn ?? today,
      endedOn: null,
    },
    today,
  )
  refuseAny(womanFaults(woman, dates.expectedOn))
  const [earlier, isKnown] = await Promise.all([
    findOpenPregnancy(tx, access, womanId, dates.expectedOn),
    registeredOrganisationId ? isOrganisation(tx, registeredOrganisationId) : true,
  ])
  if (earlier) throw new Refused('already-exists')
  if (!isKnown) throw Refused.field('/registeredOrganisationId', 'not-found')
  const id = newId(at.getTime())
  const livesHere = woman.residenceDivision.startsWith(String(access.county))
  await insertPregnancy(
    tx,
    access,
    {
      id,
      womanId,
      gravida: body.gravida ?? null,
      parityBefore: body.parityBefore ?? null,
      ...dates,
      organisationId: registeredOrganisationId,
      channel: body.channel,
      conception: body.conception ?? 'NATURAL',
      plurality: body.plurality ?? null,
      riskColour: body.riskColour ?? 'GREEN',
      sensitiveCipher: encipherSensitive(office, access.county, id, {
        ...nothingSensitive,
        isPurple,
        intention,
      }),
      status: 'REGISTERED',
      contactConsent: body.contactConsent,
      divisionCode: livesHere ? woman.residenceDivision : woman.hukouDivision,
    },
    at,
  )
  const division = woman.residenceDivision
  await record(tx, access, { action: 'create', entity: 'pregnancy', entityId: id, division }, at)
  return id
}
