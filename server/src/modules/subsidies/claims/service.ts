import type {
  ClaimMatch,
  listClaimMatches,
  listClaimRefusals,
  Resolution,
} from '@youyu/shared/subsidies/claims'
import { maskName } from '@youyu/shared/population/masking'
import type { Id, Page } from '@youyu/shared/values'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand, reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { stopBeneficiaries } from '../beneficiaries/index.ts'
import { claimConflicts, keepClaimKeys } from './finding.ts'
import * as queries from './queries.ts'
import { selectRefusals, selectSilentNames } from './queries-peers.ts'
import { steps } from './rules.ts'

const shown = ({ name, ...row }: queries.MatchRecord): ClaimMatch => ({ ...row, personName: maskName(name) })

const deed = (action: 'view' | 'change', { id, division }: queries.MatchRecord, fields: readonly string[]) =>
  ({ action, entity: 'claim-match', entityId: id, division, fields, purpose: 'BENEFIT' }) as const

type Listing = z.output<(typeof listClaimMatches)['schema']['querystring']>

export async function listMatches(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Listing,
): Promise<Page<ClaimMatch>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectMatches(tx, access, filter, after, limit + 1),
  )
  return pageOf(rows, limit, shown, ({ foundOn, id }) => [foundOn, id])
}

export async function readMatch(office: Office, access: Access, id: Id): Promise<ClaimMatch> {
  const match = await reading(office.db, access, (tx) => matchOf(tx, access, id))
  office.views.note(access, deed('view', match, ['claim']))
  return shown(match)
}

/** What is not known of other counties, because they would not or could not say it. */
export async function refusalsOf(
  office: Office,
  access: Access,
): Promise<EndpointOutput<typeof listClaimRefusals>> {
  const peers = office.config.CLAIM_PEERS.map(({ county }) => county)
  return await reading(office.db, access, async (tx) => {
    const items = await selectRefusals(tx, access, peers)
    const silent = await selectSilentNames(tx, access, peers)
    return {
      items: items.map((each) => ({ ...each, refusedAt: each.refusedAt.toISOString() })),
      silent: silent.map((each) => ({ ...each, since: each.since.toISOString() })),
    }
  })
}

async function matchOf(tx: Transaction, access: Access, id: Id): Promise<queries.MatchRecord> {
  const [match] = await queries.selectMatches(tx, access, { id }, null, 1)
  if (!match) throw new Refused('not-found')
  return match
}

type Step = keyof typeof steps

/** One step of a match: locked, of the version that was seen, and of a state that the step may follow. */
async function step(
  office: Office,
  access: Access,
  { id, version, step: name }: { id: Id; version: number; step: Step },
  run: (tx: Transaction, match: queries.MatchRecord) => Promise<Parameters<typeof queries.updateMatch>[3]>,
): Promise<ClaimMatch> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockMatch(tx, access, id)
    const match = await matchOf(tx, access, id)
    assertVersion(version, match.version)
    if (!steps[name].from.includes(match.state)) throw new Refused('claim-match-state')
    const set = await run(tx, match)
    await queries.updateMatch(tx, access, id, set)
    await record(tx, access, deed('change', match, Object.keys(set)), at)
    return shown(await matchOf(tx, access, id))
  })
}

export async function judge(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { isSame, reason }: { isSame: boolean; reason: string },
): Promise<ClaimMatch> {
  const settled = { resolvedOn: todayOf(office.now()), resolvedBy: access.actorId, reason }
  return await step(office, access, { id, version, step: 'judge' }, () =>
    Promise.resolve(isSame ? { state: 'SUSPECTED' } : { state: 'DISMISSED', ...settled }),
  )
}

export async function notify(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  letterNumber: string,
): Promise<ClaimMatch> {
  const told = { notifiedOn: todayOf(office.now()), notifiedBy: access.actorId, letterNumber }
  return await step(office, access, { id, version, step: 'notify' }, () =>
    Promise.resolve({ state: 'NOTIFIED', ...told }),
  )
}

/** The county of hukou in the month owns the claim (§6.6): where it is the other, the benefit here ends before that month. */
export async function resolve(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { ownerCounty, stopFrom, reason }: z.output<typeof Resolution>,
): Promise<ClaimMatch> {
  const at = office.now()
  return await step(office, access, { id, version, step: 'resolve' }, async (tx, match) => {
    if (ownerCounty !== access.county && ownerCounty !== match.otherCounty)
      throw Refused.field('/ownerCounty', 'invalid-value')
    if (ownerCounty !== access.county) {
      if (stopFrom === undefined) throw Refused.field('/stopFrom', 'required')
      await endHere(tx, access, match, { stopFrom, reason }, at)
    }
    const settled = { resolvedOn: todayOf(at), resolvedBy: access.actorId, reason }
    return { state: 'RESOLVED', ownerCounty, stopFrom: stopFrom ?? null, ...settled }
  })
}

async function endHere(
  tx: Transaction,
  access: Access,
  { id, personId, programme }: queries.MatchRecord,
  { stopFrom, reason }: { stopFrom: string; reason: string },
  at: Date,
): Promise<void> {
  const beneficiary = await queries.findBeneficiary(tx, access, personId, programme)
  if (!beneficiary) return
  const told = { lastMonth: monthBefore(stopFrom), reason: 'TRANSFERRED' as const, note: reason }
  await stopBeneficiaries(tx, access, [beneficiary], { ...told, ground: { type: 'CLAIM_MATCH', id } }, at)
}

function monthBefore(month: string): string {
  const day = new Date(`${month}T00:00:00Z`)
  day.setUTCMonth(day.getUTCMonth() - 1)
  return day.toISOString().slice(0, 10)
}

/** All claimants of a programme once more: keys for those who have none, then the search. */
export async function search(
  office: Office,
  access: Access,
  programme: string,
): Promise<{ people: number; found: number; open: number }> {
  const at = office.now()
  return await longCommand(office.db, access, async (tx) => {
    const people = await queries.selectClaimants(tx, access, programme)
    await keepClaimKeys(tx, office, access, people)
    const found = await queries.findClaims(tx, access, people, programme, todayOf(at))
    const open = await claimConflicts(tx, access, people, programme, todayOf(at))
    const done = {
      action: 'change',
      entity: 'claim-search',
      rows: people.length,
      purpose: 'BENEFIT',
    } as const
    await record(tx, access, { ...done, fields: [programme] }, at)
    return { people: people.length, found, open: open.length }
  })
}
