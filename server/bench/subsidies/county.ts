import { divisionsOfCounty } from '../../src/generator/index.ts'
import type { Installation } from '../installation.ts'

export const COUNTY = '371121'
export const TODAY = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' })

/** A number under `below` that is always the same of a family and a question. */
const drawn = (question: number, below: number) =>
  `((hashint8extended(k, ${question}) & 9223372036854775807) % ${below})::integer`
const idOf = (slot: number | string) =>
  `('01900000-0000-7000-8' || lpad(to_hex(${slot}), 3, '0') || '-' || lpad(to_hex(k), 12, '0'))::uuid`

/**
 * Families of three generations: grandparents, up to three children of theirs, the eldest's spouse and up to three
 * grandchildren; some have died, some are divorced. A statement, because importing them would take minutes.
 */
const families = `
  create temporary table family as
  select k, villages[1 + k % cardinality(villages)] as village, '1'::text as hukou_default,
    case when ${drawn(20, 10)} < 7 then '1' when ${drawn(20, 10)} < 9 then '2' else '3' end as hukou_type,
    grandmother, grandmother - ${drawn(2, 5)} as grandfather, children, girls, eldest, eldest + 2 + ${drawn(6, 4)} as second,
    eldest + 7 + ${drawn(6, 4)} as third, case when girls or ${drawn(17, 2)} = 0 then '2' else '1' end as eldest_sex,
    ${drawn(7, 1000)} < 15 as eldest_died, ${drawn(21, 100)} < 15 as grandfather_died, ${drawn(22, 100)} < 5 as divorced,
    eldest - 2 + ${drawn(9, 5)} as spouse, ${drawn(8, 100)} < 85 as married,
    greatest(eldest, eldest - 2 + ${drawn(9, 5)}) + 22 + ${drawn(11, 17)} as first_grandchild, ${drawn(10, 100)} < 90 as has_grandchild,
    case when ${drawn(12, 100)} < 45 then 1 + (${drawn(14, 100)} < 15)::integer else 0 end as more_grandchildren,
    ${drawn(15, 1000)} < 8 as grandchild_died
  from (
    select k, villages, 1936 + ${drawn(1, 30)} as grandmother, case when ${drawn(3, 100)} < 35 then 1 when ${drawn(3, 100)} < 75 then 2 else 3 end as children,
      ${drawn(4, 100)} < 45 as girls, 1936 + ${drawn(1, 30)} + 22 + ${drawn(5, 8)} as eldest
    from generate_series(0::bigint, $1::bigint - 1) k, (select array_agg(code order by code) as villages from divisions
      where level = 5 and starts_with(code, '${COUNTY}') and valid_to is null) v
  ) drawn;
  create temporary table member as
  select k, slot, ${idOf('slot')} as id, village, hukou_type, sex, marital, died,
    make_date(year, 1 + ((hashint8extended(k, 100 + slot) & 65535) % 12)::integer, 1 + ((hashint8extended(k, 200 + slot) & 65535) % 28)::integer) as birth_date,
    case when mother is not null then ${idOf('mother')} end as mother_id, case when father is not null then ${idOf('father')} end as father_id
  from (
    select k, village, hukou_type, s.* from family f cross join lateral (values
      (1, grandfather, '1', '21', grandfather_died, true, null::integer, null::integer),
      (2, grandmother, '2', case when grandfather_died then '30' else '21' end, false, true, null, null),
      (3, eldest, eldest_sex, case when not married then '10' when divorced then '40' else '21' end, eldest_died, true, 2, 1),
      (4, spouse, case eldest_sex when '1' then '2' else '1' end, case when eldest_died then '30' when divorced then '40' else '21' end, false, married, null, null),
      (5, first_grandchild, case when k % 2 = 0 then '1' else '2' end, '10', grandchild_died, married and has_grandchild,
        case eldest_sex when '2' then 3 else 4 end, case eldest_sex when '1' then 3 else 4 end),
      (6, first_grandchild + 3, case when k % 3 = 0 then '1' else '2' end, '10', false, married and has_grandchild and more_grandchildren > 0,
        case eldest_sex when '2' then 3 else 4 end, case eldest_sex when '1' then 3 else 4 end),
      (7, first_grandchild + 6, '1', '10', false, married and has_grandchild and more_grandchildren > 1,
        case eldest_sex when '2' then 3 else 4 end, case eldest_sex when '1' then 3 else 4 end),
      (8, second, case when girls then '2' else '1' end, '10', false, children > 1, 2, 1),
      (9, third, '2', '10', false, children > 2, 2, 1)
    ) as s (slot, year, sex, marital, died, is_there, mother, father)
    where is_there and year between 1900 and extract(year from date '${TODAY}')::integer
  ) people
  order by k, slot limit $2;
  delete from member where birth_date > date '${TODAY}';
  create index on member (id);
  analyze member;`

