import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type BirthFacts = { motherId: Id | null; bornOn: CivilDate; gestationDays: number | null }

/** What the register knows of a child's birth. */
export async function findBirth(
  tx: Transaction,
  { county }: Access,
  childId: Id,
): Promise<BirthFacts | undefined> {
  const text = `select mother_id as "motherId", born_on as "bornOn", gestation_days as "gestationDays" from app.birth_of($1, $2)`
  return (await ask<BirthFacts>(tx, text, [county, childId]))[0]
}
