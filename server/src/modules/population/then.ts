/** The name of a person, a row of persons, at a moment: the first correction after it says what it was until then. */
export function nameThen(row: string, moment: string): string {
  return `coalesce((select f.before ->> 'name' from person_facts f where f.county_code = ${row}.county_code and f.person_id = ${row}.id
    and f.recorded_at > ${moment} and f.before ? 'name' order by f.recorded_at, f.id limit 1), ${row}.name)`
}

/**
 * What the rows of one division are ordered by so that the first tells its name as it was known at a moment: the latest
 * that was in force and recorded by then. A division known since only had no other name than its first.
 */
export function placeThenFirst(row: string, moment: string): string {
  return `case when ${row}.recorded_at <= ${moment} and ${row}.valid_from <= (${moment} at time zone 'Asia/Shanghai')::date
    then ${row}.valid_from end desc nulls last, ${row}.valid_from`
}
