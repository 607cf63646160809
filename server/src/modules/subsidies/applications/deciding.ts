import type { ApplicationEvent } from '@youyu/shared/subsidies/application-states'
import type { FactName, Facts } from '@youyu/shared/subsidies/facts'
import { factCatalogue } from '@youyu/shared/subsidies/facts'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import type { Judgement } from './judging.ts'
import { insertDecisions, updateMet } from './queries-filing.ts'
import { opened, sealed } from './words.ts'

/** What a decision stood on: each fact with its source, and when it was read. */
export type DecisionFacts = {
  facts: Facts
  sources: Partial<Record<FactName, string>>
  readAt: string
}

export type Deciding = { id: Id; judgement: Judgement }

/** Keeps what decisions stood on, enciphered; one statement however many there are. */
export async function keepDecisions(
  tx: Transaction,
  office: Office,
  access: Access,
  cases: readonly Deciding[],
  { step, event, on, at }: { step: string; event: ApplicationEvent; on: CivilDate; at: Date },
): Promise<void> {
  const decisions = cases.map(({ id, judgement }) => {
    const { versionId, asOf, isMet, level, evaluation, facts } = judgement
    const sources = Object.fromEntries(
      (Object.keys(facts) as FactName[]).map((fact) => [fact, factCatalogue[fact].source]),
    )
    const kept: DecisionFacts = { facts, sources, readAt: at.toISOString() }
    return {
      ...{ id: newId(at.getTime()), applicationId: id, step, event, versionId, asOf, isMet, level },
      failing: evaluation.leaves.filter(({ met }) => !met).map(({ path }) => path),
      factsCipher: sealed(office, access, id, JSON.stringify(kept))!,
    }
  })
  await insertDecisions(tx, access, decisions, on, at)
  await updateMet(
    tx,
    access,
    cases.map(({ id, judgement }) => ({ id, isMet: judgement.isMet, level: judgement.level })),
  )
}

export function factsOfDecision(
  office: Office,
  access: Access,
  applicationId: Id,
  { factsCipher }: { factsCipher: Buffer },
): DecisionFacts {
  return JSON.parse(opened(office, access, applicationId, factsCipher)!) as DecisionFacts
}
