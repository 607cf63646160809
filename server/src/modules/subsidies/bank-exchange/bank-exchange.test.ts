import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BankInstruction } from '@youyu/shared/subsidies/bank-exchange'
import type { PaymentBatch } from '@youyu/shared/subsidies/payment-batches'
import { openCounter } from '../../../bank-simulator/counter.ts'
import { lookIntoFolder } from '../../../bank-simulator/folder.ts'
import { officerAt, openOffice, type Officer, type TestOffice } from '../../../../test/office.ts'
import {
  batchNow,
  beneficiariesOf,
  lockedBatch,
  now,
  openTreasury,
  stepped,
  type Treasury,
} from '../../../../test/payments.ts'
import { bodyOf, places } from '../../../../test/register.ts'
import { newId } from '../../../crypto/ids.ts'
import { claimWork } from './queries.ts'
import { runBankWork } from './worker.ts'

let office: TestOffice
let treasury: Treasury
let folder: string
let counter: Server
let bankClient: Officer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'youyu-bank-'))
  counter = openCounter({
    receive: (...asked) => treasury.bank.receive(...asked),
    returns: (batch) => treasury.bank.returns(batch),
    paid: () => treasury.bank.paid(),
  })
  counter.listen(0, '127.0.0.1')
  await once(counter, 'listening')
  const { port } = counter.address() as AddressInfo
  office = await openOffice({ BANK_FOLDER: folder, BANK_URL: `http://127.0.0.1:${port}` })
  treasury = await openTreasury(office)
  bankClient = await clientOf(office)
})
afterAll(async () => {
  counter.close()
  await office.close()
  await rm(folder, { recursive: true })
})

async function clientOf(at: TestOffice): Promise<Officer> {
  const { app } = at
  const admin = await at.officer('sys_admin', null)
  const { client, secret } = bodyOf<{ client: { id: string }; secret: string }>(
    await admin.post('/api/v1/api-clients', {
      ...{
        name: '农商银行',
        scopes: ['bank.exchange'],
        divisionPrefix: places.county.slice(0, 6),
        purposes: ['PAYMENT'],
      },
    }),
    201,
  )
  const form = { grant_type: 'client_credentials', client_id: client.id, client_secret: secret }
  const answer = await app.inject({
    ...{ method: 'POST', url: '/oauth/token', payload: new URLSearchParams(form).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const { access_token } = answer.json<{ access_token: string }>()
  return officerAt(app, 'bank', access_token)
}

async function approved(): Promise<PaymentBatch> {
  await beneficiariesOf(treasury, 3)
  return await stepped(treasury.finance, await lockedBatch(treasury), 'approval', {})
}
const sentBy = async (channel: string) =>
  await stepped(treasury.clerk, await approved(), 'submissions', { channel })
const later = (seconds: number) => office.setNow(new Date(now.getTime() + seconds * 1000))

describe('a batch on its way to the bank', () => {
  it('is fetched by the bank itself, accepted by its hash, and answered through the same door', async () => {
    const sent = await sentBy('API')
    await runBankWork(office.office)
    const { items } = bodyOf<{ items: BankInstruction[] }>(
      await bankClient.get('/api/v1/bank/instructions'),
      200,
    )
    const mine = items.find(({ number }) => number === sent.number)!
    const url = `/api/v1/bank/instructions/${sent.number}`
    const file = await bankClient.get(`${url}/file`)

    const wrong = await bankClient.post(`${url}/acceptance`, { sha256: '0'.repeat(64) })
    const accepted = await bankClient.post(`${url}/acceptance`, { sha256: mine.sha256, reference: 'BK1' })
    treasury.bank.receive(sent.number, Buffer.from(file.text))
    const [answer] = treasury.bank.returns(sent.number)
    const returned = await bankClient.upload(
      `${url}/returns`,
      {},
      { name: answer!.name, content: answer!.content },
    )

    expect(createHash('sha256').update(file.text).digest('hex')).toBe(mine.sha256)
    expect((wrong.body as { code: string }).code).toBe('bank-file-differs')
    expect(accepted.status).toBe(200)
    expect(bodyOf(returned, 201)).toMatchObject({ lines: 3, paid: { count: 3 } })
    expect((await bankClient.get('/api/v1/payment-batches')).status).toBe(403)
    expect((await treasury.clerk.get('/api/v1/bank/instructions')).status).toBe(403)
  })

  it('goes through the exchange folder, whole or not at all', async () => {
    const sent = await sentBy('FOLDER')
    await runBankWork(office.office)
    expect(await readdir(join(folder, 'out'))).toEqual([`${sent.number}.csv`])

    await lookIntoFolder(treasury.bank, folder, new Set())
    later(60)
    await runBankWork(office.office)

    expect(await batchNow(treasury, sent.id)).toMatchObject({ state: 'PARTIAL', paid: { count: 3 } })
    expect(await readdir(join(folder, 'in'))).toEqual([])
  })

  it('is pushed to the bank’s service, and once only however often it is tried', async () => {
    const sent = await sentBy('HTTP')
    await runBankWork(office.office)
    await office.sql(`update bank_submissions set state = 'WAITING' where batch_id = $1`, [sent.id])
    later(400)
    await runBankWork(office.office)
    later(800)
    await runBankWork(office.office)

    expect(await batchNow(treasury, sent.id)).toMatchObject({ state: 'PARTIAL', paid: { count: 3 } })
    const paid = [...treasury.bank.paid()].filter(([key]) => key.startsWith(sent.number))
    expect(paid.map(([, { times }]) => times)).toEqual([1, 1, 1])
  })

  it('is taken over from a process that has fallen silent, and its file is the same', async () => {
    const sent = await sentBy('API')
    const dead = newId()
    const held = await claimWork(office.db.statements, dead, office.office.now(), 30)
    expect(await runBankWork(office.office)).toBe(0)

    const at = office.office.now().getTime()
    office.setNow(new Date(at + 31_000))
    const worked = await runBankWork(office.office)

    expect(held).toBeDefined()
    expect(worked).toBeGreaterThan(0)
    expect((await batchNow(treasury, sent.id)).submission).toMatchObject({ state: 'WAITING', rows: 3 })
    const parts = await office.sql<{ plain: boolean }>(
      `select position('6217'::bytea in content_cipher) > 0 as plain from bank_file_parts p join bank_submissions s on s.id = p.file_id where s.batch_id = $1`,
      [sent.id],
    )
    expect(parts).toEqual([{ plain: false }])
  })

  it('is submitted once of a hundred times at once', async () => {
    const batch = await approved()
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        treasury.clerk.post(
          `/api/v1/payment-batches/${batch.id}/submissions`,
          { channel: 'FILE' },
          { ifMatch: batch.version, key: `send-${batch.id}` },
        ),
      ),
    )

    const good = answers.filter(({ status }) => status === 201)
    expect(new Set(good.map(({ text }) => text)).size).toBe(1)
    expect(answers.every(({ status }) => [201, 409].includes(status))).toBe(true)
    expect(await office.sql('select from bank_submissions where batch_id = $1', [batch.id])).toHaveLength(1)
  })
})
