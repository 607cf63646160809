import type { FactName } from '@youyu/shared/subsidies/facts'
import type { SubjectKind } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Bound } from '../../../database/statements.ts'
import type { Frame } from './queries-frame.ts'
import { guardianId, standsForFamily } from './queries-kin.ts'
import { factSources } from './queries-sources.ts'
import { childrenOf, circumstancesOf } from './queries-sums.ts'

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
