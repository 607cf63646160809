import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { clientOf, type ClientFacts } from '../../contraception/index.ts'
import { chainFor, openChain, type ChainFacts } from '../chains/index.ts'

export type Pregnancy = { client: ClientFacts; chain: ChainFacts }

/** The woman and the chain of the pregnancy that a record of this day belongs to; it is opened where there is none. */
export async function pregnancyOf(
  tx: Transaction,
  access: Access,
  { womanId, pregnancyId }: { womanId: Id; pregnancyId?: Id | null | undefined },
  on: CivilDate,
  at: Date,
): Promise<Pregnancy> {
  const client = await clientOf(tx, access, womanId, '/womanId')
  if (client.sex === '1') throw Refused.field('/womanId', 'invalid-value')
  const known = await chainFor(tx, access, pregnancyId ? { pregnancyId } : { womanId }, on, at)
  if (pregnancyId && known?.womanId !== womanId) throw Refused.field('/pregnancyId', 'not-found')
  if (known && wasOpen(known, on)) {
    const its = { womanId, pregnancyId: known.pregnancyId, ground: 'PREGNANCY', on } as const
    if (!known.isJoined) await openChain(tx, access, its, at)
    return { client, chain: known }
  }
  await openChain(tx, access, { womanId, pregnancyId: pregnancyId ?? null, ground: 'PREGNANCY', on }, at)
  const chain = await chainFor(tx, access, pregnancyId ? { pregnancyId } : { womanId }, on, at)
  if (!chain) throw Refused.field('/womanId', 'not-found')
  return { client, chain }
}

/** What is entered late belongs to the chain of its day, though that was closed since. */
function wasOpen({ closedOn, bornOn }: ChainFacts, on: CivilDate): boolean {
  return (closedOn === null || on < closedOn) && (bornOn === null || on <= bornOn)
}
