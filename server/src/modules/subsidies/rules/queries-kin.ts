import type { CivilDate } from '@youyu/shared/values'
import type { Bound } from '../../../database/statements.ts'
import { isKept, lived, type Frame } from './queries-frame.ts'

const isMarried = `p.marital_status in ('20', '21', '22', '23')`

/** Marriages of `p` until the day: a branch for each side, so that each finds its index behind row-level security. */
export const marriages = ({ county, today }: Frame) => {
  const side = (own: 'a' | 'b', other: 'a' | 'b') =>
    `select e.id, e.event, e.occurred_on, e.order_${own} as own_order, e.party_${other} as other from marriage_events e
      where e.county_code = ${county} and e.party_${own} = p.id and e.voided_at is null and e.occurred_on <= ${today} and e.event in ('MARRY', 'REMARRY')`
  return `(${side('a', 'b')} union all ${side('b', 'a')})`
}

/**
 * The spouse in the register: by the latest marriage record, else the other parent of her youngest child, as long as she
 * counts as married.
 */
const spouseId = (frame: Frame) => {
  const coparent = (own: string, other: string) => `(select s.${other} from persons s
    where s.county_code = ${frame.county} and s.${own} = p.id and s.${other} is not null and ${isKept('s')} order by s.birth_date desc, s.id limit 1)`
  return `case when ${isMarried} then coalesce(
    (select e.other from ${marriages(frame)} e order by e.occurred_on desc, e.id desc limit 1),
    case when p.sex = '2' then ${coparent('mother_id', 'father_id')} else ${coparent('father_id', 'mother_id')} end) end`
}

/** Her id stands in a relation of its own: behind row-level security nothing that is looked up itself finds an index. */
export const ofSpouse = (column: string, frame: Frame, condition = 'true') =>
  `(select ${column} from (select ${spouseId(frame)} as id offset 0) m
    join persons w on w.county_code = ${frame.county} and w.id = m.id where ${lived('w', frame)} and ${condition})`

export const hasChild = ({ county, today }: Frame, parent: string, condition: string) =>
  ['mother_id', 'father_id']
    .map(
      (
        column,
      ) => `exists (select from persons s where s.county_code = ${county} and s.${column} = ${parent} and ${isKept('s')}
        and s.birth_date <= ${today} and ${condition})`,
    )
    .join(' or ')

/** A living parent, or who has adopted the child or is its guardian on the day. */
export const guardianId = (frame: Frame) => `coalesce(
  (select g.id from persons g where g.county_code = ${frame.county} and g.id in (p.mother_id, p.father_id)
    and g.status in ('ACTIVE', 'SUSPECT_DUP') order by g.id = p.mother_id desc limit 1),
  (select g.id from parentage_events r join persons g on g.county_code = r.county_code and g.id = r.adult_id
    where r.county_code = ${frame.county} and r.child_id = p.id and ${isGuardianship(frame)} and g.status in ('ACTIVE', 'SUSPECT_DUP')
    order by r.occurred_on desc, r.id desc limit 1))`

/** The same of a child who is known by her id. */
export const guardianOf = (
  bound: Bound,
  { county, asOf }: { county: number; asOf: CivilDate },
  child: string,
) => {
  const frame = {
    county: `${bound.bind(county)}::integer`,
    today: `${bound.bind(asOf)}::date`,
    applicant: null,
  }
  return `(select ${guardianId(frame)} from persons p where p.county_code = ${frame.county} and p.id = ${child})`
}

export const isGuardianship = ({ today }: Frame) =>
  `r.kind in ('ADOPTIVE', 'GUARDIAN') and r.voided_at is null and r.occurred_on <= ${today} and coalesce(r.ended_on > ${today}, true)`

/** Of a couple or family one is the subject: the wife, or who has no spouse with a hukou here. */
export const standsForFamily = (frame: Frame) =>
  `(p.sex = '2' or ${ofSpouse('true', frame, `w.sex = '2' and left(w.hukou_division, 6) = left(p.hukou_division, 6)`)} is null)`
