import { failureShown } from '../../logging.ts'
import type { App, Office } from '../../office.ts'

const EVERY = 10 * 60_000

/** After the day has begun in Shanghai and before anybody works. */
const FIRST_HOUR = 2
const hours = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' },
})
/** Whether what belongs to a day may be done: from two in the morning on. */
export const isNight = ({ now }: Office): boolean => Number(hours.format(now())) >= FIRST_HOUR

/** Work that is looked at every ten minutes, one look after the other, until the application closes. */
export function everyTenMinutes(
  app: App,
  office: Office,
  work: (office: Office) => Promise<unknown>,
  failed: string,
): void {
  if (!office.config.WORKERS) return
  let working: Promise<unknown> = Promise.resolve()
  const look = () => {
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
