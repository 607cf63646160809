import type { DivisionChange, DivisionChangePreview, NewDivisionChange } from '@youyu/shared/divisions'
import { countyOf, prefixOf, type DivisionCode } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { longCommand, reading } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import * as queries from './queries.ts'
import * as records from './queries-records.ts'
import { planChange, type ChangePlan } from './rules.ts'

export async function previewChange(
  { db, now }: Office,
  access: Access,
  change: NewDivisionChange,
): Promise<DivisionChangePreview> {
  return await reading(db, access, async (tx) => {
    const plan = await planned(tx, access, change, todayOf(now()))
    return { divisions: plan.divisions, ...(await standing(tx, change, plan)) }
  })
}

/** The whole change in one transaction: the tree, the records that stand on it, the rights, the mapping, the log. */
export async function applyChange(
  { db, now }: Office,
  access: Access,
  change: NewDivisionChange,
): Promise<DivisionChange> {
  return await longCommand(db, access, async (tx) => {
    const at = now()
    await queries.lockDivisions(tx, [...change.from, ...change.to.map(({ code }) => code)])
    await records.holdCounts(tx)
    const plan = await planned(tx, access, change, todayOf(at))
    if (change.kind === 'ABOLISH') await refuseInUse(tx, change, plan)
    refuseAcrossCounties(plan, await standing(tx, change, plan))

    const id = newId(at.getTime())
    await queries.closeAndOpen(tx, plan, change, at)
    await queries.insertSuccessions(tx, id, change.effectiveOn, await withOrigins(tx, change, plan))
    const moving = movingOf(access, change, plan, id, at)
    const moved = { divisions: plan.divisions, ...(await moveRecords(tx, moving)) }
    await queries.insertChange(tx, change, { id, moved, recordedAt: at, recordedBy: access.actorId })
    // Only now: by the change as it is written down the book tells a new code from people who moved.
    await records.postMoved(tx, moving)
    const division = change.from[0] ?? change.to[0]!.code
    await record(
      tx,
      access,
      {
        action: 'configure',
        entity: 'division',
        entityId: id,
        division,
        fields: [change.kind],
        reason: change.sourceDocument,
        rows: moved.persons,
      },
      at,
    )

    const { kind, from, effectiveOn, sourceDocument } = change
    return {
      id,
      kind,
      from,
      to: change.to.map(({ code }) => code),
      effectiveOn,
      sourceDocument,
      recordedAt: at.toISOString(),
      moved,
    }
  })
}

async function planned(
  db: Statements,
  access: Access,
  change: NewDivisionChange,
  today: string,
): Promise<ChangePlan> {
  const codes = [...change.from, ...change.to.map(({ code }) => code)]
  if (codes.some((code) => !covers(access.prefixes, prefixOf(code)))) throw new Refused('out-of-area')
  const known = await queries.divisionsAround(db, codes, change.effectiveOn)
  const plan = planChange(change, known, today)
  if ('pointer' in plan) throw wrongIn(plan)
  return plan
}

function wrongIn({
  pointer,
  code,
}: {
  pointer: string
  code: ConstructorParameters<typeof Refused>[0]
}): Refused {
  if (code === 'division-not-current' || code === 'code-taken')
    return new Refused(code, { errors: [{ pointer, code }] })
  return Refused.field(pointer, code)
}

function countiesOf(plan: ChangePlan): number[] {
  const codes = [...plan.closing.map(({ code }) => code), ...plan.opening.map(({ code }) => code)]
  return [...new Set(codes.map(countyOf))]
}

async function standing(
  db: Statements,
  change: NewDivisionChange,
  plan: ChangePlan,
): Promise<Omit<DivisionChangePreview, 'divisions'>> {
  const codes = change.kind === 'ABOLISH' ? change.from : plan.moves.map((move) => move.from)
  return await records.countRecords(db, countiesOf(plan), codes, change.effectiveOn)
}

async function refuseInUse(db: Statements, change: NewDivisionChange, plan: ChangePlan): Promise<void> {
  const [{ persons, households, organisations, grants }, around] = await Promise.all([
    standing(db, change, plan),
    queries.divisionsAround(db, change.from, change.effectiveOn),
  ])
  const below = around.filter(
    ({ code, validTo }) =>
      validTo === null && !change.from.includes(code) && covers(change.from.map(prefixOf), code),
  ).length
  if (persons + households + organisations + grants + below === 0) return
  throw new Refused('division-in-use', {
    detail: `下级区划 ${below}、人员 ${persons}、户 ${households}、机构 ${organisations}、授权 ${grants}`,
  })
}

/** The county is part of the key of every record: people change county by a hand-over, not by a new code. */
function refuseAcrossCounties(plan: ChangePlan, counts: Omit<DivisionChangePreview, 'divisions'>): void {
  const crosses = plan.moves.some(({ from, to }) => countyOf(from) !== countyOf(to))
  if (!crosses || counts.persons + counts.households === 0) return
  const { persons, households } = counts
  throw new Refused('division-in-use', {
    detail:
      `这些区划还有 ${persons} 人、${households} 户，区划变更不能把他们带到另一个县。请依次办理：` +
      `一、用“新设”在划入县建立新代码；二、在“人口事件 › 跨县迁移”逐人移交，由划入县确认，并在划入县建户；` +
      `三、原区划没有人和户以后再“撤销”。 ` +
      `${persons} people and ${households} households are still there; a change of divisions cannot carry them into another county. ` +
      `First create the new code in the receiving county, then hand each person over (Population events › Transfers between counties) ` +
      `and open the households there, and abolish the old code once nobody is left on it.`,
  })
}

/** Where a merger joins people, a past boundary is counted by how many came from where. */
async function withOrigins(
  db: Statements,
  change: NewDivisionChange,
  plan: ChangePlan,
): Promise<(ChangePlan['successions'][number] & { originShare: number })[]> {
  if (change.kind !== 'MERGE') return plan.successions.map((each) => ({ ...each, originShare: 1 }))
  const residents = await queries.residentsOf(db, countiesOf(plan), change.from)
  const all = residents.reduce((sum, count) => sum + count, 0)
  const shareOf = (code: DivisionCode) =>
    all === 0 ? 1 / change.from.length : (residents[change.from.indexOf(code)] ?? 0) / all
  return plan.successions.map((each) => ({
    ...each,
    originShare: change.from.includes(each.from) ? shareOf(each.from) : 1,
  }))
}

function movingOf(
  access: Access,
  { effectiveOn, sourceDocument }: NewDivisionChange,
  plan: ChangePlan,
  changeId: string,
  now: Date,
): records.Moving {
  return {
    counties: plan.moves.length === 0 ? [] : countiesOf(plan),
    moves: plan.moves,
    changeId,
    effectiveOn,
    sourceDocument,
    actorId: access.actorId,
    now,
  }
}

async function moveRecords(
  tx: Transaction,
  moving: records.Moving,
): Promise<Omit<DivisionChangePreview, 'divisions'>> {
  if (moving.moves.length === 0)
    return { persons: 0, households: 0, residenceEpisodes: 0, organisations: 0, grants: 0 }
  await records.moveCounts(tx, moving)
  await records.moveWork(tx, moving)
  return {
    residenceEpisodes: await records.moveEpisodes(tx, moving),
    households: await records.moveHouseholds(tx, moving),
    persons: await records.movePersons(tx, moving),
    organisations: await records.moveOrganisations(tx, moving),
    grants: await records.moveGrants(tx, moving),
  }
}
