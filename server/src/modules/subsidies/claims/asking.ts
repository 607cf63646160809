import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { longTransaction, reading } from '../../../database/transaction.ts'
import { failureShown } from '../../../logging.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { systemAccess } from '../../accounts/index.ts'
import { everyTenMinutes } from '../nights.ts'
import { keepClaimKeys } from './finding.ts'
import { askPeer, PeerRefusal, type Peer } from './peers.ts'
import * as queries from './queries-peers.ts'

const HOUR = 3_600_000
const MONTH = 30 * 24 * HOUR
const AT_ONCE = 5000

/** `silent`: the counties that could not be reached and are tried again. */
type Asked = { asked: number; found: number; silent: number[] }
/** What a peer said, programme by programme; null where it could not be reached. */
type Heard = { found: queries.Found[]; said: queries.Said[] } | null

/**
 * 跨县比对: whoever has applied since, and everybody once a month, is asked about at the other installations. No transaction
 * waits for them. A county that refuses a programme has answered; one that cannot be reached is tried every hour, alone,
 * and then asked about everybody it has missed.
 */
export async function askOtherCounties(office: Office): Promise<Asked> {
  const told: Asked = { asked: 0, found: 0, silent: [] }
  if (office.config.CLAIM_PEERS.length === 0) return told
  const counties = await reading(office.db, systemAccess, queries.countiesWithClaimants)
  for (const county of counties) {
    const access: Access = { ...systemAccess, county, prefixes: [String(county).padStart(6, '0')] }
    for (const round of [askAboutNew, askAboutMissed]) {
      const { asked, found } = await round(office, access)
      told.asked += asked
      told.found += found
    }
    told.silent.push(...(await silentPeers(office, access)).map(({ peer }) => peer.county))
  }
  return told
}

/** Those of the peers that did not answer when they were asked last. */
async function silentPeers(office: Office, access: Access): Promise<(queries.Silent & { peer: Peer })[]> {
  const silent = await reading(office.db, access, (tx) => queries.selectSilent(tx, access))
  return silent.flatMap((each) => {
    const peer = office.config.CLAIM_PEERS.find(({ county }) => county === each.otherCounty)
    return peer ? [{ ...each, peer }] : []
  })
}

type Round = Omit<Asked, 'silent'>
const nobody: Round = { asked: 0, found: 0 }

async function askAboutNew(office: Office, access: Access): Promise<Round> {
  const at = office.now()
  const before = new Date(at.getTime() - MONTH)
  const due = await reading(office.db, access, (tx) =>
    queries.selectToAsk(tx, access, { before, limit: AT_ONCE }),
  )
  if (due.length === 0) return nobody
  const keys = await keysOf(office, access, due)
  const silent = (await silentPeers(office, access)).map(({ peer }) => peer)
  const peers = office.config.CLAIM_PEERS.filter((peer) => !silent.includes(peer))
  let found = 0
  for (const peer of peers) {
    const heard = await hear(office, access, peer, due, keys)
    found += await keep(office, access, peer, heard, keys.size, at)
    const reachedUntil = new Date(at.getTime() - 1)
    if (heard === null)
      await longTransaction(office.db, access, (tx) =>
        queries.keepSilent(tx, access, { otherCounty: peer.county, reachedUntil, triedAt: at }),
      )
  }
  await longTransaction(office.db, access, (tx) => queries.noteAsked(tx, access, [...keys.keys()], at))
  return { asked: peers.length > 0 ? keys.size : 0, found }
}

async function askAboutMissed(office: Office, access: Access): Promise<Round> {
  const at = office.now()
  const told = { ...nobody }
  for (const { peer, otherCounty, reachedUntil, triedAt } of await silentPeers(office, access)) {
    if (at.getTime() - triedAt.getTime() < HOUR) continue
    const missed = await reading(office.db, access, (tx) =>
      queries.selectMissed(tx, access, { since: reachedUntil, limit: AT_ONCE }),
    )
    const keys = await keysOf(office, access, missed)
    const heard = await hear(office, access, peer, missed, keys)
    if (missed.length > 0) told.found += await keep(office, access, peer, heard, keys.size, at)
    told.asked += keys.size
    const last = missed.reduce((late, { askedAt }) => (askedAt > late ? askedAt : late), reachedUntil)
    await longTransaction(office.db, access, async (tx) => {
      if (heard !== null && keys.size < AT_ONCE) await queries.forgetSilent(tx, access, otherCounty)
      else
        await queries.keepSilent(
          tx,
          access,
          heard === null
            ? { otherCounty, reachedUntil, triedAt: at }
            : { otherCounty, reachedUntil: last, triedAt },
        )
    })
  }
  return told
}

type Keys = ReadonlyMap<string, queries.KeyRow>

async function keysOf(office: Office, access: Access, asked: readonly queries.ToAsk[]): Promise<Keys> {
  const people = [...new Set(asked.map(({ personId }) => personId))]
  const keys = await longTransaction(office.db, access, async (tx) => {
    await keepClaimKeys(tx, office, access, people)
    return await queries.selectKeys(tx, access, people)
  })
  return new Map(keys.map((key) => [key.personId, key]))
}

/** What a peer says of these claimants; that one cannot be reached is no reason for the others to wait. */
async function hear(
  office: Office,
  access: Access,
  peer: Peer,
  asked: readonly queries.ToAsk[],
  keys: Keys,
): Promise<Heard> {
  const heard: NonNullable<Heard> = { found: [], said: [] }
  for (const [programme, rows] of Map.groupBy(asked, (each) => each.programme)) {
    const people = rows.flatMap(({ personId }) => keys.get(personId) ?? [])
    const code = await answerOf(office, peer, programme, people, heard.found)
    if (code === undefined) return null
    heard.said.push({ programme, code })
  }
  return { ...heard, found: heard.found.filter(({ otherCounty }) => otherCounty !== access.county) }
}

/** The code of a refusal, null of an answer, undefined where nobody answered. */
async function answerOf(
  office: Office,
  peer: Peer,
  programme: string,
  people: readonly queries.KeyRow[],
  found: queries.Found[],
): Promise<string | null | undefined> {
  const questions = people.map(({ number, name, kin }) => ({ number, name, kin }))
  try {
    const answers = await askPeer(peer, programme, questions)
    for (const [index, { answer, ownerCounty }] of answers.entries())
      if ((answer === 'SAME_PROGRAM' || answer === 'POSSIBLE') && ownerCounty !== null) {
        const { personId } = people[index]!
        found.push({ programme, personId, otherCounty: ownerCounty, isNumber: answer === 'SAME_PROGRAM' })
      }
    return null
  } catch (error) {
    if (error instanceof PeerRefusal) return error.code
    office.log.warn(
      { county: peer.county, failure: failureShown(error) },
      'another county could not be asked about claimants; it is tried again',
    )
    return undefined
  }
}

async function keep(
  office: Office,
  access: Access,
  peer: Peer,
  heard: Heard,
  rows: number,
  at: Date,
): Promise<number> {
  return await longTransaction(office.db, access, async (tx) => {
    const deed = { action: 'export', entity: 'claim-exchange', rows, purpose: 'BENEFIT' } as const
    await record(tx, access, { ...deed, fields: [String(peer.county)] }, at)
    if (heard === null) return 0
    await queries.keepRefusals(tx, access, peer.county, heard.said, at)
    return heard.found.length > 0 ? await queries.insertFound(tx, access, heard.found, todayOf(at)) : 0
  })
}

export function useClaimExchange(app: App, office: Office): void {
  everyTenMinutes(app, office, askOtherCounties, 'other counties could not be asked; it is tried again')
}
