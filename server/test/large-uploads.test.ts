import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

type Sent = { status: number; code: string | undefined; peak: number }

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
            const { code } = JSON.parse(text) as { code?: string }
            resolve({ status: response.statusCode ?? 0, code, peak })
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

test('an upload of 200 MB is refused in words, leaves no file behind and does not fill the memory', async () => {
  const before = process.memoryUsage().rss

  const { status, code, peak } = await send(200)

  expect([status, code]).toEqual([413, 'payload-too-large'])
  expect(peak - before).toBeLessThan(150 * MEGABYTE)
  expect(readdirSync(join(office.config.DATA_DIR, 'uploads'))).toEqual([])
  expect((await officer.get('/api/v1/persons')).status).toBe(200)
  expect(await office.sql('select count(*)::int as n from imports')).toEqual([{ n: 0 }])
})
