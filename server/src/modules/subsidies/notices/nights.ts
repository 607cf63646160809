import { longTransaction, reading } from '../../../database/transaction.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { systemAccess } from '../../accounts/index.ts'
import { everyTenMinutes } from '../nights.ts'
import { closeDue } from './closing.ts'
import { selectCountiesDue } from './queries.ts'

/** Closes in every county what has been up for its time; told twice, there is nothing left to close. */
export async function closeNoticesOfNight(office: Office): Promise<number> {
  const at = office.now()
  const on = todayOf(at)
  const counties = await reading(office.db, systemAccess, (tx) => selectCountiesDue(tx, on))
  let closed = 0
  for (const county of counties) {
    const access = { ...systemAccess, county, prefixes: [String(county)] }
    closed += (await longTransaction(office.db, access, (tx) => closeDue(tx, access, { on }, at))).notices
  }
  return closed
}

export function useNoticeNights(app: App, office: Office): void {
  everyTenMinutes(app, office, closeNoticesOfNight, 'notices could not be closed; it is tried again')
}
