import type { z } from 'zod'
import type {
  CchdProgress,
  CchdScreen,
  NewCchdScreen,
  correctCchdScreen,
} from '@youyu/shared/birth-defects/cchd-screens'
import { assessCchd, daysAfter } from '@youyu/shared/birth-defects/newborn-rules'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction } from '../../../contraception/index.ts'
import { childOf, opened, sealed } from '../../cells.ts'
import { recordLinks, type LinkEvent } from '../../chains/index.ts'
import type { Named } from '../../queries-facts.ts'
import { parametersOn } from '../../screening-parameters/index.ts'
import { keptScreens } from '../kept-screens.ts'
import { proposeFound } from '../proposing.ts'
import { newbornOf, rowOf } from '../newborn.ts'
import { hearts, type CchdRow } from './queries.ts'

type Found = CchdRow & Named
type Repeat = { minutes: number; hand: number; foot: number } | null

const repeatOf = ({ repeatMinutes, repeatHand, repeatFoot }: CchdRow): Repeat =>
  repeatMinutes === null ? null : { minutes: repeatMinutes, hand: repeatHand!, foot: repeatFoot! }

function shown(office: Office, access: Access, row: Found): CchdScreen {
  const { id, chainId, occurredOn, hoursAfterBirth, murmurGrade, hand, foot, outcome, findings } = row
  const { echoBy, echoOn, echoResult, diagnosisCodes, voidReason, replaces, version } = row
  return {
    ...{
      id,
      child: childOf(row),
      chainId,
      occurredOn,
      hoursAfterBirth,
      murmurGrade,
      hand,
      foot,
      outcome,
      findings,
    },
    ...{ echoBy, echoOn, echoResult, diagnosisCodes, voidReason, replaces, version },
    repeat: repeatOf(row),
    reasons: row.reasons as CchdScreen['reasons'],
    note: opened(office, access, id, row.noteCipher),
    isOurs: row.facilityId === access.facility,
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export const cchdScreens = keptScreens('cchd-screen', hearts, shown)

type Measured = Pick<CchdRow, 'occurredOn' | 'murmurGrade' | 'hand' | 'foot' | 'hoursAfterBirth'>

/** The answer of the algorithm, as columns; early and late are said, never refused. */
async function answered(tx: Transaction, access: Access, measured: Measured, repeat: Repeat) {
  const set = await parametersOn(tx, access, measured.occurredOn)
  const { murmurGrade, hand, foot, hoursAfterBirth } = measured
  const answer = assessCchd({ murmurGrade, first: { hand, foot }, ...(repeat && { repeat }) }, set)
  const isTimely = hoursAfterBirth >= set.CCHD_HOURS_FROM.value && hoursAfterBirth <= set.CCHD_HOURS_TO.value
  return {
    outcome: answer.outcome,
    reasons: answer.reasons,
    findings: [...answer.findings, ...(isTimely ? [] : ['OUTSIDE_HOURS'])],
    echoBy: answer.outcome === 'POSITIVE' ? daysAfter(measured.occurredOn, set.CCHD_ECHO_DAYS.value) : null,
    repeatMinutes: repeat?.minutes ?? null,
    repeatHand: repeat?.hand ?? null,
    repeatFoot: repeat?.foot ?? null,
  }
}

type Linked = Pick<CchdRow, 'chainId' | 'childId' | 'occurredOn' | 'outcome' | 'echoOn'>

/** Half a screen is none: it is done once the algorithm has answered. */
function linksOf(id: Id, row: Linked): LinkEvent[] {
  if (!row.chainId || row.outcome === 'REPEAT') return []
  const item = { chainId: row.chainId, item: 'CCHD' as const, childId: row.childId, recordId: id }
  const links: LinkEvent[] = [{ ...item, event: 'DONE', on: row.occurredOn }]
  if (row.outcome === 'POSITIVE') links.push({ ...item, event: 'POSITIVE', on: row.occurredOn })
  if (row.echoOn) links.push({ ...item, event: 'FOLLOWED', on: row.echoOn })
  return links
}

async function recordIn(
  tx: Transaction,
  office: Office,
  access: Access,
  given: NewCchdScreen,
  at: Date,
  replaces: Id | null = null,
): Promise<Id> {
  const { childId, occurredOn, hoursAfterBirth, murmurGrade, hand, foot, repeat = null } = given
  if (occurredOn > todayOf(at)) throw Refused.field('/occurredOn', 'invalid-date')
  const newborn = await newbornOf(tx, access, childId, occurredOn, at)
  const id = newId(at.getTime())
  const measured = { occurredOn, hoursAfterBirth, murmurGrade, hand, foot }
  const answer = await answered(tx, access, measured, repeat)
  await hearts.insert(
    tx,
    access,
    {
      ...{ id, ...rowOf(newborn), ...measured, ...answer },
      ...{ noteCipher: sealed(office, access, id, given.note ?? null), replaces },
    },
    at,
  )
  await recordLinks(tx, access, linksOf(id, { ...newborn, ...measured, ...answer, echoOn: null }), at)
  return id
}

export async function recordCchd(office: Office, access: Access, body: NewCchdScreen): Promise<CchdScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const id = await recordIn(tx, office, access, body, at)
    await record(tx, access, careDeed(office, body.childId, 'create', 'cchd-screen'), at)
    return await cchdScreens.told(tx, office, access, id)
  })
}

