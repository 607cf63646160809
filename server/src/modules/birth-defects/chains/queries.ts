import type {
  ChainEvent,
  ChainGround,
  ChainItem,
  JoinGround,
  LinkReason,
} from '@youyu/shared/birth-defects/chain-values'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** What a record needs of the chain it belongs to. */
export type ChainFacts = {
  chainId: Id
  womanId: Id
  pregnancyId: Id | null
  facilityId: Id | null
  divisionCode: DivisionCode
  openedOn: CivilDate
  expectedOn: CivilDate | null
  bornOn: CivilDate | null
  cohortMonth: CivilDate
  closedOn: CivilDate | null
  /** Whether the facility of the transaction takes part; what others did is shown only then. */
  isJoined: boolean
}

export type ChainSubject = { womanId: Id } | { pregnancyId: Id } | { childId: Id }

export async function findChain(
  tx: Transaction,
  { county }: Access,
  subject: ChainSubject,
  on: CivilDate,
  today: CivilDate,
  at: Date,
): Promise<ChainFacts | null> {
  const { womanId = null, pregnancyId = null, childId = null } = subject as Record<string, Id | undefined>
  const [found] = await ask<ChainFacts>(
    tx,
    `select chain_id as "chainId", woman_id as "womanId", pregnancy_id as "pregnancyId", facility_id as "facilityId",
       division_code as "divisionCode", opened_on as "openedOn", expected_on as "expectedOn", born_on as "bornOn",
       cohort_month as "cohortMonth", closed_on as "closedOn", is_joined as "isJoined"
     from app.chain_for($1, $2, $3, $4, $5, $6, $7)`,
    [county, womanId, pregnancyId, childId, on, today, at],
  )
  return found ?? null
}

export type ChainOpening = {
  womanId: Id
  partnerId?: Id | null | undefined
  pregnancyId?: Id | null | undefined
  ground: ChainGround
  on: CivilDate
  marriedOn?: CivilDate | null | undefined
  expectedOn?: CivilDate | null | undefined
}

export async function openedChain(
  tx: Transaction,
  { county, actorId }: Access,
  id: Id,
  { womanId, partnerId, pregnancyId, ground, on, marriedOn, expectedOn }: ChainOpening,
  today: CivilDate,
  at: Date,
): Promise<Id | null> {
  const [opened] = await ask<{ id: Id | null }>(
    tx,
    'select app.open_chain($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as id',
    [
      ...[county, id, womanId, partnerId ?? null, pregnancyId ?? null, ground, on, marriedOn ?? null],
      ...[expectedOn ?? null, actorId, today, actorId, at],
    ],
  )
  return opened!.id
}

export type LinkSaid = {
  id: Id
  chainId: Id
  item: ChainItem
  childId?: Id | null | undefined
  event: ChainEvent
  on: CivilDate
  reason?: LinkReason | null | undefined
  from?: CivilDate | null | undefined
  to?: CivilDate | null | undefined
  recordId: Id
  offerId?: Id | null | undefined
}

export async function insertLinks(
  tx: Transaction,
  { county, actorId }: Access,
  links: readonly LinkSaid[],
  today: CivilDate,
  at: Date,
): Promise<void> {
  await ask(tx, 'select app.record_links($1, $2, $3, $4, $5)', [
    county,
    JSON.stringify(links),
    today,
    actorId,
    at,
  ])
}

export async function takeBackLinks(
  tx: Transaction,
  { county, actorId }: Access,
  recordIds: readonly Id[],
  reason: string,
  today: CivilDate,
  at: Date,
): Promise<void> {
  await ask(tx, 'select app.void_links($1, $2, $3, $4, $5, $6)', [
    county,
    recordIds,
    reason,
    today,
    actorId,
    at,
  ])
}

export type Joining = {
  chainId: Id
  facilityId: Id
  ground: JoinGround
  managerId?: Id | null
  on: CivilDate
}

export async function insertFacility(
  tx: Transaction,
  { county, actorId }: Access,
  { chainId, facilityId, ground, managerId = null, on }: Joining,
  today: CivilDate,
  at: Date,
): Promise<boolean> {
  const [joined] = await ask<{ joined: boolean }>(
    tx,
    'select app.join_chain($1, $2, $3, $4, $5, $6, $7, $8, $9) as joined',
    [county, chainId, facilityId, ground, managerId, on, today, actorId, at],
  )
  return joined!.joined
}
