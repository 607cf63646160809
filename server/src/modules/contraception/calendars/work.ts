import { newId } from '../../../crypto/ids.ts'
import { longTransaction } from '../../../database/transaction.ts'
import type { Desk, Work } from '../../../jobs/index.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { insertSessions } from '../sessions/index.ts'
import { gather } from './gathering.ts'
import { countCalendar, findCalendar, lockCalendar, replaceUnplaced, setStatus } from './queries.ts'
import { propose } from './rules-planning.ts'

/** Proposes the year: read the county, place the sessions, write them all or nothing. */
async function run({ db, now }: Office, desk: Desk): Promise<void> {
  const { access, subjectId, progress } = desk
  await longTransaction(db, access, async (tx) => {
    const calendar = await findCalendar(tx, access, subjectId)
    if (!calendar || calendar.status !== 'PLANNING') throw new Refused('calendar-state')
    progress.bytesRead = 5
    const { county, needs } = await gather(tx, access, {
      year: calendar.year,
      from: calendar.fromOn,
      to: calendar.toOn,
    })
    progress.bytesRead = 50
    progress.rowsRead = needs.length
    desk.signal.throwIfAborted()
    const { sessions, unplaced } = propose(county, needs)
    progress.bytesRead = 70
    progress.rowsAccepted = sessions.length
    progress.rowsRejected = unplaced.length
    const at = now()
    const rows = sessions.map((session) => ({ ...session, id: newId(at.getTime()) }))
    await insertSessions(tx, access, subjectId, rows, 'PROPOSED', at)
    await replaceUnplaced(tx, access, subjectId, unplaced)
    await countCalendar(tx, access, subjectId, 'PROPOSED', at)
    progress.bytesRead = 100
    await desk.finish(tx)
  })
}

/** A plan that did not come about stays as failed: nothing of it is written. */
async function tidy(
  { db, now }: Office,
  { subjectId, access }: Pick<Desk, 'subjectId' | 'access'>,
): Promise<void> {
  await longTransaction(db, access, async (tx) => {
    await lockCalendar(tx, access, subjectId)
    const calendar = await findCalendar(tx, access, subjectId)
    if (calendar?.status === 'PLANNING') await setStatus(tx, access, subjectId, 'FAILED', now())
  })
}

export const calendarWork: Work = { run, tidy }
