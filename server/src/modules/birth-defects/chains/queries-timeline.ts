import type { Chain } from '@youyu/shared/birth-defects/chains'
import type { ChainItem, ChainState } from '@youyu/shared/birth-defects/chain-values'
import type { OfferService } from '@youyu/shared/contraception/protocols'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

/** Only chains in which the facility of the access takes part. */
export async function selectChains(
  tx: Asking,
  { county }: Access,
  personId: Id,
  today: CivilDate,
): Promise<Chain[]> {
  const [found] = await ask<{ chains: Chain[] }>(tx, 'select app.chains_of_person($1, $2, $3) as chains', [
    county,
    personId,
    today,
  ])
  return found!.chains
}

export type JoinedChain = { womanId: Id; openedOn: CivilDate; children: Id[] }

/** The first gate: a chain in which the facility takes part; locked until the end of what is said of it. */
export async function findJoined(
  tx: Transaction,
  { county, facility }: Access,
  chainId: Id,
): Promise<JoinedChain | undefined> {
  const [chain] = await ask<JoinedChain>(
    tx,
    `select c.woman_id as "womanId", c.opened_on as "openedOn",
       array(select k.child_id from chain_children k where k.county_code = $1 and k.chain_id = c.id) as children
     from chains c where c.county_code = $1 and c.id = $2 and c.voided_at is null
       and exists (select from chain_facilities f where f.county_code = $1 and f.chain_id = c.id and f.facility_id = $3
         and f.until_on is null)`,
    [county, chainId, facility],
  )
  return chain
}

export async function findLink(
  tx: Transaction,
  { county }: Access,
  { chainId, item, childId }: { chainId: Id; item: ChainItem; childId?: Id | undefined },
): Promise<{ state: ChainState; windowTo: CivilDate | null } | undefined> {
  const [link] = await ask<{ state: ChainState; windowTo: CivilDate | null }>(
    tx,
    `select l.state, l.window_to as "windowTo" from chain_links l
     where l.county_code = $1 and l.chain_id = $2 and l.item = $3 and l.subject_id = $4`,
    [county, chainId, item, childId ?? chainId],
  )
  return link
}

/** Opens an offer that the village may bring where she agreed to be contacted; none where she opted out. */
export async function openOffer(
  tx: Transaction,
  { county, facility, actorId }: Access,
  {
    womanId,
    service,
    dueOn,
    cycleTo,
  }: { womanId: Id; service: OfferService; dueOn: CivilDate; cycleTo: CivilDate },
  at: Date,
): Promise<Id | null> {
  const [offer] = await ask<{ id: Id }>(
    tx,
    'select offer_id as id from app.open_offers($1, array[$2::uuid], array[$3], array[$4::date], array[$5::date], array[$6::uuid], $4::date, $7, $8)',
    [county, womanId, service, dueOn, cycleTo, facility, actorId, at],
  )
  return offer?.id ?? null
}

export async function endPart(
  tx: Transaction,
  { county }: Access,
  chainId: Id,
  facilityId: Id,
  on: CivilDate,
  today: CivilDate,
  at: Date,
): Promise<boolean> {
  const [left] = await ask<{ left: boolean }>(tx, 'select app.leave_chain($1, $2, $3, $4, $5, $6) as left', [
    ...[county, chainId, facilityId, on, today, at],
  ])
  return left!.left
}

export async function stopChain(
  tx: Transaction,
  { county }: Access,
  chainId: Id,
  on: CivilDate,
  today: CivilDate,
  at: Date,
): Promise<void> {
  await ask(tx, 'select app.stop_chain($1, $2, $3, $4, $5)', [county, chainId, on, today, at])
}
