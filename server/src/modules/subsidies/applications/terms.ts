import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { findTermsInForce, findTermsOf } from './queries-facts.ts'

/** A programme as it stands under one version. */
export type Terms = { versionId: Id; code: string; terms: ProgrammeTerms }

/** What is in force on a day; only an open programme with steps takes applications. */
export async function termsFor(tx: Transaction, access: Access, code: string, on: CivilDate): Promise<Terms> {
  const found = await findTermsInForce(tx, access, code, on)
  if (!found) throw Refused.field('/programme', 'not-found')
  const { versionId, status, terms } = found
  if (status !== 'OPEN' || terms.steps.length === 0) throw new Refused('programme-closed')
  return { versionId, code, terms }
}

export async function termsOfVersion(tx: Transaction, versionId: Id): Promise<Terms> {
  return (await termsOfVersions(tx, [versionId])).get(versionId)!
}

/** However old. */
export async function termsOfVersions(tx: Transaction, versionIds: readonly Id[]): Promise<Map<Id, Terms>> {
  const found = await findTermsOf(tx, [...new Set(versionIds)])
  const known = new Map(found.map((terms) => [terms.versionId, terms]))
  const unknown = versionIds.find((id) => !known.has(id))
  if (unknown) throw new Error(`No version ${unknown} of a programme`)
  return known
}
