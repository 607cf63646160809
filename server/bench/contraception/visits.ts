import { randomBytes } from 'node:crypto'
import { newId } from '../../src/crypto/ids.ts'
import { todayOf } from '../../src/office.ts'
import type { Installation, Running } from '../installation.ts'
import { compare, percentile, type Result } from '../measure.ts'
import { CENTRE, COUNTY } from './county.ts'
import { receive } from './dispensing.ts'

const AT_ONCE = 150
const WARM = 20
const DAY = todayOf(new Date())

type Servers = { ours: Running; bare: Running; keeper: Running; county: Running }
type Woman = { id: string }
type Kept = { table: string; rows: Record<string, unknown>[] }[]

const headersOf = (server: Running) => ({
  authorization: `Bearer ${server.token}`,
  'content-type': 'application/json',
  'idempotency-key': randomBytes(16).toString('hex'),
})

async function send(server: Running, path: string, body: unknown): Promise<{ id: string }> {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: headersOf(server),
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`${answer.status} for ${path}: ${text}`)
  return JSON.parse(text) as { id: string }
}

async function each(requests: readonly (() => Promise<unknown>)[]): Promise<number> {
  const measured: number[] = []
  for (const [index, run] of requests.entries()) {
    const began = performance.now()
    await run()
    if (index >= WARM) measured.push(performance.now() - began)
  }
  return percentile(measured, 0.5)
}

/** Tables of a save in the order of their references. */
const tables = [
  'care_clients',
  'encounters',
  'mec_screens',
  'informed_choices',
  'care_consents',
  'procedures',
  'method_episodes',
  'follow_up_tasks',
  'service_offers',
  'dispensings',
  'dispensing_clients',
  'supply_movements',
  'idempotency_keys',
  'access_log',
]

/** The rows that a transaction has put into tables, by the row of an encounter in it. */
async function rowsOf(installation: Installation, encounterId: string): Promise<Kept> {
  const kept: Kept = []
  for (const table of tables) {
    const found = await installation.sql(
      'large',
      `select to_jsonb(t) as row from ${table} t where xmin::text = (select xmin::text from encounters where county_code = ${COUNTY} and id = $1)`,
      [encounterId],
    )
    if (found.length > 0) kept.push({ table, rows: found.map(({ row }) => row as Record<string, unknown>) })
  }
  return kept
}

/** The same rows of another woman, with identifiers of their own. */
function copied(kept: Kept, former: string, woman: string): Kept {
  const ids = new Map<string, string>([[former, woman]])
  const own = new Set(
    kept.flatMap(({ rows }) => rows.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))),
  )
  const text = JSON.stringify(kept).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (found) => {
    if (!ids.has(found)) ids.set(found, own.has(found) ? newId() : found)
    return ids.get(found)!
  })
  const copy = JSON.parse(text) as Kept
  for (const { table, rows } of copy)
    for (const row of rows) if (table === 'idempotency_keys') row['key'] = newId()
  return copy
}

/**
 * One encounter whole (choice, screen, consent, insertion, episode, follow-up, condoms) against the bare rows of such a
 * save, one after the other.
 */
export async function encounterSave(
  installation: Installation,
  { ours, bare, keeper, county }: Servers,
  rounds: number,
): Promise<Result> {
  const [facility] = await installation.sql('large', 'select id from organisations where code = $1', [CENTRE])
  const operator = await send(county, '/api/v1/operator-licences', {
    ...{ organisationId: facility!['id'], name: '演示医师', certificateNumber: 'JS-BENCH' },
    ...{ validFrom: '2015-01-01', procedures: ['P01', 'P02'] },
  })
  const { storeId } = await receive(keeper, 1, 10_000_000)
  const women = (await installation.sql(
    'large',
    `select p.id from persons p where p.county_code = ${COUNTY} and p.sex = '2' and p.status = 'ACTIVE'
       and p.birth_date between '1988-01-01' and '2003-01-01'
       and not exists (select from method_episodes e where e.county_code = p.county_code and e.client_id = p.id)
     limit $1`,
    [rounds * 2 * AT_ONCE + 1],
  )) as Woman[]
  let next = 0
  const some = () => women.slice(next, (next += AT_ONCE))
  const visit = (clientId: string) => ({
    ...{ clientId, occurredOn: DAY },
    choice: {
      methodsExplained: ['M00', 'M30', 'M42', 'M70'],
      ...{
        effectivenessExplained: true,
        sideEffectsExplained: true,
        followUpExplained: true,
        stiProtection: true,
      },
      ...{ decision: 'ACCEPT', chosenMethod: 'M30', freeOfPressure: true, consentForm: 'SIGNATURE' },
    },
    screen: { answers: [], circumstances: { cavityDepthMillimetres: 72 } },
    consent: { kind: 'PROCEDURE', evidence: 'SIGNED' },
    procedure: {
      ...{
        do: 'PERFORM',
        type: 'P01',
        operatorId: operator.id,
        method: 'M30',
        deviceType: 'TCU380A',
        iudTiming: '01',
      },
    },
    dispense: [{ storeId, itemCode: 'YJ701', quantity: 10 }],
  })
  const first = women[next++]!.id
  const template = await rowsOf(installation, (await send(ours, '/api/v1/encounters', visit(first))).id)
  console.log(`  a save is ${template.map(({ table, rows }) => `${rows.length} ${table}`).join(', ')}`)
  return await compare({
    name: 'encounter-save',
    better: 'lower',
    goal: 3,
    unit: 'ms p50',
    rounds,
    ours: () =>
      each(
        some().map(
          ({ id }) =>
            () =>
              send(ours, '/api/v1/encounters', visit(id)),
        ),
      ),
    base: () =>
      each(
        some()
          .map(({ id }) => copied(template, first, id))
          .map((rows) => () => send(bare, '/rows', rows)),
      ),
  })
}
