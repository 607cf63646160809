import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { procedureTypes } from '@youyu/shared/contraception/care-value-sets'
import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { Episode } from '@youyu/shared/contraception/episodes'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Procedure } from '@youyu/shared/contraception/procedures'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openFacility } from '../../../../test/facility.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { askRemoval, choosing, consentFor, insertion, licenseOperator } from '../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
let operator: OperatorLicence
const today = '2026-08-20'
const url = '/api/v1/procedures'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  operator = await licenseOperator(office, clinic.station.id)
})
afterAll(() => office.close())

const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])
const step = (procedure: { id: string; version: number }, body: object, query = '') =>
  clinic.clinician.post(`${url}/${procedure.id}/steps${query}`, body, { ifMatch: procedure.version })
const stepped = async (procedure: { id: string; version: number }, body: object) =>
  bodyOf<Procedure>(await step(procedure, body), 201)
const inserted = async (clientId: string, on: string, given: object = {}) =>
  bodyOf<RecordedEncounter>(
    await clinic.clinician.post('/api/v1/encounters', insertion(clientId, on, operator.id, given)),
    201,
  )
const methodsOf = async (clientId: string) =>
  bodyOf<Page<Episode>>(await clinic.clinician.get(`/api/v1/method-episodes?clientId=${clientId}`), 200).items

