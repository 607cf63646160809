import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  AntenatalCare,
  AntenatalCareRow,
  AntenatalContact,
  ContactPreview,
  PostnatalContact,
  WomanPregnancy,
} from '@youyu/shared/birth-defects/antenatal'
import type { HighRiskPlan, HighRiskPlanRow } from '@youyu/shared/birth-defects/care-plans'
import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places, register } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/antenatal-contacts'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

/** 21+0 weeks today: expected on 2026-12-31. */
async function pregnant(given: object = {}, woman: object = {}): Promise<Pregnancy> {
  const { id: womanId } = await clinic.woman(woman)
  const body = {
    ...{ womanId, expectedOn: '2026-12-31', registeredOn: '2026-06-01', channel: 'STATION' },
    ...{ contactConsent: true, ...given },
  }
  return bodyOf<Pregnancy>(await clinic.clinician.post('/api/v1/pregnancies', body), 201)
}
const aContact = (pregnancyId: string, given: object = {}) => ({
  ...{ pregnancyId, occurredOn: today, values: { systolic: 118, diastolic: 74, haemoglobin: 121 }, ...given },
})
const recorded = async (pregnancyId: string, given: object = {}, who: Officer = clinic.clinician) =>
  bodyOf<AntenatalContact>(await who.post(url, aContact(pregnancyId, given)), 201)
const careOf = async (id: string, who: Officer = clinic.clinician) =>
  bodyOf<AntenatalCare>(await who.get(`/api/v1/antenatal-care/${id}`), 200)
const linksOf = async (pregnancyId: string) =>
  Object.fromEntries(
    (
      await office.sql<{ item: string; state: string }>(
        `select l.item, l.state from chain_links l join chains c on c.county_code = l.county_code and c.id = l.chain_id where c.pregnancy_id = $1`,
        [pregnancyId],
      )
    ).map(({ item, state }) => [item, state]),
  )
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code)

