import type { ApplicationStep } from '@youyu/shared/subsidies/application-states'
import type { LeftReason, TogetherAnswer, TogetherRequest } from '@youyu/shared/subsidies/application-reviews'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longCommand } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { conflictsOf } from './conflicts.ts'
import { keepDecisions } from './deciding.ts'
import { judge } from './judging.ts'
import { markOf, move } from './moving.ts'
import * as queries from './queries-together.ts'
import { factsAsOf, whyAlone } from './rules.ts'
import { termsOfVersions } from './terms.ts'

const CHUNK = 5000
/** The first of many: after it the planner is told how large the tables have become. */
const FIRST = 250
const SHOWN = 200
export type TogetherStep = 'SUBMITTED' | Exclude<ApplicationStep, 'VILLAGE_NOTICE' | 'TOWN_NOTICE'>
type Left = TogetherAnswer['left'][number]
type Batch = { id: Id; step: TogetherStep; on: CivilDate; at: Date }

/**
 * 批量办理: what is complete, meets the rule and conflicts with nothing passes; everything else is left for a human to look
 * at, with the reason. Statements are over sets of thousands; nobody is refused or returned this way.
 */
export async function passTogether(
  office: Office,
  access: Access,
  step: TogetherStep,
  asked: TogetherRequest,
): Promise<TogetherAnswer> {
  const at = office.now()
  const batch: Batch = { id: newId(at.getTime()), step, on: todayOf(at), at }
  return await longCommand(office.db, access, async (tx) => {
    let passed = 0
    const left: Left[] = []
    const waiting = await queries.lockWaiting(tx, access, step, asked)
    if (asked.ids)
      left.push(
        ...(await queries.selectElsewhere(
          tx,
          access,
          asked.ids,
          waiting.map(({ id }) => id),
        )),
      )
    for (const chunk of chunksOf(waiting)) {
      const answer = await passChunk(tx, office, access, batch, chunk)
      passed += answer.passed
      left.push(...answer.left)
      if (chunk.length === FIRST) await queries.noteSizes(tx)
    }
    const deed = { action: 'change', entity: 'application', rows: passed, fields: ['state'] } as const
    if (passed > 0) await record(tx, access, deed, at)
    return { batchId: batch.id, passed, left: left.slice(0, SHOWN), leftCount: left.length }
  })
}

function* chunksOf(waiting: readonly queries.Waiting[]): Iterable<readonly queries.Waiting[]> {
  const first = waiting.length > CHUNK / 5 ? FIRST : CHUNK
  if (waiting.length > 0) yield waiting.slice(0, first)
  for (let start = first; start < waiting.length; start += CHUNK) yield waiting.slice(start, start + CHUNK)
}

async function passChunk(
  tx: Transaction,
  office: Office,
  access: Access,
  batch: Batch,
  waiting: readonly queries.Waiting[],
): Promise<{ passed: number; left: Left[] }> {
  const { step, on, at } = batch
  const left: Left[] = []
  const leave = ({ id, number }: queries.Waiting, reason: LeftReason) => left.push({ id, number, reason })
  const isDecision = step === 'TOWN_REVIEW' || step === 'COUNTY_CONFIRM' || step === 'CITY_APPROVE'
  const free = waiting.filter((each) => {
    const reason = each.isOwnHand && isDecision ? 'OWN_HAND' : each.missing.length > 0 ? 'MISSING' : null
    if (reason) leave(each, reason)
    return reason === null
  })
  const clear = isDecision ? await judgedClear(tx, office, access, batch, free, leave) : free
  const ids = clear.map(({ id }) => id)
  const marks =
    step === 'SUBMITTED'
      ? { acceptedOn: on, nextRound: true }
      : markOf(isDecision ? step : null, access.actorId)
  const event = step === 'SUBMITTED' ? 'ACCEPT' : 'PASS'
  const items = step === 'VILLAGE_OPINION' ? ['AGREE'] : []
  const moved = await move(tx, access, ids, { event, on, at, told: { items, batchId: batch.id }, marks })
  return { passed: moved.length, left }
}

type Leave = (waiting: queries.Waiting, reason: LeftReason) => void

/** Those whom the rule and all other claims let through, with their decisions kept. */
async function judgedClear(
  tx: Transaction,
  office: Office,
  access: Access,
  { step, on, at }: Batch,
  waiting: readonly queries.Waiting[],
  leave: Leave,
): Promise<queries.Waiting[]> {
  const clear: queries.Waiting[] = []
  const versions = await termsOfVersions(
    tx,
    waiting.map(({ versionId }) => versionId),
  )
  for (const group of groupsOf(waiting, (each) =>
    factsAsOf(versions.get(each.versionId)!.terms, each.filedOn, on),
  )) {
    const { programme, claimYear, versionId, asOf, members } = group
    const judgements = await judge(tx, access, versions.get(versionId)!, members, asOf)
    const asking = members.map((member) => ({ ...member, level: judgements.get(member.id)!.level }))
    const look = { on, isLook: true }
    const conflicts = await conflictsOf(tx, access, programme, claimYear, asking, look)
    const seen = new Set<Id>()
    const met = members.filter((member) => {
      const against = whyAlone(conflicts.get(member.subjectId) ?? [])
      const reason: LeftReason | null = !judgements.get(member.id)!.isMet
        ? 'NOT_MET'
        : (against ?? (seen.has(member.subjectId) ? 'OTHER_APPLICANT' : null))
      if (reason) leave(member, reason)
      else seen.add(member.subjectId)
      return reason === null
    })
    const cases = met.map(({ id }) => ({ id, judgement: judgements.get(id)! }))
    if (cases.length > 0) await keepDecisions(tx, office, access, cases, { step, event: 'PASS', on, at })
    clear.push(...met)
  }
  return clear
}

type Group = {
  programme: string
  claimYear: number
  versionId: Id
  asOf: CivilDate
  members: queries.Waiting[]
}
/** Of one programme, version, year and day of facts: a handful in any batch. */
function groupsOf(
  waiting: readonly queries.Waiting[],
  asOfOf: (each: queries.Waiting) => CivilDate,
): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const each of waiting) {
    const { programme, claimYear, versionId } = each
    const asOf = asOfOf(each)
    const key = [programme, claimYear, versionId, asOf].join(' ')
    const group = groups.get(key) ?? { programme, claimYear, versionId, asOf, members: [] }
    group.members.push(each)
    groups.set(key, group)
  }
  return groups.values()
}
