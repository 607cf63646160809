import { readFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job } from '@youyu/shared/jobs'
import type { Import } from '@youyu/shared/population/imports'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { divisionsOfCounty } from '../../../generator/index.ts'
import { writeCounty } from '../../../generator/writing.ts'
import { runOpenJobs } from '../../../jobs/index.ts'

type Expected = { row: number; column: string; defect: string; outcome: 'rejected' | 'finding' | 'normalised' | 'kept-as-text' }

let office: TestOffice
let officer: Officer
let out: string
const county = '371121'

export async function load(office: TestOffice, officer: Officer, fields: Record<string, string>, content: string | Buffer, name = 'file.csv'): Promise<{ import: Import; job: Job }> {
  const answer = await officer.upload('/api/v1/imports', fields, { name, content })
  expect(answer.status, answer.text).toBe(202)
  await runOpenJobs(office.office)
  const { import: started } = answer.body as { import: Import }
  const [finished, job] = await Promise.all([officer.get(`/api/v1/imports/${started.id}`), officer.get(`/api/v1/jobs/${started.jobId}`)])
  return { import: finished.body as Import, job: job.body as Job }
}

beforeAll(async () => {
  office = await openOffice()
  officer = await office.officer('county_population', '371121000000')
  out = mkdtempSync(join(tmpdir(), 'youyu-import-'))
  const divisions = await divisionsOfCounty(county)
  await writeCounty({ county, divisions, persons: 3000, seed: 7, asOf: '2026-10-31' } as never, { out, encoding: 'utf-8', header: 'zh', errors: 0.05, legacy: true })
})
afterAll(() => office.close())

describe('a county', () => {
  test('loads its divisions', async () => {
    const { import: loaded, job } = await load(office, officer, { kind: 'divisions' }, readFileSync(join(out, 'divisions.csv')))
    console.log(loaded, job)
    expect(job.state).toBe('succeeded')
  })
  test('loads its people', async () => {
    const { import: loaded, job } = await load(office, officer, { kind: 'persons' }, readFileSync(join(out, 'persons.csv')))
    console.log(loaded, job)
    expect(job.state).toBe('succeeded')
    const expected = JSON.parse(readFileSync(join(out, 'errors-expected.json'), 'utf8')) as Expected[]
    const rejected = expected.filter(({ outcome }) => outcome === 'rejected')
    const { body } = await officer.get(`/api/v1/imports/${loaded.id}/errors?limit=200`)
    console.log(rejected.length, JSON.stringify((body as { items: unknown[] }).items.slice(0, 10)))
    console.log(await office.sql('select sum(residents) r, sum(registered) g, sum(households) h, sum(male) m, sum(female) f from village_counts'), await office.sql('select count(*), count(household_id) from persons'), await office.sql('select count(*), count(head_person_id) from households'), await office.sql('select count(*) from household_members'))
    const file = await officer.get(`/api/v1/imports/${loaded.id}/errors.csv`)
    console.log(file.text.split('\n').slice(0, 4))
  })
  test('loads its households', async () => {
    const { import: loaded, job } = await load(office, officer, { kind: 'households' }, readFileSync(join(out, 'households.csv')))
    console.log(loaded, job)
  })
})
