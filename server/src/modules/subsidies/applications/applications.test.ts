import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { bodyOf, codeOf, places, register } from '../../../../test/register.ts'

let office: TestOffice
let counter: Counter
let clerk: Officer
let town: Officer
let otherTown: Officer
let village: Officer
let subsidy: Officer
let manager: Officer
let farTown: Officer
let foreign: Officer

beforeAll(async () => {
  office = await openOffice()
  counter = await openCounter(office)
  ;({ clerk, town, otherTown, subsidy } = counter)
  village = await office.officer('village_worker', places.village)
  manager = await office.officer('county_manager', places.county)
  farTown = await office.officer('township_worker', places.otherTownship)
  foreign = await office.officer('county_subsidy', places.otherCounty)
})
afterAll(() => office.close())

async function family(birthDate = '2025-03-10') {
  const mother = await register(clerk, { name: '李秀英', birthDate: '1996-02-01' })
  const father = await register(clerk, { name: '王建国', sex: '1', birthDate: '1994-02-01' })
  const child = await register(clerk, {
    ...{ name: '王小雨', birthDate, motherId: mother.id, fatherId: father.id },
  })
  return { mother: mother.id, father: father.id, child: child.id }
}

const asked = (child: string, applicant: string, more: object = {}) => ({
  ...{ programme: 'P04', subjectId: child, applicantId: applicant, channel: 'WINDOW', ...more },
})
async function filed(more: object = { seen }, by = town): Promise<Application> {
  const { mother, child } = await family()
  return bodyOf<Application>(await by.post(applicationsUrl, asked(child, mother, more)), 201)
}
describe('an application', () => {
  it('is told at once what is met, what is missing and when it will be decided; the dry run keeps nothing', async () => {
    const { mother, child } = await family()

    const told = bodyOf<ApplicationPreview>(
      await town.post(`${applicationsUrl}?dryRun=true`, asked(child, mother)),
      200,
    )

    expect(told).toMatchObject({
      missing: ['ID_CARD', 'ACCOUNT_PROOF'],
      claimYear: 2026,
      steps: ['TOWN_REVIEW', 'COUNTY_CONFIRM'],
    })
    expect(told.evaluation).toMatchObject({ isMet: true, nearest: null })
    expect(told.evidence.find(({ type }) => type === 'BIRTH_CERTIFICATE')?.held).toBe('REGISTER')
    // Thirty working days after 15 June 2026, with the Dragon Boat Festival between.
    expect(told.overallDueOn).toBe('2026-07-28')
    expect(told.subject.name).toBe('王*雨')
    expect(await office.sql('select 1 from applications')).toEqual([])
  })

  it('goes from the parent over the township and the county to months that are due', async () => {
    const confirmed = await done(subsidy, await reviewed(counter, await filed()), 'county-confirmations', {
      decision: 'PASS',
    })

    expect(confirmed).toMatchObject({
      state: 'BENEFICIARY_ACTIVE',
      decidedOn: '2026-06-15',
      dueOn: null,
      deeds: [],
    })
    expect(confirmed.reviews.map(({ event }) => event)).toEqual([
      'SUBMIT',
      'ACCEPT',
      'PASS',
      'PASS',
      'ACTIVATE',
    ])
    expect(confirmed.decisions.map(({ step, isMet }) => [step, isMet])).toEqual([
      ['TOWN_REVIEW', true],
      ['COUNTY_CONFIRM', true],
    ])
    const [months] = await office.sql<{ fen: number }>(
      `select sum(m.amount_fen)::int as fen from entitlement_months m join beneficiaries b on b.id = m.beneficiary_id
       where b.application_id = $1`,
      [confirmed.id],
    )
    expect(months!.fen).toBe(360000)
  })

  it('names everything missing once, and is accepted when it is there', async () => {
    const bare = await filed({})

    expect(codeOf(await deed(town, bare, 'acceptances', { decision: 'ACCEPT' }))).toBe('evidence-missing')
    const told = await done(town, bare, 'acceptances', { decision: 'NOT_ACCEPT', items: ['ID_CARD'] })
    expect(told).toMatchObject({ state: 'NOT_ACCEPTED', missing: ['ID_CARD'] })
    const again = await done(town, told, 'completions', { seen, submit: true })
    expect(again).toMatchObject({ state: 'SUBMITTED', missing: [] })
    expect((await accepted(counter, again)).state).toBe('TOWN_REVIEW')
  })

  it('is decided by nobody who filed it or decided it at another tier, and by nobody of another place', async () => {
    const taken = await accepted(counter, await filed())
    const pass = { decision: 'PASS' }

    expect(codeOf(await deed(town, taken, 'town-reviews', pass))).toBe('maker-is-checker')
    expect((await deed(subsidy, taken, 'town-reviews', pass)).status).toBe(403)
    expect((await deed(farTown, taken, 'town-reviews', pass)).status).toBe(404)
    expect(codeOf(await deed(subsidy, taken, 'county-confirmations', pass))).toBe('application-state')
    const passed = await done(otherTown, taken, 'town-reviews', pass)
    expect((await deed(foreign, passed, 'county-confirmations', pass)).status).toBe(404)
    expect((await village.get(`${applicationsUrl}/${passed.id}`)).status).toBe(404)
    expect((await deed(subsidy, taken, 'county-confirmations', pass)).status).toBe(412)
    await expect(
      office.sql(`update applications set state = 'CONFIRMED', decided_on = '2026-06-15' where id = $1`, [
        passed.id,
      ]),
    ).rejects.toThrow('applications_no_way_around')
    await expect(
      office.sql('update applications set county_by = filed_by where id = $1', [passed.id]),
    ).rejects.toThrow('applications_maker_not_checker')
  })

  it('that does not meet the rule is never passed; its refusal says why, and can be appealed once', async () => {
    const { mother } = await family()
    const older = await register(clerk, { name: '赵小云', birthDate: '2021-05-01', motherId: mother })
    const late = bodyOf<Application>(await town.post(applicationsUrl, asked(older.id, mother, { seen })), 201)
    const taken = await accepted(counter, late)
    expect(codeOf(await deed(otherTown, taken, 'town-reviews', { decision: 'PASS' }))).toBe('rule-not-met')

    const refused = await done(otherTown, taken, 'town-reviews', {
      decision: 'REJECT',
      reason: '儿童已满三周岁',
    })

    expect(refused).toMatchObject({ state: 'REJECTED', appealUntil: '2026-08-14' })
    expect(refused.decisions[0]!.failing).toEqual(['/and/0', '/and/1'])
    const letter = bodyOf<ApplicationLetter>(await town.get(`${applicationsUrl}/${refused.id}/letter`), 200)
    expect(letter).toMatchObject({
      kind: 'REFUSED',
      subjectName: '赵小云',
      reason: '儿童已满三周岁',
      nearest: null,
    })
    expect(letter.failing.map(({ zh }) => zh)).toContain('儿童已满三周岁')

    const appealed = await done(town, refused, 'appeals', { grounds: '出生日期登记有误' })
    expect(appealed.state).toBe('RECONSIDERATION')
    expect(
      codeOf(await deed(manager, appealed, 'reconsiderations', { result: 'REVERSE', reply: '经查' })),
    ).toBe('rule-not-met')
    const upheld = await done(manager, appealed, 'reconsiderations', {
      result: 'UPHOLD',
      reply: '经查登记无误',
    })
    expect(upheld).toMatchObject({ state: 'UPHELD', deeds: [] })
    expect((await deed(town, upheld, 'appeals', { grounds: '再次' })).status).toBe(409)
  })

  it('says the same when it is evaluated again, whatever has become of the facts', async () => {
    const confirmed = await done(subsidy, await reviewed(counter, await filed()), 'county-confirmations', {
      decision: 'PASS',
    })
    await office.sql(`update persons set birth_date = '2015-01-01' where id = $1`, [confirmed.subject!.id])

    const decision = confirmed.decisions.at(-1)!
    const again = bodyOf<{ isSame: boolean; evaluation: { isMet: boolean } }>(
      await subsidy.get(`${applicationsUrl}/${confirmed.id}/decisions/${decision.id}/reevaluation`),
      200,
    )

    expect(again).toMatchObject({ isSame: true, evaluation: { isMet: true } })
    const plain = await office.sql(
      `select 1 from application_decisions where position(convert_to('child_', 'UTF8') in facts_cipher) > 0`,
    )
    expect(plain).toEqual([])
  })

  it('of two parents for one child: who is confirmed first has it, the other is told', async () => {
    const { mother, father, child } = await family()
    const first = bodyOf<Application>(await town.post(applicationsUrl, asked(child, mother, { seen })), 201)
    const second = bodyOf<Application>(await town.post(applicationsUrl, asked(child, father, { seen })), 201)
    expect(second.conflicts.map(({ kind }) => kind)).toEqual(['OTHER_APPLICANT'])
    await reviewed(counter, second)

    await done(subsidy, await reviewed(counter, first), 'county-confirmations', { decision: 'PASS' })

    const other = bodyOf<Application>(await town.get(`${applicationsUrl}/${second.id}`), 200)
    expect(other.state).toBe('TOWN_REVIEW')
    expect(other.reviews.at(-1)).toMatchObject({ event: 'RETURN', items: ['OTHER_APPLICANT'] })
    expect(codeOf(await deed(otherTown, other, 'town-reviews', { decision: 'PASS' }))).toBe(
      'already-receives',
    )
    expect(codeOf(await town.post(applicationsUrl, asked(child, mother, { seen })))).toBe('already-receives')
  })

  it('names the wrong field', async () => {
    const { mother, child } = await family()
    const pointerOf = async (body: object) => {
      const answer = await town.post(applicationsUrl, body)
      return (answer.body as { errors?: { pointer: string; code: string }[] }).errors?.map(
        ({ pointer, code }) => `${pointer} ${code}`,
      )
    }

    expect(await pointerOf(asked(child, child))).toEqual(['/applicantId guardian-needed'])
    expect(await pointerOf(asked(child, mother, { claimYear: 2025 }))).toEqual([
      '/claimYear not-year-claimed',
    ])
    expect(await pointerOf(asked(child, mother, { channel: 'VILLAGE_AGENT' }))).toEqual([
      '/authorisation required',
    ])
    expect(await pointerOf({ ...asked(child, mother), programme: 'P99' })).toEqual(['/programme not-found'])
    expect(codeOf(await town.post(applicationsUrl, { ...asked(child, mother), programme: 'P15' }))).toBe(
      'programme-closed',
    )
    expect((await farTown.post(applicationsUrl, asked(child, mother))).status).toBe(400)
  })

  it('is filed once for the same key, and once while it is open', async () => {
    const { mother, child } = await family()
    const [first, again] = [
      await town.post(applicationsUrl, asked(child, mother), { key: 'same' }),
      await town.post(applicationsUrl, asked(child, mother), { key: 'same' }),
    ]

    expect(bodyOf<Application>(again, 201).id).toBe(bodyOf<Application>(first, 201).id)
    expect(codeOf(await otherTown.post(applicationsUrl, asked(child, mother)))).toBe('already-applied')
    const withdrawn = await done(town, bodyOf<Application>(first, 201), 'withdrawals', {})
    expect(withdrawn.state).toBe('WITHDRAWN')
    expect((await town.post(applicationsUrl, asked(child, mother))).status).toBe(201)
  })
})

