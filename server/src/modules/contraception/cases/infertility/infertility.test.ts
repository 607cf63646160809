import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InfertilityCase, InfertilityCaseRow } from '@youyu/shared/contraception/cases'
import type { Page } from '@youyu/shared/values'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf } from '../../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'
const url = '/api/v1/infertility-cases'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

describe('an infertility file', () => {
  test('is complete with couple, duration, kind, semen analysis and diagnosis, and counted so', async () => {
    const woman = await clinic.woman()
    const man = await clinic.woman({ sex: '1', name: '赵刚' })
    const opened = bodyOf<InfertilityCase>(
      await clinic.clinician.post(url, { clientId: woman.id, openedOn: '2026-08-01', durationMonths: 30 }),
      201,
    )

    const filled = bodyOf<InfertilityCase>(
      await clinic.clinician.patch(
        `${url}/${opened.id}`,
        {
          ...{
            partnerId: man.id,
            kind: 'PRIMARY',
            icd10: 'N97.1',
            artReferredOn: today,
            artReferredTo: '市生殖中心',
          },
          tests: {
            semen: [{ on: '2026-08-05', concentrationMillionPerMl: 22, progressiveMotilityPercent: 40 }],
          },
        },
        { ifMatch: opened.version },
      ),
      200,
    )

    expect(opened).toMatchObject({ isComplete: false, hasPartner: false, tests: null })
    expect(filled).toMatchObject({
      isComplete: true,
      hasPartner: true,
      hasSemenAnalysis: true,
      kind: 'PRIMARY',
    })
    expect(filled.tests?.semen?.[0]).toMatchObject({ concentrationMillionPerMl: 22 })
    expect(
      await office.sql(
        `select item, tally from care_tallies where measure = 'infertility-case' order by item`,
      ),
    ).toEqual([
      { item: 'COMPLETE', tally: 1 },
      { item: 'OPENED', tally: 1 },
    ])
    const [row] = await office.sql<{ text: string }>(
      `select encode(tests_cipher, 'escape') as text from infertility_cases where id = $1`,
      [opened.id],
    )
    expect(row!.text).not.toContain('semen')
  })

  test('ends with an outcome and its day', async () => {
    const woman = await clinic.woman()
    const opened = bodyOf<InfertilityCase>(
      await clinic.clinician.post(url, { clientId: woman.id, openedOn: '2026-08-01' }, { key: 'file' }),
      201,
    )
    const change = (body: object) =>
      clinic.clinician.patch(`${url}/${opened.id}`, body, { ifMatch: opened.version })

    expect((await change({ outcome: 'PREGNANT' })).body).toMatchObject({ errors: [{ pointer: '/closedOn' }] })
    expect((await change({ partnerId: woman.id })).body).toMatchObject({
      errors: [{ pointer: '/partnerId' }],
    })
    expect((await change({ outcome: 'PREGNANT', closedOn: today })).body).toMatchObject({
      outcome: 'PREGNANT',
    })
    const open = bodyOf<Page<InfertilityCaseRow>>(await clinic.clinician.get(`${url}?isOpen=true`), 200).items
    expect(open.some(({ id }) => id === opened.id)).toBe(false)
  })

  test('is known to the facility that treats, and to nobody else', async () => {
    const { id } = await clinic.woman()
    const opened = bodyOf<InfertilityCase>(
      await clinic.clinician.post(url, { clientId: id, openedOn: today }),
      201,
    )

    expect((await clinic.neighbour.get(`${url}/${opened.id}`)).status).toBe(404)
    expect(bodyOf<Page<unknown>>(await clinic.neighbour.get(url), 200).items).toEqual([])
    expect((await clinic.clerk.get(`${url}/${opened.id}`)).status).toBe(403)
    expect((await clinic.clinician.post(url, { clientId: id, openedOn: '2027-01-01' })).body).toMatchObject({
      errors: [{ pointer: '/openedOn' }],
    })
  })
})
