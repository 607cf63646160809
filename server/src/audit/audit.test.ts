import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccessEntry } from '@youyu/shared/audit'
import type { Page } from '@youyu/shared/values'
import { openOffice, type Officer, type TestOffice } from '../../test/office.ts'
import { readKeys } from '../crypto/keys.ts'
import { sealEntries, verifyLog } from './index.ts'
import type { Heads } from './heads.ts'

let office: TestOffice
let auditor: Officer
beforeAll(async () => {
  office = await openOffice()
  auditor = await office.officer('security_auditor', '371121000000')
})
afterAll(() => office.close())

const person = '01900000-0000-7000-8000-000000000001'

async function enter(changes: Record<string, unknown> = {}): Promise<string> {
  const entry = {
    county_code: 371121,
    id: crypto.randomUUID(),
    at: new Date(),
    actor_kind: 'system',
    action: 'view',
    entity: 'person',
    entity_id: person,
    division_code: '371121001001',
    result: 'allowed',
    ...changes,
  }
  const columns = Object.keys(entry)
  await office.sql(
    `insert into access_log (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(entry),
  )
  return entry.id
}

describe('the access log', () => {
  test('is read inside the area, newest first and filtered', async () => {
    await enter({ id: '01900000-0000-7000-8000-0000000000a1' })
    await enter({
      id: '01900000-0000-7000-8000-0000000000a2',
      action: 'reveal',
      purpose: 'REGISTER',
      reason: '核对',
    })
    await enter({ county_code: 370321, division_code: '370321000000' })
    const list = async (query: string) =>
      (await auditor.get(`/api/v1/access-log?${query}`)).body as Page<AccessEntry>

    const first = await list(`entityId=${person}&limit=1`)
    const second = await list(`entityId=${person}&limit=1&cursor=${first.nextCursor}`)

    expect(first.items).toMatchObject([
      { id: '01900000-0000-7000-8000-0000000000a2', action: 'reveal', actor: '系统', sealed: false },
    ])
    expect(second.items).toMatchObject([{ id: '01900000-0000-7000-8000-0000000000a1' }])
    expect(second.nextCursor).toBeNull()
    expect((await list('action=reveal')).items).toHaveLength(1)
    expect((await list('division=370321000000')).items).toEqual([])
    expect(
      (await list(`actor=${auditor.username}`)).items.every(({ actor }) => actor.includes(auditor.username)),
    ).toBe(true)
  })

  test('needs the permission and names an unknown filter', async () => {
    const officer = await office.officer('county_population', '371121000000')

    expect((await officer.get('/api/v1/access-log')).status).toBe(403)
    expect((await auditor.get('/api/v1/access-log?who=me')).body).toMatchObject({
      errors: [{ pointer: '?who', code: 'unknown-field' }],
    })
  })

  test('says who looked at a person, to those who may see the person', async () => {
    await office.sql(
      `insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division,
         residence_division, residence_status, status, source, recorded_at, updated_at, version)
       values (371121, $1, '测试', 'ceshi', 'cs', '1', '1990-01-01', 'DAY', '01', '371121001001', '371121001001', '1', 'ACTIVE', 'MANUAL', now(), now(), 1)`,
      [person],
    )
    const officer = await office.officer('county_population', '371121000000')
    const foreigner = await office.officer('county_population', '370321000000')

    const { body } = await officer.get(`/api/v1/persons/${person}/access-log`)

    expect((body as Page<AccessEntry>).items.map(({ action }) => action)).toEqual(['reveal', 'view'])
    expect((await foreigner.get(`/api/v1/persons/${person}/access-log`)).status).toBe(404)
  })
})

describe('a seal', () => {
  const tampering: [string, (round: number) => string][] = [
    [
      'an entry changed',
      (round) =>
        `update access_log set ${['action', 'entity', 'result', 'actor_kind', 'division_code'][round % 5]} = 'refused' where id = $1`,
    ],
    [
      'the moment of an entry changed',
      () => `update access_log set at = at + interval '1 microsecond' where id = $1`,
    ],
    ['the rows of an entry changed', () => `update access_log set rows = rows + 1 where id = $1`],
    ['an entry deleted', () => `delete from access_log where id = $1`],
    [
      'an entry deleted with its row under the seal',
      () =>
        `with e as (delete from access_log where id = $1) delete from access_seal_rows where entry_id = $1`,
    ],
    ['a row under the seal deleted', () => `delete from access_seal_rows where entry_id = $1`],
    [
      'a row moved to another place',
      () => `update access_seal_rows set position = position + 100 where entry_id = $1`,
    ],
    [
      'a row hash changed',
      () => `update access_seal_rows set row_hash = sha256(row_hash) where entry_id = $1`,
    ],
    [
      'an entry put in afterwards',
      () =>
        `insert into access_log select county_code, gen_random_uuid(), at - interval '1 day', actor_id, actor_kind, role, action, entity, entity_id, division_code, fields, purpose, reason, rows, result, address, request_id from access_log where id = $1`,
    ],
    [
      'a seal deleted',
      () =>
        `delete from access_seals s using access_seal_rows r where r.entry_id = $1 and s.county_code = r.county_code and s.sequence = r.sequence`,
    ],
    [
      'a seal deleted with all under it',
      () =>
        `with r as (select county_code, sequence from access_seal_rows where entry_id = $1), s as (delete from access_seals s using r where s.county_code = r.county_code and s.sequence = r.sequence), l as (delete from access_log l using access_seal_rows a, r where a.county_code = r.county_code and a.sequence = r.sequence and l.county_code = a.county_code and l.id = a.entry_id) delete from access_seal_rows a using r where a.county_code = r.county_code and a.sequence = r.sequence`,
    ],
    [
      'a seal dated back',
      () =>
        `update access_seals s set sealed_at = sealed_at - interval '1 hour' from access_seal_rows r where r.entry_id = $1 and s.county_code = r.county_code and s.sequence = r.sequence`,
    ],
    [
      'a root changed',
      () =>
        `update access_seals s set root = sha256(root) from access_seal_rows r where r.entry_id = $1 and s.county_code = r.county_code and s.sequence = r.sequence`,
    ],
    [
      'a signature changed',
      () =>
        `update access_seals s set signature = sha512(signature) from access_seal_rows r where r.entry_id = $1 and s.county_code = r.county_code and s.sequence = r.sequence`,
    ],
  ]

  test('covers entries of an earlier id that were committed later', async () => {
    const key = readKeys(office.config).auditSigningKey
    await sealEntries(office.db.owner, key, new Date())
    const late = await enter({ id: '01900000-0000-7000-8000-000000000000' })

    const { entries } = await sealEntries(office.db.owner, key, new Date())

    expect(entries).toBe(1)
    expect(
      await office.sql('select sequence from access_seal_rows where entry_id = $1', [late]),
    ).toHaveLength(1)
    expect(await verifyLog(office.db.owner, [createPublicKey(key)])).toMatchObject({ waiting: 0, faults: [] })
  })

  test('shows every one of a hundred tamperings by a superuser', async () => {
    const key = readKeys(office.config).auditSigningKey
    const publicKey = createPublicKey(key)
    let heads: Heads = {}
    const ids: string[][] = []
    for (let seal = 0; seal < 5; seal += 1) {
      ids.push(await Promise.all([enter(), enter(), enter()]))
      heads = { ...heads, ...(await sealEntries(office.db.owner, key, new Date())).heads }
    }
    expect((await verifyLog(office.db.owner, [publicKey], heads)).faults).toEqual([])
    const client = await office.db.owner.connect()
    const seen: string[] = []

    for (let round = 0; round < 100; round += 1) {
      const [kind, statement] = tampering[round % tampering.length]!
      const id = ids[round % 5]![round % 3]!
      await client.query('begin')
      const { rowCount } = await client.query(statement(round), [id])
      const inside = { query: client.query.bind(client) } as unknown as typeof office.db.owner
      const { faults } = await verifyLog(inside, [publicKey], heads)
      await client.query('rollback')
      if (rowCount && faults.length > 0) seen.push(kind)
    }
    client.release()

    expect(seen).toHaveLength(100)
    expect((await verifyLog(office.db.owner, [publicKey], heads)).faults).toEqual([])
  })

  test('of another key is not believed', async () => {
    const stranger = generateKeyPairSync('ed25519').publicKey

    const { faults } = await verifyLog(office.db.owner, [stranger])

    expect(faults[0]).toMatchObject({ kind: 'key-unknown' })
  })

  test('cannot be written by the application', async () => {
    await expect(office.db.pool.query('delete from access_seals')).rejects.toThrow(/permission denied/)
    await expect(office.db.pool.query(`update access_log set reason = ''`)).rejects.toThrow(
      /permission denied/,
    )
  })
})