describe('applications decided together', () => {
  it('pass where they are complete, meet the rule and conflict with nothing; the rest waits with its reason', async () => {
    await office.sql(
      `update applications set state = 'WITHDRAWN' where state not in ('CONFIRMED', 'BENEFICIARY_ACTIVE')`,
    )
    const good = [await filed(), await filed(), await filed()]
    const bare = await filed({})
    const { mother } = await family()
    const old = await register(clerk, { name: '赵小云', birthDate: '2021-05-01', motherId: mother })
    const unmet = bodyOf<Application>(await town.post(applicationsUrl, asked(old.id, mother, { seen })), 201)
    const together = async (by: Officer, step: string) =>
      bodyOf<{ passed: number; left: { id: string; reason: string }[] }>(
        await by.post(`/api/v1/application-batches/${step}`, { programme: 'P04' }),
        200,
      )

    const taken = await together(town, 'acceptances')
    expect(taken).toMatchObject({ passed: 4, left: [{ id: bare.id, reason: 'MISSING' }] })
    const own = await together(town, 'town-reviews')
    expect(own.passed).toBe(0)
    expect(new Set(own.left.map(({ reason }) => reason))).toEqual(new Set(['OWN_HAND']))
    const passed = await together(otherTown, 'town-reviews')
    expect(passed).toMatchObject({ passed: 3, left: [{ id: unmet.id, reason: 'NOT_MET' }] })
    const confirmed = await together(subsidy, 'county-confirmations')

    expect(confirmed).toMatchObject({ passed: 3, left: [] })
    const states = await office.sql<{ state: string }>(
      'select distinct state from applications where id = any ($1)',
      [good.map(({ id }) => id)],
    )
    expect(states).toEqual([{ state: 'BENEFICIARY_ACTIVE' }])
  })

  it('stand in the queue of whoever decides them, by deadline', async () => {
    const queueOf = async (by: Officer) =>
      bodyOf<{ items: Application[] }>(await by.get('/api/v1/application-queue'), 200).items

    const waiting = await queueOf(town)

    expect(waiting.length).toBeGreaterThan(0)
    expect(waiting.map(({ dueOn }) => dueOn)).toEqual(waiting.map(({ dueOn }) => dueOn).sort())
    expect(waiting.every(({ subject }) => subject!.name.includes('*'))).toBe(true)
    expect(await queueOf(foreign)).toEqual([])
    expect(await queueOf(farTown)).toEqual([])
  })
})