describe('a procedure', () => {
  test('goes from the request over screening and consent to its performance', async () => {
    const client = await clinic.woman()
    const visit = bodyOf<RecordedEncounter>(
      await clinic.clinician.post('/api/v1/encounters', {
        ...{
          clientId: client.id,
          occurredOn: '2026-08-10',
          choice: choosing('M40'),
          screen: { answers: [] },
        },
        procedure: { do: 'REQUEST', type: 'P04' },
      }),
      201,
    )
    const asked = bodyOf<Procedure>(await clinic.clinician.get(`${url}/${visit.parts.procedureId}`), 200)
    expect(asked).toMatchObject({ status: 'REQUESTED', choiceId: visit.parts.choiceId })

    const screened = await stepped(asked, {
      to: 'SCREENED',
      on: '2026-08-10',
      screenId: visit.parts.screenId,
    })
    const consentId = await consentFor(clinic, client.id, '2026-08-12')
    const consented = await stepped(screened, { to: 'CONSENTED', on: '2026-08-12', consentId })
    const performed = await stepped(consented, {
      ...{ to: 'PERFORMED', performedOn: today, operatorId: operator.id, method: 'M40' },
      form: { version: 'WS377.3-1', values: { systolic: 118, implantSite: '1', rods: 2, allergy: '青霉素' } },
    })

    expect(performed).toMatchObject({
      ...{ status: 'PERFORMED', screenedOn: '2026-08-10', consentedOn: '2026-08-12', performedOn: today },
      form: { version: 'WS377.3-1', values: { systolic: 118, implantSite: '1', rods: 2, allergy: '青霉素' } },
    })
    const [kept] = await office.sql<{ form: string }>(
      `select encode(form_cipher, 'escape') as form from procedures where id = $1`,
      [asked.id],
    )
    expect(kept!.form).not.toContain('青霉素')
    expect((await methodsOf(client.id)).map(({ method }) => method)).toEqual(['M40'])
  })

  test('is changed by one at a time', async () => {
    const client = await clinic.woman()
    const asked = await askRemoval(clinic.clinician, client.id, today)

    const first = await step(asked, { to: 'SCHEDULED', scheduledOn: '2026-08-21' })
    const second = await step(asked, { to: 'CANCELLED', on: today })
    const without = await clinic.clinician.post(`${url}/${asked.id}/steps`, { to: 'CANCELLED', on: today })

    expect([first.status, second.status, without.status]).toEqual([201, 412, 428])
  })

  test('is hers to cancel at any time before, and done only once', async () => {
    const client = await clinic.woman()
    const asked = await askRemoval(clinic.clinician, client.id, today)

    const cancelled = await stepped(asked, { to: 'CANCELLED', on: today })
    const after = await step(cancelled, { to: 'PERFORMED', performedOn: today, operatorId: operator.id })

    expect(cancelled.status).toBe('CANCELLED')
    expect(after.body).toMatchObject({ code: 'procedure-state' })
  })

  test.each([
    [
      'a field that the form does not know',
      { form: { version: 'WS377.3-1', values: { villiSeen: true } } },
      '/procedure/form/values/villiSeen',
    ],
    [
      'a value out of bounds',
      { form: { version: 'WS377.3-1', values: { systolic: 1 } } },
      '/procedure/form/values/systolic',
    ],
    ['another device than the method', { method: 'M40' }, '/procedure/method'],
    ['weeks of a pregnancy at an insertion', { gestationDays: 60 }, '/procedure/gestationDays'],
    [
      'a choice of another method',
      { type: 'P04', method: 'M40', iudTiming: undefined },
      '/procedure/choiceId',
    ],
    ['an unknown operator', { operatorId: crypto.randomUUID() }, '/procedure/operatorId'],
    [
      'a man’s operation on a woman',
      { type: 'P07', method: undefined, iudTiming: undefined },
      '/procedure/type',
    ],
  ])('names the field of %s', async (_, wrong, pointer) => {
    const client = await clinic.woman()

    const refused = await clinic.clinician.post(
      '/api/v1/encounters',
      insertion(client.id, today, operator.id, wrong),
    )

    expect(refused.status).toBe(400)
    expect(faultsOf(refused).map(([where]) => where)).toContain(pointer)
  })

  test('is done by licensed operators at licensed facilities, as of its day', async () => {
    const client = await clinic.woman()
    const lapsed = await licenseOperator(office, clinic.station.id, { validUntil: '2026-06-30' })
    const unlicensed = await openFacility(office, '371121001000', { code: 'ST-5', licensed: false })
    const elsewhere = await office.officer('station_clinician', '371121001000', {
      organisation: unlicensed.code,
    })
    const post = (officer: Clinic['clinician'], on: string) =>
      officer.post('/api/v1/encounters?dryRun=true', insertion(client.id, on, lapsed.id))

    expect((await post(clinic.clinician, '2026-06-30')).status).toBe(200)
    expect(faultsOf(await post(clinic.clinician, '2026-07-01'))).toEqual([
      ['/procedure/operatorId', 'operator-not-licensed'],
    ])
    expect((await post(elsewhere, '2026-06-30')).body).toMatchObject({ code: 'facility-not-licensed' })
  })

  test('rests on a choice and a consent made before it: the database itself refuses it otherwise', async () => {
    const client = await clinic.woman()
    const { parts } = await inserted(client.id, '2026-08-10')
    const other = await clinic.woman()
    const without = (set: string) =>
      office.sql(`update procedures set ${set} where id = $1`, [parts.procedureId])

    await expect(without('choice_id = null, choice_on = null')).rejects.toThrow('procedures_choice_first')
    await expect(without('consent_id = null, consent_on = null')).rejects.toThrow('procedures_consent_first')
    await expect(without(`performed_on = '2026-08-09', requested_on = '2026-08-09'`)).rejects.toThrow(
      '_first',
    )
    await expect(without(`choice_on = '2026-08-01'`)).rejects.toThrow('procedures_choice')
    await expect(without(`client_id = '${other.id}'`)).rejects.toThrow(/procedures_(choice|consent)/)
  })

  test('is corrected with the method that it began', async () => {
    const client = await clinic.woman()
    const { parts } = await inserted(client.id, '2026-08-10')

    const corrected = bodyOf<Procedure>(
      await clinic.clinician.post(`${url}/${parts.procedureId}/corrections`, {
        ...{ set: { performedOn: '2026-08-12', method: 'M31' }, reason: '日期与种类填错' },
      }),
      201,
    )

    expect(corrected).toMatchObject({
      performedOn: '2026-08-12',
      replaces: parts.procedureId,
      iudTiming: '01',
    })
    const methods = await methodsOf(client.id)
    expect(methods.map(({ method, startedOn }) => [method, startedOn])).toEqual([['M31', '2026-08-12']])
  })

  test('exchanges a device: the old one ends, the new one begins', async () => {
    const client = await clinic.woman()
    await inserted(client.id, '2020-05-01')

    await inserted(client.id, today, { type: 'P03', indication: 'EXPIRED', method: 'M31' })

    const methods = await methodsOf(client.id)
    expect(
      methods.map(({ method, endedOn, endReason, findings }) => [method, endedOn, endReason, findings]),
    ).toEqual([
      ['M31', null, null, []],
      ['M30', today, 'EXPIRED', []],
    ])
  })

  test('is once under one key, needs the permission, and is no other facility’s', async () => {
    const client = await clinic.woman()
    const body = { clientId: client.id, type: 'P02', requestedOn: today }
    const first = await clinic.clinician.post(url, body, { key: 'ask-1' })
    const second = await clinic.clinician.post(url, body, { key: 'ask-1' })
    const pharmacist = await office.officer('pharmacist', '371121000000')

    expect(second.body).toEqual(first.body)
    expect((await pharmacist.post(url, body)).status).toBe(403)
    const { id } = first.body as Procedure
    expect((await clinic.neighbour.get(`${url}/${id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`${url}/${id}`)).status).toBe(404)
    expect((await clinic.neighbour.post(`${url}/${id}/void`, { reason: '…' })).status).toBe(404)
  })

  test('knows every type of the value set', async () => {
    const [{ types }] = (await office.sql(
      `select string_agg(distinct t, ',' order by t) as types from unnest($1::text[]) t where t ~ '^P(0[1-9]|1[0-3])$'`,
      [Object.keys(procedureTypes)],
    )) as [{ types: string }]

    expect(types.split(',')).toHaveLength(13)
  })
})
