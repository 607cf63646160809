import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Complication } from '@youyu/shared/contraception/complications'
import type { Procedure } from '@youyu/shared/contraception/procedures'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'
import { insertion, licenseOperator } from '../../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
let operator: OperatorLicence
const today = '2026-08-20'
const url = '/api/v1/complications'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  operator = await licenseOperator(office, clinic.station.id)
})
afterAll(() => office.close())

const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])

async function performed() {
  const client = await clinic.woman()
  const visit = await clinic.clinician.post(
    '/api/v1/encounters',
    insertion(client.id, '2026-08-01', operator.id),
  )
  const { parts } = bodyOf<RecordedEncounter>(visit, 201)
  return { clientId: client.id, procedureId: parts.procedureId }
}

const record = (body: object) => clinic.clinician.post(url, { type: 'EXPULSION', severity: 'MILD', ...body })

describe('a complication', () => {
  test('follows its procedure, and what was found is enciphered', async () => {
    const of = await performed()

    const complication = bodyOf<Complication>(
      await record({ ...of, onsetOn: '2026-08-15', description: '尾丝未见' }),
      201,
    )

    expect(complication).toMatchObject({
      ...of,
      procedureType: 'P01',
      description: '尾丝未见',
      assessment: null,
    })
    const procedure = bodyOf<Procedure>(
      await clinic.clinician.get(`/api/v1/procedures/${of.procedureId}`),
      200,
    )
    expect(procedure.complications.map(({ id }) => id)).toEqual([complication.id])
    const [kept] = await office.sql<{ text: string }>(
      `select encode(description_cipher, 'escape') as text from complications where id = $1`,
      [complication.id],
    )
    expect(kept!.text).not.toContain('尾丝')
  })

  test('of a procedure done elsewhere names its type', async () => {
    const client = await clinic.woman()
    const body = { clientId: client.id, onsetOn: today }

    expect(faultsOf(await record(body))).toEqual([['/procedureType', 'invalid-value']])
    expect((await record({ ...body, procedureType: 'P06' })).status).toBe(201)
  })

  test.each([
    ['before the procedure', { onsetOn: '2026-07-31' }, ['/onsetOn', 'invalid-date']],
    ['to come', { onsetOn: '2026-08-21' }, ['/onsetOn', 'invalid-date']],
    ['of a procedure that is not hers', { procedureId: crypto.randomUUID() }, ['/procedureId', 'not-found']],
  ])('%s is refused', async (_, wrong, fault) => {
    const of = await performed()

    expect(faultsOf(await record({ ...of, onsetOn: today, ...wrong }))).toEqual([fault])
  })

  test('is assessed with grade and certificate, which belongs to one case', async () => {
    const [first, second] = [await performed(), await performed()]
    const assessment = { grade: 2, certificateNumber: 'BFZ-2026-1', assessedOn: today, level: 'CITY' }
    const ids = []
    for (const of of [first, second])
      ids.push(bodyOf<Complication>(await record({ ...of, onsetOn: '2026-08-15' }), 201).id)

    const assessed = bodyOf<Complication>(
      await clinic.clinician.post(`${url}/${ids[0]}/assessment`, assessment),
      201,
    )
    const taken = await clinic.clinician.post(`${url}/${ids[1]}/assessment`, assessment)

    expect(assessed.assessment).toEqual(assessment)
    expect(taken.body).toMatchObject({ code: 'already-exists' })
  })

  test('is voided with a reason and no longer listed; others never see it', async () => {
    const of = await performed()
    const { id } = bodyOf<Complication>(await record({ ...of, onsetOn: today }), 201)
    const listed = async (officer: Clinic['clinician']) =>
      bodyOf<Page<Complication>>(await officer.get(`${url}?clientId=${of.clientId}`), 200).items.length

    expect([await listed(clinic.clinician), await listed(clinic.neighbour)]).toEqual([1, 0])
    expect((await clinic.neighbour.post(`${url}/${id}/void`, { reason: '…' })).status).toBe(404)
    bodyOf(await clinic.clinician.post(`${url}/${id}/void`, { reason: '误录' }), 201)

    expect(await listed(clinic.clinician)).toBe(0)
    expect((await clinic.clinician.post(`${url}/${id}/void`, { reason: '误录' })).status).toBe(409)
  })
})
