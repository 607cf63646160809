import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Person } from '@youyu/shared/population/persons'
import { runOpenJobs } from '../src/jobs/index.ts'
import { merging } from './at-once.ts'
import { elsewhere, expectClosed, file, openRegister } from './event-imports.ts'
import { look, otherVillage, peopleFile, village, type Loaded } from './imports.ts'
import type { Answer, Officer, TestOffice } from './office.ts'
import { bodyOf, idNumberFor, somebody } from './register.ts'

let office: TestOffice
let officer: Officer
beforeAll(async () => {
  ;({ office, officer } = await openRegister())
})
afterAll(() => office.close())

const places = { hukouDivision: village, residenceDivision: village }
const registered = async (given: object = {}) =>
  bodyOf<Person>(
    await officer.post('/api/v1/persons', somebody({ birthDate: '1995-04-05', ...places, ...given })),
    201,
  )

const waitedFor = async (count: number) =>
  vi.waitFor(async () => {
    const waiters = await office.sql(
      'select distinct pid from pg_locks where not granted and pid <> pg_backend_pid()',
    )
    expect(waiters).toHaveLength(count)
  }, 20_000)

/** An import that is stopped where it writes to a table, and what happens before it may go on. */
async function importing(
  { kind, rows, table, ...fields }: { kind: string; rows: string; table: string; onMatch?: string },
  meanwhile: () => Promise<void>,
): Promise<Loaded> {
  const holder = new pg.Client(office.url)
  await holder.connect()
  await holder.query(`begin; lock table ${table} in share mode`)
  const asked = { kind, ...fields }
  const answer = await officer.upload('/api/v1/imports', asked, { name: 'file.csv', content: rows })
  const loading = runOpenJobs(office.office)
  try {
    await waitedFor(1)
    await meanwhile()
  } finally {
    await holder.end()
    await loading
  }
  return await look(officer, (answer.body as Loaded).import)
}

const dies = (idNumber: string) =>
  file('身份证号,死亡日期,死亡地点,报告来源', `${idNumber},2024-02-03,家中,公安`)
const leaves = (idNumber: string) =>
  file(
    'idNumber,kind,date,fromDivision,toDivision,reason',
    `${idNumber},FLOW_OUT,2024-03-01,${village},${elsewhere},WORK`,
  )
const bears = (idNumber: string) => file('母亲身份证号,性别,出生日期', `${idNumber},女,2024-05-05`)

const naming: [kind: string, table: string, column: string, rows: (idNumber: string) => string][] = [
  ['births', 'births', 'mother_id', bears],
  ['moves', 'migration_events', 'person_id', leaves],
  ['deaths', 'deaths', 'person_id', dies],
]

test.each(naming)(
  'whom an import of %s names is merged away only after it',
  async (kind, table, column, rows) => {
    const idNumber = idNumberFor('1995-04-05', '2')
    const [kept, merged] = [await registered(), await registered({ idNumber })]
    let merge: Promise<Answer> | undefined

    // It waits before it ends, with all of it written.
    const { job } = await importing({ kind, rows: rows(idNumber), table: 'village_counts' }, async () => {
      merge = officer.post('/api/v1/person-merges', merging(kept, merged))
      await waitedFor(2)
    })

    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 1, rowsRejected: 0 })
    bodyOf(await merge!, 201)
    const named = await office.sql(
      `select ${column} as id from ${table} where ${column} = any($1::uuid[]) and voided_at is null`,
      [[kept.id, merged.id]],
    )
    expect(named).toEqual([{ id: kept.id }])
    await expectClosed(office)
  },
)

test('whom an import of births finds while she is merged away is found again', async () => {
  const idNumber = idNumberFor('1995-04-05', '2')
  const [kept, merged] = [await registered(), await registered({ idNumber })]
  const holder = new pg.Client(office.url)
  await holder.connect()
  // The merge has begun, and waits before it ends.
  await holder.query('begin; lock table village_counts in share mode')
  const merge = officer.post('/api/v1/person-merges', { ...merging(kept, merged), take: ['idNumber'] })
  await waitedFor(1)
  const asked = { name: 'file.csv', content: bears(idNumber) }
  const answer = await officer.upload('/api/v1/imports', { kind: 'births' }, asked)
  const loading = runOpenJobs(office.office)
  await waitedFor(2)
  await holder.end()
  bodyOf(await merge, 201)
  await loading
  await office.sql("update jobs set lease_until = null where state = 'queued'")
  await runOpenJobs(office.office)

  const { job } = await look(officer, (answer.body as Loaded).import)
  expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 1, rowsRejected: 0 })
  const named = await office.sql('select mother_id as id from births where mother_id = any($1::uuid[])', [
    [kept.id, merged.id],
  ])
  expect(named).toEqual([{ id: kept.id }])
  await expectClosed(office)
})

const changing: [kind: string, table: string, rows: (idNumber: string) => string][] = [
  ['moves', 'migration_events', leaves],
  ['deaths', 'deaths', dies],
  ['persons', 'person_facts', (idNumber) => peopleFile({ name: '张山', birthDate: '1995-04-05', idNumber })],
]

test.each(changing)(
  'whom an import of %s changes is moved only after it, and counted once',
  async (kind, table, rows) => {
    const idNumber = idNumberFor('1995-04-05', '2')
    const { id, version } = await registered({ idNumber })
    let move: Promise<Answer> | undefined

    const { job } = await importing(
      { kind, rows: rows(idNumber), table, ...(kind === 'persons' && { onMatch: 'overwrite' }) },
      async () => {
        move = officer.post(
          `/api/v1/persons/${id}/residence-episodes`,
          { divisionCode: otherVillage, from: '2023-03-10', status: '1' },
          { ifMatch: version },
        )
        await waitedFor(2)
      },
    )

    expect(job).toMatchObject({ state: 'succeeded', rowsRejected: 0 })
    // She was changed since the officer read her.
    expect((await move!).status).toBe(412)
    await expectClosed(office)
  },
)
