import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { Episode } from '@youyu/shared/contraception/episodes'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import type { Procedure, ProcedureRow } from '@youyu/shared/contraception/procedures'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'
import { askRemoval, consentFor, consenting, insertion, licenseOperator } from '../../../../test/visits.ts'

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

describe('a removal on request', () => {
  test('has its day within seven', async () => {
    const client = await clinic.woman()

    const asked = await askRemoval(clinic.clinician, client.id, today)
    const refused = await step(asked, { to: 'SCHEDULED', scheduledOn: '2026-08-28' })

    expect(asked.scheduledOn).toBe('2026-08-27')
    expect(faultsOf(refused)).toEqual([['/scheduledOn', 'removal-within-a-week']])
    await expect(
      office.sql(`update procedures set scheduled_on = '2026-09-01' where id = $1`, [asked.id]),
    ).rejects.toThrow('procedures_removal_in_a_week')
  })

  test('is open whatever was found, licensed or not, and without any choice', async () => {
    const client = await clinic.woman()
    await inserted(client.id, '2026-01-10')
    const findings = await office.sql<{ finding: string }>(
      'select distinct finding from mec_conditions where finding is not null',
    )
    const answers = findings.map(({ finding }) => ({ finding, isPresent: true }))
    const screen = await clinic.clinician.post('/api/v1/eligibility-screens', {
      ...{ clientId: client.id, occurredOn: today, answers: answers.slice(0, 1) },
    })
    expect(screen.status).toBe(201)
    await office.sql(
      `update mec_screens set stopped = '{COC,CIC,POP,DMPA,IMPLANT,CU_IUD,LNG_IUS}', conditions = $2 where client_id = $1`,
      [client.id, findings.map(({ finding }) => finding)],
    )
    await office.sql(`update organisations set licence_valid_until = '2026-08-01' where id = $1`, [
      clinic.station.id,
    ])
    const lapsed = await licenseOperator(office, clinic.station.id, { validUntil: '2026-06-30' })

    const asked = await askRemoval(clinic.clinician, client.id, today)
    const consentId = await consentFor(clinic, client.id, today)
    const done = await stepped(asked, {
      ...{ to: 'PERFORMED', performedOn: today, operatorId: lapsed.id, consentId, removalResult: 'WHOLE' },
    })
    await office.sql(`update organisations set licence_valid_until = '2030-12-31' where id = $1`, [
      clinic.station.id,
    ])

    expect(done).toMatchObject({ status: 'PERFORMED', findings: ['UNLICENSED'], choiceId: null })
    const [method] = await methodsOf(client.id)
    expect(method).toMatchObject({ endedOn: today, endReason: 'PREFERENCE' })
  })

  test('is deferred for a medical reason only, goes on afterwards, and tells how late it is', async () => {
    const client = await clinic.woman()
    const asked = await askRemoval(clinic.clinician, client.id, '2026-08-01')
    const overdue = async () => {
      const page = await clinic.clinician.get(`${url}?clientId=${client.id}`)
      return bodyOf<Page<ProcedureRow>>(page, 200).items[0]!.isOverdue
    }
    expect(await overdue()).toBe(true)

    const silent = await step(asked, { to: 'DEFERRED', on: today })
    const deferred = await stepped(asked, { to: 'DEFERRED', on: today, reason: '急性盆腔炎治疗中' })
    expect(await overdue()).toBe(false)
    const resumed = await stepped(deferred, { to: 'RESUMED', scheduledOn: '2026-09-05' })

    expect(faultsOf(silent)).toEqual([['/reason', 'required']])
    expect(resumed).toMatchObject({ status: 'REQUESTED', scheduledOn: '2026-09-05' })
  })

  test('is asked for once: the first request stands, and its week runs', async () => {
    const client = await clinic.woman()
    const asked = { clientId: client.id, type: 'P02', requestedOn: today }
    bodyOf(await clinic.clinician.post(url, asked), 201)

    const again = await clinic.clinician.post(url, asked)
    const onVisit = await clinic.clinician.post('/api/v1/encounters', {
      ...{ clientId: client.id, occurredOn: today },
      procedure: { do: 'REQUEST', type: 'P02' },
    })

    expect(again.status).toBe(409)
    expect(faultsOf(again)).toEqual([['/type', 'already-exists']])
    expect(faultsOf(onVisit)).toEqual([['/procedure/type', 'already-exists']])
  })

  test('takes out what another facility put in, and tells nothing of it', async () => {
    const client = await clinic.woman()
    const { parts } = await inserted(client.id, '2026-01-10')
    const theirs = await licenseOperator(office, clinic.otherStation.id)

    const done = bodyOf<RecordedEncounter>(
      await clinic.neighbour.post('/api/v1/encounters', {
        ...{ clientId: client.id, occurredOn: today, consent: consenting },
        procedure: { do: 'PERFORM', type: 'P02', operatorId: theirs.id },
      }),
      201,
    )

    expect(done.changes).toContainEqual({
      entity: 'episode',
      id: null,
      field: 'endedOn',
      before: null,
      after: null,
    })
    const episode = bodyOf<Episode>(
      await clinic.clinician.get(`/api/v1/method-episodes/${parts.episodeId}`),
      200,
    )
    expect(episode.endedOn).toBe(today)

    bodyOf(await clinic.neighbour.post(`${url}/${done.parts.procedureId}/void`, { reason: '误录' }), 201)
    const again = bodyOf<Episode>(
      await clinic.clinician.get(`/api/v1/method-episodes/${parts.episodeId}`),
      200,
    )
    expect(again.endedOn).toBeNull()
  })

  test('of what was never put in is a finding (V6)', async () => {
    const client = await clinic.woman()

    const done = bodyOf<RecordedEncounter>(
      await clinic.clinician.post('/api/v1/encounters', {
        ...{ clientId: client.id, occurredOn: today, consent: consenting },
        procedure: { do: 'PERFORM', type: 'P02', operatorId: operator.id },
      }),
      201,
    )

    expect(done.findings).toEqual(['V6'])
    const procedure = bodyOf<Procedure>(await clinic.clinician.get(`${url}/${done.parts.procedureId}`), 200)
    expect(procedure.findings).toEqual(['V6'])
  })

  test('ends no method where the device stayed', async () => {
    const client = await clinic.woman()
    await inserted(client.id, '2026-01-10')

    const preview = bodyOf<CarePreview>(
      await clinic.clinician.post('/api/v1/encounters?dryRun=true', {
        ...{ clientId: client.id, occurredOn: today, consent: consenting },
        procedure: { do: 'PERFORM', type: 'P02', operatorId: operator.id, removalResult: 'NOT_REMOVED' },
      }),
      200,
    )

    expect(preview.changes.filter(({ entity }) => entity === 'episode')).toEqual([])
  })
})

describe('an abortion record', () => {
  test('stays at its facility, whatever she shares, and touches no pregnancy', async () => {
    const client = await clinic.woman()
    const done = bodyOf<RecordedEncounter>(
      await clinic.clinician.post('/api/v1/encounters', {
        ...{ clientId: client.id, occurredOn: today, consent: consenting },
        procedure: { do: 'PERFORM', type: 'P10', operatorId: operator.id, gestationDays: 52 },
        complication: { procedureType: 'P10', type: 'BLEEDING', severity: 'MILD' },
      }),
      201,
    )
    await clinic.neighbour.post('/api/v1/care-consents', {
      ...{ clientId: client.id, kind: 'SHARING', givenOn: today, evidence: 'SIGNED' },
    })

    expect((await clinic.neighbour.get(`${url}/${done.parts.procedureId}`)).status).toBe(404)
    const record = await clinic.neighbour.get(`/api/v1/persons/${client.id}/care-record`)
    expect(record.text).not.toMatch(/P10|BLEEDING/)
    const pregnancies = await office
      .sql('select from pregnancies where mother_id = $1', [client.id])
      .catch(() => [])
    expect(pregnancies).toEqual([])
  })
})
