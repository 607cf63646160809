import { expect } from 'vitest'
import type { Job } from '@youyu/shared/jobs'
import type { Import, ImportError } from '@youyu/shared/population/imports'
import { checkCharacter } from '@youyu/shared/population/identity-number'
import { runOpenJobs } from '../src/jobs/index.ts'
import type { Officer, TestOffice } from './office.ts'

export const village = '371121001001'
export const otherVillage = '371121100201'
const elsewhere = '370102000000'

const divisions = `code,name,level,parent_code
370000000000,山东省,1,
371100000000,日照市,2,370000000000
371121000000,五莲县,3,371100000000
371121001000,洪凝街道,4,371121000000
${village},洪凝社区居委会,5,371121001000
371121100000,街头镇,4,371121000000
${otherVillage},王家村,5,371121100000
370100000000,济南市,2,370000000000
${elsewhere},历下区,3,370100000000
`

export type Loaded = { import: Import; job: Job }
type Content = string | Buffer

/** Uploads a file, lets the work be done, and answers what became of it. */
export async function load(
  at: TestOffice,
  officer: Officer,
  fields: Record<string, string>,
  content: Content,
  name = 'file.csv',
): Promise<Loaded> {
  const answer = await officer.upload('/api/v1/imports', fields, { name, content })
  expect(answer.status, answer.text).toBe(202)
  await runOpenJobs(at.office)
  return await look(officer, (answer.body as Loaded).import)
}

export async function look(officer: Officer, { id, jobId }: Pick<Import, 'id' | 'jobId'>): Promise<Loaded> {
  const [kept, job] = [await officer.get(`/api/v1/imports/${id}`), await officer.get(`/api/v1/jobs/${jobId}`)]
  return { import: kept.body, job: job.body }
}

export async function errorsOf(officer: Officer, { id }: Pick<Import, 'id'>): Promise<ImportError[]> {
  const { body } = await officer.get(`/api/v1/imports/${id}/errors?limit=200`)
  return (body as { items: ImportError[] }).items
}

export async function loadDivisions(at: TestOffice, officer: Officer): Promise<void> {
  const { job } = await load(at, officer, { kind: 'divisions' }, divisions, 'divisions.csv')
  expect(job).toMatchObject({ state: 'succeeded', rowsRead: 9, rowsAccepted: 9, rowsRejected: 0 })
}

/** A synthetic number of a woman or a man born on a day: 99 belongs to no province. */
export function numberOf(birthDate: string, sequence: number): string {
  const digits = `991121${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return digits + checkCharacter(digits)
}

export const personHeader =
  'name,sex,birthDate,idNumber,hukouDivision,residenceDivision,householdNumber,relationToHead,phone,address'

/** A file of people: each row a list of the cells that matter, the rest as usual. */
export function peopleFile(
  ...rows: {
    name?: string
    sex?: string
    birthDate?: string
    idNumber?: string
    hukou?: string
    residence?: string
    household?: string
    relation?: string
    phone?: string
    address?: string
  }[]
): string {
  const lines = rows.map(
    ({
      name = '张三',
      sex = '1',
      birthDate = '1990-01-31',
      idNumber = '',
      hukou = village,
      residence = village,
      household = '',
      relation = '',
      phone = '',
      address = '',
    }) => [name, sex, birthDate, idNumber, hukou, residence, household, relation, phone, address].join(','),
  )
  return [personHeader, ...lines, ''].join('\n')
}
