import type { ScreenKind } from '@youyu/shared/birth-defects/prenatal-values'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import { factsOf, type Kept } from '../queries-facts.ts'
import { prenatalScreens } from './tables.ts'

export type ScreenRow = Kept & {
  chainId: Id
  womanId: Id
  pregnancyId: Id | null
  kind: ScreenKind
  offeredOn: CivilDate
  counsellor: string | null
  understood: boolean | null
  decision: 'AGREED' | 'DECLINED' | 'UNDECIDED'
  takenOn: CivilDate | null
  gestationDays: number | null
  inWindow: boolean | null
  laboratoryId: Id | null
  labOrderId: Id | null
  result: 'LOW' | 'CRITICAL' | 'HIGH' | 'NO_CALL' | null
  flagged: string[]
  parameters: string[]
  reportedOn: CivilDate | null
  valuesCipher: Buffer | null
  noteCipher: Buffer | null
  version: number
}

export const screens = factsOf<ScreenRow>(prenatalScreens, 'womanId')

export type Window = { kind: ScreenKind; fromDays: number; toDays: number }

/** Windows of the chain's schedule in force, in days of gestation. */
export async function selectWindows(
  tx: Transaction,
  { county }: Access,
  today: CivilDate,
): Promise<Window[]> {
  return await ask(
    tx,
    `select item as kind, from_days as "fromDays", to_days as "toDays" from app.chain_schedule($1, $2)
     where item in ('NT', 'SERUM', 'NIPT', 'ANOMALY_SCAN', 'OGTT') and anchor = 'LMP' order by position`,
    [county, today],
  )
}

/** Of the laboratory's numbers of an order, still enciphered. */
export async function selectLabValues(
  tx: Transaction,
  { county }: Access,
  orderId: Id,
): Promise<{ id: Id; analyte: string; flag: string | null; valueCipher: Buffer | null }[]> {
  return await ask(
    tx,
    `select id, analyte_code as analyte, flag, value_cipher as "valueCipher" from lab_results
     where county_code = $1 and order_id = $2 and voided_at is null`,
    [county, orderId],
  )
}

export async function findCaseOf(tx: Transaction, { county }: Access, screenId: Id): Promise<Id | null> {
  const [found] = await ask<{ id: Id }>(
    tx,
    'select id from screen_positives where county_code = $1 and screen_id = $2 and voided_at is null',
    [county, screenId],
  )
  return found?.id ?? null
}
