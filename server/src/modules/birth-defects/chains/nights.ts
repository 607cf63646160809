import { longTransaction, reading } from '../../../database/transaction.ts'
import { failureShown } from '../../../logging.ts'
import { todayOf, type App, type Office } from '../../../office.ts'
import { systemAccess } from '../../accounts/index.ts'
import { planCounty } from './planning.ts'
import { beginRun, finishRun, selectCounties } from './queries-planning.ts'

const EVERY = 10 * 60_000
/** After the day has begun in Shanghai and before anybody works. */
const FIRST_HOUR = 1

/** Plans the chains of every county once a day; whichever process comes first does it. */
export async function workChainNight(office: Office): Promise<number> {
  const at = office.now()
  const day = todayOf(at)
  const counties = await reading(office.db, systemAccess, selectCounties)
  let worked = 0
  for (const county of counties) {
    const access = { ...systemAccess, county, prefixes: [String(county).padStart(6, '0')] }
    await longTransaction(office.db, access, async (tx) => {
      if (!(await beginRun(tx, access, day, at))) return
      await finishRun(tx, access, day, await planCounty(tx, access, day, at), at)
      worked += 1
    })
  }
  return worked
}

const hours = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' },
})

/** Looked at every ten minutes once the day has begun, one look after the other, until the application closes. */
export function eachNight(
  app: App,
  office: Office,
  work: (office: Office) => Promise<unknown>,
  failed: string,
): void {
  if (!office.config.WORKERS) return
  let working: Promise<unknown> = Promise.resolve()
  const look = () => {
    if (Number(hours.format(office.now())) < FIRST_HOUR) return
    working = working
      .then(() => work(office))
      .catch((error: unknown) => office.log.warn({ failure: failureShown(error) }, failed))
  }
  const timer = setInterval(look, EVERY).unref()
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await working
  })
}

export function useChainNights(app: App, office: Office): void {
  eachNight(app, office, workChainNight, 'chains could not be planned; it is tried again')
}
