import { expect, test } from 'vitest'
import pg from 'pg'
import { openFacility } from '../../../../test/facility.ts'
import { openOffice } from '../../../../test/office.ts'
import { furnishPlaces, places } from '../../../../test/register.ts'

test('speed', async () => {
  const office = await openOffice()
  await furnishPlaces(office)
  const station = await openFacility(office, places.county)
  const N = Number(process.env['N'] ?? 10000)
  const c = new pg.Client(office.url)
  await c.connect()
  await c.query(`insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, hukou_division, residence_division, residence_status, status, source, recorded_at, updated_at, version)
    select 371121, md5('p' || g)::uuid, '张三', 'zhangsan', 'zs', '2', '1990-01-01', 'DAY', '99', $1, $1, '1', 'ACTIVE', 'MANUAL', now(), now(), 1 from generate_series(1, ${N}) g`, [places.village])
  await c.query(`insert into method_episodes (county_code, id, client_id, facility_id, division_code, birth_year, in_union, method, started_on, start_context, own_source, expected_end_on, is_dual, recorded_at, source)
    select 371121, md5('e' || g)::uuid, md5('p' || g)::uuid, $1, $2, 1990, true, (array['M30','M30','M30','M31','M60','M70','M40','M50'])[1 + g % 8], date '2026-06-15' - (g * 7919 % 5000), 'INTERVAL', 'FREE',
      case when g % 8 < 4 then date '2026-06-15' - (g * 7919 % 5000) + 3650 end, false, now(), 'IMPORT' from generate_series(1, ${N}) g`, [station.id, places.village])
  await c.query(`analyze persons, method_episodes`)
  const time = async (what: string, text: string, values: unknown[] = []) => {
    const t = performance.now()
    const { rows } = await c.query(text, values)
    console.log(what, Math.round(performance.now() - t), JSON.stringify(rows[0] ?? null).slice(0, 300))
    return rows
  }
  await c.query(`load 'auto_explain'; set auto_explain.log_min_duration = ${process.env['EXPLAIN'] ? 500 : -1}; set auto_explain.log_analyze = on; set auto_explain.log_nested_statements = on; set client_min_messages = log`)
  c.on('notice', (n) => { if (n.message?.includes('plan')) console.log(n.message.replace(/Query Text[\s\S]*?Insert|Query Text[\s\S]*?\n(?=\S)/, '').slice(0, 9000)) })
  await time('plan', `select * from app.plan_follow_up(371121, null, '2026-06-15', null, now())`)
  await time('again', `select * from app.plan_follow_up(371121, null, '2026-06-15', null, now())`)
  await c.query(`create table kept as select * from follow_up_tasks; truncate follow_up_tasks`)
  await time('bare', `insert into follow_up_tasks select * from kept`)
  await c.query('truncate follow_up_tasks')
  await time('plan', `select * from app.plan_follow_up(371121, null, '2026-06-15', null, now())`)
  await c.query('truncate follow_up_tasks')
  await time('bare', `insert into follow_up_tasks select * from kept`)
  await c.query('truncate follow_up_tasks')
  await time('bare with rules', `insert into follow_up_tasks (county_code, id, client_id, facility_id, division_code, origin_id, episode_id, protocol_code, step, ordinal, subject, service, mode, due_from, due_to, cycle_to, status, recorded_at, updated_at)
    select 371121, app.derived_id(e.id || r.protocol_code || r.step || k), e.client_id, e.facility_id, e.division_code, e.id, e.id, r.protocol_code, r.step, k, r.subject, r.service, r.mode, d.due_from, d.due_from + r.window_days,
      d.due_from + 365, 'PLANNED', now(), now()
    from method_episodes e join app.follow_up_rules(371121, '2026-06-15') r on r.item = e.method and r.trigger in ('EPISODE', 'EXPIRY', 'DOSE')
    cross join lateral generate_series(0, case when r.every_months is null then 0 else 20 end) k
    cross join lateral (select (case r.trigger when 'EXPIRY' then e.expected_end_on else e.started_on end + make_interval(months => r.months + k * coalesce(r.every_months, 0), days => r.days))::date as due_from) d
    where e.county_code = 371121 and e.ended_on is null and e.voided_at is null and d.due_from + r.window_days + r.keep_days >= '2026-06-15' and d.due_from <= date '2026-06-15' + 370`)
  const one = (await c.query(`select client_id from method_episodes where method = 'M30' limit 50`)).rows as { client_id: string }[]
  const t = performance.now()
  for (const { client_id } of one) await c.query(`select * from app.plan_follow_up(371121, array[$1::uuid], '2026-06-15', null, now())`, [client_id])
  console.log('one client', (performance.now() - t) / one.length)
  await c.end()
  await office.close()
  expect(1).toBe(1)
}, 600_000)
