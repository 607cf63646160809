import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Person } from '@youyu/shared/population/persons'
import { runOpenJobs } from '../src/jobs/index.ts'
import { merging } from './at-once.ts'
import { elsewhere, expectClosed, file, openRegister } from './event-imports.ts'
import { look, village, type Loaded } from './imports.ts'
import type { Answer, Officer, TestOffice } from './office.ts'
import { bodyOf, idNumberFor, somebody } from './register.ts'

let office: TestOffice
let officer: Officer
beforeAll(async () => {
  ;({ office, officer } = await openRegister())
})
afterAll(() => office.close())

const kinds: [kind: string, table: string, column: string, rows: (idNumber: string) => string][] = [
  [
    'births',
    'births',
    'mother_id',
    (idNumber) => file('母亲身份证号,性别,出生日期', `${idNumber},女,2024-05-05`),
  ],
  [
    'moves',
    'migration_events',
    'person_id',
    (idNumber) =>
      file(
        'idNumber,kind,date,fromDivision,toDivision,reason',
        `${idNumber},FLOW_OUT,2024-03-01,${village},${elsewhere},WORK`,
      ),
  ],
  [
    'deaths',
    'deaths',
    'person_id',
    (idNumber) => file('身份证号,死亡日期,死亡地点,报告来源', `${idNumber},2024-02-03,家中,公安`),
  ],
]

test.each(kinds)(
  'whom an import of %s names is merged away only after it',
  async (kind, table, column, rows) => {
    const registered = async (given: object = {}) => {
      const places = { hukouDivision: village, residenceDivision: village }
      return bodyOf<Person>(await officer.post('/api/v1/persons', somebody({ ...places, ...given })), 201)
    }
    const idNumber = idNumberFor('1995-04-05', '2')
    const [kept, merged] = [
      await registered({ birthDate: '1995-04-05' }),
      await registered({ birthDate: '1995-04-05', idNumber }),
    ]
    const counts = new pg.Client(office.url)
    await counts.connect()
    const waiting = async (count: number) =>
      vi.waitFor(async () => {
        const locks = await office.sql(
          'select distinct pid from pg_locks where not granted and pid <> pg_backend_pid()',
        )
        expect(locks).toHaveLength(count)
      }, 20_000)

    // The import waits before it ends, with all of it written.
    await counts.query('begin; lock table village_counts in share mode')
    const answer = await officer.upload(
      '/api/v1/imports',
      { kind },
      { name: 'file.csv', content: rows(idNumber) },
    )
    const loading = runOpenJobs(office.office)
    let merge: Promise<Answer> | undefined
    try {
      await waiting(1)
      merge = officer.post('/api/v1/person-merges', merging(kept, merged))
      await waiting(2)
    } finally {
      await counts.end()
      await loading
    }

    const { job } = await look(officer, (answer.body as Loaded).import)
    expect(job).toMatchObject({ state: 'succeeded', rowsAccepted: 1, rowsRejected: 0 })
    bodyOf(await merge, 201)
    const named = await office.sql(
      `select ${column} as id from ${table} where ${column} = any($1::uuid[]) and voided_at is null`,
      [[kept.id, merged.id]],
    )
    expect(named).toEqual([{ id: kept.id }])
    await expectClosed(office)
  },
)
