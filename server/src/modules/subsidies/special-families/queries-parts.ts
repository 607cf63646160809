import type {
  ContactCandidate,
  FamilyMember,
  FamilyOffer,
  FamilyService,
  FamilyVisit,
  SupportContact,
} from '@youyu/shared/subsidies/special-families'
import type { MyFamilyCard } from '@youyu/shared/subsidies/my-families'
import { Role, roles } from '@youyu/shared/permissions'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

type Parts = {
  people: FamilyMember[]
  contacts: SupportContact[]
  visits: FamilyVisit[]
  services: FamilyService[]
  offers: FamilyOffer[]
}

const visitColumns = `w.id, w.visited_on as "visitedOn", w.tier, u.display_name as contact, w.manner, w.occasion, w.outcome, w.forms, w.needs,
  w.note_cipher is not null as "hasNote", w.voided_at as "voidedAt"`

export async function selectVisits(tx: Transaction, county: number, familyId: Id): Promise<FamilyVisit[]> {
  const rows = await ask<Omit<FamilyVisit, 'voidedAt'> & { voidedAt: Date | null }>(
    tx,
    `select ${visitColumns} from family_visits w join support_contacts c on c.county_code = $1 and c.id = w.contact_id join users u on u.id = c.user_id
     where w.county_code = $1 and w.family_id = $2 order by w.visited_on desc, w.id desc limit 200`,
    [county, familyId],
  )
  return rows.map((row) => ({ ...row, voidedAt: row.voidedAt?.toISOString() ?? null }))
}

export async function selectParts(tx: Transaction, county: number, familyId: Id): Promise<Parts> {
  const values = [county, familyId]
  const [people, contacts, visits, services, offers] = await Promise.all([
    ask<FamilyMember>(
      tx,
      `select x.id, x.person_id as "personId", p.name, p.sex, to_char(p.birth_date, 'YYYY-MM') as "birthMonth", x.joined_on as "joinedOn", x.left_on as "leftOn"
       from family_members x join persons p on p.county_code = $1 and p.id = x.person_id
       where x.county_code = $1 and x.family_id = $2 order by x.joined_on, x.id`,
      values,
    ),
    ask<SupportContact>(
      tx,
      `select c.id, c.tier, c.user_id as "userId", u.display_name as name, c.from_on as "fromOn", c.to_on as "toOn"
       from support_contacts c join users u on u.id = c.user_id where c.county_code = $1 and c.family_id = $2 order by c.from_on desc, c.id desc`,
      values,
    ),
    selectVisits(tx, county, familyId),
    ask<FamilyService>(
      tx,
      `select s.id, s.person_id as "personId", s.kind, s.is_declined as "isDeclined", coalesce(o.name, s.provider) as provider, s.card_number as "cardNumber",
         s.from_on as "fromOn", s.to_on as "toOn"
       from family_services s left join organisations o on o.id = s.organisation_id where s.county_code = $1 and s.family_id = $2 order by s.from_on desc, s.id desc`,
      values,
    ),
    ask<FamilyOffer>(
      tx,
      `select id, programme, person_id as "personId", offered_on as "offeredOn", answer, answered_on as "answeredOn", application_id as "applicationId",
         consent_on as "consentOn"
       from family_offers where county_code = $1 and family_id = $2 order by offered_on desc, id desc`,
      values,
    ),
  ])
  return { people, contacts, visits, services, offers }
}

/** Who may be a contact of a place: she holds a grant that carries the work there, of the tier's own level. */
export async function selectCandidates(
  tx: Transaction,
  access: Access,
  { division, tier, userId }: { division: DivisionCode; tier: 'TOWNSHIP' | 'VILLAGE'; userId?: Id },
  now: Date,
): Promise<(Omit<ContactCandidate, 'place'> & { code: DivisionCode; place: string })[]> {
  const bearing = Role.options.filter((role) => roles[role].permissions.includes('family.support'))
  const prefix = division.slice(0, tier === 'TOWNSHIP' ? 9 : 12)
  return await ask(
    tx,
    `select u.id as "userId", u.display_name as name, rpad(g.division_prefix, 12, '0') as code, coalesce(d.name, '') as place,
       (select count(*)::integer from support_contacts c where c.county_code = $1 and c.user_id = u.id and c.to_on is null) as families
     from (select distinct on (g.user_id) g.* from grants g
       where g.division_prefix = $2 and g.role = any($3) and g.withdrawn_at is null and (g.valid_until is null or g.valid_until > $4)
       order by g.user_id, g.id) g
     join users u on u.id = g.user_id and u.status = 'active'
     left join divisions d on d.code = rpad(g.division_prefix, 12, '0') and d.valid_to is null
     where $5::uuid is null or u.id = $5
     order by families, name limit 100`,
    [access.county, prefix, bearing, now, userId ?? null],
  )
}

type CardPerson = Omit<MyFamilyCard['people'][number], 'phoneMask'> & { phoneMask: string | null }

export async function selectCardPeople(
  tx: Transaction,
  county: number,
  familyId: Id,
  today: CivilDate,
): Promise<CardPerson[]> {
  return await ask(
    tx,
    `select p.id as "personId", p.name, extract(year from age($3::date, p.birth_date))::integer as age, p.phone_mask as "phoneMask", p.address,
       coalesce((select jsonb_agg(jsonb_build_object('programme', b.programme, 'since', b.from_month) order by b.programme)
         from beneficiaries b where b.county_code = $1 and b.person_id = p.id and b.state in ('ACTIVE', 'SUSPENDED')), '[]') as entitlements
     from family_members x join persons p on p.county_code = $1 and p.id = x.person_id
     where x.county_code = $1 and x.family_id = $2 and x.left_on is null order by x.joined_on, x.id`,
    [county, familyId, today],
  )
}

export type SensitivePerson = {
  personId: Id
  name: string
  phone: Buffer | null
  address: string | null
}

export async function selectSensitive(
  tx: Transaction,
  county: number,
  familyId: Id,
): Promise<SensitivePerson[]> {
  return await ask(
    tx,
    `select p.id as "personId", p.name, p.phone_cipher as phone, p.address
     from family_members x join persons p on p.county_code = $1 and p.id = x.person_id
     where x.county_code = $1 and x.family_id = $2 order by x.joined_on, x.id`,
    [county, familyId],
  )
}

export async function selectNotes(
  tx: Transaction,
  county: number,
  familyId: Id,
): Promise<{ visitId: Id; visitedOn: CivilDate; note: Buffer }[]> {
  return await ask(
    tx,
    `select id as "visitId", visited_on as "visitedOn", note_cipher as note from family_visits
     where county_code = $1 and family_id = $2 and note_cipher is not null and voided_at is null order by visited_on desc, id desc limit 100`,
    [county, familyId],
  )
}
