import { longTransaction, reading } from '../../../../database/transaction.ts'
import { failureShown } from '../../../../logging.ts'
import { todayOf, type App, type Office } from '../../../../office.ts'
import { systemAccess } from '../../../accounts/index.ts'
import { recountMonths, selectUncounted } from './queries.ts'
import { usualMonths } from './rules.ts'

const EVERY = 10 * 60_000
/** After the chains have been planned and before anybody works. */
const FIRST_HOUR = 2

/** Counts the chain of every county anew, once a day; whichever process comes first does it. */
export async function countNight(office: Office): Promise<number> {
  const at = office.now()
  const today = todayOf(at)
  const counties = await reading(office.db, systemAccess, (tx) => selectUncounted(tx, today))
  for (const county of counties) {
    const access = { ...systemAccess, county, prefixes: [String(county).padStart(6, '0')] }
    await longTransaction(office.db, access, (tx) => recountMonths(tx, county, usualMonths(today), today, at))
  }
  return counties.length
}

export function useCountingNights(app: App, office: Office): void {
  if (!office.config.WORKERS) return
  let working: Promise<unknown> = Promise.resolve()
  const look = () => {
    const hour = Number(
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit' }).format(office.now()),
    )
    if (hour < FIRST_HOUR) return
    working = working
      .then(() => countNight(office))
      .catch((error: unknown) =>
        office.log.warn(
          { failure: failureShown(error) },
          'the chain could not be counted; it is tried again',
        ),
      )
  }
  const timer = setInterval(look, EVERY).unref()
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await working
  })
}