const people = `
  insert into persons (county_code, id, name, name_pinyin, name_initials, sex, birth_date, birth_date_precision, id_type, marital_status,
    hukou_division, hukou_type, residence_division, residence_status, residence_since, household_id, relation_to_head, mother_id, father_id,
    status, source, recorded_at, updated_at, version)
  select ${COUNTY}, m.id, substr('赵钱孙李周吴郑王冯陈', 1 + (m.k % 10)::integer, 1) || substr('伟芳娜敏静丽强磊军洋', 1 + (m.k / 10 % 10)::integer, 1), 'zhaowei', 'zw', m.sex,
    m.birth_date, 'D', '01', m.marital, m.village, m.hukou_type, m.village, case when m.died then '9' else '1' end, m.birth_date, null, null, mother.id, father.id,
    case when m.died then 'DECEASED' else 'ACTIVE' end, 'IMPORT', now(), now(), 1
  from member m left join member mother on mother.id = m.mother_id left join member father on father.id = m.father_id
  order by m.village, m.id;
  insert into deaths (county_code, id, person_id, occurred_on, place, maternal, reporter, sex, birth_date, age_days, division_code, hukou_division,
    recorded_at, source)
  select ${COUNTY}, ${idOf('slot + 1000')}, id, day, 'HOME', 'NO', 'HEALTH', sex, birth_date, day - birth_date, village, village, now(), 'IMPORT'
  from (select m.*, least(date '${TODAY}' - 200, birth_date + 200 + (k % 9000)::integer) as day from member m where died) m where day > birth_date;
  insert into marriage_events (county_code, id, event, occurred_on, party_a, party_b, order_a, order_b, age_a, age_b, sex_a, sex_b, division_a,
    division_b, recorded_at, source)
  select ${COUNTY}, ${idOf('a.slot + 2000').replaceAll('(k)', '(a.k)')}, 'MARRY', day, a.id, b.id, 'FIRST', 'FIRST', extract(year from age(day, a.birth_date)),
    extract(year from age(day, b.birth_date)), a.sex, b.sex, a.village, b.village, now(), 'IMPORT'
  from member a join member b on b.k = a.k and b.slot = a.slot + 1
  cross join lateral (select greatest(a.birth_date, b.birth_date) + 8100 as day) d where a.slot in (1, 3) and day < date '${TODAY}';`

