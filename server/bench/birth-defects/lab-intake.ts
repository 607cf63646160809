import { randomUUID } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Installation, Running } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { CENTRE, COUNTY, TODAY } from './county.ts'

/** The laboratory that measures for the centre. */
export const LABORATORY = 'BENCH-LAB'
/** 31 orders of eight answers and 63 of four: 500 results, and no order in two batches. */
const TORCH_ORDERS = 31
const SPOT_ORDERS = 63
const BATCHES = 20
const AT_ONCE = 2
/** Orders of an earlier run on a kept database are others. */
const RUN = randomUUID()

type Row = { barcode: string; analyte: string; flag: string; number?: number; measuredOn: string }

/** Half the answers of a batch are of blood spots, half of TORCH; every order with a chain, as the register has them. */
const orders = `with women as (
    select c.id as chain_id, c.woman_id as client_id, c.division_code, 'TORCH' as panel, row_number() over (order by md5(c.id::text || $7)) as n
    from chains c where c.county_code = $1 and c.facility_id is not null
  ), children as (
    select c.chain_id, c.child_id as client_id, h.division_code, 'BLOOD_SPOT' as panel, row_number() over (order by md5(c.child_id::text || $7)) as n
    from chain_children c join chains h on h.county_code = $1 and h.id = c.chain_id
    where c.county_code = $1 and c.born_on > $4::date - 300
  ), asked as (
    select * from women where n <= $5 union all select * from children where n <= $6
  ), facility as (select id from organisations where code = $2), laboratory as (select id from organisations where code = $3)
  insert into lab_orders (county_code, id, client_id, chain_id, facility_id, lab_id, division_code, panel_code, barcode, ordered_on, collected_on, state,
    received_on, recorded_at, source, updated_at, version)
  select $1, md5($7 || a.panel || a.n)::uuid, a.client_id, a.chain_id, facility.id, laboratory.id, a.division_code, a.panel,
    upper(left(md5($7 || a.panel || a.n), 20)), $4::date, $4::date, 'RECEIVED', $4::date, now(), 'MANUAL', now(), 1
  from asked a, facility, laboratory
  returning panel_code as panel, barcode`

const agents = ['TOX', 'RUB', 'CMV', 'HSV']
const serology = (barcode: string, n: number): Row[] =>
  agents.flatMap((agent, place) => [
    {
      barcode,
      analyte: `${agent}_IGG`,
      flag: (n + place) % 3 === 0 ? 'POS' : 'NEG',
      number: 12.5,
      measuredOn: TODAY,
    },
    {
      barcode,
      analyte: `${agent}_IGM`,
      flag: (n + place) % 40 === 0 ? 'POS' : 'NEG',
      number: 0.4,
      measuredOn: TODAY,
    },
  ])
const spots = (barcode: string, n: number): Row[] =>
  ['PKU', 'CH', 'G6PD', 'CAH'].map((analyte, place) => ({
    ...{ barcode, analyte, number: 3.2, measuredOn: TODAY },
    flag: (n + place) % 100 === 0 ? 'SUSPECT' : 'NEG',
  }))

/** Fresh orders and what the laboratory answers to them, in batches as it sends them. */
async function answersTo(installation: Installation, round: string): Promise<Row[][]> {
  const made = (await installation.sql('large', orders, [
    ...[Number(COUNTY), CENTRE, LABORATORY, TODAY, TORCH_ORDERS * BATCHES, SPOT_ORDERS * BATCHES],
    `${RUN} ${round}`,
  ])) as { panel: string; barcode: string }[]
  const of = (panel: string) => made.filter((order) => order.panel === panel).map(({ barcode }) => barcode)
  const [torch, spot] = [of('TORCH'), of('BLOOD_SPOT')]
  return Array.from({ length: BATCHES }, (_, n) => [
    ...torch.slice(n * TORCH_ORDERS, (n + 1) * TORCH_ORDERS).flatMap(serology),
    ...spot.slice(n * SPOT_ORDERS, (n + 1) * SPOT_ORDERS).flatMap(spots),
  ])
}

async function post(server: Running, batches: readonly Row[][]): Promise<number> {
  const waiting = [...batches]
  const began = performance.now()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let rows = waiting.pop(); rows; rows = waiting.pop()) {
        const answer = await fetch(`${server.url}/api/v1/lab-batches`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ reference: randomUUID(), rows }),
        })
        const text = await answer.text()
        const { accepted } = JSON.parse(text) as { accepted?: number }
        if (accepted !== rows.length) throw new Error(`${answer.status}: ${text.slice(0, 500)}`)
      }
    }),
  )
  return batches.flat().length / ((performance.now() - began) / 1000)
}

/** Results that a laboratory posts, filed into the records of who ordered, against COPY of the very rows they became. */
export async function labIntake(
  installation: Installation,
  technician: Running,
  rounds: number,
): Promise<Result> {
  const file = join(installation.directory, 'lab-results.copy')
  const client = new pg.Client(installation.urlOf('large'))
  await client.connect()
  try {
    await post(technician, await answersTo(installation, 'warm'))
    // As autovacuum leaves tables that are in use.
    await client.query('analyze lab_orders, lab_results')
    const size = await written(client, file)
    return await compare({
      name: 'lab-intake',
      better: 'higher',
      goal: 0.2,
      unit: 'results/s',
      rounds,
      ours: async (round) => await post(technician, await answersTo(installation, `round ${round}`)),
      base: () => copied(client, file, size),
    })
  } finally {
    await client.end()
  }
}

/** What the results of the first round became, as COPY takes it. */
async function written(client: pg.Client, file: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from lab_results')
  await pipeline(client.query(copyTo('copy lab_results to stdout')), createWriteStream(file))
  return rows[0]!.n
}

/** Into the same table, with its keys, indexes and checks; taken back, so that every round finds it as it was. */
async function copied(client: pg.Client, file: string, size: number): Promise<number> {
  await client.query('begin')
  await client.query('create table lab_results_copied (like lab_results including all)')
  await client.query(
    `alter table lab_results_copied add foreign key (county_code, order_id) references lab_orders (county_code, id)`,
  )
  await client.query('commit')
  const began = performance.now()
  await pipeline(createReadStream(file), client.query(copyFrom('copy lab_results_copied from stdin')))
  const took = performance.now() - began
  await client.query('drop table lab_results_copied')
  return size / (took / 1000)
}
