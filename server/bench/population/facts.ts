import { randomBytes } from 'node:crypto'
import type { Installation, Running } from '../installation.ts'
import { compare, percentile, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

const AT_ONCE = 300
/** A server in service has recorded thousands: its code is compiled. */
const BEFORE = 1000
/** As most births are told: within days, so that none is found to be late. */
const DAY = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10)

type Mother = { mother: string; child: string; village: string }

async function inTurn(rows: readonly Mother[], send: (row: Mother) => Promise<Response>): Promise<number> {
  const measured: number[] = []
  for (const [index, row] of rows.entries()) {
    const began = performance.now()
    const answer = await send(row)
    const text = await answer.text()
    if (answer.status !== 201) throw new Error(`${answer.status} for a birth: ${text}`)
    if (index >= 20) measured.push(performance.now() - began)
  }
  return percentile(measured, 0.5)
}

/** A birth with its child, household, counts, postings and log against the bare row of a birth, one after the other. */
export async function factCost(
  installation: Installation,
  ours: Running,
  naive: Running,
  rounds: number,
): Promise<Result> {
  const mothers = (await installation.sql(
    'large',
    `select p.id as mother, c.id as child, p.residence_division as village from (
       select id, residence_division, row_number() over (order by md5(id::text)) as place from persons
       where county_code = $1 and sex = '2' and status = 'ACTIVE' and residence_status = '1' and birth_date between '1990-01-01' and '2002-01-01'
         and not exists (select from births b where b.county_code = $1 and b.mother_id = persons.id and b.occurred_on > '2025-06-01')) p
     join (select id, row_number() over (order by md5(id::text)) as place from persons
       where county_code = $1 and birth_date < '1990-01-01'
         and not exists (select from births b where b.county_code = $1 and b.child_id = persons.id)) c using (place)
     limit $2`,
    [Number(COUNTY), 2 * (BEFORE + rounds * AT_ONCE)],
  )) as Mother[]
  let next = 0
  const some = (count: number) => mothers.slice(next, (next += count))
  const post = (server: Running, path: string, body: object, headers = {}) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const recorded = ({ mother: motherId }: Mother) => {
    const headers = {
      authorization: `Bearer ${ours.token}`,
      'idempotency-key': randomBytes(16).toString('hex'),
    }
    const body = { motherId, occurredOn: DAY, sex: '1', place: 'HOSPITAL', child: {} }
    return post(ours, '/api/v1/births', body, headers)
  }
  const inserted = (row: Mother) => post(naive, '/births', { ...row, county: Number(COUNTY), day: DAY })
  const each = (count: number, send: (row: Mother) => Promise<Response>) => inTurn(some(count), send)
  await installation.warm('large')
  await each(BEFORE, recorded)
  await each(BEFORE, inserted)
  return await compare({
    name: 'fact-cost',
    better: 'lower',
    goal: 3,
    unit: 'ms p50',
    rounds,
    ours: () => each(AT_ONCE, recorded),
    base: () => each(AT_ONCE, inserted),
  })
}
