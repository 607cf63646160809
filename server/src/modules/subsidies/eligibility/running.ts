import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longTransaction } from '../../../database/transaction.ts'
import type { Work } from '../../../jobs/index.ts'
import { findRun, finishRun } from './queries.ts'
import {
  lapseBarred,
  noteMissing,
  runRules,
  selectOpenProgrammes,
  selectRatesOn,
  settleProposals,
  type LevelRate,
  type OpenProgramme,
  type RunRule,
} from './queries-run.ts'
import { isProposable, isRunnable, unprovenRule, yearWorth } from './rules.ts'

function rulesOf({ code, versionId, terms }: OpenProgramme): RunRule[] {
  const { claimEachYear } = terms
  const base = { programme: code, versionId, claimEachYear, proposes: isProposable(terms) }
  const lenient = unprovenRule(terms.rule)
  return [
    { ...base, key: code, basis: 'MET', terms },
    ...(lenient
      ? [{ ...base, key: `${code}_U`, basis: 'UNPROVEN' as const, terms: { ...terms, rule: lenient } }]
      : []),
  ]
}

const worthsOf = (rates: readonly LevelRate[]) =>
  rates.map(({ code, level, unit, amountFen }) => ({
    programme: code,
    level,
    fen: yearWorth(unit, amountFen),
  }))

/** One run over the county: what was found, who is proposed, which evidence is missing. Told twice, it proposes nobody twice. */
export async function runEligibility(
  tx: Transaction,
  access: Access,
  { runId, asOf, programmes }: { runId: Id; asOf: CivilDate; programmes: readonly string[] | null },
  at: Date,
): Promise<{ entitled: number; proposed: number }> {
  const open = (await selectOpenProgrammes(tx, access, asOf, programmes)).filter(({ terms }) =>
    isRunnable(terms),
  )
  const rates = await selectRatesOn(tx, access, asOf)
  const rules = open.flatMap(rulesOf)
  if (rules.length === 0) return { entitled: 0, proposed: 0 }
  const found = await runRules(tx, access, { runId, asOf, rules, worths: worthsOf(rates), at })
  const proposable = open.filter(({ terms }) => isProposable(terms))
  await lapseBarred(tx, access, { runId, asOf })
  await settleProposals(tx, access, { runId, asOf, programmes: proposable.map(({ code }) => code) })
  for (const { code, terms } of proposable) {
    const evidence = terms.evidence.filter(({ required }) => required)
    await noteMissing(tx, access, { runId, asOf, programme: code, evidence })
  }
  return found
}

export const eligibilityWork: Work = {
  async run(office, desk) {
    const at = office.now()
    await longTransaction(office.db, desk.access, async (tx) => {
      const run = await findRun(tx, desk.access, desk.subjectId)
      if (!run || run.finishedAt) return
      const { id: runId, asOf, programmes } = run
      const found = await runEligibility(tx, desk.access, { runId, asOf, programmes }, at)
      await finishRun(tx, desk.access, runId, found, at)
      desk.progress.rowsRead = found.entitled
      desk.progress.rowsAccepted = found.proposed
      await desk.finish(tx)
    })
  },
  tidy: () => Promise.resolve(),
}