/** The second measurement, which was still to come, or the echocardiogram. */
export async function continueCchd(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { repeat, echo }: CchdProgress,
): Promise<CchdScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await hearts.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    if (repeat && before.outcome !== 'REPEAT') throw Refused.field('/repeat', 'conflict')
    const answer = repeat ? await answered(tx, access, before, repeat) : {}
    const after = { ...before, ...answer } as Found
    if (echo && (after.outcome !== 'POSITIVE' || before.echoOn)) throw Refused.field('/echo', 'conflict')
    if (echo && (echo.on < before.occurredOn || echo.on > todayOf(at)))
      throw Refused.field('/echo/on', 'invalid-date')
    const seen = echo ? { echoOn: echo.on, echoResult: echo.result, diagnosisCodes: echo.diagnosisCodes } : {}
    if (repeat || echo) await hearts.update(tx, access, id, { ...answer, ...seen }, at)
    const known = new Set(linksOf(id, before).map(({ event }) => event))
    const news = linksOf(id, { ...after, ...seen }).filter(({ event }) => !known.has(event))
    await recordLinks(tx, access, news, at)
    if (echo?.result === 'DEFECT')
      await proposeFound(tx, office, access, before, {
        codes: echo.diagnosisCodes,
        basis: 'ULTRASOUND',
        on: echo.on,
      })
    const fields = [...(repeat ? ['repeat'] : []), ...(echo ? ['echo'] : [])]
    await record(tx, access, careDeed(office, before.childId, 'change', 'cchd-screen', { fields }), at)
    return await cchdScreens.told(tx, office, access, id)
  })
}

/** What the heart looked like stays, where the corrected screen still asks for it. */
async function carryEcho(tx: Transaction, access: Access, id: Id, before: Found, at: Date): Promise<void> {
  const { echoOn, echoResult, diagnosisCodes } = before
  const after = (await hearts.find(tx, access, id))!
  if (!echoOn || after.outcome !== 'POSITIVE') return
  await hearts.update(tx, access, id, { echoOn, echoResult, diagnosisCodes }, at)
  await recordLinks(tx, access, linksOf(id, { ...after, echoOn }), at)
}

export async function correctCchd(
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: z.output<(typeof correctCchdScreen)['schema']['body']>,
): Promise<CchdScreen> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await cchdScreens.takeBack(tx, access, id, reason, at)
    const { childId, occurredOn, hoursAfterBirth, murmurGrade, hand, foot } = before
    const written = {
      childId,
      occurredOn,
      hoursAfterBirth,
      murmurGrade,
      hand,
      foot,
      repeat: repeatOf(before),
    }
    const note = opened(office, access, id, before.noteCipher)
    const replacement = await recordIn(
      tx,
      office,
      access,
      { ...written, note, ...set } as NewCchdScreen,
      at,
      id,
    )
    await carryEcho(tx, access, replacement, before, at)
    const fields = Object.keys(set)
    await record(tx, access, careDeed(office, childId, 'correct', 'cchd-screen', { fields }), at)
    return await cchdScreens.told(tx, office, access, replacement)
  })
}
