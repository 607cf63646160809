import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PrenatalScreen } from '@youyu/shared/birth-defects/prenatal'
import type { Diagnosis, PositiveCase, PositiveCaseRow } from '@youyu/shared/birth-defects/prenatal-cases'
import type { Page } from '@youyu/shared/values'
import type { Clinic } from '../../../../test/clinic.ts'
import { openPrenatalRoom, serum, today, type PrenatalRoom } from '../../../../test/prenatal.ts'
import { bodyOf } from '../../../../test/register.ts'

let room: PrenatalRoom
let clinic: Clinic

beforeAll(async () => {
  room = await openPrenatalRoom()
  clinic = room.clinic
})
afterAll(() => room.office.close())

const step = async (of: { id: string; version: number }, body: object) =>
  await clinic.clinician.post(`/api/v1/screen-positives/${of.id}/steps`, body, { ifMatch: of.version })

const counselling = {
  counsellor: '李医生',
  options: ['CONTINUE_WITH_SUPPORT', 'DIAGNOSIS', 'NO_FURTHER_TEST'],
}

describe('a positive screen', () => {
  test('is followed to its end, by her decisions, with a day for each step', async () => {
    // Expected on 2026-07-02; the report came on a Friday.
    const her = await room.expecting('2025-09-25')
    const screen = bodyOf<PrenatalScreen>(
      await clinic.clinician.post('/api/v1/prenatal-screens', {
        ...{ ...serum(her.womanId, 120), offeredOn: '2026-01-20', takenOn: '2026-01-20' },
        report: { reportedOn: '2026-01-23', values: { t21OneIn: 120 } },
      }),
      201,
    )
    const begun = await room.caseOf(screen.caseId!)
    expect(begun).toMatchObject({
      state: 'RESULT_HIGH',
      dueBy: '2026-01-28',
      isOverdue: true,
      next: ['CONTACTED'],
    })

    expect((await step(begun, { to: 'DX_OFFERED', on: today, ...counselling })).status).toBe(409)
    let now = bodyOf<PositiveCase>(
      await step(begun, { to: 'CONTACTED', on: '2026-01-26', mode: 'PHONE' }),
      201,
    )
    expect(
      (
        await step(now, {
          to: 'COUNSELLED',
          on: today,
          ...counselling,
          options: ['DIAGNOSIS', 'TERMINATION'],
        })
      ).body,
    ).toMatchObject({ errors: [{ pointer: '/options', code: 'support-not-told' }] })
    now = bodyOf(await step(now, { to: 'COUNSELLED', on: '2026-01-27', ...counselling }), 201)
    now = bodyOf(await step(now, { to: 'DX_OFFERED', on: '2026-01-28', ...counselling }), 201)
    expect(now.dueBy).toBe('2026-02-25')
    const declined = bodyOf<PositiveCase>(await step(now, { to: 'DX_DECLINED', on: '2026-01-29' }), 201)
    expect(await room.linkOf(her.womanId, 'DIAGNOSIS')).toMatchObject({ state: 'DECLINED' })
    const back = bodyOf<PositiveCase>(
      await clinic.clinician.post(
        `/api/v1/screen-positives/${declined.id}/corrections`,
        { reason: '录错' },
        { ifMatch: declined.version },
      ),
      201,
    )
    expect(back).toMatchObject({ state: 'DX_OFFERED', dueBy: '2026-02-25' })
    const again = bodyOf<PositiveCase>(
      await step(back, { to: 'DX_DECLINED', on: '2026-01-30', reason: 'FEAR' }),
      201,
    )
    now = bodyOf(await step(again, { to: 'CONTINUE', on: '2026-01-30' }), 201)
    expect(now.dueBy).toBe('2026-08-13')
    expect(
      (await step(now, { to: 'OUTCOME_RECORDED', on: '2026-08-12', outcome: 'HEALTHY_CHILD' })).body,
    ).toMatchObject({
      errors: [{ pointer: '/on', code: 'too-early-for-outcome' }],
    })
    const ended = bodyOf<PositiveCase>(
      await step(now, { to: 'OUTCOME_RECORDED', on: '2026-08-13', outcome: 'HEALTHY_CHILD' }),
      201,
    )
    expect(ended).toMatchObject({ state: 'OUTCOME_RECORDED', closedOn: '2026-08-13', next: [], dueBy: null })
    expect(ended.steps.filter(({ voidedAt }) => voidedAt)).toHaveLength(1)
  })

  test('stands on the worklist by the day of its next step', async () => {
    const { case: mine } = await room.highRisk()

    const overdue = bodyOf<Page<PositiveCaseRow>>(
      await clinic.clinician.get('/api/v1/screen-positives?overdue=true'),
      200,
    )

    expect(overdue.items.map(({ id }) => id)).toContain(mine.id)
    expect(
      bodyOf<Page<unknown>>(await clinic.neighbour.get('/api/v1/screen-positives?open=true'), 200).items,
    ).toEqual([])
  })

  test('leads to a diagnosis, whose karyotype is kept without what tells the fetus', async () => {
    const her = await room.highRisk()
    const base = {
      womanId: her.womanId,
      caseId: her.case.id,
      indications: ['HIGH_RISK'],
      offeredOn: '2026-08-12',
    }
    const young = await clinic.clinician.post('/api/v1/prenatal-diagnoses', {
      ...{ ...base, indications: ['AGE_35'], decision: 'UNDECIDED' },
    })
    expect(young.body).toMatchObject({ errors: [{ pointer: '/indications' }] })
    const offered = bodyOf<Diagnosis>(
      await clinic.clinician.post('/api/v1/prenatal-diagnoses', { ...base, decision: 'UNDECIDED' }),
      201,
    )
    const url = `/api/v1/prenatal-diagnoses/${offered.id}`
    const change = async (body: object, version: number) =>
      await clinic.clinician.patch(url, body, { ifMatch: version })
    const done = bodyOf<Diagnosis>(
      await change(
        { decision: 'AGREED', method: 'AMNIO', performedOn: '2026-08-13', tests: ['KARYOTYPE'] },
        offered.version,
      ),
      200,
    )
    expect(done).toMatchObject({ gestationDays: 133, inWindow: true })
    expect(
      (await change({ result: 'ABNORMAL', reportedOn: today, defectCodes: ['Q98.0'] }, done.version)).body,
    ).toMatchObject({
      errors: [{ pointer: '/groupIndication', code: 'group-needs-indication' }],
    })
    const found = bodyOf<Diagnosis>(
      await change(
        { result: 'ABNORMAL', reportedOn: today, defectCodes: ['Q90.9', 'Q54.1'], karyotype: '47,XY,+21' },
        done.version,
      ),
      200,
    )
    expect(found).toMatchObject({ karyotype: '47,+21', defectCodes: ['Q90.9', 'Q50-Q56'] })
    expect(await room.linkOf(her.womanId, 'DIAGNOSIS')).toMatchObject({ state: 'DONE', positive: today })
  })
})
