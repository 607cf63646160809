import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Choice, ChoicePreview, ChoiceRow } from '@youyu/shared/contraception/choices'
import type { Screen } from '@youyu/shared/contraception/eligibility'
import type { Problem } from '@youyu/shared/errors'
import { accepted, aChoice, gainOfTallies, told } from '../../../../test/choices.ts'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, places } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/informed-choices'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const choose = (clientId: string, given: object = {}, query = '') =>
  clinic.clinician.post(`${url}${query}`, aChoice(clientId, given))
const chosen = async (clientId: string, given: object = {}) =>
  bodyOf<Choice>(await choose(clientId, given), 201)
const open = { decision: null, chosenMethod: null, freeOfPressure: false, consentForm: null }
const faultsOf = ({ body }: { body: unknown }) =>
  ((body as Problem).errors ?? []).map(({ pointer, code }) => [pointer, code])
const gainOf = (deed: () => Promise<unknown>) => gainOfTallies(office, clinic, deed)

describe('an informed choice', () => {
  test('is kept with all that she was told and her own statement', async () => {
    const client = await clinic.woman()

    const choice = await chosen(client.id, {
      partnerPresent: false,
      consentReference: 'P-2026-17',
      note: '想再考虑皮埋',
    })

    expect(choice).toMatchObject({
      ...told,
      ...accepted,
      ...{ clientName: '王芳', facilityId: clinic.station.id, decidedOn: today, choiceBy: 'WOMAN' },
      ...{ partnerPresent: false, consentReference: 'P-2026-17', note: '想再考虑皮埋', version: 1 },
    })
    const [row] = await office.sql<{ note: string }>(
      `select encode(note_cipher, 'escape') as note from informed_choices where id = $1`,
      [choice.id],
    )
    expect(row!.note).not.toContain('皮埋')
  })

  test.each([
    ['declined', { ...open, decision: 'DECLINE' }],
    ['declined for no method', { ...open, decision: 'DECLINE', chosenMethod: 'M00' }],
    ['deferred', { ...open, decision: 'DEFER' }],
    ['left open', open],
    ['by the hotline', { channel: 'HOTLINE', consentForm: 'RECORDED' }],
    ['of an unmarried man', { choiceBy: 'MAN', chosenMethod: 'M70' }],
  ])('may be %s', async (_title, given) => {
    const client = await clinic.woman({ maritalStatus: '10' })

    expect((await choose(client.id, given)).status).toBe(201)
  })

  test.each([
    ['one method', { methodsExplained: ['M00', 'M30'] }, '/methodsExplained', 'methods-explained'],
    ['no "no method"', { methodsExplained: ['M30', 'M60'] }, '/methodsExplained', 'methods-explained'],
    ['a method twice', { methodsExplained: ['M00', 'M30', 'M30'] }, '/methodsExplained', 'already-exists'],
    [
      'an unknown method',
      { methodsExplained: ['M00', 'M30', 'M77'] },
      '/methodsExplained/2',
      'invalid-value',
    ],
    ['pressure', { freeOfPressure: false }, '/freeOfPressure', 'not-free'],
    ['no consent', { consentForm: null }, '/consentForm', 'required'],
    ['no method chosen', { chosenMethod: null }, '/chosenMethod', 'required'],
    ['a method that was not explained', { chosenMethod: 'M42' }, '/chosenMethod', 'not-explained'],
    ['emergency contraception as the method', { chosenMethod: 'M85' }, '/chosenMethod', 'invalid-value'],
    ['a method although declined', { decision: 'DECLINE' }, '/chosenMethod', 'invalid-value'],
    ['the future', { occurredOn: '2026-08-21' }, '/occurredOn', 'invalid-date'],
    ['before her birth', { occurredOn: '1990-01-01' }, '/occurredOn', 'invalid-date'],
    ['nobody', { clientId: '01900000-0000-7000-8000-0000000000ff' }, '/clientId', 'not-found'],
    ['a permit', { permitNumber: '1' }, '/permitNumber', 'unknown-field'],
  ])('with %s is refused by name', async (_title, given, pointer, code) => {
    const client = await clinic.woman()

    const answer = await choose(client.id, given)

    expect(answer.status).toBe(400)
    expect(faultsOf(answer)).toContainEqual([pointer, code])
  })

  test.each([
    ['one method', `'{M00,M30}'`, `null`, 'false', 'null', 'two_and_none'],
    ['one method twice', `'{M00,M30,M30}'`, `null`, 'false', 'null', 'two_and_none'],
    ['no "no method"', `'{M30,M60}'`, `null`, 'false', 'null', 'two_and_none'],
    ['pressure', `'{M00,M30,M60}'`, `'ACCEPT'`, 'false', `'M30'`, 'accepted_freely'],
    ['what was not explained', `'{M00,M30,M60}'`, `'ACCEPT'`, 'true', `'M70'`, 'chosen_of_explained'],
    ['a method although declined', `'{M00,M30,M60}'`, `'DECLINE'`, 'true', `'M30'`, 'chosen_if_accepted'],
  ])(
    'with %s is refused by the database itself',
    async (_title, methods, decision, free, method, constraint) => {
      const client = await clinic.woman()
      const inserted = office.sql(
        `insert into informed_choices (county_code, id, client_id, facility_id, division_code, occurred_on, counsellor_id, channel, intention,
         methods_explained, effectiveness_explained, side_effects_explained, follow_up_explained, sti_protection, decision, decided_on,
         chosen_method, choice_by, free_of_pressure, consent_form, updated_at, version, recorded_at, source)
       values (371121, gen_random_uuid(), $1, gen_random_uuid(), '${places.village}', '${today}', gen_random_uuid(), 'FACE', 'NONE',
         ${methods}, true, true, true, true, ${decision}, ${decision === 'null' ? 'null' : `'${today}'`},
         ${method}, 'WOMAN', ${free}, 'SIGNATURE', now(), 1, now(), 'MANUAL')`,
        [client.id],
      )

      await expect(inserted).rejects.toThrow(`informed_choices_${constraint}`)
    },
  )

  test('is foretold without a trace', async () => {
    const client = await clinic.woman()
    const preview = bodyOf<ChoicePreview>(await choose(client.id, {}, '?dryRun=true'), 200)

    expect(preview).toMatchObject({ before: null, after: { decision: 'ACCEPT', chosenMethod: 'M30' } })
    expect(await office.sql('select id from informed_choices where client_id = $1', [client.id])).toEqual([])
  })

  test('is recorded once under a key', async () => {
    const client = await clinic.woman()
    const first = await clinic.clinician.post(url, aChoice(client.id), { key: 'choice-1' })
    const second = await clinic.clinician.post(url, aChoice(client.id), { key: 'choice-1' })

    expect(second.body).toEqual(first.body)
    expect(
      await office.sql('select id from informed_choices where client_id = $1', [client.id]),
    ).toHaveLength(1)
  })

  test('is counted without her', async () => {
    const client = await clinic.woman()

    expect(await gainOf(() => chosen(client.id))).toEqual({
      ...{ 'choice FACE': 1, 'choice-sex 2': 1, 'choice-decision ACCEPT': 1, 'choice-chosen M30': 1 },
      ...{ 'choice-told THREE_METHODS': 1, 'choice-told SIDE_EFFECTS': 1, 'choice-told FOLLOW_UP': 1 },
      'choice-told ALL_THREE': 1,
    })
  })

  test('rests on a screening of the same woman only', async () => {
    const [client, other] = [await clinic.woman(), await clinic.woman()]
    const screen = async (clientId: string) =>
      bodyOf<Screen>(
        await clinic.clinician.post('/api/v1/eligibility-screens', {
          clientId,
          occurredOn: today,
          answers: [],
        }),
        201,
      ).id

    expect((await choose(client.id, { screenId: await screen(client.id) })).status).toBe(201)
    expect((await choose(client.id, { screenId: await screen(other.id) })).status).toBe(404)
  })

  test('is the facility’s own until she shares it', async () => {
    const client = await clinic.woman()
    const { id } = await chosen(client.id)
    const county = await office.officer('county_mch', places.county)
    const village = await office.officer('village_worker', places.village)

    expect((await clinic.neighbour.get(`${url}/${id}`)).status).toBe(404)
    expect((await clinic.stranger.get(`${url}/${id}`)).status).toBe(404)
    expect((await county.get(`${url}/${id}`)).status).toBe(403)
    expect((await village.get(`${url}/${id}`)).status).toBe(403)
    expect((await county.post(url, aChoice(client.id))).status).toBe(403)

    await office.sql(
      `insert into care_consents (county_code, id, client_id, facility_id, division_code, kind, given_on, given_by, evidence, language, is_confidential, recorded_at, source)
       values (371121, gen_random_uuid(), $1, $2, $3, 'SHARING', $4, 'SELF', 'SIGNED', 'zh', false, now(), 'MANUAL')`,
      [client.id, clinic.otherStation.id, places.village, today],
    )
    expect((await clinic.neighbour.get(`${url}/${id}`)).status).toBe(200)
    expect((await clinic.neighbour.post(`${url}/${id}/void`, { reason: '误录' })).status).toBe(403)
  })

  test('is listed for its facility, the newest first, by what one looks for', async () => {
    const client = await clinic.woman()
    await chosen(client.id, { occurredOn: '2026-08-01', ...open })
    await chosen(client.id, { occurredOn: '2026-08-10' })
    const list = async (query: string) =>
      bodyOf<{ items: ChoiceRow[]; nextCursor: string | null }>(
        await clinic.clinician.get(`${url}?clientId=${client.id}${query}`),
        200,
      )

    const first = await list('&limit=1')
    expect(first.items.map(({ occurredOn }) => occurredOn)).toEqual(['2026-08-10'])
    const second = await list(`&limit=1&cursor=${first.nextCursor}`)
    expect(second.items.map(({ occurredOn }) => occurredOn)).toEqual(['2026-08-01'])
    expect((await list('&decision=OPEN')).items).toHaveLength(1)
    expect((await list('&from=2026-08-05')).items).toHaveLength(1)
    const all = bodyOf<{ items: ChoiceRow[] }>(await clinic.neighbour.get(url), 200)
    expect(all.items.some(({ clientId }) => clientId === client.id)).toBe(false)
  })
})

