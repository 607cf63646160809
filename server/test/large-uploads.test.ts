import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '@youyu/shared/errors'
import { foundCounty } from './county.ts'
import { openOffice, type Officer, type TestOffice } from './office.ts'

const MEGABYTE = 1024 * 1024

let office: TestOffice
let officer: Officer
let port: number
beforeAll(async () => {
  office = await openOffice()
  const { county } = await foundCounty(office, '371121')
  officer = await office.officer('county_population', county)
  await office.app.listen({ host: '127.0.0.1', port: 0 })
  port = (office.app.server.address() as AddressInfo).port
})
afterAll(() => office.close())

/** A form whose file goes on for so many megabytes, none of which stands in memory. */
function* longForm(megabytes: number) {
  yield '--part\r\ncontent-disposition: form-data; name="kind"\r\n\r\npersons\r\n'
  yield '--part\r\ncontent-disposition: form-data; name="file"; filename="people.csv"\r\ncontent-type: text/csv\r\n\r\n'
  yield '姓名,性别,出生日期\n'
  const rows = Buffer.from('张三,1,1990-01-31\n'.repeat(Math.floor(MEGABYTE / 22)))
  for (let sent = 0; sent < megabytes * MEGABYTE; sent += rows.length) yield rows
  yield '\r\n--part--\r\n'
}

type Sent = { status: number; type: string | undefined; problem: Partial<Problem>; peak: number }

async function send(megabytes: number): Promise<Sent> {
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
  try {
    return await new Promise((resolve, reject) => {
      const upload = request(
        {
          ...{ port, method: 'POST', path: '/api/v1/imports', host: '127.0.0.1' },
          headers: {
            authorization: `Bearer ${officer.token}`,
            'content-type': 'multipart/form-data; boundary=part',
            'idempotency-key': `large-${megabytes}`,
          },
        },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
          response.on('end', () => {
            const problem = JSON.parse(text) as Partial<Problem>
            const { statusCode: status = 0, headers } = response
            resolve({ status, type: headers['content-type'], problem, peak })
          })
        },
      )
      upload.on('error', reject)
      Readable.from(longForm(megabytes)).pipe(upload)
    })
  } finally {
    clearInterval(watch)
  }
}

test('an upload of 200 MB is refused in the words of two languages, leaves no file behind and does not fill the memory', async () => {
  const before = process.memoryUsage().rss

  const { status, type, problem, peak } = await send(200)

  expect([status, problem.code]).toEqual([413, 'payload-too-large'])
  expect(type).toContain('application/problem+json')
  expect(problem.titles).toEqual({ 'zh-CN': expect.any(String), en: expect.any(String) })
  expect(peak - before).toBeLessThan(150 * MEGABYTE)
  expect(readdirSync(join(office.config.DATA_DIR, 'uploads'))).toEqual([])
  expect((await officer.get('/api/v1/persons')).status).toBe(200)
  expect(await office.sql('select count(*)::int as n from imports')).toEqual([{ n: 0 }])
})

test('what is packed is refused unopened, as a file and as a body', async () => {
  const packed = gzipSync(Buffer.alloc(64 * MEGABYTE))
  const workbook = Buffer.concat([Buffer.from('PK\u0003\u0004'), packed])
  const before = process.memoryUsage().rss

  const sent = [packed, workbook].map(async (content) => {
    const { status, body } = await officer.upload(
      '/api/v1/imports',
      { kind: 'persons' },
      { name: 'a.csv', content },
    )
    return [status, (body as Problem).code]
  })
  const body = await office.app.inject({
    ...{ method: 'POST', url: '/api/v1/persons', payload: packed },
    headers: {
      ...{ authorization: `Bearer ${officer.token}`, 'idempotency-key': 'packed' },
      ...{ 'content-type': 'application/json', 'content-encoding': 'gzip' },
    },
  })

  expect(await Promise.all(sent)).toEqual([
    [415, 'unsupported-media-type'],
    [415, 'unsupported-media-type'],
  ])
  expect([body.statusCode, body.json<Problem>().code]).toEqual([400, 'invalid-json'])
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * MEGABYTE)
})
