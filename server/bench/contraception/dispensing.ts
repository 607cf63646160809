import { randomBytes } from 'node:crypto'
import { todayOf } from '../../src/office.ts'
import type { Running } from '../installation.ts'
import { load } from '../load.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

const CONDOMS = 'YJ701'
/** Handed out as it is entered: a late entry also has to look for days without stock. */
const DAY = todayOf(new Date())

async function post(server: Running, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/json',
      'idempotency-key': randomBytes(16).toString('hex'),
    },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`${answer.status} for ${path}: ${text}`)
  return JSON.parse(text) as Record<string, unknown>
}

/** A store with some lots, each of so many pieces. */
export async function receive(
  keeper: Running,
  lots: number,
  quantity: number,
): Promise<{ storeId: string; lotIds: string[] }> {
  const store = await post(keeper, '/api/v1/supply-stores', {
    ...{ name: `药具库 ${randomBytes(4).toString('hex')}`, kind: 'OUTLET', divisionCode: `${COUNTY}000000` },
    openedOn: '2020-01-01',
  })
  const storeId = store['id'] as string
  const lotIds: string[] = []
  for (let lot = 0; lot < lots; lot += 1) {
    const { movements } = await post(keeper, '/api/v1/supply-receipts', {
      ...{ storeId, occurredOn: '2026-09-01' },
      lines: [
        {
          ...{ itemCode: CONDOMS, lotNumber: `B${randomBytes(4).toString('hex')}`, expiresOn: '2030-12-31' },
          quantity,
        },
      ],
    })
    lotIds.push((movements as { lotId: string }[])[0]!.lotId)
  }
  return { storeId, lotIds }
}

/** Dispensings a second by fifty at once: all from one lot, against each from a lot of her own. */
export async function dispenseContended(keeper: Running, rounds: number): Promise<Result> {
  const { storeId, lotIds } = await receive(keeper, 50, 10_000_000)
  let count = 0
  const handOut = (lots: readonly string[]) => () => {
    count += 1
    return {
      method: 'POST' as const,
      path: '/api/v1/dispensings',
      headers: { 'idempotency-key': randomBytes(16).toString('hex') },
      body: JSON.stringify({
        ...{ storeId, itemCode: CONDOMS, quantity: 1, occurredOn: DAY },
        lotId: lots[count % lots.length],
      }),
    }
  }
  return await compare({
    name: 'dispense-contended',
    better: 'higher',
    goal: 0.3,
    unit: 'dispensings/s',
    rounds,
    ours: () => load(keeper, handOut(lotIds.slice(0, 1))),
    base: () => load(keeper, handOut(lotIds)),
  })
}
