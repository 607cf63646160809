import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { longTransaction, reading } from '../../../database/transaction.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { systemAccess } from '../../accounts/index.ts'
import { everyTenMinutes, isNight } from '../nights.ts'
import { finishRun, forgetNightRuns, insertNightRun } from './queries.ts'
import { countiesToRun, selectOpenProgrammes } from './queries-run.ts'
import { isRunnable } from './rules.ts'
import { runEligibility } from './running.ts'

const KEPT = 40 * 86_400_000

/**
 * 应享尽享: every county once a day, so that nobody has to ask for proposals. A county in which nothing has happened since is
 * run all the same: people grow older every day.
 */
export async function runEligibilityOfNight(office: Office): Promise<number> {
  const at = office.now()
  const asOf = todayOf(at)
  const counties = await reading(office.db, systemAccess, (tx) => countiesToRun(tx, asOf))
  let done = 0
  for (const county of counties) {
    const access: Access = { ...systemAccess, county, prefixes: [String(county).padStart(6, '0')] }
    done += Number(await runCounty(office, access, asOf, at))
  }
  return done
}

/** Two processes that come to it at the same time: the second finds the row of the first, and leaves it to it. */
async function runCounty(office: Office, access: Access, asOf: string, at: Date): Promise<boolean> {
  return await longTransaction(office.db, access, async (tx) => {
    const open = await selectOpenProgrammes(tx, access, asOf, null)
    const programmes = open.filter(({ terms }) => isRunnable(terms)).map(({ code }) => code)
    if (programmes.length === 0) return false
    const runId = await insertNightRun(tx, access, { asOf, programmes, at })
    if (runId === null) return false
    const found = await runEligibility(tx, access, { runId, asOf, programmes }, at)
    await finishRun(tx, access, runId, found, at)
    await forgetNightRuns(tx, access, new Date(at.getTime() - KEPT))
    await record(tx, access, { action: 'create', entity: 'eligibility-run', entityId: runId }, at)
    return true
  })
}

export function useEligibilityNights(app: App, office: Office): void {
  everyTenMinutes(
    app,
    office,
    async () => isNight(office) && (await runEligibilityOfNight(office)),
    'proposals could not be brought up to date; it is tried again',
  )
}
