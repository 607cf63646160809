import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HighRiskPlan, HighRiskPlanRow } from '@youyu/shared/birth-defects/care-plans'
import type { Problem } from '@youyu/shared/errors'
import type { Page } from '@youyu/shared/values'
import { openAntenatalRoom, today, type AntenatalRoom } from '../../../../test/antenatal.ts'
import type { Clinic } from '../../../../test/clinic.ts'
import { bodyOf } from '../../../../test/register.ts'

let room: AntenatalRoom
let clinic: Clinic

beforeAll(async () => {
  room = await openAntenatalRoom()
  clinic = room.clinic
})
afterAll(() => room.office.close())

describe('a high-risk plan', () => {
  const aPlan = (pregnancyId: string, given: object = {}) => ({
    ...{ pregnancyId, openedOn: today, responsible: '李医生', goals: [{ text: '血压低于140/90' }] },
    ...{
      contacts: [
        { dueOn: '2026-08-27', purpose: '复测血压' },
        { dueOn: '2026-09-03', mode: 'PHONE', purpose: '电话随访' },
      ],
      ...given,
    },
  })
  const plans = '/api/v1/high-risk-plans'

  test('is opened, worked and closed; the chain’s item is done with it', async () => {
    const { id } = await room.pregnant()
    await room.recorded(id, { values: { systolic: 165, diastolic: 100 } })

    const opened = bodyOf<HighRiskPlan>(await clinic.clinician.post(plans, aPlan(id)), 201)
    expect(opened).toMatchObject({
      colour: 'RED',
      nextDueOn: '2026-08-27',
      isLate: false,
      version: 1,
      items: ['HYPERTENSION_SEVERE', 'HYPERTENSION'],
    })
    expect(await room.linksOf(id)).toMatchObject({ HIGH_RISK_PLAN: 'DONE' })
    expect(await room.careOf(id)).toMatchObject({ planDueSince: null, planId: opened.id })
    expect((await clinic.clinician.post(plans, aPlan(id))).status).toBe(409)

    const changed = bodyOf<HighRiskPlan>(
      await clinic.clinician.patch(
        `${plans}/${opened.id}`,
        {
          goals: [{ text: '血压低于140/90', reachedOn: today }],
          contacts: [{ dueOn: '2026-08-24', purpose: '随访' }],
        },
        { ifMatch: 1 },
      ),
      200,
    )
    expect(changed).toMatchObject({ nextDueOn: '2026-08-24', goals: [{ reachedOn: today }], version: 2 })
    const { id: contactId } = changed.contacts[0]!
    const settled = bodyOf<HighRiskPlan>(
      await clinic.clinician.post(
        `${plans}/${opened.id}/contacts`,
        { contactId, state: 'DONE', doneOn: today, result: '128/82' },
        { ifMatch: 2 },
      ),
      200,
    )
    expect(settled.contacts[0]).toMatchObject({ state: 'DONE', result: '128/82', purpose: '随访' })
    const stale = { closedOn: today, outcome: 'RISK_LOWERED' }
    expect((await clinic.clinician.post(`${plans}/${opened.id}/closing`, stale, { ifMatch: 2 })).status).toBe(
      412,
    )
    const closed = bodyOf<HighRiskPlan>(
      await clinic.clinician.post(`${plans}/${opened.id}/closing`, stale, { ifMatch: 3 }),
      200,
    )
    expect(closed).toMatchObject({ outcome: 'RISK_LOWERED', nextDueOn: null })
    expect(closed.contacts.map(({ state }) => state)).toEqual(['DONE', 'CANCELLED', 'CANCELLED'])
    expect(await room.careOf(id)).toMatchObject({ planId: null, planDueSince: null })
    const list = async (query: string) =>
      bodyOf<Page<HighRiskPlanRow>>(await clinic.clinician.get(`${plans}?${query}`), 200).items.map(
        (row) => row.id,
      )
    expect(await list('closed=true')).toContain(opened.id)
    expect(await list('')).not.toContain(opened.id)
  })

  test('is for orange, red and purple, of the facility’s own care, and names what is wrong', async () => {
    const { id } = await room.pregnant()
    await room.recorded(id)
    const fault = async (given: object = {}, who = clinic.clinician) =>
      ((await who.post(plans, aPlan(id, given))).body as Problem).errors?.[0]?.pointer

    expect(await fault()).toBe('/pregnancyId')
    await room.recorded(id, { items: ['ASTHMA'] })
    expect(await fault({}, clinic.neighbour)).toBe('/pregnancyId')
    expect(await fault({ openedOn: '2026-08-21' })).toBe('/openedOn')
    expect(await fault({ contacts: [{ dueOn: '2026-08-19', purpose: '随访' }] })).toBe('/contacts/0/dueOn')
    expect(await fault({ goals: [{ text: '已知是女孩' }] })).toBe('/goals/0/text')
    const { id: plan } = bodyOf<HighRiskPlan>(await clinic.clinician.post(plans, aPlan(id)), 201)
    expect((await clinic.neighbour.get(`${plans}/${plan}`)).status).toBe(404)
    expect((await clinic.clerk.get(`${plans}/${plan}`)).status).toBe(403)
  })
})
