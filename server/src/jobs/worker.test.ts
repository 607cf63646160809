import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openOffice, type Officer, type TestOffice } from '../../test/office.ts'
import { bodyOf } from '../../test/register.ts'
import { runOpenJobs, withoutWorker } from './index.ts'

let office: TestOffice
let planner: Officer
beforeAll(async () => {
  office = await openOffice({ WORKERS: 'on' })
  planner = await office.officer('county_mch', '371121000000')
})
afterAll(() => office.close())

const plan = async () => bodyOf<{ id: string }>(await planner.post('/api/v1/birth-defect-plans'), 202).id
const stateOf = async (id: string) =>
  bodyOf<{ state: string }>(await planner.get(`/api/v1/jobs/${id}`), 200).state

describe('a worker that stands aside', () => {
  test('leaves what is asked meanwhile to others, whatever wakes it', async () => {
    const worked = await withoutWorker(office.office, async () => {
      const states = []
      for (let asked = 0; asked < 3; asked += 1) {
        const id = await plan()
        states.push([await runOpenJobs(office.office), await stateOf(id)])
      }
      return states
    })

    expect(worked).toEqual(Array.from({ length: 3 }, () => [1, 'succeeded']))
  })

  test('takes what was left to it afterwards, also where the work failed', async () => {
    let id = ''
    const failing = withoutWorker(office.office, async () => {
      id = await plan()
      throw new Error('of the deed')
    })

    await expect(failing).rejects.toThrow('of the deed')

    await vi.waitFor(async () => expect(await stateOf(id)).toBe('succeeded'), 20_000)
  })
})
