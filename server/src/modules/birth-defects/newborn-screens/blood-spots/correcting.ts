import type { z } from 'zod'
import type { BloodSpot, correctBloodSpot } from '@youyu/shared/birth-defects/newborn'
import { spotFindings } from '@youyu/shared/birth-defects/newborn-rules'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { careDeed, careTransaction } from '../../../contraception/index.ts'
import { opened, sealed } from '../../cells.ts'
import { recordLinks, voidLinks, type LinkEvent } from '../../chains/index.ts'
import { parametersOn } from '../../screening-parameters/index.ts'
import { ageOnDay, newbornOf, rowOf } from '../newborn.ts'
import { spots, type SpotRow } from './queries.ts'
import { shown } from './shown.ts'

type Correction = z.output<(typeof correctBloodSpot)['schema']['body']>

/** What was said of the taking of a sample is set right; what was answered and done since goes on with it. */
export async function correctSpot(
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: Correction,
): Promise<BloodSpot> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await spots.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    if (before.sampledOn === null) throw new Refused('conflict')
    const {
      hoursAfterBirth,
      feeds,
      sampleNumber,
      laboratoryId,
      sampledOn = before.sampledOn,
    } = {
      ...before,
      ...set,
    }
    assertDay(sampledOn!, before, todayOf(at))
    const newborn = await newbornOf(tx, access, before.childId, sampledOn!, at)
    const parameters = await parametersOn(tx, access, sampledOn!)
    const ageDays = ageOnDay(newborn.bornOn, sampledOn!)
    const replacement = newId(at.getTime())
    const again = (cipher: Buffer | null) =>
      sealed(office, access, replacement, opened(office, access, id, cipher))
    const noteCipher =
      set.note === undefined ? again(before.noteCipher) : sealed(office, access, replacement, set.note)
    await spots.void(tx, access, id, reason, at)
    await voidLinks(tx, access, id, reason, at)
    const { sequence, state, dueBy, labOrderId, pku, ch, g6pd, cah, reportedOn, recalledOn } = before
    const { confirmedOn, diagnosisCodes, treatedOn, followedOn, remindedOn } = before
    await spots.insert(
      tx,
      access,
      {
        ...{ id: replacement, replaces: id, ...rowOf(newborn), sequence, state, dueBy, labOrderId },
        stateOn: before.stateOn === before.sampledOn ? sampledOn : before.stateOn,
        ...{ sampledOn, hoursAfterBirth, feeds, sampleNumber, laboratoryId, noteCipher },
        findings: spotFindings(
          { hoursAfterBirth: hoursAfterBirth ?? null, ageDays, feeds: feeds ?? null },
          parameters,
        ),
        ...{ pku, ch, g6pd, cah, reportedOn, recalledOn, confirmedOn, diagnosisCodes, treatedOn },
        ...{ followedOn, remindedOn, valuesCipher: again(before.valuesCipher) },
      },
      at,
    )
    const after = (await spots.find(tx, access, replacement))!
    await recordLinks(tx, access, linksOf(after), at)
    const fields = Object.keys(set)
    await record(tx, access, careDeed(office, before.childId, 'correct', 'blood-spot', { fields }), at)
    return shown(office, access, after, todayOf(at))
  })
}

function assertDay(sampledOn: CivilDate, { reportedOn }: SpotRow, today: CivilDate): void {
  if (sampledOn > today || (reportedOn !== null && sampledOn > reportedOn))
    throw Refused.field('/set/sampledOn', 'invalid-date')
}

const positive = ['SUSPECT', 'RECALL', 'CONFIRMED_NEG', 'CONFIRMED_POS', 'TREATED', 'FOLLOWED']

/** All that its steps have told the chain. */
function linksOf({ id, chainId, childId, state, sampledOn, reportedOn, ...row }: SpotRow): LinkEvent[] {
  if (!chainId) return []
  const link = (event: LinkEvent['event'], on: CivilDate | null): LinkEvent[] =>
    on === null ? [] : [{ chainId, item: 'BLOOD_SPOT', childId, event, on, recordId: id }]
  return [
    ...link('DONE', sampledOn),
    ...(positive.includes(state) ? link('POSITIVE', reportedOn) : []),
    ...link('FOLLOWED', state === 'CONFIRMED_NEG' ? row.confirmedOn : row.treatedOn),
  ]
}