describe('a choice left open', () => {
  test('is decided once, by her own statement', async () => {
    const client = await clinic.woman()
    const { id } = await chosen(client.id, { ...open, occurredOn: '2026-08-01' })
    const decide = (given: object) =>
      clinic.clinician.post(`${url}/${id}/decision`, { decidedOn: today, ...accepted, ...given })

    expect(faultsOf(await decide({ freeOfPressure: false }))).toContainEqual(['/freeOfPressure', 'not-free'])
    expect(faultsOf(await decide({ chosenMethod: 'M42' }))).toContainEqual(['/chosenMethod', 'not-explained'])
    expect(faultsOf(await decide({ decidedOn: '2026-07-01' }))).toContainEqual(['/decidedOn', 'invalid-date'])
    const gain = await gainOf(async () =>
      expect(bodyOf<Choice>(await decide({}), 201)).toMatchObject({
        ...{ decision: 'ACCEPT', decidedOn: today, chosenMethod: 'M30', version: 2 },
      }),
    )
    expect(gain).toEqual({ 'choice-decision OPEN': -1, 'choice-decision ACCEPT': 1, 'choice-chosen M30': 1 })
    expect((await decide({})).status).toBe(409)
    expect(
      (await clinic.neighbour.post(`${url}/${id}/decision`, { decidedOn: today, ...accepted })).status,
    ).toBe(404)
  })
})

