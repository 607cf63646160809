import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { OperatorLicence } from '@youyu/shared/contraception/operator-licences'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places } from '../../../../../test/register.ts'
import { choosing, insertion, licenseOperator } from '../../../../../test/visits.ts'

let office: TestOffice
let clinic: Clinic
let operator: OperatorLicence
let bureau: Officer
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  operator = await licenseOperator(office, clinic.station.id)
  bureau = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

const url = '/api/v1/encounters'
const recount = async () =>
  bodyOf<{ corrected: number }>(await bureau.post('/api/v1/care-recounts', { division: places.county }), 200)
const kept = async () => ({
  tallies: await office.sql(
    `select month::text, division_code, measure, item, tally from care_tallies where tally <> 0 order by 1, 2, 3, 4`,
  ),
  months: await office.sql(
    `select month::text, division_code, method, birth_year, in_union, started, ended from method_months where started <> 0 or ended <> 0 order by 1, 2, 3, 4, 5`,
  ),
  users: await office.sql(
    `select division_code, method, birth_year, in_union, users from method_users where users <> 0 order by 1, 2, 3, 4`,
  ),
})

/** Day after day of a clinic, drawn from a seed: whatever is recorded, corrected or voided in whatever order. */
async function work(seed: number, deeds: number): Promise<void> {
  let state = seed
  const draw = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const day = () => `2026-0${1 + draw(8)}-${String(1 + draw(20)).padStart(2, '0')}`
  const made: { clientId: string; id: string; isVoided: boolean }[] = []
  for (let index = 0; index < deeds; index += 1) {
    const isMan = draw(8) === 0
    const { id: clientId } = await clinic.woman(
      isMan ? { sex: '1', name: '王强' } : { maritalStatus: draw(2) ? '20' : '10' },
    )
    const on = day()
    const kind = draw(isMan ? 2 : 5)
    const body =
      kind === 0
        ? {
            clientId,
            occurredOn: on,
            choice: { ...choosing('M70'), decision: 'DEFER', chosenMethod: undefined },
          }
        : kind === 1
          ? {
              clientId,
              occurredOn: on,
              choice: choosing('M70'),
              episode: { do: 'START', method: 'M70', startedOn: on },
            }
          : insertion(clientId, on, operator.id)
    const { status, body: answer, text } = await clinic.clinician.post(url, body)
    if (status !== 201) throw new Error(`${JSON.stringify(body)} ${text}`)
    made.push({ clientId, id: (answer as RecordedEncounter).id, isVoided: false })
    const before = made[draw(made.length)]!
    if (before.isVoided) continue
    if (draw(4) === 0) {
      bodyOf(
        await clinic.clinician.post(`${url}/${before.id}/void`, { reason: '误录', withParts: draw(2) === 0 }),
        201,
      )
      before.isVoided = true
    } else if (draw(3) === 0) {
      const set = { place: 'HOME', occurredOn: '2026-03-03' }
      const now = bodyOf<{ id: string }>(
        await clinic.clinician.post(`${url}/${before.id}/corrections`, { set, reason: '核对' }),
        201,
      )
      before.id = now.id
    }
  }
}

describe('counting anew', () => {
  test.each([7, 20260820])('finds what was counted while it was recorded (seed %i)', async (seed) => {
    await work(seed, 14)
    const before = await kept()

    const { corrected } = await recount()

    expect(corrected).toBe(0)
    expect(await kept()).toEqual(before)
    expect(before.tallies.length).toBeGreaterThan(10)
    expect(before.users.length).toBeGreaterThan(0)
  })

  test('puts right what a load or a fault left wrong, and says how many', async () => {
    const before = await kept()
    await office.sql(`update care_tallies set tally = tally + 3 where measure = 'procedure' and item = 'P01'`)
    const [wrong] = await office.sql<{ n: number }>(
      `select count(*)::int as n from care_tallies where measure = 'procedure' and item = 'P01'`,
    )

    expect((await recount()).corrected).toBe(wrong!.n)
    expect(await kept()).toEqual(before)
  })

  test('is for the county’s office of maternal and child health, of its own county', async () => {
    const manager = await office.officer('county_manager', places.county)
    const far = await office.officer('county_mch', '370321000000')

    expect((await manager.post('/api/v1/care-recounts', { division: places.county })).status).toBe(403)
    expect((await clinic.clinician.post('/api/v1/care-recounts', { division: places.county })).status).toBe(
      403,
    )
    expect((await far.post('/api/v1/care-recounts', { division: places.county })).status).toBe(403)
    expect((await bureau.post('/api/v1/care-recounts', { division: places.street })).status).toBe(403)
  })
})
