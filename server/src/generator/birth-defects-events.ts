import { told, type Settings } from './birth-defects-settings.ts'

/** Item, from where its day is counted, first and last day, share of those reached who have it done, share who decline. */
const items: readonly (readonly [
  item: string,
  anchor: 'O' | 'M' | 'L' | 'B',
  from: number,
  to: number,
  done: number,
  declined: number,
])[] = [
  ['EDUCATION', 'O', 0, 60, 0.84, 0.03],
  ['PREMARITAL', 'M', -30, 5, 0.72, 0.16],
  ['PRECONCEPTION', 'L', -150, 5, 0.74, 0.09],
  ['TORCH', 'L', -140, 88, 0.9, 0.04],
  ['FOLIC_ACID', 'L', -75, 80, 0.9, 0.03],
  ['ANC_FIRST', 'L', 42, 90, 0.9, 0.01],
  ['ANC_16', 'L', 112, 146, 0.93, 0.01],
  ['ANC_21', 'L', 147, 174, 0.92, 0.01],
  ['ANC_28', 'L', 196, 258, 0.96, 0.01],
  ['ANC_37', 'L', 259, 279, 0.93, 0.01],
  ['NT', 'L', 77, 97, 0.63, 0.12],
  ['SERUM', 'L', 105, 146, 0.52, 0.1],
  ['NIPT', 'L', 90, 155, 0.4, 0.1],
  ['ANOMALY_SCAN', 'L', 140, 174, 0.93, 0.02],
  ['OGTT', 'L', 168, 202, 0.86, 0.05],
  ['POSTNATAL_VISIT', 'B', 3, 26, 0.92, 0.02],
]
const newborn = [
  ['BLOOD_SPOT', 3, 7, 0.985, 0.004],
  ['HEARING', 2, 5, 0.97, 0.006],
  ['CCHD', 0, 3, 0.93, 0.008],
] as const

/** Share of those done in whom something is found, and of these followed to the end within the time for it. */
const positive: Record<string, readonly [found: number, followed: number, days: number]> = {
  TORCH: [0.0474, 0.93, 60],
  SERUM: [0.052, 0.9, 45],
  NIPT: [0.011, 0.95, 45],
  ANOMALY_SCAN: [0.014, 0.92, 30],
  OGTT: [0.17, 0.95, 30],
  BLOOD_SPOT: [0.011, 0.94, 20],
  HEARING: [0.038, 0.85, 40],
  CCHD: [0.009, 0.95, 7],
}

const rows = (values: readonly (readonly (string | number)[])[]) =>
  values
    .map((row) => `(${row.map((value) => (typeof value === 'string' ? `'${value}'` : value)).join(', ')})`)
    .join(', ')
const reasons = [
  'NOT_INTERESTED',
  'WORK',
  'ELSEWHERE',
  'FEAR',
  'COST',
  'TRANSPORT',
  'MOVED',
  'NOT_SAID',
  'OTHER',
]
const reasonOf = (name: string) =>
  `(array['${reasons.join("','")}'])[1 + floor(pg_temp.u('${name}' || w.item, w.n) ^ 1.6 * ${reasons.length})::int]`

/**
 * What was said and done of every item, one line in `bd_done` for each that was settled. Of folic acid and virus
 * monitoring the worst townships reach fewer than 5 % and 70 %, as the county reports of the seeds complain.
 */
