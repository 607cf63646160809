import type { NewSpotStep } from '@youyu/shared/birth-defects/newborn'
import { readSpot, spotResult, type SpotFlag, type SpotItem } from '@youyu/shared/birth-defects/newborn-rules'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { sealed } from '../../cells.ts'
import { parametersOn } from '../../screening-parameters/index.ts'
import { isPreterm, newbornOf } from '../newborn.ts'
import type { SpotRow } from './queries.ts'
import { dueBy, mayFollow } from './rules.ts'

type Result = Extract<NewSpotStep, { to: 'RESULT' }>

/** The laboratory's answers: its flags, and what its numbers mean by the cut-offs in force where it says none. */
async function resultOf(
  tx: Transaction,
  office: Office,
  access: Access,
  before: SpotRow,
  step: Result,
  at: Date,
) {
  const set = await parametersOn(tx, access, step.on, before.laboratoryId)
  const { gestationDays } = await newbornOf(tx, access, before.childId, before.bornOn, at)
  const flags: Partial<Record<SpotItem, SpotFlag>> = { ...step.flags }
  for (const [item, value] of Object.entries(step.values) as [SpotItem, number | undefined][])
    if (value !== undefined && !flags[item])
      flags[item] = readSpot(item, value, isPreterm(gestationDays), set)
  const given = Object.values(flags).filter((flag) => flag !== undefined)
  if (given.length === 0) throw Refused.field('/flags', 'required')
  const state = spotResult(given)
  return {
    state,
    dueBy: dueBy(state, step.on, before.bornOn, set),
    ...{ pku: flags.PKU ?? null, ch: flags.CH ?? null, g6pd: flags.G6PD ?? null, cah: flags.CAH ?? null },
    reportedOn: step.on,
    valuesCipher: sealed(office, access, before.id, JSON.stringify(step.values)),
  }
}

export async function setOf(
  tx: Transaction,
  office: Office,
  access: Access,
  before: SpotRow,
  step: NewSpotStep,
  at: Date,
) {
  if (step.to === 'RESULT') {
    if (before.state !== 'SAMPLED' && before.state !== 'SATISFACTORY') throw new Refused('step-not-next')
    return await resultOf(tx, office, access, before, step, at)
  }
  if (!mayFollow(before.state, step.to)) throw new Refused('step-not-next')
  const set = await parametersOn(tx, access, step.on)
  const days = {
    ...{ UNSAT: {}, RECALL: { recalledOn: step.on }, CONFIRMED_NEG: { confirmedOn: step.on } },
    ...{
      CONFIRMED_POS: { confirmedOn: step.on },
      TREATED: { treatedOn: step.on },
      FOLLOWED: { followedOn: step.on },
    },
  }
  return {
    state: step.to,
    dueBy: dueBy(step.to, step.on, before.bornOn, set),
    ...days[step.to],
    ...(step.to === 'CONFIRMED_POS' && { diagnosisCodes: step.diagnosisCodes }),
  }
}
