import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TogetherAnswer } from '@youyu/shared/subsidies/application-reviews'
import type { Application, ApplicationPreview } from '@youyu/shared/subsidies/application-case'
import type { ApplicationLetter } from '@youyu/shared/subsidies/application-letters'
import {
  accepted,
  applicationsUrl,
  deed,
  done,
  openCounter,
  reviewed,
  seen,
  type Counter,
} from '../../../../test/applications.ts'
import { beneficiariesOf } from '../../../../test/beneficiaries.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, places, register } from '../../../../test/register.ts'

let office: TestOffice
let counter: Counter
let clerk: Officer
let town: Officer
let otherTown: Officer
let subsidy: Officer
let city: Officer

beforeAll(async () => {
  office = await openOffice()
  counter = await openCounter(office)
  ;({ clerk, town, otherTown, subsidy } = counter)
  city = await office.officer('city_viewer', '371100000000')
})
afterAll(() => office.close())

const pass = { decision: 'PASS' }

/** A woman of a bereaved family, as her document says. */
async function bereaved(): Promise<{ id: string }> {
  const person = await register(clerk, { name: '王思远', birthDate: '1960-03-01' })
  await office.sql(
    `insert into circumstances (county_code, id, person_id, kind, detail, from_on, document_type, division_code, recorded_at, recorded_by, source)
     values (371121, gen_random_uuid(), $1, 'SPECIAL_FAMILY', 'DEATH', '2026-05-01', 'DEATH_CERTIFICATE', $2, now(), gen_random_uuid(), 'MANUAL')`,
    [person.id, places.village],
  )
  return person
}
const consolation = (subjectId: string) => ({ programme: 'P07', subjectId, channel: 'WINDOW', seen })
const filed = async (subjectId: string) =>
  bodyOf<Application>(await town.post(applicationsUrl, consolation(subjectId)), 201)

describe('two benefits that do not go together', () => {
  it('are told at filing by name, and the second is never confirmed while the first stands', async () => {
    const { id } = await bereaved()
    const [reward] = await beneficiariesOf(office, [{ programme: 'P03', person: { id }, on: '2026-01-05' }])

    const told = bodyOf<ApplicationPreview>(
      await town.post(`${applicationsUrl}?dryRun=true`, consolation(id)),
      200,
    ).conflicts
    const application = await filed(id)
    const taken = await accepted(counter, application)
    const early = await deed(otherTown, taken, 'town-reviews', pass)
    const together = bodyOf<TogetherAnswer>(
      await otherTown.post('/api/v1/application-batches/town-reviews', { programme: 'P07' }),
      200,
    )
    await office.sql(
      `update beneficiaries set state = 'STOPPED', stop_reason = 'WITHDRAWN', to_month = '2026-05-01' where id = $1`,
      [reward],
    )
    const passed = await done(otherTown, taken, 'town-reviews', pass)

    expect(told).toEqual([{ kind: 'STACKING', programme: 'P03', county: 371121 }])
    expect(application.conflicts).toEqual(told)
    expect([codeOf(early), (early.body as { detail: string }).detail]).toEqual(['benefits-exclude', 'P03'])
    expect(together).toMatchObject({ passed: 0, left: [{ id: application.id, reason: 'STACKING' }] })
    expect(passed).toMatchObject({ state: 'COUNTY_CONFIRM', conflicts: [] })
  })

  it('are both asked for: of two confirmations at the same moment one holds', async () => {
    const { id } = await bereaved()
    await office.sql(
      `insert into programme_stacking (id, owner_county, first, first_level, second, second_level, verdict, is_local, reason, recorded_at)
       values (gen_random_uuid(), 371121, 'P07', '', 'P08', '', 'DENY', true, '本县规定', now())`,
    )
    const consoled = await reviewed(counter, await filed(id))
    await office.sql(
      `insert into applications select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'number', 'P08-1', 'programme', 'P08',
         'version_id', t.version_id))).* from applications a cross join app.programme_terms(371121, '2026-06-15') t where a.id = $1 and t.code = 'P08'`,
      [consoled.id],
    )
    await office.sql(
      `update programme_versions set terms = terms || '{"evidence": []}' || jsonb_build_object('rule',
         (select v.terms -> 'rule' from programme_versions v where v.code = 'P07' and v.owner_county = 0)) where code = 'P08'`,
    )
    await office.sql(`update applications set missing = '{}' where subject_id = $1`, [id])
    const [again] = bodyOf<{ items: Application[] }>(
      await town.get(`${applicationsUrl}?personId=${id}&programme=P08`),
      200,
    ).items
    const other = bodyOf<Application>(await subsidy.get(`${applicationsUrl}/${again!.id}`), 200)

    const answers = await Promise.all([
      deed(subsidy, consoled, 'county-confirmations', pass),
      deed(subsidy, other, 'county-confirmations', pass),
    ])
    await office.sql('delete from programme_stacking where owner_county = 371121')

    expect(other.conflicts).toEqual([{ kind: 'STACKING_ASKED', programme: 'P07', county: 371121 }])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(answers.map(codeOf)).toContain('benefits-exclude')
  })
})

