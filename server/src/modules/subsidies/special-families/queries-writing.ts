import type { NewSpecialFamily } from '@youyu/shared/subsidies/special-families'
import type { NewFamilyVisit } from '@youyu/shared/subsidies/my-families'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow } from '../../../database/statements.ts'
import { peopleOfCounty } from '../../population/index.ts'

export type PersonPlaced = {
  id: Id
  name: string
  hukouDivision: DivisionCode
  residenceDivision: DivisionCode
}

/** People of the area by their ids. */
export async function findPeople(
  tx: Transaction,
  access: Access,
  ids: readonly Id[],
): Promise<PersonPlaced[]> {
  const bound = new Bound()
  const text = `select p.id, p.name, p.hukou_division as "hukouDivision", p.residence_division as "residenceDivision" from persons p
    where ${peopleOfCounty(bound, access, 'p')} and p.id = any(${bound.bind(ids)}::uuid[]) and p.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED')`
  return await ask(tx, text, bound.values)
}

export async function insertFamily(
  tx: Transaction,
  access: Access,
  family: Omit<NewSpecialFamily, 'people'> & { id: Id; number: string; division: DivisionCode },
  members: readonly { id: Id; personId: Id }[],
  at: Date,
): Promise<void> {
  const { id, number, kind, eventOn, childId, source, identifiedOn, division } = family
  await insertRow(tx, 'special_families', {
    ...{ countyCode: access.county, id, number, kind, eventOn, childId: childId ?? null },
    ...{ divisionCode: division, source, identifiedOn, recordedAt: at, recordedBy: access.actorId },
    ...{ updatedAt: at, version: 1 },
  })
  await ask(
    tx,
    `insert into family_members (county_code, id, family_id, person_id, division_code, joined_on)
     select $1, m.id, $2, m.person, $3, $4 from unnest($5::uuid[], $6::uuid[]) as m (id, person)`,
    [
      access.county,
      id,
      division,
      identifiedOn,
      members.map((each) => each.id),
      members.map((each) => each.personId),
    ],
  )
}

export async function updateFamily(
  tx: Transaction,
  county: number,
  id: Id,
  set: Readonly<Record<string, unknown>>,
  at: Date,
): Promise<void> {
  const fields = Object.keys(set)
  const columns = fields.map((field, index) => `${field} = $${index + 4}`)
  await ask(
    tx,
    `update special_families set ${[...columns, 'updated_at = $3', 'version = version + 1'].join(', ')} where county_code = $1 and id = $2`,
    [county, id, at, ...Object.values(set)],
  )
}

export async function endContact(
  tx: Transaction,
  county: number,
  familyId: Id,
  tier: string,
  toOn: CivilDate,
): Promise<void> {
  await ask(
    tx,
    `update support_contacts set to_on = greatest(from_on, $4::date) where county_code = $1 and family_id = $2 and tier = $3 and to_on is null`,
    [county, familyId, tier, toOn],
  )
}

export async function endContacts(
  tx: Transaction,
  county: number,
  familyId: Id,
  toOn: CivilDate,
): Promise<void> {
  await Promise.all([
    endContact(tx, county, familyId, 'TOWNSHIP', toOn),
    endContact(tx, county, familyId, 'VILLAGE', toOn),
  ])
  await ask(
    tx,
    `update family_members set left_on = greatest(joined_on, $3::date) where county_code = $1 and family_id = $2 and left_on is null`,
    [county, familyId, toOn],
  )
  await ask(
    tx,
    `update family_services set to_on = greatest(from_on, $3::date) where county_code = $1 and family_id = $2 and to_on is null`,
    [county, familyId, toOn],
  )
}

export async function endService(
  tx: Transaction,
  county: number,
  personId: Id,
  kind: string,
  toOn: CivilDate,
): Promise<void> {
  await ask(
    tx,
    `update family_services set to_on = greatest(from_on, $4::date) where county_code = $1 and person_id = $2 and kind = $3 and to_on is null`,
    [county, personId, kind, toOn],
  )
}

export async function leaveFamily(
  tx: Transaction,
  county: number,
  familyId: Id,
  personId: Id,
  leftOn: CivilDate,
): Promise<boolean> {
  const rows = await ask<{ id: Id }>(
    tx,
    `update family_members set left_on = greatest(joined_on, $4::date) where county_code = $1 and family_id = $2 and person_id = $3 and left_on is null returning id`,
    [county, familyId, personId, leftOn],
  )
  return rows.length > 0
}

export async function insertVisit(
  tx: Transaction,
  access: Access,
  visit: NewFamilyVisit & {
    id: Id
    familyId: Id
    division: DivisionCode
    contactId: Id
    tier: string
    noteCipher: Buffer | null
  },
  at: Date,
): Promise<void> {
  const { id, familyId, division, contactId, tier, visitedOn, manner, occasion, outcome } = visit
  await insertRow(tx, 'family_visits', {
    ...{ countyCode: access.county, id, familyId, divisionCode: division, contactId, tier, visitedOn },
    ...{ manner, occasion, outcome, isFirst: occasion === 'FIRST' && outcome === 'MET' },
    ...{ forms: visit.forms ?? [], needs: visit.needs ?? [], noteCipher: visit.noteCipher },
    ...{ recordedAt: at, recordedBy: access.actorId, source: 'MANUAL' },
  })
}

export async function voidVisit(
  tx: Transaction,
  access: Access,
  { familyId, visitId, reason }: { familyId: Id; visitId: Id; reason: string },
  at: Date,
): Promise<{ isFirst: boolean } | undefined> {
  const [row] = await ask<{ isFirst: boolean }>(
    tx,
    `update family_visits set voided_at = $4, voided_by = $5, void_reason = $6
     where county_code = $1 and family_id = $2 and id = $3 and recorded_by = $5 and voided_at is null returning is_first as "isFirst"`,
    [access.county, familyId, visitId, at, access.actorId, reason],
  )
  return row
}

export async function settleOffer(
  tx: Transaction,
  county: number,
  {
    familyId,
    offerId,
    ...set
  }: {
    familyId: Id
    offerId: Id
    answer: string
    answeredOn: CivilDate
    consentOn: CivilDate | null
    applicationId: Id | null
  },
): Promise<void> {
  await ask(
    tx,
    `update family_offers set answer = $4, answered_on = $5, consent_on = $6, application_id = $7
     where county_code = $1 and family_id = $2 and id = $3 and answer = 'OPEN'`,
    [county, familyId, offerId, set.answer, set.answeredOn, set.consentOn, set.applicationId],
  )
}
