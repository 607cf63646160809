import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AntenatalCare } from '@youyu/shared/birth-defects/antenatal-care'
import type { AntenatalContact } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { Referral, ReferralLink, ReferralRow } from '@youyu/shared/birth-defects/referrals'
import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'
import { answerDueOn, assertMove, mayMove } from './rules.ts'

let office: TestOffice
let clinic: Clinic
let bureau: Officer
const today = '2026-08-20'
const url = '/api/v1/referrals'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  bureau = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

async function pregnant(): Promise<Pregnancy> {
  const { id: womanId } = await clinic.woman()
  const body = {
    womanId,
    expectedOn: '2026-12-31',
    registeredOn: '2026-06-01',
    channel: 'STATION',
    contactConsent: true,
  }
  return bodyOf<Pregnancy>(await clinic.clinician.post('/api/v1/pregnancies', body), 201)
}
const aReferral = ({ id, woman }: Pregnancy, given: object = {}) => ({
  ...{ womanId: woman.id, pregnancyId: id, occurredOn: '2026-08-10', purpose: 'HIGH_RISK', agreed: true },
  ...{ toId: clinic.otherStation.id, letter: '瘢痕子宫，请评估', ...given },
})
const sent = async (pregnancy: Pregnancy, given: object = {}) =>
  bodyOf<Referral>(await clinic.clinician.post(url, aReferral(pregnancy, given)), 201)
const moves = (who: Officer, { id }: { id: string }, body: object, ifMatch: number) =>
  who.post(`${url}/${id}/moves`, body, { ifMatch })

describe('a referral', () => {
  test('goes from facility to facility until the loop is closed', async () => {
    const pregnancy = await pregnant()
    bodyOf<AntenatalContact>(
      await clinic.clinician.post('/api/v1/antenatal-contacts', {
        ...{ pregnancyId: pregnancy.id, occurredOn: '2026-08-10', values: { systolic: 118, diastolic: 70 } },
        items: ['SCAR_RECENT'],
      }),
      201,
    )
    const referral = await sent(pregnancy)
    expect(referral).toMatchObject({
      status: 'SENT',
      box: 'OUT',
      letter: '瘢痕子宫，请评估',
      answerDueOn: '2026-08-24',
    })

    const inbox = bodyOf<Page<ReferralRow>>(await clinic.neighbour.get(`${url}?box=IN&open=true`), 200).items
    expect(inbox).toMatchObject([{ id: referral.id, box: 'IN', woman: { name: '王芳' } }])
    const seen = bodyOf<AntenatalCare>(
      await clinic.neighbour.get(`/api/v1/antenatal-care/${pregnancy.id}`),
      200,
    )
    expect(seen.contacts).toMatchObject([{ colour: 'ORANGE', isMine: false, values: { systolic: 118 } }])

    expect((await moves(clinic.clinician, referral, { to: 'RECEIVED', on: '2026-08-12' }, 1)).status).toBe(
      403,
    )
    bodyOf(await moves(clinic.neighbour, referral, { to: 'RECEIVED', on: '2026-08-12' }, 1), 200)
    expect((await moves(clinic.neighbour, referral, { to: 'RECEIVED', on: '2026-08-12' }, 1)).status).toBe(
      412,
    )
    const answer = {
      to: 'ANSWERED',
      on: '2026-08-15',
      result: 'SENT_BACK',
      answer: '超声未见胎盘植入，回原机构管理',
    }
    bodyOf(await moves(clinic.neighbour, referral, answer, 2), 200)
    const answered = bodyOf<Referral>(await clinic.clinician.get(`${url}/${referral.id}`), 200)
    expect(answered).toMatchObject({
      status: 'ANSWERED',
      result: 'SENT_BACK',
      answer: '超声未见胎盘植入，回原机构管理',
    })
    const closed = bodyOf<Referral>(
      await moves(clinic.clinician, referral, { to: 'CLOSED', on: today }, 3),
      200,
    )
    expect(closed).toMatchObject({ status: 'CLOSED', closedOn: today, isOverdue: false })
    const open = bodyOf<Page<ReferralRow>>(await clinic.clinician.get(`${url}?open=true`), 200).items
    expect(open.map(({ id }) => id)).not.toContain(referral.id)
    const [kept] = await office.sql<{ text: string }>(
      `select encode(letter_cipher || answer_cipher, 'escape') as text from referrals where id = $1`,
      [referral.id],
    )
    expect(kept!.text).not.toMatch(/瘢痕|胎盘/)
  })

  test('needs her agreement, a place to go to, and tells no sex of a fetus', async () => {
    const pregnancy = await pregnant()
    const fault = async (given: object) =>
      ((await clinic.clinician.post(url, aReferral(pregnancy, given))).body as Problem).errors?.map(
        ({ pointer, code }) => [pointer, code],
      )[0]

    expect(await fault({ agreed: false })).toEqual(['/agreed', 'consent-required'])
    expect(await fault({ toName: '市医院' })).toEqual(['/toId', 'required'])
    expect(await fault({ toId: clinic.farStation.id })).toEqual(['/toId', 'not-found'])
    expect(await fault({ toId: clinic.station.id })).toEqual(['/toId', 'not-found'])
    expect((await fault({ letter: '胎儿为男性' }))?.[0]).toBe('/letter')
    expect((await clinic.stranger.post(url, aReferral(pregnancy))).status).toBeGreaterThanOrEqual(400)
  })

  test('waits on the worklist until it is answered; of a place outside the sender says what came of it', async () => {
    const outside = await sent(await pregnant(), {
      toId: undefined,
      toName: '市妇幼保健院',
      urgency: 'SOON',
      occurredOn: '2026-08-01',
    })
    expect(outside).toMatchObject({
      answerDueOn: '2026-08-08',
      isOverdue: true,
      to: { id: null, name: '市妇幼保健院' },
    })
    const overdue = bodyOf<Page<ReferralRow>>(await clinic.clinician.get(`${url}?overdue=true`), 200).items
    expect(overdue.map(({ id }) => id)).toContain(outside.id)

    expect((await clinic.neighbour.get(`${url}/${outside.id}`)).status).toBe(404)
    const gone = bodyOf<Referral>(
      await moves(clinic.clinician, outside, { to: 'NOT_COME', on: today }, 1),
      200,
    )
    expect(gone).toMatchObject({ status: 'NOT_COME', isOverdue: false })
    expect(
      bodyOf<Referral>(await moves(clinic.clinician, outside, { to: 'RECEIVED', on: today }, 2), 200),
    ).toMatchObject({
      ...{ status: 'RECEIVED', closedOn: null },
    })
    expect(
      (await moves(clinic.clinician, outside, { to: 'CANCELLED', on: today, note: '误开' }, 3)).status,
    ).toBe(409)
  })
})

