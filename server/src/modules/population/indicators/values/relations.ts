import type { PopulationChoice } from '@youyu/shared/population/indicators'

/** Where facts are counted and how a record of them is shown; `f` is the fact, `p` the period. */
export type Relation = {
  from: string
  /** Always true of what counts at all. */
  base: string
  place: Record<PopulationChoice, string>
  /** The day that decides the period; null for what stands at its end. */
  day: string | null
  /** Whether only the present is known of it. */
  isPresent: boolean
  /** The day whose divisions the place is named by; null for what always bears the name of today. */
  named: string | null
  record: { kind: string; fact: string; person: string; day: string; title: string } | null
}

const both = (column: string) => ({ residence: column, hukou: column })

export type Relations = Readonly<Record<string, Relation>>

/** The relation of a name; a measure that names one its catalogue lacks is a mistake in the code. */
export function relationIn(relations: Relations, name: string): Relation {
  const relation = relations[name]
  if (!relation) throw new Error(`No relation ${name}`)
  return relation
}

export const relations = {
  births: {
    from: 'births f',
    base: 'f.voided_at is null',
    place: { residence: 'f.division_code', hukou: 'f.hukou_division' },
    day: 'f.occurred_on',
    isPresent: false,
    named: 'f.occurred_on',
    record: {
      kind: 'birth',
      fact: 'f.id',
      person: 'case when f.child_id is null then f.mother_id else f.child_id end',
      day: 'f.occurred_on',
      title: 'null',
    },
  },
  // Births where they happened: in institutions licensed for midwifery.
  deliveries: {
    from: 'births f join organisations o on o.id = f.facility_id and o.midwifery_licence',
    base: 'f.voided_at is null',
    place: both('o.division_code'),
    day: 'f.occurred_on',
    isPresent: false,
    named: null,
    record: {
      kind: 'birth',
      fact: 'f.id',
      person: 'case when f.child_id is null then f.mother_id else f.child_id end',
      day: 'f.occurred_on',
      title: 'null',
    },
  },
  deaths: {
    from: 'deaths f',
    base: 'f.voided_at is null',
    place: { residence: 'f.division_code', hukou: 'f.hukou_division' },
    day: 'f.occurred_on',
    isPresent: false,
    named: 'f.occurred_on',
    record: { kind: 'death', fact: 'f.id', person: 'f.person_id', day: 'f.occurred_on', title: 'null' },
  },
  // Women who marry for the first time, whichever party they are.
  brides: {
    from: `marriage_events f cross join lateral (values
      (f.party_a, f.division_a, f.sex_a, f.order_a, f.age_a), (f.party_b, f.division_b, f.sex_b, f.order_b, f.age_b)
    ) as w (person_id, division_code, sex, marriage_order, age)`,
    base: `f.voided_at is null and f.event in ('MARRY', 'REMARRY') and w.sex = '2' and w.marriage_order = 'FIRST' and w.person_id is not null`,
    place: both('w.division_code'),
    day: 'f.occurred_on',
    isPresent: false,
    named: 'f.occurred_on',
    record: { kind: 'marriage', fact: 'f.id', person: 'w.person_id', day: 'f.occurred_on', title: 'null' },
  },
  persons: {
    from: 'persons f',
    base: `f.status in ('ACTIVE', 'SUSPECT_DUP')`,
    place: { residence: 'f.residence_division', hukou: 'f.hukou_division' },
    day: null,
    isPresent: true,
    named: null,
    record: { kind: 'person', fact: 'f.id', person: 'f.id', day: 'null::date', title: 'null' },
  },
  counts: {
    from: 'village_counts f',
    base: 'true',
    place: both('f.division_code'),
    day: null,
    isPresent: true,
    named: null,
    record: null,
  },
  institutions: {
    from: 'childcare_institutions f',
    base: 'f.opened_on <= p.until_on and (f.closed_on is null or f.closed_on > p.until_on)',
    place: both('f.division_code'),
    day: null,
    isPresent: false,
    named: "(f.recorded_at at time zone 'Asia/Shanghai')::date",
    record: { kind: 'institution', fact: 'f.id', person: 'null::uuid', day: 'f.opened_on', title: 'f.name' },
  },
  enrolments: {
    from: 'childcare_enrolments f join persons c on c.county_code = f.county_code and c.id = f.child_id',
    base: `f.voided_at is null and f.from_on <= p.until_on and (f.to_on is null or f.to_on > p.until_on)
      and c.birth_date > p.until_on - interval '3 years' and c.birth_date <= p.until_on
      and not exists (select from childcare_enrolments e where e.county_code = f.county_code and e.child_id = f.child_id and e.id < f.id
        and e.voided_at is null and e.from_on <= p.until_on and (e.to_on is null or e.to_on > p.until_on))`,
    place: { residence: 'c.residence_division', hukou: 'c.hukou_division' },
    day: null,
    isPresent: false,
    named: null,
    record: { kind: 'person', fact: 'f.id', person: 'f.child_id', day: 'f.from_on', title: 'null' },
  },
  rooms: {
    from: 'mother_infant_rooms f',
    base: '(f.opened_on is null or f.opened_on <= p.until_on)',
    place: both('f.division_code'),
    day: null,
    isPresent: false,
    named: "(f.recorded_at at time zone 'Asia/Shanghai')::date",
    record: { kind: 'room', fact: 'f.id', person: 'null::uuid', day: 'f.opened_on', title: 'f.site' },
  },
} satisfies Relations
