import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openOffice, type TestOffice } from '../../test/office.ts'
import type { Access } from '../access/access.ts'
import { Outdated } from '../access/standing.ts'
import { newId } from '../crypto/ids.ts'
import { systemAccess } from '../modules/accounts/index.ts'
import { foretelling } from './command.ts'
import { named } from './statements.ts'

let office: TestOffice
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const sha256 = (text: string) => createHash('sha256').update(text).digest()
const actorId = newId()

type Asked = { key?: string; body?: string; session?: 'stands' | 'revoked' }

function accessWith({ key = randomBytes(8).toString('hex'), body = 'a', session = 'stands' }: Asked): Access {
  const question = { name: 'session', text: `select 'stands'`, values: [] }
  return {
    ...{ ...systemAccess, county: 371121, prefixes: ['371121'], actorId },
    idempotency: { key, requestHash: sha256(body) },
    standing: { question, answer: [[session]], isConfirmed: false },
  }
}

const keptUnder = async ({ idempotency }: Access) =>
  await office.sql('select body from idempotency_keys where actor_id = $1 and key = $2', [
    actorId,
    idempotency!.key,
  ])

/** Asks as many questions before it answers as it is told to; what it writes is the answer under its key. */
async function answered(access: Access, answer: string, questions: number): Promise<string> {
  return await foretelling(office.db, access, async (tx) => {
    for (let place = 0; place < questions; place += 1)
      await tx.client.query(named(`select ${String(place)}`, []))
    return { result: answer, done: Promise.resolve() }
  })
}

describe.each([0, 1, 2])('an action that is foretold after %i questions', (questions) => {
  test('is answered the second time what it was answered the first', async () => {
    const key = `twice-${String(questions)}`

    const first = await answered(accessWith({ key }), 'first', questions)
    const second = await answered(accessWith({ key }), 'second', questions)

    expect([first, second]).toEqual(['first', 'first'])
  })

  test('refuses another body under its key', async () => {
    const key = `other-${String(questions)}`
    await answered(accessWith({ key }), 'first', questions)

    const other = answered(accessWith({ key, body: 'b' }), 'second', questions)

    await expect(other).rejects.toMatchObject({ code: 'idempotency-mismatch' })
  })

  test('knows afterwards that the session stood', async () => {
    const access = accessWith({})

    await answered(access, 'done', questions)

    expect(access.standing?.isConfirmed).toBe(true)
    expect(await keptUnder(access)).toEqual([{ body: '"done"' }])
  })

  test('of a session that was revoked writes nothing', async () => {
    const access = accessWith({ session: 'revoked' })

    await expect(answered(access, 'never', questions)).rejects.toThrow(Outdated)

    expect(access.standing?.isConfirmed).toBe(false)
    expect(await keptUnder(access)).toEqual([])
  })
})
