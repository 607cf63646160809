import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChainSchedule } from '@youyu/shared/birth-defects/schedules'
import { chainsOf, linkOf, plan } from '../../../../../test/chains.ts'
import { openClinic, type Clinic } from '../../../../../test/clinic.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../../test/office.ts'
import { bodyOf, places } from '../../../../../test/register.ts'
import { runOpenJobs } from '../../../../jobs/index.ts'
import { workChainNight } from '../nights.ts'

let office: TestOffice
let clinic: Clinic
let [planner, other]: Officer[] = []
const today = '2026-08-20'

beforeAll(async () => {
  office = await openOffice()
  office.setNow(new Date(`${today}T09:00:00+08:00`))
  clinic = await openClinic(office)
  planner = await office.officer('county_mch', places.county)
  other = await office.officer('county_mch', places.county)
})
afterAll(() => office.close())

const schedules = async () =>
  bodyOf<{ items: ChainSchedule[] }>(await planner!.get('/api/v1/birth-defect-schedules'), 200).items
const wider = async (toDays: number) => {
  const current = (await schedules()).find(({ isCurrent }) => isCurrent)!
  const { link: _, ...item } = current.items.find((each) => each.item === 'EDUCATION')!
  return { effectiveFrom: today, reason: '本县试行', items: [{ ...item, toDays }] }
}
const decide = (officer: Officer, version: number, decision = 'IN_FORCE') =>
  officer.post(`/api/v1/birth-defect-schedules/${version}/decisions`, { decision })

describe('the windows of the chain', () => {
  test('come with their sources, the default first of all', async () => {
    const [only] = await schedules()

    expect(only).toMatchObject({ isDefault: true, isCurrent: true, version: 1 })
    expect(only!.items.every(({ source }) => source.length > 5)).toBe(true)
  })

  test('change by a draft that somebody else puts in force; then the county is planned anew, once', async () => {
    const { id } = await clinic.woman()
    bodyOf(
      await clinic.clinician.post('/api/v1/birth-defect-chains', {
        womanId: id,
        ground: 'PRECONCEPTION',
        on: today,
      }),
      201,
    )
    const windowTo = async () => linkOf((await chainsOf(clinic.clinician, id))[0], 'EDUCATION')?.windowTo
    const { version } = bodyOf<ChainSchedule>(
      await planner!.post('/api/v1/birth-defect-schedules', await wider(10)),
      201,
    )
    expect(await windowTo()).toBe('2026-11-18')

    const own = await decide(planner!, version)
    const done = await decide(other!, version)

    expect([own.status, (own.body as { code: string }).code, done.status]).toEqual([409, 'own-draft', 201])
    await runOpenJobs(office.office)
    expect(await windowTo()).toBe('2026-08-30')
    expect((await plan(office, today)).changed).toBe(0)
    expect((await decide(other!, version)).status).toBe(409)
    const back = bodyOf<ChainSchedule>(
      await planner!.post('/api/v1/birth-defect-schedules', await wider(90)),
      201,
    )
    expect((await decide(planner!, back.version, 'WITHDRAWN')).status).toBe(201)
  })

  test('say which field is wrong', async () => {
    const body = await wider(-1)

    const { status, body: problem } = await planner!.post('/api/v1/birth-defect-schedules', {
      ...{ ...body, effectiveFrom: '2026-08-19' },
    })

    expect(status).toBe(400)
    expect((problem as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual([
      '/effectiveFrom',
      '/items/0/toDays',
    ])
    expect((await clinic.clinician.post('/api/v1/birth-defect-schedules', body)).status).toBe(403)
  })

  test('are planned every night, once, and on demand as a job', async () => {
    const job = await planner!.post('/api/v1/birth-defect-plans')
    await runOpenJobs(office.office)
    const last = await planner!.get('/api/v1/birth-defect-plans')
    office.setNow(new Date('2026-08-21T09:00:00+08:00'))
    const nights = [await workChainNight(office.office), await workChainNight(office.office)]

    expect([nights, job.status]).toEqual([[1, 0], 202])
    expect(bodyOf<{ items: unknown[] }>(last, 200).items).toMatchObject([{ dayOn: today }])
  })
})
