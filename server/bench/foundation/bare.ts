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

/**
 * Every row that a registration writes, in one statement: key, log, person, episode, counts, and those of the book of
 * people, where a hukou of before the book's first day opens all its years and a stay begins in one of them.
 */
const create = {
  name: 'create',
  text: `with person as (
      insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type,
        id_number_cipher, id_number_hash, id_number_mask, hukou_division, residence_division, residence_status, residence_since,
        status, source, recorded_at, recorded_by, updated_at, version)
      values ($1, $2, '张三', 'zhangsan', 'zs', '1', $9, 'DAY', '01', $3, $4, '991121********0000', $5, $5, '1', '2020-01-01',
        'ACTIVE', 'MANUAL', now(), $2, now(), 1)
    ), episode as (
      insert into residence_episodes (county_code, id, person_id, division_code, from_on, status, recorded_at, recorded_by, source)
      values ($1, $6, $2, $5, '2020-01-01', '1', now(), $2, 'MANUAL')
    ), log as (
      insert into access_log (county_code, id, at, actor_id, actor_kind, role, action, entity, entity_id, division_code, result, address)
      values ($1, $7, now(), $2, 'user', 'county_population', 'create', 'person', $2, $5, 'allowed', '127.0.0.1')
    ), counts as (
      insert into village_counts (county_code, division_code, residents, registered, male, changed_at) values ($1, $5, 1, 1, 1, now())
      on conflict (county_code, division_code) do update set residents = village_counts.residents + 1,
        registered = village_counts.registered + 1, male = village_counts.male + 1, changed_at = now()
    ), posting (posting_id, day, kind, residence, registered) as (
      values ($10::uuid, $12::date - 1, 'OPENING', 0, 1), ($11::uuid, date '2020-01-01', 'IN', 1, 0)
    ), posted as (
      insert into population_postings (county_code, id, division_code, occurred_on, kind, residence, registered, person_id, sex,
        birth_month, fact_id, recorded_at, recorded_by)
      select $1, posting_id, $5, day, kind, residence, registered, $2, '1', $13::date, $2, now(), $2 from posting
    ), villages as (
      insert into village_months as kept (county_code, division_code, month, kind, residence, registered)
      select $1, $5, date_trunc('month', day), kind, residence, registered from posting
      on conflict (county_code, division_code, month, kind) do update set
        residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered
    ), townships as (
      insert into township_months as kept (county_code, division_code, month, kind, sex, residence, registered)
      select $1, $14, date_trunc('month', day), kind, '1', residence, registered from posting
      on conflict (county_code, division_code, month, kind, sex) do update set
        residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered
    ), changes as (
      insert into structure_changes as kept (county_code, division_code, month, sex, birth_month, residence, registered)
      select $1, $14, date_trunc('month', day), '1', $13::date, residence, registered from posting
      on conflict (county_code, division_code, month, sex, birth_month) do update set
        residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered
    ), starts as (
      insert into structures as kept (county_code, division_code, year, sex, birth_month, residence, registered)
      select $1, $14, year, '1', $13::date, case when year > 2020 then 1 else 0 end, 1
      from generate_series(extract(year from $12::date)::int, $15::int) as year
      on conflict (county_code, division_code, year, sex, birth_month) do update set
        residence = kept.residence + excluded.residence, registered = kept.registered + excluded.registered
    )
    insert into idempotency_keys (county_code, actor_id, key, request_hash, body, created_at)
    values ($1, $2, $7::uuid::text, $4, $8, now())`,
}

/** The first day of the county's book, and up to which year its starts are kept. */
const { rows: books } = await pool.query<{ starts_on: string; structured_until: number }>(
  'select starts_on::text, structured_until from population_books',
)
const { starts_on: startsOn, structured_until: until } = books[0] ?? { starts_on: '', structured_until: 0 }

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
type Newcomer = { county: number; village: string; hash: string; cipher: string; birthDate: string }

app.post<{ Body: Newcomer }>('/persons', async (request, reply) => {
  const { county, village, hash, cipher, birthDate } = request.body
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
      birthDate,
      newId(),
      newId(),
      startsOn,
      `${birthDate.slice(0, 7)}-01`,
      `${village.slice(0, 9)}000`,
      until,
    ],
  })
  return await reply.code(201).send({ id })
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.once('SIGTERM', () => void app.close().then(() => pool.end()))
