import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Termination } from '@youyu/shared/birth-defects/prenatal-cases'
import type { Clinic } from '../../../../test/clinic.ts'
import type { TestOffice } from '../../../../test/office.ts'
import { openPrenatalRoom, type PrenatalRoom } from '../../../../test/prenatal.ts'
import { bodyOf } from '../../../../test/register.ts'

let room: PrenatalRoom
let office: TestOffice
let clinic: Clinic

beforeAll(async () => {
  room = await openPrenatalRoom()
  office = room.office
  clinic = room.clinic
})
afterAll(() => room.office.close())

describe('a medically indicated termination', () => {
  test('rests on her consent and two different physicians, and on nobody’s permission', async () => {
    const { womanId } = await room.expecting()
    const county = await office.officer('county_mch', clinic.station.divisionCode.slice(0, 6).padEnd(12, '0'))
    const licence = async (name: string) =>
      bodyOf<{ id: string }>(
        await county.post('/api/v1/operator-licences', {
          ...{ organisationId: clinic.station.id, name, certificateNumber: `T-${name}`, procedures: ['P13'] },
          validFrom: '2020-01-01',
        }),
        201,
      ).id
    const [one, other] = [await licence('甲'), await licence('乙')]
    const asked = bodyOf<{ id: string; version: number }>(
      await clinic.clinician.post('/api/v1/procedures', {
        ...{ clientId: womanId, type: 'P13', requestedOn: '2026-08-18', indication: 'MEDICAL' },
      }),
      201,
    )
    const grounds = {
      ...{
        procedureId: asked.id,
        indicatedOn: '2026-08-17',
        defectCodes: ['Q00.0'],
        counselledOn: '2026-08-17',
      },
      ...{
        counsellor: '李医生',
        first: { physicianId: one, on: '2026-08-17', opinion: '无脑畸形，不能存活' },
      },
      second: { physicianId: other, on: '2026-08-18', opinion: '同意诊断' },
    }
    const record = async (body: object) => await clinic.clinician.post('/api/v1/medical-terminations', body)

    expect((await record(grounds)).body).toMatchObject({
      errors: [{ pointer: '/procedureId', code: 'not-agreed' }],
    })
    const consent = bodyOf<{ id: string }>(
      await clinic.clinician.post('/api/v1/care-consents', {
        ...{
          clientId: womanId,
          kind: 'PROCEDURE',
          procedureType: 'P13',
          givenOn: '2026-08-18',
          evidence: 'SIGNED',
        },
      }),
      201,
    )
    bodyOf(
      await clinic.clinician.post(
        `/api/v1/procedures/${asked.id}/steps`,
        { to: 'CONSENTED', on: '2026-08-18', consentId: consent.id },
        { ifMatch: asked.version },
      ),
      201,
    )
    expect(
      (await record({ ...grounds, second: { ...grounds.second, physicianId: one } })).body,
    ).toMatchObject({
      errors: [{ pointer: '/second/physicianId', code: 'two-physicians' }],
    })
    expect((await record({ ...grounds, approvalNumber: '批-1' })).body).toMatchObject({
      errors: [{ pointer: '/approvalNumber', code: 'unknown-field' }],
    })
    expect(
      (await record({ ...grounds, first: { ...grounds.first, opinion: '胎儿为女' } })).body,
    ).toMatchObject({
      errors: [{ pointer: '/first/opinion', code: 'fetal-sex' }],
    })
    const kept = bodyOf<Termination>(await record(grounds), 201)
    expect(kept).toMatchObject({ gestationDays: 137, performedOn: null, consentId: consent.id })
    expect((await clinic.neighbour.get(`/api/v1/medical-terminations/${kept.id}`)).status).toBe(404)
    expect((await clinic.clinician.post(`/api/v1/medical-terminations/${kept.id}/performance`)).status).toBe(
      409,
    )
    await expect(
      office.sql('update medical_terminations set second_physician_id = first_physician_id where id = $1', [
        kept.id,
      ]),
    ).rejects.toThrow('medical_terminations_two_physicians')
  })
})
