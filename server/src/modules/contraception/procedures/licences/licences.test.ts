import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places } from '../../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
let county: Officer
const url = '/api/v1/operator-licences'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date('2026-08-20T09:00:00+08:00'))
  clinic = await openClinic(office)
  county = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

let serial = 0
const licensed = (given: object = {}) => ({
  ...{ organisationId: clinic.station.id, name: '孙医生', certificateNumber: `T-${(serial += 1)}` },
  ...{ procedures: ['P01', 'P02'], validFrom: '2024-01-01' },
  ...given,
})
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

describe('an operator’s licence', () => {
  test('is kept by the county and read by its clinicians', async () => {
    const licence = bodyOf<OperatorLicence>(await county.post(url, licensed()), 201)

    expect(licence).toMatchObject({
      name: '孙医生',
      organisationName: '卫生院 ST-1',
      status: 'active',
      version: 1,
    })
    expect((await clinic.clinician.get(`${url}/${licence.id}`)).body).toEqual(licence)
    expect((await clinic.clinician.post(url, licensed())).status).toBe(403)
    const village = await office.officer('village_worker', places.village)
    expect((await village.get(url)).status).toBe(403)
  })

  test('is changed by its version, and withdrawn', async () => {
    const licence = bodyOf<OperatorLicence>(await county.post(url, licensed()), 201)

    const changed = bodyOf<OperatorLicence>(
      await county.patch(`${url}/${licence.id}`, { status: 'withdrawn' }, { ifMatch: 1 }),
      200,
    )
    const stale = await county.patch(`${url}/${licence.id}`, { status: 'active' }, { ifMatch: 1 })

    expect(changed).toMatchObject({ status: 'withdrawn', version: 2, procedures: ['P01', 'P02'] })
    expect(stale.status).toBe(412)
  })

  test('belongs to a facility of the area, but for experts who visit', async () => {
    const far = { organisationId: clinic.farStation.id }

    expect(faultsOf(await county.post(url, licensed(far)))).toEqual([['/organisationId', 'out-of-area']])
    expect((await county.post(url, licensed({ ...far, isExpert: true }))).status).toBe(201)
  })

  test('is listed by procedure and day', async () => {
    await county.post(url, licensed({ name: '周医生', procedures: ['P13'], validUntil: '2025-12-31' }))
    const namesOn = async (on: string) =>
      bodyOf<Page<OperatorLicence>>(
        await clinic.clinician.get(`${url}?procedure=P13&on=${on}`),
        200,
      ).items.map(({ name }) => name)

    expect(await namesOn('2025-12-31')).toEqual(['周医生'])
    expect(await namesOn('2026-01-01')).toEqual([])
  })

  test('has one certificate and days in order', async () => {
    const licence = licensed()
    await county.post(url, licence)

    expect((await county.post(url, licence)).body).toMatchObject({ code: 'already-exists' })
    expect((await county.post(url, licensed({ validUntil: '2023-01-01' }))).body).toMatchObject({
      code: 'invalid-date',
    })
    expect(faultsOf(await county.post(url, licensed({ organisationId: crypto.randomUUID() })))).toEqual([
      ['/organisationId', 'not-found'],
    ])
  })
})
