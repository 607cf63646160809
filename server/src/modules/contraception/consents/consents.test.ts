import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Consent } from '@youyu/shared/contraception/consents'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { insertion, licenseOperator } from '../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/care-consents'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const give = (clientId: string, given: object = {}, options = {}) =>
  clinic.clinician.post(
    url,
    { clientId, kind: 'FOLLOW_UP', givenOn: today, evidence: 'SIGNED', ...given },
    options,
  )
const given = async (clientId: string, more: object = {}) => bodyOf<Consent>(await give(clientId, more), 201)
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

describe('a consent', () => {
  test('is given by herself, and withdrawn at any time without a reason', async () => {
    const client = await clinic.woman()

    const consent = await given(client.id)
    const withdrawn = bodyOf<Consent>(
      await clinic.clinician.post(`${url}/${consent.id}/withdrawal`, { withdrawnOn: today }),
      201,
    )
    const again = await clinic.clinician.post(`${url}/${consent.id}/withdrawal`, { withdrawnOn: today })

    expect(consent).toMatchObject({
      givenBy: 'SELF',
      language: 'zh',
      isConfidential: false,
      withdrawnOn: null,
    })
    expect(withdrawn).toMatchObject({ withdrawnOn: today, withdrawalReason: null })
    expect(again.status).toBe(409)
    const standing = await clinic.clinician.get(`${url}?clientId=${client.id}&standing=true`)
    expect(bodyOf<Page<Consent>>(standing, 200).items).toEqual([])
  })

  test.each([
    ['under 14 by a guardian', '2012-08-21', {}, ['/givenBy', 'guardian-consent-required']],
    ['under 14 by a named guardian', '2012-08-21', { givenBy: 'GUARDIAN' }, ['/guardianName', 'required']],
    [
      'from 14 on by herself alone',
      '2012-08-20',
      { givenBy: 'GUARDIAN', guardianName: '王母' },
      ['/givenBy', 'own-consent-required'],
    ],
  ])('is given %s', async (_, birthDate, how, fault) => {
    const client = await clinic.woman({ birthDate })

    expect(faultsOf(await give(client.id, how))).toEqual([fault])
  })

  test('of a girl of 14 is her own and confidential', async () => {
    const client = await clinic.woman({ birthDate: '2012-08-20' })

    expect(await given(client.id)).toMatchObject({ givenBy: 'SELF', isConfidential: true })
  })

  test('is not voided while a procedure rests on it', async () => {
    const client = await clinic.woman()
    const operator = await licenseOperator(office, clinic.station.id)
    const visit = await clinic.clinician.post('/api/v1/encounters', insertion(client.id, today, operator.id))
    const { parts } = bodyOf<{ parts: { consentId: string } }>(visit, 201)

    const refused = await clinic.clinician.post(`${url}/${parts.consentId}/void`, { reason: '误录' })
    const other = await given(client.id)
    const voided = await clinic.clinician.post(`${url}/${other.id}/void`, { reason: '误录' })

    expect([refused.status, voided.status]).toEqual([409, 201])
  })

  test.each([
    ['a day to come', { givenOn: '2026-08-21' }, '/givenOn'],
    ['an unknown kind', { kind: 'EVERYTHING' }, '/kind'],
    ['nobody', { clientId: crypto.randomUUID() }, '/clientId'],
  ])('names the field of %s', async (_, wrong, pointer) => {
    const client = await clinic.woman()

    expect(faultsOf(await give(client.id, wrong)).map(([where]) => where)).toEqual([pointer])
  })

  test('is kept once under one key, needs the permission, and is no other facility’s', async () => {
    const client = await clinic.woman()
    const first = await give(client.id, {}, { key: 'consent-1' })
    const second = await give(client.id, {}, { key: 'consent-1' })
    const worker = await office.officer('township_worker', '371121001000')
    const { id } = first.body as Consent

    expect(second.body).toEqual(first.body)
    expect((await worker.get(`${url}/${id}`)).status).toBe(403)
    expect((await clinic.neighbour.get(`${url}/${id}`)).status).toBe(404)
    expect((await clinic.neighbour.post(`${url}/${id}/withdrawal`, { withdrawnOn: today })).status).toBe(404)
  })
})
