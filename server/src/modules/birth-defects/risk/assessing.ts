import type { KnownFacts } from '@youyu/shared/birth-defects/decision-facts'
import { findingsOf, inUrgency, mostUrgent, type Finding } from '@youyu/shared/birth-defects/decision-support'
import { judged, type Judged } from '@youyu/shared/birth-defects/risk'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { Refused } from '../../../refused.ts'
import { rowsOf, tableInForce, type AskedTable } from '../decision-support/index.ts'

export type Judgement = Judged & { riskTable: string; adviceTable: string }

const judgedBy = (risk: AskedTable, advice: AskedTable, known: KnownFacts): Judgement => ({
  ...judged(risk.rows, advice.rows, known),
  riskTable: risk.code,
  adviceTable: advice.code,
})

/** What the versions in force on the day make of a woman; an item of an older version, carried on, says nothing any more. */
export async function judge(
  tx: Transaction,
  access: Access,
  known: KnownFacts,
  on: CivilDate,
  { isGiven }: { isGiven: boolean },
): Promise<Judgement> {
  const [risk, advice] = await Promise.all([
    tableInForce(tx, access, 'RISK', on),
    tableInForce(tx, access, 'ADVICE', on),
  ])
  const isItem = (item: string) => risk.rows.some(({ code, isTicked }) => code === item && isTicked)
  const unknown = known.items.findIndex((item) => !isItem(item))
  if (unknown >= 0 && isGiven) throw Refused.field(`/items/${unknown}`, 'invalid-code-value')
  return judgedBy(risk, advice, known)
}

/** The same under the versions that were in force then. */
export async function judgeAgain(
  tx: Transaction,
  known: KnownFacts,
  { riskTable, adviceTable }: { riskTable: string; adviceTable: string },
): Promise<Judgement> {
  const [risk, advice] = await Promise.all([rowsOf(tx, riskTable), rowsOf(tx, adviceTable)])
  return judgedBy({ code: riskTable, rows: risk }, { code: adviceTable, rows: advice }, known)
}

/** Advice alone, for the mother after the birth. */
export async function advise(
  tx: Transaction,
  access: Access,
  known: KnownFacts,
  on: CivilDate,
): Promise<Pick<Judgement, 'advice' | 'urgency' | 'adviceTable'>> {
  const table = await tableInForce(tx, access, 'ADVICE', on)
  const advice = inUrgency(findingsOf(table.rows, known))
  return { advice, urgency: mostUrgent(advice), adviceTable: table.code }
}

export async function adviseAgain(
  tx: Transaction,
  known: KnownFacts,
  adviceTable: string,
): Promise<Finding[]> {
  return inUrgency(findingsOf(await rowsOf(tx, adviceTable), known))
}
