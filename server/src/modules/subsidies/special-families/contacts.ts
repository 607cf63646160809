import type { MyFamily, MyFamilyCard, NewFamilyVisit } from '@youyu/shared/subsidies/my-families'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as parts from './queries-parts.ts'
import * as writing from './queries-writing.ts'
import * as queries from './queries.ts'
import { griefRuleOn, nextVisitBy } from './rules.ts'
import { deedOf } from './service.ts'

function shownMine(family: queries.MineRecord): MyFamily {
  const { id, number, kind, state, tier, names, firstVisitOn, lastVisitOn } = family
  return {
    ...{ id, number, kind, state, tier, names, firstVisitOn, lastVisitOn },
    place: { code: family.divisionCode, name: family.divisionName },
    nextVisitBy: nextVisitBy(family),
  }
}

/** 我的联系家庭: those that she was given; names in full, for she knows them. */
export async function listMine(
  office: Office,
  access: Access,
  { due }: { due?: boolean | undefined },
): Promise<{ items: MyFamily[] }> {
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) => queries.selectMine(tx, access, today))
  const items = rows.map(shownMine)
  for (const family of rows) office.views.note(access, deedOf(family, 'view', ['name']))
  return { items: due ? items.filter((family) => (family.nextVisitBy ?? '9999') <= today) : items }
}

async function mine(tx: Transaction, office: Office, access: Access, id: Id): Promise<queries.MineRecord> {
  const [family] = await queries.selectMine(tx, access, todayOf(office.now()), id)
  if (!family) throw new Refused('not-found')
  return family
}

async function cardOf(tx: Transaction, office: Office, access: Access, id: Id): Promise<MyFamilyCard> {
  const family = await mine(tx, office, access, id)
  const people = await parts.selectCardPeople(tx, access.county, id, todayOf(office.now()))
  const visits = await parts.selectVisits(tx, access.county, id)
  return { ...shownMine(family), people, visits }
}

export async function readMine(office: Office, access: Access, id: Id): Promise<MyFamilyCard> {
  const card = await reading(office.db, access, (tx) => cardOf(tx, office, access, id))
  office.views.note(access, deedOf({ id, divisionCode: card.place.code }, 'view', ['name', 'address']))
  return card
}

export async function recordVisit(
  office: Office,
  access: Access,
  id: Id,
  body: NewFamilyVisit,
): Promise<MyFamilyCard> {
  const at = office.now()
  const { visitedOn, note } = body
  if (visitedOn > todayOf(at)) throw Refused.field('/visitedOn', 'invalid-date')
  return await transaction(office.db, access, async (tx) => {
    await writing.updateFamily(tx, access.county, id, {}, at)
    const family = await mine(tx, office, access, id)
    if (family.closedOn !== null) throw new Refused('family-closed')
    if (visitedOn < family.contactFrom || visitedOn < family.identifiedOn)
      throw Refused.field('/visitedOn', 'invalid-date')
    const refusal = griefRuleOn(family, body, family.tier)
    if (refusal) throw new Refused(refusal)
    const visitId = newId(at.getTime())
    const noteCipher = note
      ? office.ciphers.benefit.encipher(note, { county: access.county, id: visitId })
      : null
    const { contactId, tier, divisionCode: division } = family
    await writing.insertVisit(
      tx,
      access,
      { ...body, id: visitId, familyId: id, division, contactId, tier, noteCipher },
      at,
    )
    if (body.occasion === 'FIRST' && body.outcome === 'MET')
      await writing.updateFamily(tx, access.county, id, { first_visit_on: visitedOn }, at)
    await record(tx, access, deedOf(family, 'change', ['visits']), at)
    return await cardOf(tx, office, access, id)
  })
}

/** Taken back by whoever entered it; a first visit only while nothing has come after it. */
export async function takeBackVisit(
  office: Office,
  access: Access,
  { id, visitId }: { id: Id; visitId: Id },
  reason: string,
): Promise<MyFamilyCard> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const family = await mine(tx, office, access, id)
    const visits = await parts.selectVisits(tx, access.county, id)
    const gone = await writing.voidVisit(tx, access, { familyId: id, visitId, reason }, at)
    if (!gone) throw new Refused('not-found')
    if (gone.isFirst) {
      const later = visits.some((visit) => visit.id !== visitId && visit.voidedAt === null)
      if (later || family.consentOn !== null) throw new Refused('conflict')
      await writing.updateFamily(tx, access.county, id, { first_visit_on: null }, at)
    }
    await record(tx, access, { ...deedOf(family, 'correct', ['visits']), reason }, at)
    return await cardOf(tx, office, access, id)
  })
}
