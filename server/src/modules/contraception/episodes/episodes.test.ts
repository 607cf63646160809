import { addMonths } from '@youyu/shared/calendar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Episode } from '@youyu/shared/contraception/episodes'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/method-episodes'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const begin = (clientId: string, given: object = {}) =>
  clinic.clinician.post(url, { clientId, method: 'M30', startedOn: '2024-03-31', ...given })
const begun = async (clientId: string, given: object = {}) =>
  bodyOf<Episode>(await begin(clientId, given), 201)
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])
const read = async (id: string) => bodyOf<Episode>(await clinic.clinician.get(`${url}/${id}`), 200)

describe('a method episode', () => {
  test('expects its end from the device', async () => {
    const client = await clinic.woman()
    const [device] = await office.sql<{ code: string; months: number }>(
      `select code, validity_months as months from device_types where method = 'M30' and validity_months is not null order by position limit 1`,
    )

    const episode = await begun(client.id, { deviceType: device!.code })

    expect(episode).toMatchObject({
      ...{ deviceType: device!.code, isLongActingCn: true, isLarcWho: true, isOurs: true },
      expectedEndOn: addMonths('2024-03-31', device!.months),
    })
  })

  test('says where a method that needs a procedure was begun without an informed choice (V9)', async () => {
    const client = await clinic.woman()

    expect((await begun(client.id)).findings).toEqual(['V9'])
    expect((await begun(client.id, { method: 'M60', startedOn: '2026-01-01' })).findings).toEqual([])
  })

  test('says where a long-acting method follows another without its removal (V7)', async () => {
    const client = await clinic.woman()
    await begun(client.id)

    const second = await begun(client.id, { method: 'M40', startedOn: '2025-01-01' })

    expect((await read(second.id)).findings).toContain('V7')
  })

  test('lets a condom stand beside another method', async () => {
    const client = await clinic.woman()
    const pill = await begun(client.id, { method: 'M60' })

    const condom = await begun(client.id, { method: 'M70', isDual: true })

    expect((await read(pill.id)).endedOn).toBeNull()
    expect(condom).toMatchObject({ isDual: true, endedOn: null })
  })

  test('is stopped with its reason, once', async () => {
    const client = await clinic.woman()
    const { id } = await begun(client.id)
    const end = { endedOn: '2026-01-31', endReason: 'SIDE_EFFECT' }

    const ended = bodyOf<Episode>(await clinic.clinician.post(`${url}/${id}/end`, end), 201)
    const again = await clinic.clinician.post(`${url}/${id}/end`, end)

    expect(ended).toMatchObject(end)
    expect(again.body).toMatchObject({ code: 'no-method-in-use' })
  })

  test('is corrected by a replacement; the wrong one stays readable', async () => {
    const client = await clinic.woman()
    const { id } = await begun(client.id)

    const corrected = bodyOf<Episode>(
      await clinic.clinician.post(`${url}/${id}/corrections`, { set: { method: 'M31' }, reason: '种类填错' }),
      201,
    )

    expect(corrected).toMatchObject({ method: 'M31', startedOn: '2024-03-31', replaces: id, isDual: false })
    expect(await read(id)).toMatchObject({ method: 'M30', voidReason: '种类填错', replacedBy: corrected.id })
  })

  test('gives the one before its time back when it is voided', async () => {
    const client = await clinic.woman()
    const pill = await begun(client.id, { method: 'M60' })
    const mistake = await begun(client.id, { method: 'M91', startedOn: '2025-06-01' })
    expect((await read(pill.id)).endedOn).toBe('2025-06-01')

    bodyOf(await clinic.clinician.post(`${url}/${mistake.id}/void`, { reason: '误录' }), 201)

    expect(await read(pill.id)).toMatchObject({ endedOn: null, endReason: null })
  })

  test.each([
    ['emergency contraception, which is no method in use', { method: 'M85' }, '/method'],
    ['no method at all', { method: 'M00' }, '/method'],
    ['a start to come', { startedOn: '2026-08-21' }, '/startedOn'],
    ['an end before the start', { endedOn: '2024-01-01', endReason: 'EXPIRED' }, '/endedOn'],
    ['an end without a reason', { endedOn: '2025-01-01' }, '/endReason'],
    ['a pill beside another method', { method: 'M60', isDual: true }, '/isDual'],
    ['a device of another method', { deviceType: 'NOT_A_DEVICE' }, '/deviceType'],
    ['a choice that is not hers', { choiceId: crypto.randomUUID() }, '/choiceId'],
    ['nobody', { clientId: crypto.randomUUID() }, '/clientId'],
  ])('names the field of %s', async (_, wrong, pointer) => {
    const client = await clinic.woman()

    const refused = await begin(client.id, wrong)

    expect(refused.status).toBe(400)
    expect(faultsOf(refused).map(([where]) => where)).toContain(pointer)
  })

  test('is recorded once under one key', async () => {
    const client = await clinic.woman()
    const body = { clientId: client.id, method: 'M60', startedOn: today }

    const first = await clinic.clinician.post(url, body, { key: 'episode-1' })
    const second = await clinic.clinician.post(url, body, { key: 'episode-1' })

    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
  })

  test('is another facility’s to read only where she shares it, and then without a trace of an abortion', async () => {
    const client = await clinic.woman()
    const { id } = await begun(client.id, { startContext: 'POSTABORTION' })
    expect((await clinic.neighbour.get(`${url}/${id}`)).status).toBe(404)

    const consent = { clientId: client.id, kind: 'SHARING', givenOn: today, evidence: 'SIGNED' }
    const given = bodyOf<{ id: string }>(await clinic.neighbour.post('/api/v1/care-consents', consent), 201)
    const shared = bodyOf<Episode>(await clinic.neighbour.get(`${url}/${id}`), 200)
    expect(shared).toMatchObject({ isOurs: false, method: 'M30', startContext: 'INTERVAL' })
    expect((await clinic.neighbour.post(`${url}/${id}/void`, { reason: '…' })).status).toBe(404)

    await clinic.neighbour.post(`/api/v1/care-consents/${given.id}/withdrawal`, { withdrawnOn: today })
    expect((await clinic.neighbour.get(`${url}/${id}`)).status).toBe(404)
  })

  test('needs the permission', async () => {
    const mch = await office.officer('county_mch', '371121000000')

    expect((await mch.get(url)).status).toBe(403)
  })

  test('is listed by what is about to expire', async () => {
    const client = await clinic.woman()
    const { id } = await begun(client.id, { expectedEndOn: '2026-09-01' })

    const { items } = bodyOf<Page<Episode>>(await clinic.clinician.get(`${url}?expiringBy=2026-10-01`), 200)

    expect(items.map((item) => item.id)).toEqual([id])
  })
})