describe('the network', () => {
  test('says who refers to whom for what, and by when an answer is due', async () => {
    const body = {
      ...{ fromId: clinic.station.id, toId: clinic.otherStation.id, purposes: ['PRENATAL_DIAGNOSIS'] },
      ...{ answerDays: 5, validFrom: '2026-01-01' },
    }
    const link = bodyOf<ReferralLink>(await bureau.post('/api/v1/referral-links', body), 201)

    expect(link).toMatchObject({ from: { id: clinic.station.id }, to: { name: '卫生院 ST-2' }, version: 1 })
    const referral = await sent(await pregnant(), { purpose: 'PRENATAL_DIAGNOSIS' })
    expect(referral.answerDueOn).toBe('2026-08-15')
    expect((await clinic.clinician.post('/api/v1/referral-links', body)).status).toBe(403)
    const far = await bureau.post('/api/v1/referral-links', { ...body, toId: clinic.farStation.id })
    expect(far.status).toBe(400)
    const ended = bodyOf<ReferralLink>(
      await bureau.patch(`/api/v1/referral-links/${link.id}`, { validTo: '2026-08-01' }, { ifMatch: 1 }),
      200,
    )
    expect(ended).toMatchObject({ validTo: '2026-08-01', version: 2 })
    const list = async (query: string, who = clinic.clinician) =>
      bodyOf<{ items: ReferralLink[] }>(await who.get(`/api/v1/referral-links?${query}`), 200).items
    expect(await list('')).toEqual([])
    expect(await list('all=true')).toHaveLength(1)
    expect(await list('all=true', clinic.stranger)).toEqual([])
  })
})

describe('the steps of a referral', () => {
  const standing = { status: 'SENT' as const, occurredOn: '2026-08-10', receivedOn: null, answeredOn: null }

  test.each([
    [standing, { to: 'RECEIVED', on: '2026-08-10' }, null],
    [standing, { to: 'RECEIVED', on: '2026-08-09' }, 'invalid-date'],
    [standing, { to: 'CLOSED', on: today }, 'conflict'],
    [
      { ...standing, status: 'RECEIVED', receivedOn: '2026-08-12' },
      { to: 'CANCELLED', on: today, note: '误' },
      'conflict',
    ],
    [{ ...standing, status: 'CLOSED' }, { to: 'RECEIVED', on: today }, 'conflict'],
  ] as const)('%j to %j', (from, move, refusal) => {
    const deed = () => assertMove(from, move, today)

    if (refusal === null) expect(deed).not.toThrow()
    else expect(deed).toThrow()
  })

  test('are taken by the facility whose turn it is', () => {
    const side = { isSender: true, isReceiver: false, isOutside: false }
    expect([mayMove(side, 'RECEIVED'), mayMove(side, 'CLOSED')]).toEqual([false, true])
    expect(mayMove({ ...side, isOutside: true }, 'ANSWERED')).toBe(true)
    expect([answerDueOn(today, 'EMERGENCY', 5), answerDueOn(today, 'ROUTINE', 5)]).toEqual([
      '2026-08-21',
      '2026-08-25',
    ])
  })
})
