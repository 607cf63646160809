import { daysBetween } from '@youyu/shared/birth-defects/newborn-rules'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { clientOf, keepClient } from '../../contraception/index.ts'
import { chainFor, openChain } from '../chains/index.ts'
import { findBirth } from './queries-child.ts'

/** A child of the register with what its birth says. */
export type Newborn = {
  childId: Id
  motherId: Id | null
  chainId: Id | null
  bornOn: CivilDate
  divisionCode: DivisionCode
  gestationDays: number | null
}

/** The chain of the mother's pregnancy; a child whose mother is not in the register has none. */
export async function newbornOf(
  tx: Transaction,
  access: Access,
  childId: Id,
  on: CivilDate,
  at: Date,
): Promise<Newborn> {
  const child = await clientOf(tx, access, childId, '/childId')
  const birth = await findBirth(tx, access, childId)
  const bornOn = birth?.bornOn ?? child.birthDate
  if (on < bornOn) throw Refused.field('/childId', 'invalid-date')
  const motherId = birth?.motherId ?? null
  const known = await chainFor(tx, access, { childId }, on, at)
  if (motherId && !known?.isJoined)
    await openChain(tx, access, { womanId: motherId, ground: 'BIRTH', on: bornOn }, at)
  const chain = known ?? (motherId ? await chainFor(tx, access, { childId }, on, at) : null)
  await keepClient(tx, access, { clientId: childId, on, encounters: 0 })
  return {
    ...{ childId, motherId, chainId: chain?.chainId ?? null, bornOn, divisionCode: child.residenceDivision },
    gestationDays: birth?.gestationDays ?? null,
  }
}

/** What every record of a child begins with. */
export const rowOf = ({ childId, motherId, chainId, bornOn, divisionCode }: Newborn) => ({
  ...{ childId, motherId, chainId, bornOn, divisionCode },
})

export const ageOnDay = (bornOn: CivilDate, day: CivilDate): number => daysBetween(bornOn, day)

/** 37 weeks. */
const TERM_DAYS = 259
export const isPreterm = (gestationDays: number | null): boolean =>
  gestationDays !== null && gestationDays < TERM_DAYS
