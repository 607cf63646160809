import { openInstallation, type Installation } from '../installation.ts'
import type { Options, Result } from '../measure.ts'
import { loadCounty } from './county.ts'
import { ledgerVerify } from './ledger-verify.ts'
import { payout, payoutMemory, returnFile } from './paying.ts'
import { retro } from './retro.ts'
import { ruleLoop, ruleRun } from './rules.ts'
import { whatIf } from './what-if.ts'

type Case = {
  name: string
  /** Works on the county of so many people, loaded once under the name `large`. */
  ofCounty: boolean
  run: (installation: Installation, rounds: number) => Promise<Result>
}

const cases: readonly Case[] = [
  { name: 'rule-run', ofCounty: true, run: ruleRun },
  { name: 'rule-loop', ofCounty: true, run: ruleLoop },
  { name: 'what-if', ofCounty: true, run: whatIf },
  { name: 'payout', ofCounty: false, run: payout },
  { name: 'payout-memory', ofCounty: false, run: payoutMemory },
  { name: 'return-file', ofCounty: false, run: returnFile },
  { name: 'ledger-verify', ofCounty: false, run: ledgerVerify },
  { name: 'retro', ofCounty: false, run: retro },
]

/** Issue 6 §6: benefits, from the rule to the bank and back. */
export async function subsidies({ persons, rounds, only, keep }: Options): Promise<Result[]> {
  const wanted = cases.filter(({ name }) => !only || only.split(',').includes(name))
  const installation = await openInstallation(keep)
  try {
    if (wanted.some(({ ofCounty }) => ofCounty)) {
      console.log(`loading ${persons} people in families …`)
      await loadCounty(installation, 'large', persons)
    }
    const results: Result[] = []
    for (const { run } of wanted) results.push(await run(installation, rounds))
    return results
  } finally {
    await installation.close()
  }
}
