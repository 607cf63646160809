import { randomUUID } from 'node:crypto'
import type { SpecialFamily } from '@youyu/shared/subsidies/special-families'
import { openFacility } from './facility.ts'
import type { Officer, TestOffice } from './office.ts'
import { bodyOf, furnishPlaces, places, register } from './register.ts'

export type FamilyDesk = {
  office: TestOffice
  township: Officer
  subsidy: Officer
  manager: Officer
  finance: Officer
  villageContact: Officer
  otherVillageContact: Officer
  townContact: Officer
  registrar: Officer
  hospital: string
}

/** Everybody who has to do with special families, at noon of a fixed day. */
export async function openFamilyDesk(office: TestOffice): Promise<FamilyDesk> {
  office.setNow(new Date('2026-09-20T04:00:00Z'))
  await furnishPlaces(office)
  const { id: hospital } = await openFacility(office, places.street, { code: 'H-FAM' })
  return {
    ...{ office, hospital },
    township: await office.officer('township_worker', places.street),
    subsidy: await office.officer('county_subsidy', places.county),
    manager: await office.officer('county_manager', places.county),
    finance: await office.officer('county_finance', places.county),
    villageContact: await office.officer('support_contact', places.village),
    otherVillageContact: await office.officer('support_contact', places.village),
    townContact: await office.officer('support_contact', places.street),
    registrar: await office.officer('county_population', places.county),
  }
}

async function userOf(office: TestOffice, officer: Officer): Promise<string> {
  const [user] = await office.sql<{ id: string }>('select id from users where username = $1', [
    officer.username,
  ])
  return user!.id
}

export async function identified(
  desk: FamilyDesk,
  given: object = {},
): Promise<{ id: string; person: string }> {
  const person = await register(desk.registrar, { name: '王思远', birthDate: '1960-03-01' })
  const body = {
    kind: 'DEATH',
    eventOn: '2026-08-01',
    source: 'VILLAGE',
    identifiedOn: '2026-08-10',
    ...given,
  }
  const { id } = bodyOf<{ id: string }>(
    await desk.township.post('/api/v1/special-families', { ...body, people: [person.id] }),
    201,
  )
  return { id, person: person.id }
}

export async function assigned(desk: FamilyDesk, id: string): Promise<SpecialFamily> {
  const url = `/api/v1/special-families/${id}/contacts`
  const [village, town] = [
    await userOf(desk.office, desk.villageContact),
    await userOf(desk.office, desk.townContact),
  ]
  await desk.township.post(url, { tier: 'VILLAGE', userId: village, fromOn: '2026-08-11' })
  return bodyOf(await desk.township.post(url, { tier: 'TOWNSHIP', userId: town, fromOn: '2026-08-11' }), 201)
}

export const firstVisit = { visitedOn: '2026-08-12', manner: 'IN_PERSON', occasion: 'FIRST', outcome: 'MET' }

/** A family with contacts, its first visit, consent and a file. */
export async function openedFamily(desk: FamilyDesk): Promise<{ id: string; person: string }> {
  const family = await identified(desk)
  await assigned(desk, family.id)
  bodyOf(await desk.villageContact.post(`/api/v1/my-special-families/${family.id}/visits`, firstVisit), 201)
  const url = `/api/v1/special-families/${family.id}`
  bodyOf(await desk.township.post(`${url}/consents`, { consentOn: '2026-08-15', evidence: 'SIGNED' }), 201)
  bodyOf(await desk.township.post(`${url}/openings`, { openedOn: '2026-08-16' }), 201)
  return family
}

/** Many families with a file, of one member each. */
export async function manyFamilies(office: TestOffice, number: number): Promise<string[]> {
  const people = Array.from({ length: number }, (_, index) => ({
    id: randomUUID(),
    family: randomUUID(),
    index,
  }))
  await office.sql(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as g (id uuid, family uuid, index integer)),
     people as (
       insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division, residence_division, residence_status, status, source, recorded_at, updated_at, version)
       select 371121, id, '某人', 'mouren', 'mr', '2', '1955-01-01', 'DAY', '99', $2, $2, '1', 'ACTIVE', 'MANUAL', now(), now(), 1 from given),
     families as (
       insert into special_families (county_code, id, number, kind, event_on, division_code, source, identified_on, first_visit_on, consent_on, consent_evidence, opened_on, recorded_at, recorded_by, updated_at, version)
       select 371121, family, 'T' || index, 'DEATH', '2015-01-01', $2, 'IMPORT', '2015-01-02', '2015-01-03', '2015-01-04', 'SIGNED', '2015-01-05', now(), id, now(), 1 from given)
     insert into family_members (county_code, id, family_id, person_id, division_code, joined_on) select 371121, gen_random_uuid(), family, id, $2, '2015-01-02' from given`,
    [JSON.stringify(people), places.village],
  )
  await office.sql('analyze persons, special_families, family_members')
  return people.map(({ id }) => id)
}

/** Budget and funds of a programme's year, so that something may be approved. */
export async function funded(
  finance: Officer,
  programme: string,
  year: number,
  byTier: Record<string, number>,
): Promise<void> {
  for (const [tier, amountFen] of Object.entries(byTier)) {
    const money = { programme, year, tier, amountFen }
    bodyOf(
      await finance.post('/api/v1/budget-changes', {
        ...money,
        decidedOn: `${year}-01-10`,
        document: '预算批复',
      }),
      201,
    )
    const voucher = `${programme}-${year}-${tier}`
    bodyOf(
      await finance.post('/api/v1/fund-arrivals', { ...money, arrivedOn: `${year}-01-20`, voucher }),
      201,
    )
  }
}
