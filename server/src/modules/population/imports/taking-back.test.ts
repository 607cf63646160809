import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { load, loadDivisions, numberOf, peopleFile, village } from '../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'

let office: TestOffice
let officer: Officer
const lines: string[] = []
/** What connections of imports are asked, in the order in which it is sent. */
let asked: string[] = []

const mother = numberOf('1995-03-02', 22)
/** More than one chunk, so that the first is being written while the rest is read. */
const people = peopleFile(
  ...Array.from({ length: 20_400 }, (_, index) => ({ name: `人${index}`, birthDate: '1970-01-01' })),
)
const births = (count: number) =>
  [
    '母亲身份证号,性别,出生日期',
    ...Array.from({ length: count }, (_, day) => {
      const occurredOn = new Date(Date.UTC(1930, 0, 1 + day)).toISOString().slice(0, 10)
      return `${mother},女,${occurredOn}`
    }),
    '',
  ].join('\n')

beforeAll(async () => {
  office = await openOffice({ LOG_LEVEL: 'warn' }, { log: { write: (line) => lines.push(line) } })
  office.db.streams.on('connect', record)
  officer = await office.officer('county_population', '371121000000')
  await loadDivisions(office, officer)
  const woman = { name: '李梅', sex: '2', birthDate: '1995-03-02', idNumber: mother }
  await load(office, officer, { kind: 'persons' }, peopleFile(woman))
})
afterAll(() => office.close())

function record(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...given: unknown[]) => unknown
  client.query = ((...given: unknown[]) => {
    const [statement] = given
    asked.push(typeof statement === 'string' ? statement : (statement as { text: string }).text)
    return send(...given)
  }) as typeof client.query
}

describe('a file that cannot be read on', () => {
  test.each([
    ['persons', people, `"开,1,1990-01-31,,${village}\n`],
    ['births', births(10_600), `"${mother},女\n`],
  ])(
    'of %s is taken back when the chunk under way is written, and nothing is asked after it',
    async (kind, sound, broken) => {
      asked = []

      const { job } = await load(office, officer, { kind }, sound + broken)

      expect(job).toMatchObject({ state: 'failed', failure: { code: 'unreadable-file' } })
      expect(asked.length).toBeGreaterThan(1)
      expect(asked.indexOf('rollback')).toBe(asked.length - 1)
    },
  )
})

describe('a file of events', () => {
  test('is loaded without a look ahead where no other connection can be had, and the log says so once', async () => {
    const { streams } = office.db
    const connect = streams.connect.bind(streams)
    let taken = 0
    streams.connect = (() => {
      taken += 1
      return taken === 1 ? connect() : Promise.reject(new Error(`no connection for ${mother}`))
    }) as typeof streams.connect

    const { job } = await load(office, officer, { kind: 'births' }, births(30_100))
    streams.connect = connect

    expect(job).toMatchObject({ state: 'succeeded', rowsRead: 30_100 })
    expect(taken).toBe(2)
    expect(lines.filter((line) => line.includes('could not look ahead'))).toHaveLength(1)
    expect(lines.join()).not.toContain(mother)
  })
})
