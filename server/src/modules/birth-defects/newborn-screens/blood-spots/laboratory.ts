import {
  spotFindings,
  spotResult,
  type SpotFlag,
  type SpotItem,
} from '@youyu/shared/birth-defects/newborn-rules'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { voidLinks, type LinkEvent } from '../../chains/index.ts'
import type { FiledResults } from '../../filing.ts'
import { parametersOn } from '../../screening-parameters/index.ts'
import { ageOnDay } from '../newborn.ts'
import {
  closeRepeated,
  insertReportedSpots,
  selectReportedSpots,
  updateReportedSpots,
  type ReportedSpot,
} from './queries-laboratory.ts'
import { dueBy } from './rules.ts'

/** Once a child has been called back, a laboratory's later word does not take that back. */
const answerable = ['SAMPLED', 'SATISFACTORY', 'NEG', 'SUSPECT', 'UNSAT']

/** Nobody older is a newborn to be screened, whatever was ordered. */
const OLDEST_DAYS = 365

const later = (one: CivilDate, other: CivilDate): CivilDate => (one > other ? one : other)

/** What a newborn screening centre sent becomes the results of the samples of the facility that ordered, all at once. Answers what is to be said of their chains. */
export async function applyBloodSpotResults(
  tx: Transaction,
  _office: Office,
  access: Access,
  answered: FiledResults,
  at: Date,
): Promise<LinkEvent[]> {
  const [orders, set] = await Promise.all([
    selectReportedSpots(tx, access, answered),
    parametersOn(tx, access, todayOf(at)),
  ])
  if (orders.length === 0) return []
  for (const { standing, bornOn, sampledOn } of orders) {
    if (standing && !answerable.includes(standing.state)) throw new Refused('sample-followed-up')
    if (ageOnDay(bornOn, sampledOn) > OLDEST_DAYS) throw new Refused('panel-not-for-client')
  }
  const rows = orders.map((order) => {
    const flagOf = (item: SpotItem): SpotFlag | null =>
      order.answers.find((answer) => answer.item === item)?.flag ?? null
    const given = order.answers.flatMap(({ flag }) => (flag ? [flag] : []))
    const state = spotResult(given)
    const sampledOn = order.standing?.sampledOn ?? order.sampledOn
    const reportedOn = later(order.reportedOn, sampledOn)
    // The row itself: a copy of so many fields costs more than all that is worked out here.
    return Object.assign(order, {
      id: order.standing?.id ?? newId(at.getTime()),
      state,
      sampledOn,
      reportedOn,
      dueBy: dueBy(state, reportedOn, order.bornOn, set),
      findings: spotFindings(
        { hoursAfterBirth: null, ageDays: ageOnDay(order.bornOn, sampledOn), feeds: null },
        set,
      ),
      pku: flagOf('PKU'),
      ch: flagOf('CH'),
      g6pd: flagOf('G6PD'),
      cah: flagOf('CAH'),
    })
  })
  const fresh = rows.filter(({ standing }) => standing === null)
  const awaited = rows.filter(({ standing }) => standing !== null)
  const children = fresh.map(({ childId }) => childId)
  await Promise.all([
    updateReportedSpots(tx, access, awaited, at),
    insertReportedSpots(tx, access, fresh, at),
    closeRepeated(tx, access, children, at),
  ])
  // The positive answer that was none goes from the chain, and that the child was screened is said anew.
  const cleared = rows.filter(({ standing, state }) => standing?.state === 'SUSPECT' && state !== 'SUSPECT')
  if (cleared.length > 0) {
    const ids = cleared.map(({ id }) => id)
    await voidLinks(tx, access, ids, '检验机构更正结果', at)
  }
  return rows.flatMap(linksOf)
}

type Answered = Pick<ReportedSpot, 'chainId' | 'childId' | 'standing' | 'sampledOn' | 'reportedOn'> & {
  id: Id
  state: string
}

function linksOf({ id, chainId, childId, standing, state, sampledOn, reportedOn }: Answered): LinkEvent[] {
  if (!chainId) return []
  const item = { chainId, item: 'BLOOD_SPOT' as const, childId, recordId: id }
  const isNews = standing?.state !== 'SUSPECT' && state === 'SUSPECT'
  const isCleared = standing?.state === 'SUSPECT' && state !== 'SUSPECT'
  return [
    ...(standing && !isCleared ? [] : [{ ...item, event: 'DONE' as const, on: sampledOn }]),
    ...(isNews ? [{ ...item, event: 'POSITIVE' as const, on: reportedOn }] : []),
  ]
}