describe('an antenatal contact', () => {
  test('is the visit, its colour with every reason, the advice and the link of the chain at once', async () => {
    const { id, woman } = await pregnant()

    const contact = await recorded(id, {
      values: {
        systolic: 142,
        diastolic: 88,
        haemoglobin: 104,
        urineProtein: 'NEGATIVE',
        weightKilograms: 61.5,
      },
      ...{
        signs: ['ITCHING'],
        items: ['ASTHMA'],
        counselling: ['NUTRITION'],
        ironDays: 30,
        note: '嘱左侧卧位',
      },
    })

    expect(contact).toMatchObject({
      ...{
        gestationDays: 147,
        step: 'ANC_21',
        colour: 'ORANGE',
        isPurple: false,
        needsPlan: true,
        isReproduced: true,
      },
      ...{ nextOn: '2026-10-08', ironDays: 30, note: '嘱左侧卧位', needsHospital: true },
    })
    expect(codes(contact.reasons)).toEqual(['ASTHMA', 'ANAEMIA_60', 'HYPERTENSION'])
    expect(contact.reasons[1]!.facts).toEqual([{ fact: 'haemoglobin', value: 104 }])
    expect(codes(contact.advice)).toEqual([
      ...['GESTATIONAL_HYPERTENSION', 'BILE', 'ANAEMIA_MILD_2', 'ASPIRIN', 'TESTS_DUE'],
    ])
    const pregnancy = bodyOf<Pregnancy>(await clinic.clinician.get(`/api/v1/pregnancies/${id}`), 200)
    expect(pregnancy).toMatchObject({ status: 'ONGOING', riskColour: 'ORANGE' })
    const visits = bodyOf<{ items: { haemoglobin: number; organisation: { id: string } }[] }>(
      await clinic.clinician.get(`/api/v1/pregnancies/${id}/visits`),
      200,
    ).items
    expect(visits).toMatchObject([{ haemoglobin: 104, organisation: { id: clinic.station.id } }])
    expect(await linksOf(id)).toMatchObject({ ANC_21: 'DONE', HIGH_RISK_PLAN: 'DUE' })
    const [kept] = await office.sql<{ text: string }>(
      `select encode(values_cipher, 'escape') as text from antenatal_contacts where woman_id = $1`,
      [woman.id],
    )
    expect(kept!.text).not.toMatch(/haemoglobin|卧位|ITCHING/)
  })

  test('shows at a dry run what it would make of it, and keeps nothing', async () => {
    const { id } = await pregnant({}, { birthDate: '1985-01-01' })

    const preview = bodyOf<ContactPreview>(
      await clinic.clinician.post(`${url}?dryRun=true`, aContact(id, { values: { hiv: 'POSITIVE' } })),
      200,
    )

    expect(preview).toMatchObject({
      colour: 'ORANGE',
      isPurple: true,
      needsPlan: true,
      urgency: 'SOON',
      before: null,
    })
    expect(codes(preview.reasons)).toEqual(['AGE_40', 'HIV'])
    expect(await linksOf(id)).toEqual({})
    expect((await careOf(id)).contacts).toEqual([])
  })

  test('reassesses each time: what passes lets the colour fall, what lasts keeps it, purple stays L4', async () => {
    const { id } = await pregnant()
    await recorded(id, {
      ...{
        occurredOn: '2026-05-20',
        values: { hepatitisB: 'POSITIVE', haemoglobin: 108 },
        items: ['PLACENTA_PRAEVIA'],
      },
    })
    const second = await recorded(id, { occurredOn: '2026-07-20', values: { haemoglobin: 120 } })
    const third = await recorded(id, { items: [], values: {} })

    const { colours, items, known, schedule } = await careOf(id)
    expect(colours.map(({ on, colour, isPurple }) => [on, colour, isPurple])).toEqual([
      ['2026-05-20', 'ORANGE', true],
      ['2026-07-20', 'ORANGE', true],
      [today, 'YELLOW', true],
    ])
    expect(second.items).toEqual(['PLACENTA_PRAEVIA'])
    expect(third.known).toContainEqual({ fact: 'haemoglobin', value: 120, on: '2026-07-20' })
    expect(items).toEqual([])
    expect(known.map(({ fact }) => fact).sort()).toEqual(['haemoglobin', 'hepatitisB'])
    expect(schedule.map(({ state }) => state)).toEqual(['DONE', 'DONE', 'DONE', 'NOT_DUE', 'NOT_DUE'])
    const pregnancy = bodyOf<Pregnancy>(await clinic.clinician.get(`/api/v1/pregnancies/${id}`), 200)
    expect(pregnancy).toMatchObject({ riskColour: 'YELLOW', sensitive: { isPurple: true } })
    const reporter = await office.officer('midwifery_reporter', places.county)
    expect(bodyOf<Pregnancy>(await reporter.get(`/api/v1/pregnancies/${id}`), 200).sensitive).toBeNull()
  })

  test('that comes first after its window says that it came too late', async () => {
    const { id } = await pregnant()
    await recorded(id)

    const [missed] = await office.sql<{ reason: string }>(
      `select e.reason from chain_events e join chains c on c.id = e.chain_id where c.pregnancy_id = $1 and e.item = 'ANC_FIRST' and e.event = 'MISSED'`,
      [id],
    )
    expect(missed).toEqual({ reason: 'TOO_LATE' })
  })

  test('is recorded once, however often it is sent', async () => {
    const { id } = await pregnant()
    const send = () => clinic.clinician.post(url, aContact(id), { key: 'anc-1' })

    const [first, second] = [await send(), await send()]

    expect((first.body as AntenatalContact).id).toBe((second.body as AntenatalContact).id)
    expect((await careOf(id)).contacts).toHaveLength(1)
  })

  test('names what is wrong, and tells no sex of a fetus', async () => {
    const { id } = await pregnant()
    const fault = async (given: object) =>
      ((await clinic.clinician.post(url, aContact(id, given))).body as Problem).errors?.map(
        ({ pointer, code }) => [pointer, code],
      )[0]

    expect(await fault({ occurredOn: '2026-08-21' })).toEqual(['/occurredOn', 'invalid-date'])
    expect(await fault({ values: { systolic: 80, diastolic: 90 } })).toEqual([
      '/values/diastolic',
      'invalid-value',
    ])
    expect(await fault({ values: { haemoglobin: 1200 } })).toEqual(['/values/haemoglobin', 'invalid-value'])
    expect(await fault({ items: ['NO_SUCH_ITEM'] })).toEqual(['/items/0', 'invalid-code-value'])
    expect(await fault({ items: ['AGE_40'] })).toEqual(['/items/0', 'invalid-code-value'])
    expect(await fault({ pregnancyId: clinic.station.id })).toEqual(['/pregnancyId', 'not-found'])
    expect((await fault({ note: 'B超见男胎' }))?.[0]).toBe('/note')
    expect((await fault({ fetalSex: '1' }))?.[0]).toBe('/fetalSex')
    expect(
      await fault({ referral: { purpose: 'HIGH_RISK', toName: '市医院', agreed: false, letter: '请诊治' } }),
    ).toEqual(['/referral/agreed', 'consent-required'])
  })

  test('is corrected by another and voided with what it said to the chain', async () => {
    const { id } = await pregnant()
    const wrong = await recorded(id, { values: { systolic: 165, diastolic: 95 } })
    expect((await careOf(id)).planDueSince).toBe(today)

    const right = bodyOf<AntenatalContact>(
      await clinic.clinician.post(`${url}/${wrong.id}/corrections`, {
        set: { values: { systolic: 125, diastolic: 95 } },
        reason: '血压录错',
      }),
      201,
    )

    expect(right).toMatchObject({ colour: 'YELLOW', replaces: wrong.id, isReproduced: true })
    expect(await careOf(id)).toMatchObject({ planDueSince: null, pregnancy: { colour: 'YELLOW' } })
    const old = bodyOf<AntenatalContact>(await clinic.clinician.get(`${url}/${wrong.id}`), 200)
    expect(old).toMatchObject({ voidReason: '血压录错', colour: 'RED', isReproduced: true })
    expect(await linksOf(id)).toMatchObject({ ANC_21: 'DONE' })

    bodyOf(await clinic.clinician.post(`${url}/${right.id}/void`, { reason: '录错人' }), 200)
    expect((await careOf(id)).contacts).toEqual([])
    expect((await linksOf(id)).ANC_21).not.toBe('DONE')
    expect((await clinic.clinician.post(`${url}/${right.id}/void`, { reason: '再来' })).status).toBe(409)
  })

  test('is judged by the version of its day and answers the same years later', async () => {
    const { id } = await pregnant({}, { birthDate: '1991-04-05' })
    const contact = await recorded(id)
    expect(contact).toMatchObject({ colour: 'YELLOW', isReproduced: true })

    const bureau = await office.officer('county_mch', places.county)
    bodyOf(
      await bureau.post('/api/v1/decision-tables', {
        ...{
          basedOn: contact.riskTable,
          effectiveFrom: today,
          source: '试',
          reviewer: '李主任',
          reviewedOn: today,
        },
        ...{ reason: '试', rows: [], without: ['AGE_35_18'] },
      }),
      201,
    )

    const again = bodyOf<AntenatalContact>(await clinic.clinician.get(`${url}/${contact.id}`), 200)
    expect(again).toMatchObject({ riskTable: 'RISK-CN-2017', colour: 'YELLOW', isReproduced: true })
    expect(await recorded(id)).toMatchObject({
      riskTable: 'RISK-371121-1',
      colour: 'GREEN',
      isReproduced: true,
    })
  })

  test('is read by who treats her, by nobody else; every look is logged', async () => {
    const { id, woman } = await pregnant()
    const contact = await recorded(id)
    const bureau = await office.officer('county_mch', places.county)

    expect((await clinic.neighbour.get(`${url}/${contact.id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`${url}/${contact.id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`/api/v1/antenatal-care/${id}`)).status).toBe(404)
    expect((await bureau.get(`${url}/${contact.id}`)).status).toBe(403)
    expect((await clinic.clerk.post(url, aContact(id))).status).toBe(403)
    const other = await careOf(id, clinic.neighbour)
    expect([other.contacts, other.colours, other.items]).toEqual([[], [], []])
    const { items } = bodyOf<{ items: WomanPregnancy[] }>(
      await clinic.neighbour.get(`/api/v1/clients/${woman.id}/pregnancies`),
      200,
    )
    expect(items).toMatchObject([{ id, gestationDays: 147, isMine: false }])
    expect((await clinic.stranger.get(`/api/v1/clients/${woman.id}/pregnancies`)).status).toBe(404)
    bodyOf(await clinic.clinician.get(`${url}/${contact.id}`), 200)
    const [{ n } = { n: 0 }] = await office.sql<{ n: number }>(
      `select count(*)::int as n from access_log where entity = 'antenatal-contact' and action = 'view'`,
    )
    expect(n).toBeGreaterThan(0)
  })

  test('may be given anywhere in the county: she comes where she wishes', async () => {
    const { id } = await pregnant()

    const contact = await recorded(id, {}, clinic.neighbour)

    expect(contact).toMatchObject({ isMine: true, step: 'ANC_21' })
  })
})

describe('the list of women in care', () => {
  test('says what each needs', async () => {
    const due = await pregnant()
    await recorded(due.id, { items: ['HEART_SEVERE'], occurredOn: '2026-07-20', nextOn: '2026-08-10' })
    const need = async (name: string) =>
      bodyOf<Page<AntenatalCareRow>>(
        await clinic.clinician.get(`/api/v1/antenatal-care?need=${name}&limit=200`),
        200,
      ).items.filter(({ id }) => id === due.id)

    expect(await need('PLAN')).toMatchObject([{ colour: 'RED', planDueSince: '2026-07-20', contacts: 1 }])
    expect(await need('LATE')).toHaveLength(1)
    expect(await need('HIGH')).toHaveLength(1)
    expect(await need('POSTNATAL')).toHaveLength(0)
    const first = bodyOf<Page<AntenatalCareRow>>(
      await clinic.clinician.get('/api/v1/antenatal-care?limit=1'),
      200,
    )
    expect(first.items).toHaveLength(1)
    expect(first.nextCursor).not.toBeNull()
    const second = await clinic.clinician.get(`/api/v1/antenatal-care?limit=1&cursor=${first.nextCursor}`)
    expect(bodyOf<Page<AntenatalCareRow>>(second, 200).items[0]?.id).not.toBe(first.items[0]!.id)
  })
})

describe('a high-risk plan', () => {
  const aPlan = (pregnancyId: string, given: object = {}) => ({
    ...{ pregnancyId, openedOn: today, responsible: '李医生', goals: [{ text: '血压低于140/90' }] },
    ...{
      contacts: [
        { dueOn: '2026-08-27', purpose: '复测血压' },
        { dueOn: '2026-09-03', mode: 'PHONE', purpose: '电话随访' },
      ],
      ...given,
    },
  })
  const plans = '/api/v1/high-risk-plans'

  test('is opened, worked and closed; the chain’s item is done with it', async () => {
    const { id } = await pregnant()
    await recorded(id, { values: { systolic: 165, diastolic: 100 } })

    const opened = bodyOf<HighRiskPlan>(await clinic.clinician.post(plans, aPlan(id)), 201)
    expect(opened).toMatchObject({
      colour: 'RED',
      nextDueOn: '2026-08-27',
      isLate: false,
      version: 1,
      items: ['HYPERTENSION_SEVERE', 'HYPERTENSION'],
    })
    expect(await linksOf(id)).toMatchObject({ HIGH_RISK_PLAN: 'DONE' })
    expect(await careOf(id)).toMatchObject({ planDueSince: null, planId: opened.id })
    expect((await clinic.clinician.post(plans, aPlan(id))).status).toBe(409)

    const changed = bodyOf<HighRiskPlan>(
      await clinic.clinician.patch(
        `${plans}/${opened.id}`,
        {
          goals: [{ text: '血压低于140/90', reachedOn: today }],
          contacts: [{ dueOn: '2026-08-24', purpose: '随访' }],
        },
        { ifMatch: 1 },
      ),
      200,
    )
    expect(changed).toMatchObject({ nextDueOn: '2026-08-24', goals: [{ reachedOn: today }], version: 2 })
    const { id: contactId } = changed.contacts[0]!
    const settled = bodyOf<HighRiskPlan>(
      await clinic.clinician.post(
        `${plans}/${opened.id}/contacts`,
        { contactId, state: 'DONE', doneOn: today, result: '128/82' },
        { ifMatch: 2 },
      ),
      200,
    )
    expect(settled.contacts[0]).toMatchObject({ state: 'DONE', result: '128/82', purpose: '随访' })
    const stale = { closedOn: today, outcome: 'RISK_LOWERED' }
    expect((await clinic.clinician.post(`${plans}/${opened.id}/closing`, stale, { ifMatch: 2 })).status).toBe(
      412,
    )
    const closed = bodyOf<HighRiskPlan>(
      await clinic.clinician.post(`${plans}/${opened.id}/closing`, stale, { ifMatch: 3 }),
      200,
    )
    expect(closed).toMatchObject({ outcome: 'RISK_LOWERED', nextDueOn: null })
    expect(closed.contacts.map(({ state }) => state)).toEqual(['DONE', 'CANCELLED', 'CANCELLED'])
    expect(await careOf(id)).toMatchObject({ planId: null, planDueSince: null })
    const list = async (query: string) =>
      bodyOf<Page<HighRiskPlanRow>>(await clinic.clinician.get(`${plans}?${query}`), 200).items.map(
        (row) => row.id,
      )
    expect(await list('closed=true')).toContain(opened.id)
    expect(await list('')).not.toContain(opened.id)
  })

  test('is for orange, red and purple, of the facility’s own care, and names what is wrong', async () => {
    const { id } = await pregnant()
    await recorded(id)
    const fault = async (given: object = {}, who = clinic.clinician) =>
      ((await who.post(plans, aPlan(id, given))).body as Problem).errors?.[0]?.pointer

    expect(await fault()).toBe('/pregnancyId')
    await recorded(id, { items: ['ASTHMA'] })
    expect(await fault({}, clinic.neighbour)).toBe('/pregnancyId')
    expect(await fault({ openedOn: '2026-08-21' })).toBe('/openedOn')
    expect(await fault({ contacts: [{ dueOn: '2026-08-19', purpose: '随访' }] })).toBe('/contacts/0/dueOn')
    expect(await fault({ goals: [{ text: '已知是女孩' }] })).toBe('/goals/0/text')
    const { id: plan } = bodyOf<HighRiskPlan>(await clinic.clinician.post(plans, aPlan(id)), 201)
    expect((await clinic.neighbour.get(`${plans}/${plan}`)).status).toBe(404)
    expect((await clinic.clerk.get(`${plans}/${plan}`)).status).toBe(403)
  })
})

describe('after the birth', () => {
  const born = async (bornOn: string): Promise<Pregnancy> => {
    const pregnancy = await pregnant({ expectedOn: '2026-08-15', registeredOn: '2026-03-01' })
    await recorded(pregnancy.id, { occurredOn: '2026-07-20', values: { ogttTwoHours: 9.1 } })
    const child = await register(clinic.clerk, { name: '王宝', birthDate: bornOn })
    await office.sql(
      `insert into births (county_code, id, child_id, mother_id, pregnancy_id, occurred_on, outcome, sex, plurality, sequence, place, division_code, hukou_division, recorded_at, source)
       values (371121, gen_random_uuid(), $1, $2, $3, $4, 'LIVE', '2', 1, 1, 'HOSPITAL', $5, $5, now(), 'MANUAL')`,
      [child.id, pregnancy.woman.id, pregnancy.id, bornOn, places.village],
    )
    await office.sql(`update pregnancies set status = 'DELIVERED', ended_on = $2 where id = $1`, [
      pregnancy.id,
      bornOn,
    ])
    return pregnancy
  }
  const postnatal = '/api/v1/postnatal-contacts'
  const aVisit = (pregnancyId: string, given: object = {}) => ({
    ...{ pregnancyId, occurredOn: today, place: 'HOME', values: { temperature: 36.8 }, ...given },
  })

  test('the mother is visited: days counted, advice given, the chain’s item done within 28 days', async () => {
    const { id } = await born('2026-07-23')

    const visit = bodyOf<PostnatalContact>(
      await clinic.clinician.post(postnatal, aVisit(id, { signs: ['BREAST'], breastfeeding: 'EXCLUSIVE' })),
      201,
    )

    expect(visit).toMatchObject({ daysAfterBirth: 28, urgency: 'SOON', bornOn: '2026-07-23', kind: 'VISIT' })
    expect(codes(visit.advice)).toEqual(['PP_BREAST', 'PP_GLUCOSE'])
    expect(await linksOf(id)).toMatchObject({ POSTNATAL_VISIT: 'DONE', DELIVERY: 'DONE' })
    expect((await careOf(id)).postnatal).toMatchObject([{ id: visit.id }])
    bodyOf(await clinic.clinician.post(`${postnatal}/${visit.id}/void`, { reason: '录错' }), 200)
    expect((await linksOf(id)).POSTNATAL_VISIT).not.toBe('DONE')
  })

  test('a visit that was written down wrong is set right: the link follows its day, and it was corrected once', async () => {
    const { id } = await born('2026-07-20')
    const visit = bodyOf<PostnatalContact>(
      await clinic.clinician.post(
        postnatal,
        aVisit(id, { occurredOn: '2026-08-19', note: '乳头皲裂', breastfeeding: 'MIXED' }),
      ),
      201,
    )
    expect((await linksOf(id)).POSTNATAL_VISIT).not.toBe('DONE')
    const at = `${postnatal}/${visit.id}/corrections`
    const correct = (set: object, who = clinic.clinician, query = '') =>
      who.post(`${at}${query}`, { set, reason: '日期抄错' })

    expect((await correct({ occurredOn: today }, clinic.neighbour)).status).toBe(404)
    expect((await correct({ occurredOn: '2026-08-21' })).status).toBe(400)
    const preview = await correct(
      { occurredOn: '2026-08-17', signs: ['BREAST'] },
      clinic.clinician,
      '?dryRun=true',
    )
    expect(preview.body).toMatchObject({ daysAfterBirth: 28, urgency: 'SOON' })
    const right = bodyOf<PostnatalContact>(
      await correct({ occurredOn: '2026-08-17', signs: ['BREAST'] }),
      201,
    )

    expect(right).toMatchObject({ replaces: visit.id, daysAfterBirth: 28, signs: ['BREAST'] })
    expect(right).toMatchObject({ note: '乳头皲裂', breastfeeding: 'MIXED', values: { temperature: 36.8 } })
    expect(await linksOf(id)).toMatchObject({ POSTNATAL_VISIT: 'DONE' })
    expect((await careOf(id)).postnatal).toMatchObject([{ id: right.id }])
    expect((await correct({ note: null })).status).toBe(409)
  })

  test('a visit on day 29 is recorded and does not count as one within 28', async () => {
    const { id } = await born('2026-07-22')

    bodyOf(await clinic.clinician.post(postnatal, aVisit(id)), 201)

    expect((await linksOf(id)).POSTNATAL_VISIT).not.toBe('DONE')
    const fault = async (given: object) =>
      ((await clinic.clinician.post(postnatal, aVisit(id, given))).body as Problem).errors?.[0]?.pointer
    expect(await fault({ occurredOn: '2026-07-21' })).toBe('/occurredOn')
    expect(await fault({ occurredOn: '2026-08-21' })).toBe('/occurredOn')
  })
})
