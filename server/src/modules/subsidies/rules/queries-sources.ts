import type { FactName } from '@youyu/shared/subsidies/facts'
import { isKept, type Frame } from './queries-frame.ts'
import { guardianId, hasChild, isGuardianship, marriages, ofSpouse } from './queries-kin.ts'
import type { ChildSum, OwnSum } from './queries-sums.ts'

/** How dear a fact is: on the person's row, joined once for everybody, or looked up for whom it is asked. */
type FactCost = 'row' | 'joined' | 'looked-up'

type FactSource = {
  cost: FactCost
  /** Sums over her children, and circumstances of hers or theirs, that the expression reads. */
  children?: readonly ChildSum[]
  own?: readonly OwnSum[]
  text: (frame: Frame) => string
}

const years = (from: string, until: string) => `date_part('year', age(${until}, ${from}))::integer`
const months = (from: string, until: string) => `app.months_between(${from}, ${until})`

const row = (text: FactSource['text']): FactSource => ({ cost: 'row', text })
const ofChildren = (children: ChildSum[], text: string | FactSource['text']): FactSource => ({
  cost: 'joined',
  children,
  text: typeof text === 'string' ? () => text : text,
})
const ofOwn = (own: OwnSum[], text: string): FactSource => ({ cost: 'joined', own, text: () => text })
const lookedUp = (text: FactSource['text']): FactSource => ({ cost: 'looked-up', text })

export const factSources: Readonly<Record<FactName, FactSource>> = {
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
