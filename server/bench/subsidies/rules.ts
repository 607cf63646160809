import pg from 'pg'
import type { Facts } from '@youyu/shared/subsidies/facts'
import { evaluate, levelFor } from '@youyu/shared/subsidies/evaluation'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import { factsIn } from '@youyu/shared/subsidies/rules'
import { Bound } from '../../src/database/statements.ts'
import {
  eligibilityRelation,
  factsRelation,
  type KeyedRule,
} from '../../src/modules/subsidies/rules/index.ts'
import type { Installation } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY, TODAY } from './county.ts'
import { rulesByHand } from './rules-by-hand.ts'

const county = Number(COUNTY)
const SAMPLE = 10_000

type Rules = (KeyedRule & { terms: ProgrammeTerms })[]

async function rulesInForce(installation: Installation): Promise<Rules> {
  const rows = (await installation.sql(
    'large',
    `select code as key, terms from app.programme_terms($1, $2) where status = 'OPEN' and terms ->> 'manner' in ('MONTHLY', 'EVENT') order by code`,
    [county, TODAY],
  )) as Rules
  return rows
}

/** As an officer of the county office: behind row-level security. */
async function asOfficer(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(
    `set role youyu_app; set app.area = '{["${COUNTY}","${COUNTY}:")}'; set app.actor = '00000000-0000-0000-0000-000000000000'`,
  )
  return client
}

const foundBy = (relation: string) =>
  `select key, level, count(*)::integer as people, md5(string_agg(subject_id::text || coalesce(payee_id::text, ''), ',' order by subject_id)) as who
   from ${relation} e group by 1, 2 order by 1, 2`
const countedBy = (relation: string) => `select count(*)::integer as n, count(level) from ${relation} e`

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return (performance.now() - began) / 1000
}

/** Eligibility of the whole register for all programmes, against the same predicates written by hand. */
export async function ruleRun(installation: Installation, rounds: number): Promise<Result> {
  const rules = await rulesInForce(installation)
  const [officer, owner] = [
    await asOfficer(installation.urlOf('large')),
    new pg.Client(installation.urlOf('large')),
  ]
  await owner.connect()
  try {
    const bound = new Bound()
    const relation = eligibilityRelation(bound, { county, asOf: TODAY, rules })
    const byHand = `(${rulesByHand.replaceAll('$1::text', `'${COUNTY}'`).replaceAll('$1', COUNTY).replaceAll('$2::date', '$2').replaceAll('$2', `date '${TODAY}'`)})`
    const [ours, theirs] = [
      await officer.query(foundBy(relation), bound.values),
      await owner.query(foundBy(byHand)),
    ]
    if (JSON.stringify(ours.rows) !== JSON.stringify(theirs.rows))
      throw new Error(
        `The rules found other people: ${JSON.stringify({ ours: ours.rows, theirs: theirs.rows })}`,
      )
    return await compare({
      ...{ name: 'rule-run', better: 'lower', goal: 1.5, unit: 's', rounds },
      ours: () => seconds(() => officer.query(countedBy(relation), bound.values)),
      base: () => seconds(() => owner.query(countedBy(byHand))),
    })
  } finally {
    await officer.end()
    await owner.end()
  }
}

/** The same against evaluating person by person, with the facts of a thousand at a time. */
export async function ruleLoop(installation: Installation, rounds: number): Promise<Result> {
  const rules = await rulesInForce(installation)
  const facts = factsIn(...rules.flatMap(({ terms }) => [terms.rule, terms.level]))
  const officer = await asOfficer(installation.urlOf('large'))
  try {
    const bound = new Bound()
    const relation = eligibilityRelation(bound, { county, asOf: TODAY, rules })
    const people = await officer.query<{ id: string }>(
      `select id from persons where county_code = $1 and status in ('ACTIVE', 'SUSPECT_DUP') order by md5(id::text)`,
      [county],
    )
    const frame = { county: COUNTY, today: TODAY }
    async function oneByOne(ids: readonly string[]): Promise<number> {
      let met = 0
      for (let at = 0; at < ids.length; at += 1000) {
        const asked = new Bound()
        const named = factsRelation(asked, { county, asOf: TODAY, facts, ids: ids.slice(at, at + 1000) })
        const { rows } = await officer.query<{
          facts: Facts & { is_minor: boolean; stands_for_family: boolean }
        }>(`select to_jsonb(f) as facts from ${named} f`, asked.values)
        for (const { facts: known } of rows)
          for (const { terms } of rules) {
            const isSubject =
              terms.subject === 'PERSON' ||
              (terms.subject === 'CHILD' ? known.is_minor : known.stands_for_family)
            if (
              isSubject &&
              evaluate(terms.rule, known, frame).met &&
              levelFor(terms.level, known, frame) !== null
            )
              met += 1
          }
      }
      return met
    }
    return await compare({
      ...{ name: 'rule-loop', better: 'higher', goal: 20, unit: 'people/s', rounds },
      ours: async () =>
        people.rows.length / (await seconds(() => officer.query(countedBy(relation), bound.values))),
      base: async (round) => {
        const start = (round * SAMPLE) % Math.max(1, people.rows.length - SAMPLE)
        const ids = people.rows.slice(start, start + SAMPLE).map(({ id }) => id)
        return ids.length / (await seconds(() => oneByOne(ids)))
      },
    })
  } finally {
    await officer.end()
  }
}
