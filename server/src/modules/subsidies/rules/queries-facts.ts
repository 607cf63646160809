import type { FactName } from '@youyu/shared/subsidies/facts'
import type { SubjectKind } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Bound } from '../../../database/statements.ts'

export type FactsQuestion = {
  county: number
  asOf: CivilDate
  /** Only these are looked up. */
  facts: readonly FactName[]
  /** Only who may be a subject of this kind. */
  subject?: SubjectKind
  /** These people alone, whatever has become of them; else everybody on the register. */
  ids?: readonly Id[]
  /** Who applies for each of them, in the same order. */
  applicants?: readonly (Id | null)[]
}

/** How dear a fact is: on the person's row, joined once for everybody, or looked up for whom it is asked. */
export type FactCost = 'row' | 'joined' | 'looked-up'

/** What the expressions of facts refer to: `p` the person, `k` her children, `o` her circumstances. */
type Frame = { county: string; today: string; applicant: string | null }
type FactSource = {
  cost: FactCost
  /** Sums over her children, and circumstances of hers or theirs, that the expression reads. */
  children?: readonly ChildSum[]
  own?: readonly OwnSum[]
  text: (frame: Frame) => string
}

const years = (from: string, until: string) => `date_part('year', age(${until}, ${from}))::integer`
const months = (from: string, until: string) => `app.months_between(${from}, ${until})`
const isKept = (alias: string) => `${alias}.status not in ('MERGED', 'ARCHIVED')`
const isMarried = `p.marital_status in ('20', '21', '22', '23')`

/** Whether somebody lived on the day: who died later did. */
const lived = (alias: string, { county, today }: Frame) =>
  `(${alias}.status <> 'DECEASED' or exists (select from deaths d where d.county_code = ${county} and d.person_id = ${alias}.id
    and d.voided_at is null and d.occurred_on > ${today}))`

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
type ChildSum = keyof typeof childSums
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
type OwnSum = keyof typeof ownSums

const row = (text: FactSource['text']): FactSource => ({ cost: 'row', text })
const ofChildren = (children: ChildSum[], text: string | FactSource['text']): FactSource => ({
  cost: 'joined',
  children,
  text: typeof text === 'string' ? () => text : text,
})
const ofOwn = (own: OwnSum[], text: string): FactSource => ({ cost: 'joined', own, text: () => text })
const lookedUp = (text: FactSource['text']): FactSource => ({ cost: 'looked-up', text })

