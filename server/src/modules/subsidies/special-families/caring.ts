import type { z } from 'zod'
import type { assignContact, NewFamilyService } from '@youyu/shared/subsidies/family-support'
import type { ContactCandidate, SpecialFamily } from '@youyu/shared/subsidies/special-families'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { insertRow } from '../../../database/statements.ts'
import { reading } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as parts from './queries-parts.ts'
import * as writing from './queries-writing.ts'
import * as queries from './queries.ts'
import { daysAfter, mayAskOn } from './rules.ts'
import { assertPast, changing } from './service.ts'

type Assigned = z.output<(typeof assignContact)['schema']['body']>

export async function assign(office: Office, access: Access, id: Id, body: Assigned): Promise<SpecialFamily> {
  const { tier, userId, fromOn } = body
  return await changing(office, access, id, 'contacts', async (tx, family, at) => {
    assertPast(fromOn, '/fromOn', at)
    const asked = { division: family.divisionCode, tier, userId }
    const [candidate] = await parts.selectCandidates(tx, access, asked, at)
    if (!candidate) throw Refused.field('/userId', 'not-found')
    await writing.endContact(tx, access.county, id, tier, daysAfter(fromOn, -1))
    await insertRow(tx, 'support_contacts', {
      ...{
        countyCode: access.county,
        id: newId(at.getTime()),
        familyId: id,
        divisionCode: family.divisionCode,
      },
      ...{ tier, userId, fromOn, assignedAt: at, assignedBy: access.actorId },
    })
  })
}

export async function listCandidates(
  office: Office,
  access: Access,
  id: Id,
  tier: 'TOWNSHIP' | 'VILLAGE',
): Promise<{ items: ContactCandidate[] }> {
  const at = office.now()
  return await reading(office.db, access, async (tx) => {
    const family = await queries.findFamily(tx, access, id, todayOf(at))
    if (!family) throw new Refused('not-found')
    const asked = { division: family.divisionCode, tier }
    const found = await parts.selectCandidates(tx, access, asked, at)
    return { items: found.map(({ code, place, ...rest }) => ({ ...rest, place: { code, name: place } })) }
  })
}

export async function consent(
  office: Office,
  access: Access,
  id: Id,
  { consentOn, evidence }: { consentOn: CivilDate; evidence: string },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'consent', async (tx, family, at) => {
    assertPast(consentOn, '/consentOn', at)
    if (!mayAskOn(family, consentOn)) throw new Refused('grief-rule')
    if (family.openedOn !== null && consentOn > family.openedOn)
      throw Refused.field('/consentOn', 'invalid-date')
    await writing.updateFamily(
      tx,
      access.county,
      id,
      { consent_on: consentOn, consent_evidence: evidence },
      at,
    )
  })
}

export async function openFile(
  office: Office,
  access: Access,
  id: Id,
  openedOn: CivilDate,
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'opened', async (tx, family, at) => {
    assertPast(openedOn, '/openedOn', at)
    if (family.consentOn === null) throw new Refused('not-agreed')
    if (openedOn < family.consentOn) throw Refused.field('/openedOn', 'invalid-date')
    await writing.updateFamily(tx, access.county, id, { opened_on: openedOn }, at)
  })
}

export async function changeMember(
  office: Office,
  access: Access,
  id: Id,
  body: { personId: Id; joinedOn?: CivilDate | undefined; leftOn?: CivilDate | undefined },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'members', async (tx, family, at) => {
    const { personId, joinedOn = todayOf(at), leftOn } = body
    assertPast(leftOn ?? joinedOn, leftOn ? '/leftOn' : '/joinedOn', at)
    if (leftOn) {
      if (!(await writing.leaveFamily(tx, access.county, id, personId, leftOn)))
        throw Refused.field('/personId', 'not-found')
      return
    }
    const [person] = await writing.findPeople(tx, access, [personId])
    if (!person) throw Refused.field('/personId', 'not-found')
    await insertRow(tx, 'family_members', {
      ...{ countyCode: access.county, id: newId(at.getTime()), familyId: id, personId },
      ...{ divisionCode: family.divisionCode, joinedOn },
    })
  })
}

export async function assertMember(tx: Transaction, access: Access, id: Id, personId: Id): Promise<void> {
  const { people } = await parts.selectParts(tx, access.county, id)
  if (!people.some((member) => member.personId === personId && member.leftOn === null))
    throw Refused.field('/personId', 'not-family-member')
}

export async function giveService(
  office: Office,
  access: Access,
  id: Id,
  body: NewFamilyService,
): Promise<SpecialFamily> {
  const {
    personId,
    kind,
    isDeclined,
    organisationId = null,
    provider = null,
    cardNumber = null,
    fromOn,
  } = body
  return await changing(office, access, id, 'services', async (tx, family, at) => {
    assertPast(fromOn, '/fromOn', at)
    if (family.openedOn === null) throw new Refused('not-agreed')
    await assertMember(tx, access, id, personId)
    if (!isDeclined && organisationId === null && provider === null)
      throw Refused.field('/provider', 'required')
    if (isDeclined && (organisationId !== null || provider !== null))
      throw Refused.field('/provider', 'invalid-value')
    await writing.endService(tx, access.county, personId, kind, daysAfter(fromOn, -1))
    await insertRow(tx, 'family_services', {
      ...{
        countyCode: access.county,
        id: newId(at.getTime()),
        familyId: id,
        divisionCode: family.divisionCode,
      },
      ...{ personId, kind, isDeclined, organisationId, provider, cardNumber, fromOn },
      ...{ recordedAt: at, recordedBy: access.actorId },
    })
  })
}

export async function close(
  office: Office,
  access: Access,
  id: Id,
  { closedOn, reason }: { closedOn: CivilDate; reason: string },
): Promise<SpecialFamily> {
  return await changing(office, access, id, 'closed', async (tx, family, at) => {
    assertPast(closedOn, '/closedOn', at)
    if (closedOn < family.identifiedOn) throw Refused.field('/closedOn', 'invalid-date')
    await writing.endContacts(tx, access.county, id, closedOn)
    await writing.updateFamily(tx, access.county, id, { closed_on: closedOn, close_reason: reason }, at)
  })
}
