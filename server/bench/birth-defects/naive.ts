import Fastify from 'fastify'
import pg from 'pg'

/**
 * What one would write first: the year's chains with the records of every link joined and counted at the visit. Windows
 * stand in the statement, and nobody asks whether a pregnancy ended or a woman moved.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 4 })
const app = Fastify({ logger: false })

const screens = ['NT', 'SERUM', 'NIPT', 'ANOMALY_SCAN', 'OGTT']
/** Whose records hold more than one kind, or stand in words: known by what was said of the item. */
const said = [
  'EDUCATION',
  'FOLIC_ACID',
  'ANC_FIRST',
  'ANC_16',
  'ANC_21',
  'ANC_28',
  'ANC_37',
  'DIAGNOSIS',
  'POSTNATAL_VISIT',
]
const windows: Record<string, number> = { NT: 97, SERUM: 146, NIPT: 160, ANOMALY_SCAN: 174, OGTT: 202 }

const perChild = (table: string, day: string, found: string) => `
  left join (select child_id, min(${day}) as done_on, bool_or(${found}) as found from ${table}
    where county_code = $1 and voided_at is null group by 1) ${table} on ${table}.child_id = k.child_id`
const countOf = (name: string, done: string, found: string) =>
  `count(*) filter (where ${done}) as ${name}_done, count(*) filter (where ${found}) as ${name}_found`

const ofChains = `
  select left(c.division_code, 9) as township, count(*) as chains,
    count(p.premarital_on) as premarital, count(p.preconception_on) as preconception, count(p.high_risk) as high_risk,
    ${countOf('torch', 't.done_on is not null', 't.found')},
    ${screens
      .map((kind) => {
        const name = kind.toLowerCase()
        return `count(${name}.offered_on) as ${name}_offered, ${countOf(name, `${name}.taken_on is not null`, `${name}.found`)},
          count(*) filter (where ${name}.declined) as ${name}_declined,
          count(*) filter (where ${name}.offered_on is null and c.expected_on - 280 + ${windows[kind]} < current_date) as ${name}_overdue`
      })
      .join(', ')},
    ${said.map((item) => `count(*) filter (where e_${item.toLowerCase()}.done) as ${item.toLowerCase()}_done, count(*) filter (where e_${item.toLowerCase()}.declined) as ${item.toLowerCase()}_declined`).join(', ')},
    count(b.born_on) as births, count(*) filter (where b.in_hospital) as in_hospital
  from chains c
  left join (select chain_id, min(occurred_on) filter (where kind = 'PREMARITAL') as premarital_on,
      min(occurred_on) filter (where kind = 'PRECONCEPTION') as preconception_on, min(occurred_on) filter (where risk = 'HIGH_RISK') as high_risk
    from couple_checks where county_code = $1 and voided_at is null group by 1) p on p.chain_id = c.id
  left join (select t.chain_id, min(t.occurred_on) as done_on, bool_or(r.is_actionable) as found from torch_tests t
    join torch_results r on r.county_code = $1 and r.test_id = t.id where t.county_code = $1 and t.voided_at is null group by 1) t on t.chain_id = c.id
  ${screens
    .map(
      (
        kind,
      ) => `left join (select chain_id, min(offered_on) as offered_on, min(taken_on) as taken_on, bool_or(result = 'HIGH') as found,
        bool_or(decision = 'DECLINED') as declined from prenatal_screens where county_code = $1 and kind = '${kind}' and voided_at is null group by 1)
        ${kind.toLowerCase()} on ${kind.toLowerCase()}.chain_id = c.id`,
    )
    .join('\n')}
  ${said
    .map(
      (
        item,
      ) => `left join (select chain_id, bool_or(event = 'DONE') as done, bool_or(event = 'DECLINED') as declined from chain_events
        where county_code = $1 and item = '${item}' and voided_at is null group by 1) e_${item.toLowerCase()} on e_${item.toLowerCase()}.chain_id = c.id`,
    )
    .join('\n')}
  left join (select pregnancy_id, min(occurred_on) as born_on, bool_and(place in ('HOSPITAL', 'MCH', 'TOWNSHIP_CENTRE')) as in_hospital
    from births where county_code = $1 and voided_at is null group by 1) b on b.pregnancy_id = c.pregnancy_id
  where c.county_code = $1 and c.voided_at is null and coalesce(b.born_on, c.expected_on) >= $2 and coalesce(b.born_on, c.expected_on) < $3
  group by 1`

const ofChildren = `
  select left(c.division_code, 9) as township, count(*) as children,
    ${countOf('blood_spots', 'blood_spots.done_on is not null', 'blood_spots.found')},
    ${countOf('hearing_screens', 'hearing_screens.done_on is not null', 'hearing_screens.found')},
    ${countOf('cchd_screens', 'cchd_screens.done_on is not null', 'cchd_screens.found')},
    count(*) filter (where blood_spots.done_on is null and k.occurred_on + 7 < current_date) as blood_spots_overdue
  from chains c
  join births k on k.county_code = $1 and k.pregnancy_id = c.pregnancy_id and k.voided_at is null and k.child_id is not null
  ${perChild('blood_spots', 'sampled_on', `state in ('SUSPECT', 'RECALL', 'CONFIRMED_POS', 'TREATED')`)}
  ${perChild('hearing_screens', 'occurred_on', `outcome = 'REFER'`)}
  ${perChild('cchd_screens', 'occurred_on', `outcome = 'POSITIVE'`)}
  where c.county_code = $1 and c.voided_at is null and k.occurred_on >= $2 and k.occurred_on < $3
  group by 1`

app.get('/health/ready', () => ({ status: 'ready' }))
app.get<{ Querystring: Record<string, string> }>('/cascade', async ({ query }) => {
  const values = [query['county'], query['from'], query['until']]
  const answers = await Promise.all([pool.query(ofChains, values), pool.query(ofChildren, values)])
  return { answers: answers.map(({ rows }) => rows as unknown[]) }
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) })
process.once('SIGTERM', () => void app.close().then(() => pool.end()))
