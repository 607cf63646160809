import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Installation, openServer, type Running } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

const county = `${COUNTY}000000`
const monthOf = (round: number) => new Date(Date.UTC(2024, round, 1)).toISOString().slice(0, 10)

/** Checks every village of the county against its people and signs villages, townships and the county with their figures: one statement. */
const bareClosing = `with ledger as (
    select division_code, sum(residence) filter (where month < $2) as opening, sum(registered) filter (where month < $2) as opening_registered,
      jsonb_object_agg(kind, residence) filter (where month = $2) as flows, jsonb_object_agg(kind, registered) filter (where month = $2) as flows_registered,
      sum(residence) as closing, sum(registered) as closing_registered
    from village_months where county_code = $1 and month <= $2 group by division_code
  ), recounted as (
    select * from app.recount_people($1, $3, $4, ($2::date + interval '1 month - 1 day')::date)
  ), agreed as (
    select l.* from ledger l left join recounted r on r.code = l.division_code
    where coalesce(r.residence, 0) = l.closing and coalesce(r.registered, 0) = l.closing_registered
  )
  insert into book_signatures (county_code, id, division_code, month, act, figures, recorded_at, recorded_by)
  select $1, gen_random_uuid(), division_code, $2::date, 'CONFIRM', jsonb_build_object(
      'residence', jsonb_build_object('opening', opening, 'flows', flows, 'closing', closing),
      'registered', jsonb_build_object('opening', opening_registered, 'flows', flows_registered, 'closing', closing_registered)),
    now(), gen_random_uuid()
  from agreed
  union all
  select $1, gen_random_uuid(), rpad(left(division_code, digits), 12, '0'), $2::date, act, jsonb_build_object(
      'residence', jsonb_build_object('opening', sum(opening), 'closing', sum(closing)),
      'registered', jsonb_build_object('opening', sum(opening_registered), 'closing', sum(closing_registered))),
    now(), gen_random_uuid()
  from agreed cross join (values (9, 'SIGN'), (6, 'CLOSE')) as upward (digits, act) group by rpad(left(division_code, digits), 12, '0'), act`

async function close(server: Running, month: string): Promise<void> {
  const answer = await fetch(`${server.url}/api/v1/population-book/signatures/below`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${server.token}`,
      'idempotency-key': randomBytes(16).toString('hex'),
    },
    body: JSON.stringify({ division: county, month, whole: true }),
  })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`${answer.status} for a signature: ${text}`)
  const { signed, left } = JSON.parse(text) as { signed: number; left: unknown[] }
  if (left.length > 0 || signed < 2) throw new Error(`${left.length} divisions were left open: ${text}`)
}

/** All villages confirm, all townships sign, the county closes, in one request; each round the month after. */
export async function monthClose(installation: Installation, rounds: number): Promise<Result> {
  const url = await installation.database('closing', 'large')
  const server = await openServer(installation, url, COUNTY)
  const client = new pg.Client(await installation.database('closing_bare', 'large'))
  await client.connect()
  try {
    return await compare({
      name: 'month-close',
      better: 'lower',
      goal: 2,
      unit: 'ms',
      rounds,
      ours: async (round) => {
        const began = performance.now()
        await close(server, monthOf(round))
        return performance.now() - began
      },
      base: async (round) => {
        const began = performance.now()
        await client.query(bareClosing, [Number(COUNTY), monthOf(round), COUNTY, `${COUNTY}:`])
        return performance.now() - began
      },
    })
  } finally {
    await client.end()
    await server.stop()
  }
}
