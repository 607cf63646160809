import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Encounter, RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { Episode } from '@youyu/shared/contraception/episodes'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Procedure } from '@youyu/shared/contraception/procedures'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { insertion, licenseOperator } from '../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
let operator: OperatorLicence
const today = '2026-08-20'
const url = '/api/v1/encounters'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  operator = await licenseOperator(office, clinic.station.id)
})
afterAll(() => office.close())

const visit = (body: object, query = '', options = {}) =>
  clinic.clinician.post(`${url}${query}`, body, options)
const recorded = async (body: object) => bodyOf<RecordedEncounter>(await visit(body), 201)

describe('an encounter told wrongly', () => {
  test('is corrected by a new one that keeps its parts', async () => {
    const client = await clinic.woman()
    const encounter = await recorded({ ...insertion(client.id, today, operator.id), note: '甲' })

    const corrected = bodyOf<Encounter>(
      await clinic.clinician.post(`${url}/${encounter.id}/corrections`, {
        ...{ set: { place: 'HOME', note: '乙' }, reason: '地点填错' },
      }),
      201,
    )

    expect(corrected).toMatchObject({
      place: 'HOME',
      note: '乙',
      replaces: encounter.id,
      parts: encounter.parts,
    })
    const before = bodyOf<Encounter>(await clinic.clinician.get(`${url}/${encounter.id}`), 200)
    expect(before).toMatchObject({ voidReason: '地点填错', replacedBy: corrected.id, note: '甲' })
  })

  test('takes the procedure and the method with it where neither ever was', async () => {
    const client = await clinic.woman()
    await recorded({ clientId: client.id, occurredOn: '2026-01-01', episode: { do: 'START', method: 'M60' } })
    const encounter = await recorded(insertion(client.id, today, operator.id))

    const body = { reason: '录入错误', withParts: true }
    bodyOf(await clinic.clinician.post(`${url}/${encounter.id}/void`, body), 201)

    const { items } = bodyOf<Page<Episode>>(
      await clinic.clinician.get(`/api/v1/method-episodes?clientId=${client.id}`),
      200,
    )
    expect(items.map(({ method, endedOn }) => [method, endedOn])).toEqual([['M60', null]])
    const procedure = bodyOf<Procedure>(
      await clinic.clinician.get(`/api/v1/procedures/${encounter.parts.procedureId}`),
      200,
    )
    expect(procedure.voidReason).toBe('录入错误')
  })
})
