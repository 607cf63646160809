import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { longTransaction, reading } from '../../../database/transaction.ts'
import { failureShown } from '../../../logging.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { systemAccess } from '../../accounts/index.ts'
import { everyTenMinutes } from '../nights.ts'
import { keepClaimKeys } from './finding.ts'
import { askPeer, type Peer } from './peers.ts'
import {
  countiesWithClaimants,
  insertFound,
  noteAsked,
  selectKeys,
  selectToAsk,
  type Found,
  type KeyRow,
} from './queries-peers.ts'

const HOUR = 3_600_000
const MONTH = 30 * 24 * HOUR
const AT_ONCE = 5000

/** `isWhole`: every one of them has answered. */
type Asked = { asked: number; found: number; isWhole: boolean }

/**
 * 跨县比对: whoever has applied since, and everybody once a month, is asked about at the other installations. No transaction
 * waits for them; whoever does not answer is asked again with the next round.
 */
export async function askOtherCounties(office: Office): Promise<Asked> {
  const peers = office.config.CLAIM_PEERS
  const told: Asked = { asked: 0, found: 0, isWhole: true }
  if (peers.length === 0) return told
  const counties = await reading(office.db, systemAccess, countiesWithClaimants)
  for (const county of counties) {
    const access: Access = { ...systemAccess, county, prefixes: [String(county).padStart(6, '0')] }
    const done = await askFor(office, access, peers)
    told.asked += done.asked
    told.found += done.found
    told.isWhole &&= done.isWhole
  }
  return told
}

async function askFor(office: Office, access: Access, peers: readonly Peer[]): Promise<Asked> {
  const at = office.now()
  const before = new Date(at.getTime() - MONTH)
  const { due, keys } = await longTransaction(office.db, access, async (tx) => {
    const toAsk = await selectToAsk(tx, access, { before, limit: AT_ONCE })
    const people = [...new Set(toAsk.map(({ personId }) => personId))]
    await keepClaimKeys(tx, office, access, people)
    return { due: toAsk, keys: await selectKeys(tx, access, people) }
  })
  if (due.length === 0) return { asked: 0, found: 0, isWhole: true }
  const known = new Map(keys.map((key) => [key.personId, key]))
  const found: Found[] = []
  let isWhole = true
  for (const peer of peers)
    for (const [programme, rows] of Map.groupBy(due, (each) => each.programme)) {
      const asked = rows.flatMap(({ personId }) => known.get(personId) ?? [])
      const said = await heard(office, peer, programme, asked)
      if (said === null) isWhole = false
      else found.push(...said.filter(({ otherCounty }) => otherCounty !== access.county))
    }
  const people = [...known.keys()]
  return await longTransaction(office.db, access, async (tx) => {
    const kept = found.length > 0 ? await insertFound(tx, access, found, todayOf(at)) : 0
    if (isWhole) await noteAsked(tx, access, people, at)
    const deed = {
      action: 'export',
      entity: 'claim-exchange',
      rows: people.length,
      purpose: 'BENEFIT',
    } as const
    await record(tx, access, { ...deed, fields: peers.map(({ county }) => String(county)) }, at)
    return { asked: people.length, found: kept, isWhole }
  })
}

/** What a peer says of these claimants; null where it could not be reached, which is no reason for the others to wait. */
async function heard(
  office: Office,
  peer: Peer,
  programme: string,
  asked: readonly KeyRow[],
): Promise<Found[] | null> {
  try {
    const answers = await askPeer(
      peer,
      programme,
      asked.map(({ number, name, kin }) => ({ number, name, kin })),
    )
    return answers.flatMap(({ answer, ownerCounty }, index) =>
      (answer === 'SAME_PROGRAM' || answer === 'POSSIBLE') && ownerCounty !== null
        ? [
            {
              ...{ programme, otherCounty: ownerCounty, isNumber: answer === 'SAME_PROGRAM' },
              personId: asked[index]!.personId,
            },
          ]
        : [],
    )
  } catch (error) {
    office.log.warn(
      { county: peer.county, failure: failureShown(error) },
      'another county could not be asked about claimants; it is tried again',
    )
    return null
  }
}

export function useClaimExchange(app: App, office: Office): void {
  let notBefore = 0
  const ask = async () => {
    const now = office.now().getTime()
    if (now < notBefore) return
    const { isWhole } = await askOtherCounties(office)
    // Those that did answer need not hear the same every ten minutes because another is down.
    if (!isWhole) notBefore = now + HOUR
  }
  everyTenMinutes(app, office, ask, 'other counties could not be asked; it is tried again')
}
