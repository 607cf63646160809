import type {
  Chain,
  ChainLink,
  NewChain,
  NewChainFacility,
  NewChainLink,
} from '@youyu/shared/birth-defects/chains'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { readingByKey } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction, clientOf, keepClient, selectClient } from '../../contraception/index.ts'
import { chainFor, joinChain, openChain, recordLinks, voidLinks } from './linking.ts'
import { insertFacility } from './queries.ts'
import {
  endPart,
  findJoined,
  findLink,
  openOffer,
  selectChains,
  stopChain,
  type JoinedChain,
} from './queries-timeline.ts'
import { linkFaults, mayBeSaid, openingFaults, serviceOf } from './rules.ts'

/** A look at somebody's chain, of woman or child, is a look at her record of care. */
export async function chainOf(office: Office, access: Access, personId: Id): Promise<{ items: Chain[] }> {
  const today = todayOf(office.now())
  const [items, person] = await readingByKey(office.db, access, (tx) =>
    Promise.all([selectChains(tx, access, personId, today), selectClient(tx, access, personId)]),
  )
  if (!person) throw new Refused('not-found')
  office.views.note(access, careDeed(office, personId, 'view', 'birth-defect-chain'))
  return { items }
}

export async function openFor(
  office: Office,
  access: Access,
  body: NewChain,
): Promise<{ id: Id; isJoined: boolean }> {
  const at = office.now()
  const faults = openingFaults(body, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  return await careTransaction(office, access, async (tx) => {
    await clientOf(tx, access, body.womanId, '/womanId')
    if (body.partnerId) await clientOf(tx, access, body.partnerId, '/partnerId')
    const id = await openChain(tx, access, body, at)
    const joined = await findJoined(tx, access, id)
    await keepClient(tx, access, { clientId: body.womanId, on: body.on, encounters: 0 })
    await record(tx, access, careDeed(office, body.womanId, 'create', 'birth-defect-chain'), at)
    return { id, isJoined: joined !== undefined }
  })
}

async function joinedChain(tx: Transaction, access: Access, chainId: Id): Promise<JoinedChain> {
  const chain = await findJoined(tx, access, chainId)
  if (!chain) throw new Refused('not-found')
  return chain
}

export async function say(
  office: Office,
  access: Access,
  chainId: Id,
  said: NewChainLink,
): Promise<{ id: Id; link: ChainLink }> {
  const at = office.now()
  const today = todayOf(at)
  return await careTransaction(office, access, async (tx) => {
    const chain = await joinedChain(tx, access, chainId)
    const faults = linkFaults(said, chain, today)
    if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
    const { item, childId, event, on, reason } = said
    const standing = await findLink(tx, access, { chainId, item, childId })
    if (!mayBeSaid(event, standing?.state)) throw new Refused('link-settled')
    const offerId =
      event === 'OFFERED' && said.tellVillage
        ? await tellVillage(tx, access, chain, said, standing?.windowTo, at)
        : null
    const id = newId(at.getTime())
    await recordLinks(tx, access, [{ chainId, item, childId, event, on, reason, recordId: id, offerId }], at)
    const deed = careDeed(office, chain.womanId, 'change', 'birth-defect-chain', { fields: [item, event] })
    await record(tx, access, deed, at)
    const links = await linksOf(tx, access, chain.womanId, chainId, today)
    return { id, link: links.find((link) => link.item === item && link.childId === (childId ?? null))! }
  })
}

async function tellVillage(
  tx: Transaction,
  access: Access,
  { womanId }: JoinedChain,
  { item, on }: NewChainLink,
  windowTo: CivilDate | null | undefined,
  at: Date,
): Promise<Id | null> {
  const cycleTo = windowTo && windowTo > on ? windowTo : on
  return await openOffer(tx, access, { womanId, service: serviceOf(item), dueOn: on, cycleTo }, at)
}

async function linksOf(
  tx: Transaction,
  access: Access,
  womanId: Id,
  chainId: Id,
  today: CivilDate,
): Promise<ChainLink[]> {
  return (await selectChains(tx, access, womanId, today)).find(({ id }) => id === chainId)?.links ?? []
}

export async function takeBack(
  office: Office,
  access: Access,
  chainId: Id,
  recordId: Id,
  reason: string,
): Promise<{ links: ChainLink[] }> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const chain = await joinedChain(tx, access, chainId)
    await voidLinks(tx, access, recordId, reason, at)
    await record(tx, access, careDeed(office, chain.womanId, 'change', 'birth-defect-chain', { reason }), at)
    return { links: await linksOf(tx, access, chain.womanId, chainId, todayOf(at)) }
  })
}

/** Nobody learns of a chain by asking for it: she herself is here, or whoever refers her takes part already. */
export async function join(office: Office, access: Access, body: NewChainFacility): Promise<{ chainId: Id }> {
  const at = office.now()
  const today = todayOf(at)
  if (body.on > today) throw Refused.field('/on', 'invalid-date')
  return await careTransaction(office, access, async (tx) => {
    await clientOf(tx, access, body.womanId, '/womanId')
    const chain = await chainFor(tx, access, { womanId: body.womanId }, body.on, at)
    if (!chain) throw Refused.field('/womanId', 'not-found')
    const { chainId } = chain
    if (body.ground === 'REFERRAL' || body.ground === 'LAB') {
      if (!chain.isJoined) throw Refused.field('/womanId', 'not-found')
      await joinChain(
        tx,
        access,
        { chainId, facilityId: body.facilityId, ground: body.ground, on: body.on },
        at,
      )
    } else {
      const joining = { chainId, facilityId: access.facility!, ground: body.ground, on: body.on }
      await insertFacility(tx, access, { ...joining, managerId: access.actorId }, today, at)
      await keepClient(tx, access, { clientId: body.womanId, on: body.on, encounters: 0 })
    }
    const deed = careDeed(office, body.womanId, 'change', 'birth-defect-chain', {
      fields: ['facilities', body.ground],
    })
    await record(tx, access, deed, at)
    return { chainId }
  })
}

export async function leave(
  office: Office,
  access: Access,
  chainId: Id,
  { on, facilityId, womanLeaves }: { on: CivilDate; facilityId?: Id | undefined; womanLeaves: boolean },
): Promise<{ id: Id }> {
  const at = office.now()
  const today = todayOf(at)
  if (on > today) throw Refused.field('/on', 'invalid-date')
  return await careTransaction(office, access, async (tx) => {
    const chain = await joinedChain(tx, access, chainId)
    if (womanLeaves) await stopChain(tx, access, chainId, on, today, at)
    else if (!(await endPart(tx, access, chainId, facilityId ?? access.facility!, on, today, at)))
      throw Refused.field('/facilityId', 'not-found')
    const fields = [womanLeaves ? 'stopped' : 'facilities']
    await record(tx, access, careDeed(office, chain.womanId, 'change', 'birth-defect-chain', { fields }), at)
    return { id: chainId }
  })
}
