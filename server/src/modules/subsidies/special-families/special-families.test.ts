import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { SpecialFamily, SpecialFamilyRow } from '@youyu/shared/subsidies/special-families'
import type { MyFamily, MyFamilyCard } from '@youyu/shared/subsidies/my-families'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import {
  assigned,
  firstVisit,
  identified,
  openedFamily,
  openFamilyDesk,
  type FamilyDesk,
} from '../../../../test/families.ts'
import { bodyOf, codeOf, places } from '../../../../test/register.ts'
import { griefRuleOn, nextVisitBy } from './rules.ts'

let office: TestOffice
let desk: FamilyDesk
beforeAll(async () => {
  office = await openOffice()
  desk = await openFamilyDesk(office)
})
afterAll(() => office.close())

const of = (id: string) => `/api/v1/special-families/${id}`
const mine = (id: string) => `/api/v1/my-special-families/${id}`

describe('a special family', () => {
  it('is identified, visited, asked, opened and cared for, in this order', async () => {
    const { id, person } = await openedFamily(desk)

    const opened = bodyOf<SpecialFamily>(await desk.township.get(of(id)), 200)
    const given = { personId: person, isDeclined: false, provider: '街道卫生院', fromOn: '2026-08-20' }
    await desk.township.post(`${of(id)}/services`, { ...given, kind: 'FAMILY_DOCTOR' })
    const kept = bodyOf<SpecialFamily>(
      await desk.township.post(`${of(id)}/services`, { ...given, kind: 'GREEN_CHANNEL', cardNumber: 'LV-1' }),
      201,
    )

    expect(opened.state).toBe('CONTACTS_ASSIGNED')
    expect(kept).toMatchObject({ state: 'IN_CARE', withDoctor: 1, withChannel: 1, members: ['王*远'] })
    const coverage = bodyOf<{ total: object }>(await desk.subsidy.get('/api/v1/special-family-coverage'), 200)
    expect(coverage.total).toMatchObject({ bothContacts: expect.any(Number) })
  })

  it('is asked for nothing on the day of the first visit, nor before it', async () => {
    const { id } = await identified(desk)
    await assigned(desk, id)
    const consent = (consentOn: string) =>
      desk.township.post(`${of(id)}/consents`, { consentOn, evidence: 'SIGNED' })
    const visit = (changes: object) =>
      desk.villageContact.post(`${mine(id)}/visits`, { ...firstVisit, ...changes })

    const early = await consent('2026-08-15')
    const wrong = [
      await visit({ forms: ['CONSENT'] }),
      await visit({ manner: 'PHONE' }),
      await visit({ occasion: 'MONTHLY' }),
      await desk.townContact.post(`${mine(id)}/visits`, firstVisit),
    ]
    bodyOf(await visit({}), 201)
    const sameDay = await consent('2026-08-12')
    const form = await visit({ occasion: 'NEED', forms: ['NEEDS'] })

    expect([early, ...wrong, sameDay, form].map(codeOf)).toEqual(Array(7).fill('grief-rule'))
    const forced = office.sql(
      `update special_families set consent_on = first_visit_on, consent_evidence = 'SIGNED' where id = $1`,
      [id],
    )
    await expect(forced).rejects.toThrow('special_families_grief')
  })

  it('is seen by its own contacts and by nobody else in the village', async () => {
    const { id } = await openedFamily(desk)

    const card = bodyOf<MyFamilyCard>(await desk.villageContact.get(mine(id)), 200)
    const others = bodyOf<{ items: MyFamily[] }>(
      await desk.otherVillageContact.get('/api/v1/my-special-families'),
      200,
    )

    expect(card).toMatchObject({ names: ['王思远'], tier: 'VILLAGE', nextVisitBy: '2026-09-12' })
    expect(others.items).toEqual([])
    expect((await desk.otherVillageContact.get(mine(id))).status).toBe(404)
    expect((await desk.villageContact.get(of(id))).status).toBe(403)
    const client = await office.db.owner.connect()
    try {
      await client.query(
        `begin; set local role youyu_app; set local app.area = '{["${places.village}","${places.village}:")}'; set local app.actor = '01900000-0000-7000-8000-0000000000ff'`,
      )
      expect((await client.query('select id from special_families')).rows).toEqual([])
      expect((await client.query('select id from family_visits')).rows).toEqual([])
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  it('has two contacts who are two people', async () => {
    const { id } = await identified(desk)
    await assigned(desk, id)
    const { contacts } = bodyOf<SpecialFamily>(await desk.township.get(of(id)), 200)
    const village = contacts.find(({ tier }) => tier === 'VILLAGE')!

    const twice = await desk.township.post(`${of(id)}/contacts`, {
      tier: 'TOWNSHIP',
      userId: village.userId,
      fromOn: '2026-08-20',
    })
    const changed = office.sql(
      'update support_contacts set user_id = $2 where family_id = $1 and to_on is null',
      [id, village.userId],
    )

    expect(twice.status).toBe(400)
    await expect(changed).rejects.toThrow('support_contacts_two_people')
  })

  it('keeps what was said at a visit enciphered until it is revealed for a reason', async () => {
    const { id } = await openedFamily(desk)
    const note = '提到孩子时落泪，希望有人陪着说话'
    bodyOf(
      await desk.villageContact.post(`${mine(id)}/visits`, {
        ...firstVisit,
        occasion: 'FESTIVAL',
        visitedOn: '2026-09-01',
        note,
        needs: ['COMPANY'],
      }),
      201,
    )

    const shown = await desk.township.get(of(id))
    const revealed = await desk.township.post(`${of(id)}/reveals`, {
      purpose: 'BENEFIT',
      reason: '安排心理关怀',
    })
    const [log] = await office.sql(
      `select purpose, reason from access_log where entity = 'special-family' and action = 'reveal' and entity_id = $1`,
      [id],
    )

    expect(shown.text).not.toContain('落泪')
    expect(shown.text).not.toContain('王思远')
    expect(revealed.text).toContain(note)
    expect(log).toEqual({ purpose: 'BENEFIT', reason: '安排心理关怀' })
  })

  it('is listed by what it lacks, masked, and not outside its area', async () => {
    const { id } = await openedFamily(desk)

    const lacking = bodyOf<{ items: SpecialFamilyRow[] }>(
      await desk.subsidy.get('/api/v1/special-families?lacking=DOCTOR&limit=200'),
      200,
    )
    const neighbour = await office.officer('township_worker', places.otherTownship)
    const elsewhere = bodyOf<{ items: SpecialFamilyRow[] }>(
      await neighbour.get('/api/v1/special-families'),
      200,
    )

    expect(lacking.items.find((row) => row.id === id)?.members).toEqual(['王*远'])
    expect(elsewhere.items).toEqual([])
    expect((await neighbour.get(of(id))).status).toBe(404)
    expect(
      (await neighbour.post(`${of(id)}/closings`, { closedOn: '2026-09-01', reason: 'OPTED_OUT' })).status,
    ).toBe(404)
  })

  it('is told of what it may apply for, and her yes makes the draft of an application', async () => {
    const { id, person } = await openedFamily(desk)
    const offer = (programme: string) =>
      desk.township.post(`${of(id)}/offers`, { programme, personId: person, offeredOn: '2026-08-20' })

    const family = bodyOf<SpecialFamily>(await offer('P02'), 201)
    const answer = await desk.township.post(`${of(id)}/offers/${family.offers[0]!.id}/answers`, {
      answer: 'ACCEPTED',
      answeredOn: '2026-08-21',
    })
    const again = await offer('P08')
    const rebirth = bodyOf<SpecialFamily>(again, 201).offers.find(({ programme }) => programme === 'P08')!
    const unconsented = await desk.township.post(`${of(id)}/offers/${rebirth.id}/answers`, {
      answer: 'ACCEPTED',
      answeredOn: '2026-08-21',
    })

    const { offers } = bodyOf<SpecialFamily>(answer, 201)
    expect(offers[0]).toMatchObject({ answer: 'ACCEPTED', applicationId: expect.any(String) })
    expect(
      await office.sql(`select programme, state from applications where id = $1`, [offers[0]!.applicationId]),
    ).toEqual([{ programme: 'P02', state: 'DRAFT' }])
    expect(unconsented.status).toBe(400)
  })

  it('ends with everything that hangs on it', async () => {
    const { id } = await openedFamily(desk)

    const closed = bodyOf<SpecialFamily>(
      await desk.township.post(`${of(id)}/closings`, { closedOn: '2026-09-10', reason: 'OPTED_OUT' }),
      201,
    )

    expect(closed).toMatchObject({
      state: 'CLOSED',
      hasVillageContact: false,
      people: [{ leftOn: '2026-09-10' }],
    })
    expect((await desk.villageContact.get(mine(id))).status).toBe(404)
    expect(codeOf(await desk.township.post(`${of(id)}/openings`, { openedOn: '2026-09-11' }))).toBe(
      'family-closed',
    )
  })
})

const visit = { visitedOn: '2026-08-12', manner: 'IN_PERSON', outcome: 'MET' } as const
describe('the grief rule', () => {
  test.each([
    ['lets the village contact come first', null, { ...visit, occasion: 'FIRST' as const }, 'VILLAGE', null],
    ['not the township’s', null, { ...visit, occasion: 'FIRST' as const }, 'TOWNSHIP', 'grief-rule'],
    [
      'not with a form',
      null,
      { ...visit, occasion: 'FIRST' as const, forms: ['NEEDS' as const] },
      'VILLAGE',
      'grief-rule',
    ],
    [
      'not by telephone',
      null,
      { ...visit, occasion: 'FIRST' as const, manner: 'PHONE' as const },
      'VILLAGE',
      'grief-rule',
    ],
    ['nothing before it', null, { ...visit, occasion: 'MONTHLY' as const }, 'VILLAGE', 'grief-rule'],
    ['once only', '2026-08-01', { ...visit, occasion: 'FIRST' as const }, 'VILLAGE', 'already-exists'],
    [
      'forms on a later day',
      '2026-08-11',
      { ...visit, occasion: 'NEED' as const, forms: ['NEEDS' as const] },
      'TOWNSHIP',
      null,
    ],
    [
      'no form on its day',
      '2026-08-12',
      { ...visit, occasion: 'NEED' as const, forms: ['NEEDS' as const] },
      'TOWNSHIP',
      'grief-rule',
    ],
  ] as const)('%s', (_, firstVisitOn, given, tier, expected) => {
    expect(
      griefRuleOn({ firstVisitOn }, { ...given, forms: [...('forms' in given ? given.forms : [])] }, tier),
    ).toBe(expected)
  })

  const known = {
    kind: 'DEATH',
    identifiedOn: '2026-01-01',
    firstVisitOn: null,
    consentOn: null,
    openedOn: null,
  } as const
  test.each([
    ['within 30 days of being found', null, null, '2026-01-31'],
    ['then at least every month', '2026-02-01', null, '2026-03-04'],
    ['no more once it is closed', '2026-02-01', '2026-02-02', null],
  ])('asks for a visit %s', (_, lastVisitOn, closedOn, expected) => {
    expect(nextVisitBy({ ...known, lastVisitOn, closedOn })).toBe(expected)
  })
})