/** What rules read beside the register, in the shares in which a county has it. */
const circumstances = `
  insert into circumstances (county_code, id, person_id, kind, grade, detail, from_on, document_type, division_code, recorded_at, source)
  select ${COUNTY}, ${idOf('c.slot').replaceAll('(k)', '(c.k)')}, c.person_id, c.kind, c.grade, c.detail, c.from_on, 'OTHER', c.village, now(), 'IMPORT'
  from (
    select k, slot + 3000 as slot, id as person_id, village, 'HISTORIC_QUALIFICATION' as kind, null::smallint as grade, null::text as detail, date '2015-01-01' as from_on
      from member where slot <= 2 and not died and (hashint8extended(k, 300) & 65535) % 100 < 85
    union all select m.k, m.slot + 3100, m.id, m.village, 'ONLY_CHILD_CERTIFICATE', null, null, date '2010-01-01'
      from member m join (select k from member where slot between 5 and 7 group by k having count(*) = 1) one on one.k = m.k
      where m.slot in (3, 4) and not m.died and (hashint8extended(m.k, 301) & 65535) % 100 < 60
    union all select k, slot + 3200, id, village, 'DISABILITY', 1 + ((hashint8extended(k, 303) & 65535) % 4)::smallint, null, date '2012-01-01'
      from member where slot between 3 and 9 and slot <> 4 and not died and (hashint8extended(k, 302 + slot) & 65535) % 1000 < 12
    union all select k, slot + 3300, id, village, 'COMPLICATION', 1 + ((hashint8extended(k, 305) & 65535) % 3)::smallint, null, date '2005-01-01'
      from member where slot = 2 and (hashint8extended(k, 304) & 65535) % 1000 < 5
    union all select k, slot + 3400, id, village, 'LOW_INCOME', null, null, date '2020-01-01'
      from member where not died and (hashint8extended(k, 306) & 65535) % 1000 < 25
    union all select k, slot + 3500, id, village, 'PENSION_SCHEME', null, case when (hashint8extended(k, 307) & 65535) % 10 < 8 then 'RESIDENT' else 'EMPLOYEE' end, date '2012-01-01'
      from member where not died and birth_date < date '${TODAY}' - 21915
  ) c;
  analyze circumstances;
  insert into circumstances (county_code, id, person_id, kind, grade, detail, from_on, document_type, division_code, recorded_at, source)
  select ${COUNTY}, ${idOf('p.slot + 3600').replaceAll('(k)', '(p.k)')}, p.id, 'SPECIAL_FAMILY', null, case when bool_and(c.died) then 'DEATH' else 'DISABILITY' end,
    date '2015-01-01', 'OTHER', p.village, now(), 'IMPORT'
  from member p join member c on c.k = p.k and (c.mother_id = p.id or c.father_id = p.id)
  left join circumstances d on d.county_code = ${COUNTY} and d.person_id = c.id and d.kind = 'DISABILITY' and d.grade <= 3
  where not p.died group by p.id, p.k, p.slot, p.village having count(*) = 1 and bool_and(c.died or d.id is not null);`

const MEMBERS_OF_A_FAMILY = 5.4

/** A county of so many people in families, with what rules read of them; the indexes are built once all are there. */
export async function loadCounty(installation: Installation, name: string, persons: number): Promise<string> {
  return await installation.loaded(name, async () => {
    const draft = `${name}_draft`
    const began = performance.now()
    await installation.sql(
      draft,
      `insert into divisions (code, valid_from, name, pinyin, initials, level, parent_code, recorded_at)
       select code, '2020-01-01', name, '', '', level, parent, now()
       from jsonb_to_recordset($1::jsonb) as d (code text, name text, level smallint, parent text)`,
      [JSON.stringify(await divisionsOfCounty(COUNTY))],
    )
    const [{ indexes }] = (await installation.sql(
      draft,
      `select json_agg(json_build_object('name', i.indexrelid::regclass, 'text', pg_get_indexdef(i.indexrelid))) as indexes from pg_index i
       where i.indrelid = any ('{persons, circumstances, marriage_events, deaths}'::regclass[]) and not i.indisprimary`,
    )) as [{ indexes: { name: string; text: string }[] }]
    const count = Math.ceil(persons / MEMBERS_OF_A_FAMILY) + 100
    const script = [
      'set synchronous_commit = off',
      ...indexes.map((index) => `drop index ${index.name}`),
      families.replace('$1', String(count)).replace('$2', String(persons)),
      people,
      circumstances,
      ...indexes.map((index) => index.text),
    ]
    await installation.sql(draft, script.join(';\n'))
    console.log(`  ${persons} people in families in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  })
}
