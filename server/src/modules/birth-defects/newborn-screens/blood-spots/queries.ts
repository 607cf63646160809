import type { NoSampleReason, SpotState } from '@youyu/shared/birth-defects/newborn'
import type { SpotFlag } from '@youyu/shared/birth-defects/newborn-rules'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'
import { factsOf, type Kept } from '../../queries-facts.ts'
import { bloodSpots } from '../tables.ts'

export type SpotRow = Kept & {
  childId: Id
  motherId: Id | null
  chainId: Id | null
  bornOn: CivilDate
  sequence: number
  state: SpotState
  stateOn: CivilDate
  dueBy: CivilDate | null
  sampledOn: CivilDate | null
  hoursAfterBirth: number | null
  feeds: number | null
  sampleNumber: string | null
  laboratoryId: Id | null
  labOrderId: Id | null
  findings: string[]
  pku: SpotFlag | null
  ch: SpotFlag | null
  g6pd: SpotFlag | null
  cah: SpotFlag | null
  reportedOn: CivilDate | null
  recalledOn: CivilDate | null
  confirmedOn: CivilDate | null
  diagnosisCodes: string[]
  treatedOn: CivilDate | null
  followedOn: CivilDate | null
  noSampleReason: NoSampleReason | null
  remindedOn: CivilDate[]
  valuesCipher: Buffer | null
  noteCipher: Buffer | null
  version: number
}

export const spots = factsOf<SpotRow>(bloodSpots, 'childId')

/** The last standing sample of a child at my facility. */
export async function findLast(
  tx: Transaction,
  { county, facility }: Access,
  childId: Id,
): Promise<{ id: Id; sequence: number; state: SpotState } | undefined> {
  const [row] = await ask<{ id: Id; sequence: number; state: SpotState }>(
    tx,
    `select id, sequence, state from blood_spots
     where county_code = $1 and child_id = $2 and facility_id = $3 and voided_at is null order by sequence desc limit 1`,
    [county, childId, facility],
  )
  return row
}
