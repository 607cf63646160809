import { isKept, lived, type Frame } from './queries-frame.ts'

const childSums = {
  ever: () => 'count(*)::integer',
  living: () => 'count(*) filter (where c.is_living)::integer',
  boys: () => `count(*) filter (where c.is_living and c.sex = '1')::integer`,
  girls: () => `count(*) filter (where c.is_living and c.sex = '2')::integer`,
  births: () => 'array_agg(c.birth_date order by c.birth_date)',
  youngest: () => 'max(c.birth_date) filter (where c.is_living)',
  disability: () => 'min(c.disability) filter (where c.is_living)',
  certificate: () => 'bool_or(c.certificate)',
} as const
export type ChildSum = keyof typeof childSums
const ofCircumstances: readonly ChildSum[] = ['disability', 'certificate']

const ownSums = {
  certificate: [`bool_or(x.kind = 'ONLY_CHILD_CERTIFICATE')`, 'ONLY_CHILD_CERTIFICATE'],
  complication: [`min(x.grade) filter (where x.kind = 'COMPLICATION')`, 'COMPLICATION'],
  low_income: [`bool_or(x.kind = 'LOW_INCOME')`, 'LOW_INCOME'],
  pension: [`min(x.detail) filter (where x.kind = 'PENSION_SCHEME')`, 'PENSION_SCHEME'],
  special: [`min(x.detail) filter (where x.kind = 'SPECIAL_FAMILY')`, 'SPECIAL_FAMILY'],
  insured: [`bool_or(x.kind = 'INSURED')`, 'INSURED'],
  historic: [`nullif(bool_or(x.kind = 'HISTORIC_QUALIFICATION'), false)`, 'HISTORIC_QUALIFICATION'],
} as const
export type OwnSum = keyof typeof ownSums

const inForce = (alias: string, { today }: Frame) =>
  `${alias}.voided_at is null and ${alias}.from_on <= ${today} and coalesce(${alias}.to_on >= ${today}, true)`

/** Children by parent, of birth or adopted, with what is summed over them; for one parent where `parent` says so. */
export function childrenOf(wanted: readonly ChildSum[], frame: Frame, parent: string | null): string {
  const { county, today } = frame
  const needsCircumstances = wanted.some((sum) => ofCircumstances.includes(sum))
  const sums = `min(x.grade) filter (where x.kind = 'DISABILITY') as disability, bool_or(x.kind = 'ONLY_CHILD_CERTIFICATE') as certificate
    from circumstances x where x.county_code = ${county} and x.kind in ('DISABILITY', 'ONLY_CHILD_CERTIFICATE') and ${inForce('x', frame)}`
  // Of everybody's children all at once, of one person's child by child.
  const circumstances =
    parent === null
      ? `left join (select x.person_id, ${sums} group by x.person_id) x on x.person_id = s.id`
      : `left join lateral (select ${sums} and x.person_id = s.id) x on true`
  const columns = `s.sex, s.birth_date, ${lived('s', frame)} as is_living${needsCircumstances ? ', x.disability, x.certificate' : ''}`
  const from = `from persons s ${needsCircumstances ? circumstances : ''}`
  const where = `s.county_code = ${county} and ${isKept('s')} and s.birth_date <= ${today}`
  const adopted = `select r.adult_id as parent_id, ${columns} ${from} join parentage_events r on r.county_code = s.county_code and r.child_id = s.id
    where ${where} and r.kind = 'ADOPTIVE' and r.voided_at is null and r.occurred_on <= ${today} and coalesce(r.ended_on > ${today}, true)
      and r.adult_id is not null and r.adult_id is distinct from s.mother_id and r.adult_id is distinct from s.father_id`
  // Every child is read once for both parents; one person's children are found by either index.
  const born =
    parent === null
      ? `select unnest(array[c.mother_id, c.father_id]) as parent_id, c.sex, c.birth_date, c.is_living${needsCircumstances ? ', c.disability, c.certificate' : ''}
          from (select s.mother_id, s.father_id, ${columns} ${from} where ${where} and (s.mother_id is not null or s.father_id is not null) offset 0) c`
      : ['mother_id', 'father_id']
          .map(
            (column) =>
              `select s.${column} as parent_id, ${columns} ${from} where ${where} and s.${column} = ${parent}`,
          )
          .join(' union all ')
  const all = `${born} union all ${adopted}${parent === null ? '' : ` and r.adult_id = ${parent}`}`
  const selected = wanted.map((sum) => `${childSums[sum]()} as ${sum}`).join(', ')
  return `(select c.parent_id, ${selected} from (${all}) c where c.parent_id is not null group by c.parent_id)`
}

/** Members of special families and insured people: kept elsewhere, read as circumstances. */
const keptElsewhere: Partial<Record<OwnSum, (frame: Frame) => string>> = {
  special: ({
    county,
    today,
  }) => `select m.person_id, 'SPECIAL_FAMILY', null::smallint, f.kind from family_members m
    join special_families f on f.county_code = m.county_code and f.id = m.family_id
    where m.county_code = ${county} and m.joined_on <= ${today} and coalesce(m.left_on > ${today}, true) and f.kind in ('DEATH', 'DISABILITY')
      and f.opened_on <= ${today} and coalesce(f.closed_on > ${today}, true)`,
  insured: ({ county, today }) => `select m.person_id, 'INSURED', null::smallint, null from insured_persons m
    join insurance_policies f on f.county_code = m.county_code and f.id = m.cover_id
    where m.county_code = ${county} and f.voided_at is null and ${today} between f.from_on and f.to_on`,
}

export function circumstancesOf(sums: readonly OwnSum[], frame: Frame, person: string | null): string {
  const selected = sums.map((sum) => `${ownSums[sum][0]} as ${sum}`).join(', ')
  const kinds = sums.map((sum) => `'${ownSums[sum][1]}'`).join(', ')
  const ofPerson = (column: string) => (person === null ? '' : ` and ${column} = ${person}`)
  const recorded = `select c.person_id, c.kind, c.grade, c.detail from circumstances c where c.county_code = ${frame.county} and c.kind in (${kinds})
    and ${inForce('c', frame)}${ofPerson('c.person_id')}`
  const elsewhere = sums.flatMap((sum) => {
    const kept = keptElsewhere[sum]
    return kept ? [`${kept(frame)}${ofPerson('m.person_id')}`] : []
  })
  const all = [recorded, ...elsewhere].join(' union all ')
  return `(select x.person_id, ${selected} from (${all}) x group by x.person_id)`
}
