import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import { nameThen, placeThenFirst } from '../then.ts'
import { eventsOfRecords, lines, naming, type Line } from './queries-lines.ts'
import type { KeptEvent } from './queries.ts'

/** The records that merges, standing or undone, ever joined with those in `seed`: each way by an index. */
const joinedWith = (seed: string, name: string) => `${name} (id) as (
    ${seed} union select beside.id from ${name}, lateral (
      select g.merged_id as id from person_merges g where g.county_code = $1 and g.kept_id = ${name}.id
      union all select (f.after ->> 'mergedInto')::uuid from person_facts f
        where f.county_code = $1 and f.person_id = ${name}.id and f.after ->> 'mergedInto' is not null) beside
  )`

/** Every row that names or ever named one of them, kept whole: it is read for whom it names, and then as it stood. */
const found = lines
  .map(
    (line) => `found_${line.table} (x) as materialized (
    select x from ${line.table} x where x.county_code = $1 and ${naming('x', line, 'any(array(select id from hers))')})`,
  )
  .join(', ')

const namedInFound = lines
  .filter(({ others }) => others)
  .map(({ table, names }) => names.map((column) => `select (f.x).${column} as id from found_${table} f`))
  .flat()
  .join(' union all ')

/**
 * A change of divisions ends a stay under the old code where it stands and goes on with it under the new one, in a row
 * whose id follows from both: the last of them ends where the one stay did.
 */
const endThen = `(with recursive stay (id, to_on, step) as (
    select (f.x).id, (f.x).to_on, 0 union all
    select e.id, e.to_on, stay.step + 1 from stay join division_changes c on c.effective_on = stay.to_on and c.recorded_at > $3::timestamptz
      join residence_episodes e on e.county_code = $1 and e.id = app.derived_id(c.id::text || stay.id::text)
  ) select stay.to_on from stay order by stay.step desc limit 1)`

/** Rows as they stood at the moment. */
const rowsThen = (line: Line) => {
  const end = line.kind === 'RESIDENCE' ? `jsonb_build_object('to_on', ${endThen}) || ` : ''
  return `(select row_then.* from found_${line.table} f, lateral jsonb_populate_record(f.x, ${end}coalesce((
      select jsonb_object_agg(split_part(t.naming, '.', 2), t.person) from named_then t
      where t.id = (f.x).id and t.naming like '${line.table}.%'), '{}')) row_then) x`
}

/**
 * What is recorded of a person, with whom it named at a moment. A merge renames the events of the record that goes, and
 * an undo renames them back; each wrote down which. Of what happened to an event after the moment the first tells whom
 * it named until then.
 */
export async function selectEventsThen(
  tx: Transaction,
  access: Access,
  id: Id,
  moment: Date,
): Promise<KeptEvent[]> {
  const events = eventsOfRecords({
    rowsOf: rowsThen,
    nameOfPerson: nameThen('q', '$3::timestamptz'),
    placeFirst: placeThenFirst('d', '$3::timestamptz'),
  })
  const text = `with recursive ${joinedWith('select $2::uuid', 'hers')},
  ${found},
  ${joinedWith(`select id from hers union select named.id from (${namedInFound}) named where named.id is not null`, 'around')},
  records as (
    select $2::uuid as id union select g.merged_id from person_merges g where g.county_code = $1 and g.kept_id = $2
      and g.recorded_at <= $3::timestamptz and (g.undone_at is null or g.undone_at > $3::timestamptz)
  ), named_then as materialized (
    select distinct on (carried.naming, event.id) carried.naming, event.id::uuid as id,
      case when g.recorded_at > $3::timestamptz then g.merged_id else g.kept_id end as person
    from person_merges g, jsonb_each(g.undo -> 'events') carried (naming, ids), jsonb_array_elements_text(carried.ids) event (id)
    where g.county_code = $1 and g.kept_id = any(array(select id from around))
      and (g.recorded_at > $3::timestamptz or g.undone_at > $3::timestamptz)
    order by carried.naming, event.id, case when g.recorded_at > $3::timestamptz then g.recorded_at else g.undone_at end
  )
  ${events}`
  return await ask(tx, text, [access.county, id, moment])
}
