import Fastify from 'fastify'
import pg from 'pg'

/** What one would write first: women in union and their methods counted from persons and episodes at the visit. */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 4 })
const app = Fastify({ logger: false })

const women = `p.county_code = $1 and p.sex = '2' and p.status in ('ACTIVE', 'SUSPECT_DUP') and p.marital_status like '2%'
  and p.residence_status in ('1', '3', '4') and extract(year from now()) - extract(year from p.birth_date) between 15 and 49`
const prevalence = `select left(p.residence_division, 9) as township, count(*) as women, count(e.client_id) as users
  from persons p
  left join method_episodes e on e.county_code = p.county_code and e.client_id = p.id and e.ended_on is null and e.voided_at is null and not e.is_dual
  where ${women} group by 1`
const mix = `select left(e.division_code, 9) as township, e.method, count(*) as users
  from method_episodes e join persons p on p.county_code = e.county_code and p.id = e.client_id
  where e.county_code = $1 and e.ended_on is null and e.voided_at is null and not e.is_dual group by 1, 2`

app.get('/health/ready', () => ({ status: 'ready' }))
app.get<{ Querystring: Record<string, string> }>('/mix', async ({ query }) => {
  const values = [query['county']]
  const answers = await Promise.all([pool.query(prevalence, values), pool.query(mix, values)])
  return { answers: answers.map(({ rows }) => rows as unknown[]) }
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.once('SIGTERM', () => void app.close().then(() => pool.end()))
