import { longTransaction, reading } from '../../../database/transaction.ts'
import { failureShown } from '../../../logging.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { systemAccess } from '../../accounts/index.ts'
import { countiesToSettle } from './queries.ts'
import { settleFacts } from './recomputing.ts'

const EVERY = 10 * 60_000
/** After the day has begun in Shanghai and before anybody works. */
const FIRST_HOUR = 2

/** Standing and months of every county once a day: what the day itself changes, and what nobody brought in before. */
export async function workEntitlementNight(office: Office): Promise<number> {
  const at = office.now()
  const counties = await reading(office.db, systemAccess, (tx) => countiesToSettle(tx, todayOf(at)))
  for (const county of counties) {
    const access = { ...systemAccess, county, prefixes: [String(county).padStart(6, '0')] }
    await longTransaction(office.db, access, (tx) => settleFacts(tx, access, null, at, 'NIGHT'))
  }
  return counties.length
}

export function useEntitlementNights(app: App, office: Office): void {
  if (!office.config.WORKERS) return
  let working: Promise<unknown> = Promise.resolve()
  const hours = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' },
  })
  const look = () => {
    if (Number(hours.format(office.now())) < FIRST_HOUR) return
    working = working
      .then(() => workEntitlementNight(office))
      .catch((error: unknown) =>
        office.log.warn(
          { failure: failureShown(error) },
          'months could not be recomputed; it is tried again',
        ),
      )
  }
  const timer = setInterval(look, EVERY).unref()
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await working
  })
}
