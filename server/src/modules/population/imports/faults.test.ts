import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job } from '@youyu/shared/jobs'
import type { Import } from '@youyu/shared/population/imports'
import {
  load,
  loadDivisions,
  look,
  numberOf,
  peopleFile,
  personHeader,
  village,
} from '../../../../test/imports.ts'
import { openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import { buildApp } from '../../../app.ts'
import { readKeys } from '../../../crypto/keys.ts'
import { connect } from '../../../database/connect.ts'
import { runOpenJobs } from '../../../jobs/index.ts'

let office: TestOffice
let officer: Officer
beforeAll(async () => {
  office = await openOffice({ UPLOAD_MAX_BYTES: '3000000' })
  officer = await office.officer('county_population', '371121000000')
  await loadDivisions(office, officer)
})
afterAll(() => office.close())

const ROWS = 6000
const row = `张三,1,1990-01-31,,${village},${village},,,,`
const upload = (content: string | Buffer, fields: Record<string, string> = { kind: 'persons' }) =>
  officer.upload('/api/v1/imports', fields, { name: 'file.csv', content })
const stored = () => readdirSync(join(office.config.DATA_DIR, 'uploads'))
const many = (count: number, first = 1) =>
  peopleFile(
    ...Array.from({ length: count }, (_, index) => ({
      name: `人${first + index}`,
      birthDate: '1970-01-01',
      household: `H${Math.floor(index / 3)}`,
    })),
  )

describe('a file that cannot be a register', () => {
  test.each([
    ['empty', '', 422, 'unreadable-file'],
    ['a header only', `${personHeader}\n`, 422, 'unreadable-file'],
    ['a workbook', Buffer.from('PK\u0003\u0004 xl/workbook.xml'), 415, 'unsupported-media-type'],
    ['UTF-16', Buffer.from(`\ufeff${personHeader}\n${row}\n`, 'utf16le'), 422, 'unreadable-file'],
    ['with NUL bytes', `${personHeader}\n${row}\u0000\n`, 422, 'unreadable-file'],
    [
      'in no known encoding',
      Buffer.concat([Buffer.from(`${personHeader}\n`), Buffer.from([0xff, 0xfe, 0xff, 0x80])]),
      422,
      'unreadable-file',
    ],
    ['of one column of junk', 'x\ny\nz\n', 422, 'unknown-header'],
    [
      'naming a column twice',
      `name,name,sex,birthDate,hukouDivision\n张三,张三,1,1990-01-01,${village}\n`,
      422,
      'unknown-header',
    ],
    ['without a needed column', '姓名,性别\n张三,男\n', 422, 'unknown-header'],
    ['with an open quotation mark', `${personHeader}\n"张三,1,1990-01-31\n`, 422, 'unreadable-file'],
    ['beyond the limit', Buffer.alloc(3_500_000, 'a,b\n'), 413, 'payload-too-large'],
    ['of broken JSON', '{"name": "张三"\n', 422, 'unreadable-file'],
  ])('is refused when it is %s, and nothing of it stays', async (_, content, status, code) => {
    const answer = await upload(content)

    expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code])
    expect(stored()).toEqual([])
  })

  test('is refused when the request is not what it should be', async () => {
    expect((await upload(row, { kind: 'cats' })).status).toBe(400)
    expect((await upload(row, {})).status).toBe(400)
    expect((await upload(row, { kind: 'persons', colour: 'red' })).status).toBe(400)
    expect((await upload(row, { kind: 'persons', mapping: '{' })).status).toBe(400)
    expect((await officer.post('/api/v1/imports', { kind: 'persons' })).status).toBe(415)
    expect(stored()).toEqual([])
  })

  test('ends as a failed job that names the row, where the fault stands deep inside', async () => {
    const content = `${many(6000)}"开,1,1990-01-31\n`
    const people = await office.sql('select count(*)::int as n from persons')

    const { job } = await load(office, officer, { kind: 'persons' }, content)

    expect(job).toMatchObject({ state: 'failed', failure: { code: 'unreadable-file' } })
    expect(job.failure!.detail).toContain('6002')
    expect(await office.sql('select count(*)::int as n from persons')).toEqual(people)
    expect(stored()).toEqual([])
  })

  test('never breaks the server, whatever its bytes; every row read is accepted, matched or rejected', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '张三',
        '1',
        '1990-01-31',
        village,
        '"',
        '\\N',
        '\\.',
        "'; drop table persons",
        '\u202e',
        '😀',
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { maxLength: 12 }), { minLength: 1, maxLength: 8 }),
        async (rows) => {
          const content = [personHeader, ...rows.map((cells) => cells.join(','))].join('\n')
          const answer = await upload(content, { kind: 'persons', again: 'true' })
          if (answer.status !== 202) {
            expect(answer.status).toBeGreaterThanOrEqual(400)
            expect(answer.status).toBeLessThan(500)
            return
          }
          await runOpenJobs(office.office)
          const { import: loaded, job } = await look(officer, (answer.body as { import: Import }).import)
          expect(job.failure?.code).not.toBe('internal')
          expect(loaded.rowsAccepted + loaded.rowsRejected + loaded.rowsMatched).toBe(
            job.state === 'succeeded' ? loaded.rowsRead : 0,
          )
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('an upload', () => {
  test('keeps no identity number in the clear, and may name its fields after the file', async () => {
    const number = numberOf('1966-06-06', 31)
    const content = peopleFile({ name: '密', birthDate: '1966-06-06', idNumber: number })
    const part = (name: string, value: string) =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    const payload = `--b\r\ncontent-disposition: form-data; name="file"; filename="p.csv"\r\n\r\n${content}\r\n${part('kind', 'persons')}--b--\r\n`

    const answer = await office.app.inject({
      method: 'POST',
      url: '/api/v1/imports',
      payload,
      headers: {
        authorization: `Bearer ${officer.token}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
    })
    const [name] = stored()
    const bytes = readFileSync(join(office.config.DATA_DIR, 'uploads', name!))
    await runOpenJobs(office.office)

    expect(answer.statusCode).toBe(202)
    expect(answer.headers['location']).toBe(`/api/v1/jobs/${answer.json<{ job: Job }>().job.id}`)
    expect(bytes.includes(number)).toBe(false)
    expect(stored()).toEqual([])
  })

  test('with a key is answered again the second time, and refused with another file', async () => {
    const content = many(3, 700)
    const send = (file: string) =>
      officer.upload(
        '/api/v1/imports',
        { kind: 'persons' },
        { name: 'k.csv', content: file },
        { key: 'once' },
      )

    const first = await send(content)
    const second = await send(content)
    const other = await send(many(4, 800))
    await runOpenJobs(office.office)

    expect([first.status, second.status, other.status]).toEqual([202, 202, 422])
    expect(second.body).toEqual(first.body)
    expect(stored()).toEqual([])
  })
})

describe('a job', () => {
  test('that waits is cancelled at once, and a finished one cannot be', async () => {
    const { job } = (await upload(many(5, 900))).body as { job: Job }

    const cancelled = await officer.post(`/api/v1/jobs/${job.id}/cancellation`)
    const again = await officer.post(`/api/v1/jobs/${job.id}/cancellation`)

    expect([cancelled.status, (cancelled.body as Job).state]).toEqual([202, 'cancelled'])
    expect(again.status).toBe(409)
    expect(await runOpenJobs(office.office)).toBe(0)
  })

  test('that runs stops when it is cancelled, and nothing remains', async () => {
    const people = await office.sql(
      'select count(*)::int as n, (select count(*)::int from households) as h from persons',
    )
    const { job, import: started } = (await upload(many(30_000, 1000))).body as { job: Job; import: Import }
    const running = runOpenJobs(office.office)
    while (((await officer.get(`/api/v1/jobs/${job.id}`)).body as Job).rowsRead === 0) await pause(20)

    const cancelled = await officer.post(`/api/v1/jobs/${job.id}/cancellation`)
    await running

    expect(cancelled.status).toBe(202)
    expect((await look(officer, started)).job).toMatchObject({
      state: 'cancelled',
      rowsAccepted: 0,
      cancellable: false,
    })
    expect(
      await office.sql('select count(*)::int as n, (select count(*)::int from households) as h from persons'),
    ).toEqual(people)
    expect(stored()).toEqual([])
  })

  test('is told as events, and is nobody else’s to see', async () => {
    const { job } = await load(office, officer, { kind: 'persons' }, many(4, 1100))
    const stranger = await office.officer('county_population', '371121000000')

    const events = await officer.get(`/api/v1/jobs/${job.id}/events`)

    expect(events.headers['content-type']).toContain('text/event-stream')
    expect(events.text).toMatch(/^event: job\n/)
    expect(JSON.parse(/^data: (.*)$/m.exec(events.text)![1]!)).toEqual(job)
    expect((await stranger.get(`/api/v1/jobs/${job.id}`)).status).toBe(404)
    expect((await stranger.get(`/api/v1/jobs/${job.id}/events`)).status).toBe(404)
    expect((await stranger.post(`/api/v1/jobs/${job.id}/cancellation`)).status).toBe(404)
    expect(((await officer.get('/api/v1/jobs?limit=1')).body as { items: Job[] }).items[0]!.id).toBe(job.id)
  })

  test('whose server is asked to end is put back, and finished by the next one', async () => {
    const [{ n: before }] = (await office.sql('select count(*)::int as n from persons')) as [{ n: number }]
    const { job, import: started } = (await upload(many(ROWS, 50_000))).body as { job: Job; import: Import }
    const progress = async () => (await officer.get(`/api/v1/jobs/${job.id}`)).body as Job
    const ending = await anotherServer()
    await ending.open()
    while ((await progress()).rowsRead === 0) await pause(20)
    await ending.close()

    const meanwhile = await progress()
    const [{ n: between }] = (await office.sql('select count(*)::int as n from persons')) as [{ n: number }]
    const next = await anotherServer()
    await next.open()
    while (['queued', 'running'].includes((await progress()).state)) await pause(50)
    await next.close()

    expect([meanwhile.state, meanwhile.rowsRead, between]).toEqual(['queued', 0, before])
    expect((await look(officer, started)).job).toMatchObject({ state: 'succeeded', rowsAccepted: ROWS })
    expect(await office.sql('select count(*)::int as n from persons')).toEqual([{ n: before + ROWS }])
  }, 90_000)

  test('whose process is killed is finished by another one, no row lost or doubled', async () => {
    const [{ n: before }] = (await office.sql('select count(*)::int as n from persons')) as [{ n: number }]
    const { job, import: started } = (await upload(many(ROWS, 5000))).body as { job: Job; import: Import }
    const worker = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../../../test/worker.ts'), office.url, office.config.DATA_DIR],
      { stdio: 'ignore' },
    )
    while (((await officer.get(`/api/v1/jobs/${job.id}`)).body as Job).state === 'queued') await pause(20)
    await killed(worker)

    const meanwhile = await officer.get(`/api/v1/jobs/${job.id}`)
    const [{ n: between }] = (await office.sql('select count(*)::int as n from persons')) as [{ n: number }]
    await office.sql(`update jobs set lease_until = now() - interval '1 second' where id = $1`, [job.id])
    await runOpenJobs(office.office)

    expect((meanwhile.body as Job).state).toBe('running')
    expect(between).toBe(before)
    expect((await look(officer, started)).job).toMatchObject({
      state: 'succeeded',
      rowsRead: ROWS,
      rowsAccepted: ROWS,
    })
    expect(await office.sql('select count(*)::int as n from persons')).toEqual([{ n: before + ROWS }])
  }, 90_000)
})

/** The same office with a worker, as another process of it would be. */
async function anotherServer() {
  const { config, url } = office
  const db = connect(url, { poolSize: 4, onError: () => undefined })
  const { app } = await buildApp({
    ...{ config: { ...config, WORKERS: true }, db, keys: readKeys(config) },
    log: pino({ level: 'silent' }),
  })
  return {
    open: () => app.ready(),
    async close() {
      await app.close()
      await db.close()
    },
  }
}

async function killed(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}