/** Marriages of `p` until the day: a branch for each side, so that each finds its index behind row-level security. */
const marriages = ({ county, today }: Frame) => {
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
const ofSpouse = (column: string, frame: Frame, condition = 'true') =>
  `(select ${column} from (select ${spouseId(frame)} as id offset 0) m
    join persons w on w.county_code = ${frame.county} and w.id = m.id where ${lived('w', frame)} and ${condition})`

const hasChild = ({ county, today }: Frame, parent: string, condition: string) =>
  ['mother_id', 'father_id']
    .map(
      (
        column,
      ) => `exists (select from persons s where s.county_code = ${county} and s.${column} = ${parent} and ${isKept('s')}
        and s.birth_date <= ${today} and ${condition})`,
    )
    .join(' or ')

/** A living parent, or who has adopted the child or is its guardian on the day. */
const guardianId = (frame: Frame) => `coalesce(
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

const isGuardianship = ({ today }: Frame) =>
  `r.kind in ('ADOPTIVE', 'GUARDIAN') and r.voided_at is null and r.occurred_on <= ${today} and coalesce(r.ended_on > ${today}, true)`

const factSources: Readonly<Record<FactName, FactSource>> = {
  age_years: row(({ today }) => years('p.birth_date', today)),
  age_months: row(({ today }) => months('p.birth_date', today)),
  birth_date: row(() => 'p.birth_date'),
  sex: row(() => 'p.sex'),
  marital: row(() => 'p.marital_status'),
  spouse_age_years: lookedUp((frame) => ofSpouse(years('w.birth_date', frame.today), frame)),
  spouse_hukou_type: lookedUp((frame) => ofSpouse('w.hukou_type', frame)),
  // A new marriage after a child, and after it a child of hers or of the new spouse.
  remarried_with_new_child: lookedUp(
    (frame) => `exists (select from ${marriages(frame)} e where (e.event = 'REMARRY' or e.own_order = 'RE')
      and (${hasChild(frame, 'p.id', 's.birth_date < e.occurred_on')})
      and (${hasChild(frame, 'p.id', 's.birth_date >= e.occurred_on')} or ${hasChild(frame, 'e.other', 's.birth_date >= e.occurred_on')}))`,
  ),
  hukou_division: row(() => 'p.hukou_division'),
  hukou_type: row(() => 'p.hukou_type'),
  residence_division: row(() => 'p.residence_division'),
  residence_since: row(() => 'p.residence_since'),
  n_children_living: ofChildren(['living'], 'coalesce(k.living, 0)'),
  n_children_ever: ofChildren(['ever'], 'coalesce(k.ever, 0)'),
  child_sexes_living: ofChildren(
    ['living', 'boys', 'girls'],
    `case when coalesce(k.living, 0) = 0 then '{}'::text[] else array_fill('1'::text, array[k.boys]) || array_fill('2'::text, array[k.girls])
      || array_fill('9'::text, array[k.living - k.boys - k.girls]) end`,
  ),
  child_birth_dates: ofChildren(['births'], `coalesce(k.births, '{}')`),
  youngest_child_age_years: ofChildren(['youngest'], ({ today }) => years('k.youngest', today)),
  child_birth_date: row(() => 'p.birth_date'),
  child_age_months: row(({ today }) => months('p.birth_date', today)),
  child_hukou_division: row(() => 'p.hukou_division'),
  child_order: lookedUp(
    ({ county }) => `case when p.mother_id is not null then (select count(*)::integer from persons s
      where s.county_code = ${county} and s.mother_id = p.mother_id and ${isKept('s')} and (s.birth_date, s.id) <= (p.birth_date, p.id)) end`,
  ),
  child_death_date: lookedUp(({ county, today }) => {
    const of = (
      column: string,
    ) => `(select max(d.occurred_on) from persons s join deaths d on d.county_code = s.county_code and d.person_id = s.id
      where s.county_code = ${county} and s.${column} = p.id and s.status = 'DECEASED' and d.voided_at is null and d.occurred_on <= ${today})`
    return `greatest(${of('mother_id')}, ${of('father_id')})`
  }),
  child_disability_grade: ofChildren(['disability'], 'k.disability'),
  only_child_cert: {
    ...ofChildren(['certificate'], 'coalesce(o.certificate, false) or coalesce(k.certificate, false)'),
    own: ['certificate'],
  },
  complication_grade: ofOwn(['complication'], 'o.complication'),
  min_living_allowance: ofOwn(['low_income'], 'coalesce(o.low_income, false)'),
  pension_scheme: ofOwn(['pension'], 'o.pension'),
  special_family_type: ofOwn(['special'], 'o.special'),
  insured: ofOwn(['insured'], 'coalesce(o.insured, false)'),
  historic_qualification: ofOwn(['historic'], 'o.historic'),
  applicant_is_guardian: lookedUp((frame) =>
    frame.applicant === null
      ? `${guardianId(frame)} is not null`
      : `(case when ${frame.applicant} is null then ${guardianId(frame)} is not null
        else ${frame.applicant} in (p.mother_id, p.father_id) is true or exists (select from parentage_events r
          where r.county_code = ${frame.county} and r.child_id = p.id and r.adult_id = ${frame.applicant} and ${isGuardianship(frame)}) end)`,
  ),
  other_program_active: lookedUp(
    ({
      county,
    }) => `(select coalesce(array_agg(distinct b.programme order by b.programme), '{}') from beneficiaries b
      where b.county_code = ${county} and b.person_id = p.id and b.state in ('ACTIVE', 'SUSPENDED'))`,
  ),
}

export const costOf = (fact: FactName): FactCost => factSources[fact].cost

/** Facts that count from a day, which the relation has too, in units of so many months. */
export const countedFrom: Partial<Record<FactName, { column: string; months: number }>> = {
  age_years: { column: 'born_on', months: 12 },
  age_months: { column: 'born_on', months: 1 },
  child_age_months: { column: 'born_on', months: 1 },
  youngest_child_age_years: { column: 'youngest_born_on', months: 12 },
}

const inForce = (alias: string, { today }: Frame) =>
  `${alias}.voided_at is null and ${alias}.from_on <= ${today} and coalesce(${alias}.to_on >= ${today}, true)`

/** Children by parent, of birth or adopted, with what is summed over them; for one parent where `parent` says so. */
function childrenOf(wanted: readonly ChildSum[], frame: Frame, parent: string | null): string {
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

function circumstancesOf(sums: readonly OwnSum[], frame: Frame, person: string | null): string {
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

/** Of a couple or family one is the subject: the wife, or who has no spouse with a hukou here. */
const standsForFamily = (frame: Frame) =>
  `(p.sex = '2' or ${ofSpouse('true', frame, `w.sex = '2' and left(w.hukou_division, 6) = left(p.hukou_division, 6)`)} is null)`

/** Whether a row of the relation may be a subject of this kind. */
export function isSubject(kind: SubjectKind, alias: string): string {
  if (kind === 'PERSON') return 'true'
  if (kind === 'CHILD') return `${alias}.is_minor`
  return kind === 'INSTITUTION' ? 'false' : `${alias}.stands_for_family`
}

/**
 * A relation of people with one column for each fact that is asked for, and with who they are: `subject_id`,
 * `division_code` (village of hukou), `born_on`, `guardian_id`, `is_minor`, `stands_for_family`, `is_on_register`. It stands in a
 * FROM in parentheses; what is looked up is looked up only for rows that come so far, unless it is kept behind a fence.
 */
export function factsRelation(bound: Bound, question: FactsQuestion): string {
  const { ids, applicants, facts, subject } = question
  const frame: Frame = {
    county: `${bound.bind(question.county)}::integer`,
    today: `${bound.bind(question.asOf)}::date`,
    applicant: ids && applicants ? 'n.applicant_id' : null,
  }
  const sources = facts.map((fact) => factSources[fact])
  const children = [...new Set(sources.flatMap((source) => source.children ?? []))]
  const own = [...new Set(sources.flatMap((source) => source.own ?? []))]
  const join = (relation: (person: string | null) => string, alias: string, key: string) =>
    ids
      ? `left join lateral ${relation('p.id')} ${alias} on true`
      : `left join ${relation(null)} ${alias} on ${alias}.${key} = p.id`
  const columns = [
    'p.id as subject_id',
    'p.hukou_division as division_code',
    'p.residence_division as lives_in',
    'p.birth_date as born_on',
    ...(children.includes('youngest') ? ['k.youngest as youngest_born_on'] : []),
    `p.birth_date > ${frame.today} - interval '18 years' as is_minor`,
    `${standsForFamily(frame)} as stands_for_family`,
    `${guardianId(frame)} as guardian_id`,
    `p.status in ('ACTIVE', 'SUSPECT_DUP') as is_on_register`,
    ...facts.map((fact) => `${factSources[fact].text(frame)} as ${fact}`),
  ]
  const people = ids
    ? `unnest(${bound.bind(ids)}::uuid[], ${bound.bind(applicants ?? ids.map(() => null))}::uuid[]) as n (id, applicant_id)
       join persons p on p.county_code = ${frame.county} and p.id = n.id`
    : 'persons p'
  const conditions = ids
    ? []
    : [
        `p.county_code = ${frame.county}`,
        `p.status in ('ACTIVE', 'SUSPECT_DUP')`,
        `p.birth_date <= ${frame.today}`,
      ]
  const relation = `select ${columns.join(', ')} from ${people}
    ${children.length > 0 ? join((person) => childrenOf(children, frame, person), 'k', 'parent_id') : ''}
    ${own.length > 0 ? join((person) => circumstancesOf(own, frame, person), 'o', 'person_id') : ''}
    ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}`
  return subject && !ids
    ? `(select * from (${relation}) every_one where ${isSubject(subject, 'every_one')})`
    : `(${relation})`
}
