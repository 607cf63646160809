import type { FactName, Facts } from '@youyu/shared/subsidies/facts'
import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { settingsOf } from '../../../database/transaction.ts'
import { factsRelation } from '../rules/index.ts'

type Question = {
  facts: readonly FactName[]
  asOf: CivilDate
  ids: readonly Id[]
  applicants: readonly Id[]
}

/**
 * Facts of subjects whose applications the first gate has let through. A family does not end at a township: children and
 * spouses of the whole county are read, whoever asks. Nothing else may be under way on the connection meanwhile.
 */
export async function selectFacts(
  tx: Transaction,
  access: Access,
  { facts, asOf, ids, applicants }: Question,
): Promise<Map<Id, Facts>> {
  const bound = new Bound()
  const relation = factsRelation(bound, { county: access.county, asOf, facts, ids, applicants })
  const text = `select f.subject_id as id, to_jsonb(f) as facts from ${relation} f`
  const county = String(access.county).padStart(6, '0')
  const [wide] = settingsOf({ ...access, prefixes: [...access.prefixes, county] })
  const [own] = settingsOf(access)
  await tx.client.query(wide!)
  const rows = await ask<{ id: Id; facts: Record<string, never> }>(tx, text, bound.values)
  await tx.client.query(own!)
  return new Map(
    rows.map((row) => [row.id, Object.fromEntries(facts.map((fact) => [fact, row.facts[fact] ?? null]))]),
  )
}

export type TermsRecord = { versionId: Id; code: string; status: string; terms: ProgrammeTerms }

export async function findTermsInForce(
  tx: Transaction,
  access: Access,
  code: string,
  on: CivilDate,
): Promise<TermsRecord | undefined> {
  const text = `select version_id as "versionId", code, status, terms from app.programme_terms($1, $2) where code = $3`
  const [found] = await ask<TermsRecord>(tx, text, [access.county, on, code])
  return found
}

export async function findTermsOf(
  tx: Transaction,
  versionIds: readonly Id[],
): Promise<Omit<TermsRecord, 'status'>[]> {
  const text = `select id as "versionId", code, terms from programme_versions where id = any ($1::uuid[])`
  return await ask(tx, text, [versionIds])
}
