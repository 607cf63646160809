/** What the expressions of facts refer to: `p` the person, `k` her children, `o` her circumstances. */
export type Frame = { county: string; today: string; applicant: string | null }

export const isKept = (alias: string) => `${alias}.status not in ('MERGED', 'ARCHIVED')`

/** Whether somebody lived on the day: who died later did. */
export const lived = (alias: string, { county, today }: Frame) =>
  `(${alias}.status <> 'DECEASED' or exists (select from deaths d where d.county_code = ${county} and d.person_id = ${alias}.id
    and d.voided_at is null and d.occurred_on > ${today}))`
