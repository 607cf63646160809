import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PostnatalContact } from '@youyu/shared/birth-defects/postnatal-contacts'
import type { Problem } from '@youyu/shared/errors'
import type { Pregnancy } from '@youyu/shared/population/pregnancies'
import { codes, openAntenatalRoom, today, type AntenatalRoom } from '../../../../../test/antenatal.ts'
import type { Clinic } from '../../../../../test/clinic.ts'
import type { TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places, register } from '../../../../../test/register.ts'

let room: AntenatalRoom
let office: TestOffice
let clinic: Clinic

beforeAll(async () => {
  room = await openAntenatalRoom()
  office = room.office
  clinic = room.clinic
})
afterAll(() => room.office.close())

describe('after the birth', () => {
  const born = async (bornOn: string): Promise<Pregnancy> => {
    const pregnancy = await room.pregnant({ expectedOn: '2026-08-15', registeredOn: '2026-03-01' })
    await room.recorded(pregnancy.id, { occurredOn: '2026-07-20', values: { ogttTwoHours: 9.1 } })
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
    expect(await room.linksOf(id)).toMatchObject({ POSTNATAL_VISIT: 'DONE', DELIVERY: 'DONE' })
    expect((await room.careOf(id)).postnatal).toMatchObject([{ id: visit.id }])
    bodyOf(await clinic.clinician.post(`${postnatal}/${visit.id}/void`, { reason: '录错' }), 200)
    expect((await room.linksOf(id)).POSTNATAL_VISIT).not.toBe('DONE')
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
    expect((await room.linksOf(id)).POSTNATAL_VISIT).not.toBe('DONE')
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
    expect(await room.linksOf(id)).toMatchObject({ POSTNATAL_VISIT: 'DONE' })
    expect((await room.careOf(id)).postnatal).toMatchObject([{ id: right.id }])
    expect((await correct({ note: null })).status).toBe(409)
  })

  test('a visit is corrected once, however many do it at the same time; the log says what and why', async () => {
    const { id } = await born('2026-07-20')
    const visit = bodyOf<PostnatalContact>(await clinic.clinician.post(postnatal, aVisit(id)), 201)
    const correct = (occurredOn: string) =>
      clinic.clinician.post(`${postnatal}/${visit.id}/corrections`, {
        set: { occurredOn },
        reason: '抄错一天',
      })

    const answers = await Promise.all(['2026-08-16', '2026-08-17', '2026-08-18', '2026-08-19'].map(correct))

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect((await room.careOf(id)).postnatal).toHaveLength(1)
    const deeds = await office.sql(
      `select fields, reason from access_log where entity = 'postnatal-contact' and action = 'correct' and reason = '抄错一天'`,
    )
    expect(deeds).toEqual([{ fields: ['occurredOn'], reason: '抄错一天' }])
  })

  test('a visit takes no supply that nothing keeps', async () => {
    const { id } = await born('2026-07-23')

    const answer = await clinic.clinician.post(postnatal, aVisit(id, { ironDays: 30 }))

    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/ironDays', code: 'unknown-field' }] })
  })

  test('a visit on day 29 is recorded and does not count as one within 28', async () => {
    const { id } = await born('2026-07-22')

    bodyOf(await clinic.clinician.post(postnatal, aVisit(id)), 201)

    expect((await room.linksOf(id)).POSTNATAL_VISIT).not.toBe('DONE')
    const fault = async (given: object) =>
      ((await clinic.clinician.post(postnatal, aVisit(id, given))).body as Problem).errors?.[0]?.pointer
    expect(await fault({ occurredOn: '2026-07-21' })).toBe('/occurredOn')
    expect(await fault({ occurredOn: '2026-08-21' })).toBe('/occurredOn')
  })
})
