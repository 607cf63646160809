import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AntenatalCareRow, WomanPregnancy } from '@youyu/shared/birth-defects/antenatal-care'
import type { AntenatalContact, ContactPreview } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import type { Page } from '@youyu/shared/values'
import {
  aContact,
  codes,
  contactUrl,
  openAntenatalRoom,
  today,
  type AntenatalRoom,
} from '../../../../test/antenatal.ts'
import type { Clinic } from '../../../../test/clinic.ts'
import type { TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let room: AntenatalRoom
let office: TestOffice
let clinic: Clinic

beforeAll(async () => {
  room = await openAntenatalRoom()
  office = room.office
  clinic = room.clinic
})
afterAll(() => room.office.close())

describe('an antenatal contact', () => {
  test('is the visit, its colour with every reason, the advice and the link of the chain at once', async () => {
    const { id, woman } = await room.pregnant()

    const contact = await room.recorded(id, {
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
    expect(await room.linksOf(id)).toMatchObject({ ANC_21: 'DONE', HIGH_RISK_PLAN: 'DUE' })
    const [kept] = await office.sql<{ text: string }>(
      `select encode(values_cipher, 'escape') as text from antenatal_contacts where woman_id = $1`,
      [woman.id],
    )
    expect(kept!.text).not.toMatch(/haemoglobin|卧位|ITCHING/)
  })

  test('shows at a dry run what it would make of it, and keeps nothing', async () => {
    const { id } = await room.pregnant({}, { birthDate: '1985-01-01' })

    const preview = bodyOf<ContactPreview>(
      await clinic.clinician.post(`${contactUrl}?dryRun=true`, aContact(id, { values: { hiv: 'POSITIVE' } })),
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
    expect(await room.linksOf(id)).toEqual({})
    expect((await room.careOf(id)).contacts).toEqual([])
  })

  test('reassesses each time: what passes lets the colour fall, what lasts keeps it, purple stays L4', async () => {
    const { id } = await room.pregnant()
    await room.recorded(id, {
      ...{
        occurredOn: '2026-05-20',
        values: { hepatitisB: 'POSITIVE', haemoglobin: 108 },
        items: ['PLACENTA_PRAEVIA'],
      },
    })
    const second = await room.recorded(id, { occurredOn: '2026-07-20', values: { haemoglobin: 120 } })
    const third = await room.recorded(id, { items: [], values: {} })

    const { colours, items, known, schedule } = await room.careOf(id)
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
    const { id } = await room.pregnant()
    await room.recorded(id)

    const [missed] = await office.sql<{ reason: string }>(
      `select e.reason from chain_events e join chains c on c.id = e.chain_id where c.pregnancy_id = $1 and e.item = 'ANC_FIRST' and e.event = 'MISSED'`,
      [id],
    )
    expect(missed).toEqual({ reason: 'TOO_LATE' })
  })

  test('is recorded once, however often it is sent', async () => {
    const { id } = await room.pregnant()
    const send = () => clinic.clinician.post(contactUrl, aContact(id), { key: 'anc-1' })

    const [first, second] = [await send(), await send()]

    expect((first.body as AntenatalContact).id).toBe((second.body as AntenatalContact).id)
    expect((await room.careOf(id)).contacts).toHaveLength(1)
  })

  test('names what is wrong, and tells no sex of a fetus', async () => {
    const { id } = await room.pregnant()
    const fault = async (given: object) =>
      ((await clinic.clinician.post(contactUrl, aContact(id, given))).body as Problem).errors?.map(
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
    const { id } = await room.pregnant()
    const wrong = await room.recorded(id, { values: { systolic: 165, diastolic: 95 } })
    expect((await room.careOf(id)).planDueSince).toBe(today)

    const right = bodyOf<AntenatalContact>(
      await clinic.clinician.post(`${contactUrl}/${wrong.id}/corrections`, {
        set: { values: { systolic: 125, diastolic: 95 } },
        reason: '血压录错',
      }),
      201,
    )

    expect(right).toMatchObject({ colour: 'YELLOW', replaces: wrong.id, isReproduced: true })
    expect(await room.careOf(id)).toMatchObject({ planDueSince: null, pregnancy: { colour: 'YELLOW' } })
    const old = bodyOf<AntenatalContact>(await clinic.clinician.get(`${contactUrl}/${wrong.id}`), 200)
    expect(old).toMatchObject({ voidReason: '血压录错', colour: 'RED', isReproduced: true })
    expect(await room.linksOf(id)).toMatchObject({ ANC_21: 'DONE' })

    bodyOf(await clinic.clinician.post(`${contactUrl}/${right.id}/void`, { reason: '录错人' }), 200)
    expect((await room.careOf(id)).contacts).toEqual([])
    expect((await room.linksOf(id)).ANC_21).not.toBe('DONE')
    expect((await clinic.clinician.post(`${contactUrl}/${right.id}/void`, { reason: '再来' })).status).toBe(
      409,
    )
  })

  test('that is corrected and still asks for a plan keeps it due', async () => {
    const { id } = await room.pregnant()
    const wrong = await room.recorded(id, { values: { systolic: 165, diastolic: 95 } })

    bodyOf(
      await clinic.clinician.post(`${contactUrl}/${wrong.id}/corrections`, {
        ...{ set: { values: { systolic: 168, diastolic: 95 } }, reason: '血压录错' },
      }),
      201,
    )

    expect(await room.careOf(id)).toMatchObject({ planDueSince: today })
    expect(await room.linksOf(id)).toMatchObject({ HIGH_RISK_PLAN: 'DUE' })
  })

  test('that is voided leaves a plan due which another calls for, since the day of that', async () => {
    const { id } = await room.pregnant()
    const first = await room.recorded(id, { occurredOn: '2026-07-20', items: ['ASTHMA'] })
    await room.recorded(id, { items: ['ASTHMA'] })

    bodyOf(await clinic.clinician.post(`${contactUrl}/${first.id}/void`, { reason: '录错人' }), 200)

    expect(await room.careOf(id)).toMatchObject({ planDueSince: today })
    expect(await room.linksOf(id)).toMatchObject({ HIGH_RISK_PLAN: 'DUE' })
  })

  test('is corrected once, however many do it at the same time; the log says what and why', async () => {
    const { id } = await room.pregnant()
    const wrong = await room.recorded(id)
    const correct = (occurredOn: string) =>
      clinic.clinician.post(`${contactUrl}/${wrong.id}/corrections`, {
        ...{ set: { occurredOn }, reason: '日期录错' },
      })

    const answers = await Promise.all(['2026-08-16', '2026-08-17', '2026-08-18', '2026-08-19'].map(correct))

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect((await room.careOf(id)).contacts).toHaveLength(1)
    const deeds = await office.sql(
      `select fields, reason from access_log where entity = 'antenatal-contact' and action = 'correct' and reason = '日期录错'`,
    )
    expect(deeds).toEqual([{ fields: ['occurredOn'], reason: '日期录错' }])
  })

  test('is judged by the version of its day and answers the same years later', async () => {
    const { id } = await room.pregnant({}, { birthDate: '1991-04-05' })
    const contact = await room.recorded(id)
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

    const again = bodyOf<AntenatalContact>(await clinic.clinician.get(`${contactUrl}/${contact.id}`), 200)
    expect(again).toMatchObject({ riskTable: 'RISK-CN-2017', colour: 'YELLOW', isReproduced: true })
    expect(await room.recorded(id)).toMatchObject({
      riskTable: 'RISK-371121-1',
      colour: 'GREEN',
      isReproduced: true,
    })
  })

  test('is read by who treats her, by nobody else; every look is logged', async () => {
    const { id, woman } = await room.pregnant()
    const contact = await room.recorded(id)
    const bureau = await office.officer('county_mch', places.county)

    expect((await clinic.neighbour.get(`${contactUrl}/${contact.id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`${contactUrl}/${contact.id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`/api/v1/antenatal-care/${id}`)).status).toBe(404)
    expect((await bureau.get(`${contactUrl}/${contact.id}`)).status).toBe(403)
    expect((await clinic.clerk.post(contactUrl, aContact(id))).status).toBe(403)
    const other = await room.careOf(id, clinic.neighbour)
    expect([other.contacts, other.colours, other.items]).toEqual([[], [], []])
    const { items } = bodyOf<{ items: WomanPregnancy[] }>(
      await clinic.neighbour.get(`/api/v1/clients/${woman.id}/pregnancies`),
      200,
    )
    expect(items).toMatchObject([{ id, gestationDays: 147, isMine: false }])
    expect((await clinic.stranger.get(`/api/v1/clients/${woman.id}/pregnancies`)).status).toBe(404)
    bodyOf(await clinic.clinician.get(`${contactUrl}/${contact.id}`), 200)
    const [{ n } = { n: 0 }] = await office.sql<{ n: number }>(
      `select count(*)::int as n from access_log where entity = 'antenatal-contact' and action = 'view'`,
    )
    expect(n).toBeGreaterThan(0)
  })

  test('may be given anywhere in the county: she comes where she wishes', async () => {
    const { id } = await room.pregnant()

    const contact = await room.recorded(id, {}, clinic.neighbour)

    expect(contact).toMatchObject({ isMine: true, step: 'ANC_21' })
  })
})

describe('the list of women in care', () => {
  test('says what each needs', async () => {
    const due = await room.pregnant()
    await room.recorded(due.id, { items: ['HEART_SEVERE'], occurredOn: '2026-07-20', nextOn: '2026-08-10' })
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