describe('the city’s approval', () => {
  it('comes after the county’s, by the city of the county, once', async () => {
    await office.sql(
      `insert into programme_versions (id, owner_county, code, number, from_on, terms, golden, reason, source, confidence, recorded_at, recorded_by)
       select gen_random_uuid(), 371121, 'P07', 1, '2026-01-01', jsonb_set(terms, '{steps}', terms -> 'steps' || '[{"step": "CITY_APPROVE", "workingDays": 10}]'),
         golden, 'x', 'x', 'LOCAL', now(), gen_random_uuid() from programme_versions where code = 'P07' and owner_county = 0`,
    )
    const waiting = await reviewed(counter, await filed((await bereaved()).id))
    const second = await reviewed(counter, await filed((await bereaved()).id))
    const at = 'city-approvals?county=371121'
    const tooEarly = await deed(city, waiting, at, pass)
    const confirmed = await done(subsidy, waiting, 'county-confirmations', pass)
    await done(subsidy, second, 'county-confirmations', pass)
    const foreign = await office.officer('city_viewer', '370300000000')

    const refusals = [
      await deed(subsidy, confirmed, at, pass),
      await deed(city, confirmed, 'city-approvals', pass),
      await deed(city, confirmed, 'city-approvals?county=370321', pass),
      await deed(foreign, confirmed, at, pass),
    ]
    const queue = bodyOf<{ items: Application[] }>(
      await city.get('/api/v1/application-queue?county=371121'),
      200,
    ).items
    const approved = await done(city, confirmed, at, pass)
    const twice = await deed(city, approved, at, pass)
    const together = bodyOf<TogetherAnswer>(
      await city.post('/api/v1/application-batches/city-approvals?county=371121', { programme: 'P07' }),
      200,
    )

    expect(codeOf(tooEarly)).toBe('application-state')
    expect(confirmed.state).toBe('CITY_APPROVE')
    expect(refusals.map(({ status }) => status)).toEqual([403, 404, 404, 404])
    expect(queue.map(({ state }) => state)).toEqual(['CITY_APPROVE', 'CITY_APPROVE'])
    expect(queue.every(({ subject }) => subject!.name.includes('*'))).toBe(true)
    expect(approved).toMatchObject({ state: 'CONFIRMED', decidedOn: '2026-06-15' })
    expect(codeOf(twice)).toBe('application-state')
    expect(together).toMatchObject({ passed: 1, left: [] })
    await office.sql(`delete from programme_versions where owner_county = 371121`).catch(() => undefined)
  })
})

describe('the letter of a refusal', () => {
  it('names the condition that fails, what was found, and what would be enough', async () => {
    const mother = await register(clerk, { name: '李秀英', birthDate: '1996-02-01' })
    const child = await register(clerk, { name: '王小雨', birthDate: '2025-03-10' })
    const body = { ...consolation(child.id), programme: 'P04', applicantId: mother.id }
    const application = bodyOf<Application>(await town.post(applicationsUrl, body), 201)
    const taken = await accepted(counter, application)
    const refused = await done(otherTown, taken, 'town-reviews', {
      decision: 'REJECT',
      reason: '申请人不是监护人',
    })

    const letter = bodyOf<ApplicationLetter>(await town.get(`${applicationsUrl}/${refused.id}/letter`), 200)

    expect(letter).toMatchObject({ kind: 'REFUSED', reason: '申请人不是监护人', appealUntil: '2026-08-14' })
    expect(letter.failing).toMatchObject([
      { zh: '申请人不是儿童的父母或监护人', en: 'The applicant is neither a parent nor a guardian.' },
    ])
    expect(letter.nearest?.zh).toContain('监护人')
  })
})
