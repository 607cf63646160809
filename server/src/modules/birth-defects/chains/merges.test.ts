import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonMerge } from '@youyu/shared/population/persons'
import { chainsOf, gaveBirth, linkOf, plan, stateOf, talliesAndRecount } from '../../../../test/chains.ts'
import { openClinic, type Clinic } from '../../../../test/clinic.ts'
import { openOffice, type TestOffice } from '../../../../test/office.ts'
import { bodyOf } from '../../../../test/register.ts'

let office: TestOffice
let clinic: Clinic
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
})
afterAll(() => office.close())

const open = async (womanId: string, officer = clinic.clinician) =>
  bodyOf<{ id: string }>(
    await officer.post('/api/v1/birth-defect-chains', { womanId, ground: 'PRECONCEPTION', on: today }),
    201,
  ).id
const say = async (chainId: string, item: string, event: string, officer = clinic.clinician) =>
  bodyOf(await officer.post(`/api/v1/birth-defect-chains/${chainId}/links`, { item, event, on: today }), 201)
const standing = () =>
  office.sql(
    `select c.woman_id, l.chain_id, l.item, l.subject_id, l.state, l.settled_on, l.drop_reason from chain_links l
     join chains c on c.county_code = l.county_code and c.id = l.chain_id order by 1, 2, 3, 4`,
  )
const merge = async (keepId: string, mergeId: string) =>
  bodyOf<PersonMerge>(
    await clinic.clerk.post('/api/v1/person-merges', { keepId, mergeId, reason: '同一人' }),
    201,
  )
const undo = async ({ id }: PersonMerge) =>
  bodyOf(await clinic.clerk.post(`/api/v1/person-merges/${id}/undo`, { reason: '弄错了' }), 201)
const countsStand = async () => {
  const [kept, counted] = await talliesAndRecount(office)
  expect(kept).toEqual(counted)
}

test('two open chains of one woman become one, with a decline of either, and two again', async () => {
  const [kept, merged] = [(await clinic.woman()).id, (await clinic.woman()).id]
  const [hers, other] = [await open(kept), await open(merged, clinic.neighbour)]
  await say(hers, 'EDUCATION', 'DONE')
  await say(other, 'TORCH', 'DECLINED', clinic.neighbour)
  const before = await standing()

  const done = await merge(kept, merged)

  const [chain, ...more] = await chainsOf(clinic.clinician, kept)
  expect(more).toEqual([])
  expect([chain!.id, stateOf(chain, 'EDUCATION'), stateOf(chain, 'TORCH')]).toEqual([
    hers,
    'DONE',
    'DECLINED',
  ])
  expect((await chainsOf(clinic.neighbour, kept))[0]?.id).toBe(hers)
  await countsStand()
  expect((await plan(office, today)).changed).toBe(0)
  await undo(done)
  expect(await standing()).toEqual(before)
  expect((await chainsOf(clinic.neighbour, kept)).length).toBe(0)
  await countsStand()
})

test('the chain of a mother follows her, and what was said of a child the child', async () => {
  const [kept, merged] = [
    (await clinic.woman({ residenceSince: '2015-01-01' })).id,
    (await clinic.woman({ residenceSince: '2015-01-01' })).id,
  ]
  const childId = await gaveBirth(clinic.clerk, merged, '2026-08-10', { facilityId: clinic.station.id })
  await plan(office, today)
  const [chain] = await chainsOf(clinic.clinician, merged)
  bodyOf(
    await clinic.clinician.post(`/api/v1/birth-defect-chains/${chain!.id}/links`, {
      ...{ item: 'HEARING', event: 'DECLINED', on: today, childId },
    }),
    201,
  )
  const before = await standing()

  const done = await merge(kept, merged)

  const [came] = await chainsOf(clinic.clinician, kept)
  expect([came?.id, linkOf(came, 'HEARING')?.state]).toEqual([chain!.id, 'DECLINED'])
  await countsStand()
  await undo(done)
  expect(await standing()).toEqual(before)
})
