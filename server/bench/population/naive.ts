import Fastify from 'fastify'
import pg from 'pg'
import { newId } from '../../src/crypto/ids.ts'

/** What one would write first: every number counted from persons and events at the visit; and the bare row of a birth. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 4 })
const app = Fastify({ logger: false })

type Query = Record<string, string>

const alive = `p.county_code = $1 and p.status in ('ACTIVE', 'SUSPECT_DUP') and p.residence_status in ('1', '3', '4')
  and p.residence_division >= $2 and p.residence_division < $3`
const recent = `occurred_on >= date_trunc('month', now()) - interval '23 months'`
const place = `county_code = $1 and voided_at is null and division_code >= $2 and division_code < $3`

const home = [
  `select left(residence_division, 9) as part, sex, count(*) from persons p where ${alive} group by 1, 2`,
  `select left(division_code, 9) as part, date_trunc('month', occurred_on) as month, sex, count(*) from births
   where ${place} and outcome = 'LIVE' and ${recent} group by 1, 2, 3`,
  `select left(division_code, 9) as part, date_trunc('month', occurred_on) as month, count(*) from deaths
   where ${place} and ${recent} group by 1, 2`,
  `select left(e.division_code, 9) as part, date_trunc('month', e.from_on) as month, count(*)
   from residence_episodes e join persons p on p.county_code = e.county_code and p.id = e.person_id
   where e.county_code = $1 and e.voided_at is null and e.division_code >= $2 and e.division_code < $3 and e.status in ('1', '3', '4')
     and e.from_on > p.birth_date and e.from_on >= date_trunc('month', now()) - interval '23 months' group by 1, 2`,
  `select left(e.division_code, 9) as part, date_trunc('month', e.to_on) as month, count(*)
   from residence_episodes e where e.county_code = $1 and e.voided_at is null and e.division_code >= $2 and e.division_code < $3
     and e.status in ('1', '3', '4') and e.to_on >= date_trunc('month', now()) - interval '23 months' group by 1, 2`,
]

const pyramid = `select p.sex, extract(year from age($4::date, p.birth_date))::int as age, count(*)
  from residence_episodes e join persons p on p.county_code = e.county_code and p.id = e.person_id
  left join deaths d on d.county_code = p.county_code and d.person_id = p.id and d.voided_at is null
  where e.county_code = $1 and e.voided_at is null and e.division_code >= $2 and e.division_code < $3 and e.status in ('1', '3', '4')
    and coalesce(e.from_on, p.birth_date) <= $4 and p.birth_date <= $4 and (e.to_on is null or e.to_on > $4)
    and (d.occurred_on is null or d.occurred_on > $4) and p.status in ('ACTIVE', 'SUSPECT_DUP', 'DECEASED', 'MOVED_OUT')
  group by 1, 2`

const birth = {
  name: 'birth',
  text: `insert into births (county_code, id, child_id, mother_id, occurred_on, outcome, sex, order_of_mother, mother_age, plurality, sequence,
      place, division_code, hukou_division, recorded_at, source)
    values ($1, $2, $3, $4, $5, 'LIVE', '1', 1, 28, 1, 1, 'HOSPITAL', $6, $6, now(), 'MANUAL')`,
}

app.get('/health/ready', () => ({ status: 'ready' }))
app.get<{ Querystring: Query }>('/home', async ({ query }) => {
  const values = [query['county'], query['lo'], query['hi']]
  const answers = []
  for (const text of home) answers.push((await pool.query(text, values)).rows as unknown[])
  return { answers }
})
app.get<{ Querystring: Query }>('/pyramid', async ({ query }) => {
  const { rows } = await pool.query(pyramid, [query['county'], query['lo'], query['hi'], query['day']])
  return { rows: rows as unknown[] }
})
app.post<{ Body: Query }>('/births', async ({ body }, reply) => {
  const id = newId()
  const values = [body['county'], id, body['child'], body['mother'], body['day'], body['village']]
  await pool.query({ ...birth, values })
  return await reply.code(201).send({ id })
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.once('SIGTERM', () => void app.close().then(() => pool.end()))