describe('a choice recorded wrongly', () => {
  test('is voided with a reason and replaced', async () => {
    const client = await clinic.woman()
    const wrong = await chosen(client.id, { note: '备注' })
    const correct = (body: object, query = '') =>
      clinic.clinician.post(`${url}/${wrong.id}/corrections${query}`, body)

    const preview = bodyOf<ChoicePreview>(
      await correct({ set: { chosenMethod: 'M60' }, reason: '误录' }, '?dryRun=true'),
      200,
    )
    expect(preview).toMatchObject({ before: { chosenMethod: 'M30' }, after: { chosenMethod: 'M60' } })
    expect(faultsOf(await correct({ set: { freeOfPressure: false }, reason: '误录' }))).toContainEqual([
      ...['/set/freeOfPressure', 'not-free'],
    ])
    const right = bodyOf<Choice>(await correct({ set: { chosenMethod: 'M60' }, reason: '误录' }), 201)
    const old = bodyOf<Choice>(await clinic.clinician.get(`${url}/${wrong.id}`), 200)
    expect(right).toMatchObject({ chosenMethod: 'M60', replaces: wrong.id, note: '备注' })
    expect(old).toMatchObject({ chosenMethod: 'M30', voidReason: '误录', replacedBy: right.id })
    expect((await correct({ set: { chosenMethod: 'M70' }, reason: '误录' })).status).toBe(409)
  })

  test('takes along what rests on it, unless it becomes another choice', async () => {
    const client = await clinic.woman()
    const { id } = await chosen(client.id, { chosenMethod: 'M60' })
    const episode = bodyOf<{ id: string }>(
      await clinic.clinician.post('/api/v1/method-episodes', {
        ...{ clientId: client.id, method: 'M60', startedOn: today, choiceId: id },
      }),
      201,
    )
    const correct = (set: object) =>
      clinic.clinician.post(`${url}/${id}/corrections`, { set, reason: '误录' })

    const voided = await clinic.clinician.post(`${url}/${id}/void`, { reason: '误录' })
    const other = await correct({ chosenMethod: 'M70' })
    const right = bodyOf<Choice>(await correct({ intention: 'NONE' }), 201)
    const [row] = await office.sql('select choice_id as "choiceId" from method_episodes where id = $1', [
      episode.id,
    ])

    expect(voided).toMatchObject({ status: 409, body: { code: 'choice-in-use' } })
    expect(other).toMatchObject({ status: 409, body: { code: 'choice-in-use' } })
    expect(row).toEqual({ choiceId: right.id })
  })

  test('is taken back and counted no more', async () => {
    const client = await clinic.woman()

    const gain = await gainOf(async () => {
      const { id } = await chosen(client.id)
      expect(
        bodyOf<Choice>(await clinic.clinician.post(`${url}/${id}/void`, { reason: '认错人' }), 200),
      ).toMatchObject({
        voidReason: '认错人',
      })
    })

    expect(gain).toEqual({})
  })
})
