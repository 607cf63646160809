import Fastify from 'fastify'
import pg from 'pg'
import { newId } from '../../src/crypto/ids.ts'

/** The limit to measure against: no sign-in, no scope, no audit; one named statement a request. */
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: 10,
  options: '-c plan_cache_mode=force_generic_plan -c max_parallel_workers_per_gather=0 -c enable_seqscan=off',
})
const app = Fastify({ logger: false })

const fields = `p.id, p.name, p.sex, p.birth_date::text as "birthDate", p.id_number_mask as "idNumber",
  p.residence_division as "residenceCode", r.name as "residenceName", p.hukou_division as "hukouCode", h.name as "hukouName",
  p.residence_status as "residenceStatus", p.household_id as "householdId", f.number as "householdNumber",
  p.relation_to_head as "relationToHead", p.phone_mask as phone, p.status`
const places = `left join divisions r on r.code = p.residence_division and r.valid_to is null
  left join divisions h on h.code = p.hukou_division and h.valid_to is null
  left join households f on f.county_code = p.county_code and f.id = p.household_id`

const one = {
  name: 'person',
  text: `select ${fields}, p.id_type as "idType", p.birth_date_precision as "birthDatePrecision", p.ethnicity, p.education,
    p.marital_status as "maritalStatus", p.hukou_type as "hukouType", p.residence_since::text as "residenceSince", p.address,
    p.mother_id as "motherId", m.name as "motherName", p.father_id as "fatherId", d.name as "fatherName",
    p.merged_into as "mergedInto", p.source, p.recorded_at as "recordedAt", p.updated_at as "updatedAt", p.findings, p.version
    from persons p ${places}
    left join persons m on m.county_code = p.county_code and m.id = p.mother_id
    left join persons d on d.county_code = p.county_code and d.id = p.father_id
    where p.county_code = $1 and p.id = $2`,
}

const page = {
  name: 'page',
  text: `select ${fields} from (
      select p.* from persons p
      where p.county_code = $1 and p.residence_division >= $2 and p.residence_division < $3 and p.sex = $4
        and p.birth_date > $5 and p.birth_date <= $6 and p.status <> 'MERGED'
        and (p.residence_division, p.id) > ($7, $8::uuid)
      order by p.residence_division, p.id limit 51) p ${places}
    order by p.residence_division, p.id`,
}

const create = {
  name: 'create',
  text: `with person as (
      insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type,
        id_number_cipher, id_number_hash, id_number_mask, hukou_division, residence_division, residence_status, residence_since,
        status, source, recorded_at, updated_at, version)
      values ($1, $2, '张三', 'zhangsan', 'zs', '1', '1990-01-01', 'DAY', '01', $3, $4, '991121********0000', $5, $5, '1', '2020-01-01',
        'ACTIVE', 'MANUAL', now(), now(), 1)
    ), episode as (
      insert into residence_episodes (county_code, id, person_id, division_code, from_on, status, recorded_at, source)
      values ($1, $6, $2, $5, '2020-01-01', '1', now(), 'MANUAL')
    ), log as (
      insert into access_log (county_code, id, at, actor_kind, action, entity, entity_id, division_code, result)
      values ($1, $7, now(), 'user', 'create', 'person', $2, $5, 'allowed')
    ), counts as (
      insert into village_counts (county_code, division_code, residents, registered, male, changed_at) values ($1, $5, 1, 1, 1, now())
      on conflict (county_code, division_code) do update set residents = village_counts.residents + 1,
        registered = village_counts.registered + 1, male = village_counts.male + 1, changed_at = now()
    )
    insert into idempotency_keys (county_code, actor_id, key, request_hash, body, created_at) values ($1, $2, $7, $4, $8, now())`,
}

type Query = Record<string, string>

app.get('/health/ready', () => ({ status: 'ready' }))
app.get<{ Params: { county: string; id: string } }>('/persons/:county/:id', async (request) => {
  const { rows } = await pool.query({ ...one, values: [request.params.county, request.params.id] })
  return rows[0] as unknown
})
app.get<{ Querystring: Query }>('/persons', async ({ query }) => {
  const { rows } = await pool.query({
    ...page,
    values: [
      query['county'],
      query['lo'],
      query['hi'],
      query['sex'],
      query['bornAfter'],
      query['bornUntil'],
      query['afterCode'] ?? '',
      query['afterId'] ?? '00000000-0000-0000-0000-000000000000',
    ],
  })
  return { items: rows.slice(0, 50) as unknown[], nextCursor: rows.length > 50 ? 'more' : null }
})
app.post<{ Body: { county: number; village: string; hash: string; cipher: string } }>(
  '/persons',
  async (request, reply) => {
    const { county, village, hash, cipher } = request.body
    const id = newId()
    await pool.query({
      ...create,
      values: [
        county,
        id,
        Buffer.from(cipher, 'hex'),
        Buffer.from(hash, 'hex'),
        village,
        newId(),
        newId(),
        JSON.stringify(request.body),
      ],
    })
    return await reply.code(201).send({ id })
  },
)

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.once('SIGTERM', () => void app.close().then(() => pool.end()))