export function eventsOf({ county, today, seed }: Settings): string[] {
  const now = told(today)
  return [
    `create temporary table bd_wanted on commit drop as
     select y.*, y.chain_id as subject_id, i.item,
       case i.anchor when 'O' then y.opened_on when 'M' then y.married_on when 'L' then y.lmp else y.born_on end as anchor_on,
       i.from_days, i.to_days,
       i.done * case i.item when 'FOLIC_ACID' then case when y.t = 0 then 0.04 when y.t = 1 then 0.045 else 0.75 + 0.03 * least(y.t, 8) end
         when 'TORCH' then case when y.t % 4 = 0 then 0.62 + 0.01 * y.t else 0.86 + 0.01 * least(y.t, 12) end else 0.9 + 0.01 * least(y.t, 10) end as done_share,
       i.declined as declined_share
     from bd_year y cross join (values ${rows(items)}) i (item, anchor, from_days, to_days, done, declined)
     where (i.anchor <> 'M' or y.married_on is not null) and (i.anchor <> 'B' or y.is_born)
       and (i.item <> 'NIPT' or pg_temp.u('SERUM', y.n) > 0.55) and (i.item <> 'PRECONCEPTION' or y.ground <> 'PREGNANCY')
     union all
     select y.*, k.child_id, i.item, y.born_on, i.from_days, i.to_days, i.done, i.declined
     from bd_children k join bd_year y using (n) cross join (values ${rows(newborn)}) i (item, from_days, to_days, done, declined)
     where not k.is_still`,
    'analyze bd_wanted, bd_children',
    `create temporary table bd_drawn on commit drop as
     select w.n, w.chain_id, w.subject_id, w.facility_id, w.village, w.item, d.day_on, pg_temp.u(w.item, w.n) as draw, w.done_share, w.declined_share
     from bd_wanted w
     cross join lateral (select greatest(w.anchor_on + w.from_days + floor(pg_temp.u('day' || w.item || w.subject_id, w.n) * (w.to_days - w.from_days + 1))::int,
       w.opened_on + floor(pg_temp.u('late' || w.item, w.n) * 9)::int) as day_on) d
     where d.day_on <= w.anchor_on + w.to_days and d.day_on <= date '${today}' and (w.subject_id <> w.chain_id or w.item = 'POSTNATAL_VISIT' or d.day_on < w.born_on)`,
    `create temporary table bd_done on commit drop as
     select w.*, case when w.draw < w.done_share then 'DONE' when w.draw < w.done_share + w.declined_share then 'DECLINED'
         when w.draw < w.done_share + w.declined_share + (1 - w.done_share - w.declined_share) * 0.6 then 'OFFERED' else 'MISSED' end as event,
       p.found is not null and pg_temp.u('found' || w.item || w.subject_id, w.n) < p.found as is_found,
       pg_temp.u('followed' || w.item || w.subject_id, w.n) < p.followed as is_followed,
       3 + floor(pg_temp.u('wait' || w.item, w.n) * p.days)::int as wait_days,
       app.derived_id('${seed}/record/' || w.item || w.subject_id) as record_id
     from bd_drawn w left join (values ${rows(Object.entries(positive).map(([item, values]) => [item, ...values]))}) p (item, found, followed, days) on p.item = w.item`,
    'analyze bd_done',
    `create temporary table bd_events on commit drop as
     with settled as (
       select n, chain_id, subject_id, facility_id, village, item, event, day_on,
         case when event in ('DECLINED', 'MISSED') then ${reasonOf('reason')} end as reason, record_id
       from bd_done w where event <> 'MISSED' or pg_temp.u('asked' || item, n) < 0.5
     ),
     found as (
       select n, chain_id, subject_id, facility_id, village, item, day_on + 2 as found_on, day_on + 2 + wait_days as followed_on, is_followed, record_id
       from bd_done where event = 'DONE' and is_found
     ),
     indicated as (
       select distinct on (n) n, chain_id, facility_id, village, found_on, record_id, pg_temp.u('diagnosis', n) as draw
       from found where item in ('SERUM', 'NIPT', 'ANOMALY_SCAN') order by n, found_on
     )
     select chain_id, subject_id, facility_id, village, item, event, day_on, reason, record_id from settled
     union all select chain_id, subject_id, facility_id, village, item, 'OFFERED', day_on, null, record_id from settled
       where event in ('DONE', 'DECLINED') and item in ('TORCH', 'SERUM', 'NIPT', 'PRECONCEPTION', 'PREMARITAL')
     union all select chain_id, subject_id, facility_id, village, item, 'POSITIVE', found_on, null, record_id from found
     union all select chain_id, subject_id, facility_id, village, item, 'FOLLOWED', followed_on, null, record_id from found where is_followed
     union all select chain_id, chain_id, facility_id, village, 'DIAGNOSIS', 'INDICATED', found_on, null, record_id from indicated
     union all select chain_id, chain_id, facility_id, village, 'DIAGNOSIS', case when draw < 0.76 then 'DONE' else 'DECLINED' end, found_on + 10,
       case when draw >= 0.76 then 'NOT_SAID' end, app.derived_id('${seed}/diagnosis/' || n) from indicated where draw < 0.94`,
    `insert into chain_events (county_code, id, chain_id, item, subject_id, event, occurred_on, reason, record_id, facility_id, division_code, recorded_at, source)
     select ${county}, app.derived_id('${seed}/event/' || item || subject_id || event), chain_id, item, subject_id, event, day_on, reason, record_id, facility_id,
       village, ${now}, 'IMPORT'
     from bd_events where day_on <= date '${today}'`,
  ]
}
