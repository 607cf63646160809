import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Office } from '../src/office.ts'
import { close, openRegisterDesk, secondsUntil } from './register-desk.ts'
import { village, writePeople } from './register-files.ts'

/** A lease lasts 15 seconds, and the queue is looked at every other second; the rest is a busy machine. */
const TAKEN_OVER = { SIGKILL: 25, SIGTERM: 10 }
/** What a service manager gives before it kills. */
const ENDED = 30
/** Sixty thousand rows take some ten seconds; what the planner is wrong about takes an hour. */
const FINISHED = 60
/** Of the rows; what has been read is told twice a second, so that more of them may have been by then. */
const MIDDLE = { from: 0.2, to: 0.6, past: 0.8 }
/** So many milliseconds after a row at random: in the middle of whatever the database is told to do with them. */
const MOMENT = 1500

type Given = {
  office: Office
  environment: Record<string, string>
  directory: string
  times: number
  rows: number
  draw: (below: number) => number
  from: number
}

type Standing = Record<'people' | 'residences' | 'households' | 'members' | 'posted', number>
/** As `writePeople` has them. */
const PER_HOUSEHOLD = 3

/** Imports whose server is asked to end, or killed, at any moment; the next one finishes them. */
export async function interruptImports({
  office,
  environment,
  directory,
  times,
  rows,
  draw,
  from,
}: Given): Promise<string[]> {
  const findings: string[] = []
  const path = join(directory, 'people.csv')
  const standing = async () => (await office.db.owner.query<Standing>(counts)).rows[0]!
  const leases = async (id: string) =>
    (
      await office.db.owner.query<{ state: string; lease_owner: string | null }>(
        'select state, lease_owner from jobs where id = $1',
        [id],
      )
    ).rows as [{ state: string; lease_owner: string | null }]
  let desk = await openRegisterDesk(environment)
  try {
    for (let round = 0; round < times; round += 1) {
      const signal = round % 2 === 0 ? 'SIGTERM' : 'SIGKILL'
      const note = (what: string) => findings.push(`import ${round}, ${signal}: ${what}`)
      const first = from + round * rows
      await writePeople(path, { from: first, rows })
      const before = await standing()
      const { body, status } = await desk.upload(path, `import-${from}-${round}`)
      if (status !== 202) throw new Error(`The file was not taken: ${status}`)
      const { id } = body['job'] as { id: string }
      const inTheMiddle = round % 4 < 2
      const { from: least, to } = inTheMiddle ? MIDDLE : { from: 0, to: 1 }
      const until = Math.floor(rows * least) + draw(Math.floor(rows * (to - least)))
      await secondsUntil(async () => (await desk.job(id)).rowsRead > until, FINISHED, 20)
      if (!inTheMiddle) await pause(draw(MOMENT))

      const { state: atEnd, rowsRead: atRow } = await desk.job(id)
      const share = `${Math.round((100 * atRow) / rows)} %`
      if (inTheMiddle && !(atEnd === 'running' && atRow <= rows * MIDDLE.past))
        note(`ended only when ${atEnd} and ${share} were read`)
      const began = performance.now()
      desk.server.child.kill(signal)
      const code = await desk.server.ended
      const ending = (performance.now() - began) / 1000
      if (signal === 'SIGTERM' && (code !== 0 || ending > ENDED))
        note(`ended with ${code} after ${ending.toFixed(1)} s`)
      const [{ lease_owner: former }] = await leases(id)
      const isHeldAgain = async () => {
        const [{ state, lease_owner: owner }] = await leases(id)
        return owner !== former && state !== 'queued'
      }
      const between = await standing()
      const wasDone = between.people === before.people + rows
      if (!wasDone && between.people !== before.people)
        note(`${between.people - before.people} people between`)

      // As the server does by itself within a minute, and then believes that a county being loaded is empty.
      await office.db.owner.query('vacuum (truncate false) persons, households')
      desk = await openRegisterDesk(environment)
      const taken = wasDone ? 0 : await secondsUntil(isHeldAgain, TAKEN_OVER[signal] + 30)
      if (taken === null || taken > TAKEN_OVER[signal]) note(`taken over after ${taken?.toFixed(1)} s`)
      const finished = await secondsUntil(
        async () => !['queued', 'running'].includes((await desk.job(id)).state),
        FINISHED,
        100,
      )
      if (finished === null) note(`not finished ${FINISHED} s after it was taken over`)
      const job = await desk.job(id)
      const after = await standing()
      if (job.state !== 'succeeded' || job.rowsAccepted !== rows)
        note(`${job.state}, ${job.rowsAccepted} of ${rows} rows`)
      const added = (what: keyof Standing) => after[what] - before[what]
      for (const what of ['people', 'residences', 'members', 'posted'] as const)
        if (added(what) !== rows) note(`${added(what)} ${what} of ${rows} rows`)
      if (added('households') !== rows / PER_HOUSEHOLD) note(`${added('households')} households`)
      console.log(
        `  ${signal} while ${atEnd}, ${share} read: ended after ${ending.toFixed(1)} s, taken over ${taken?.toFixed(1)} s after the next start, finished ${finished?.toFixed(1)} s later, ${added('people')} people of ${rows}`,
      )
    }
    const { rows: kept } = await office.db.owner.query<{ n: number }>(miscounted)
    if (kept[0]!.n > 0)
      findings.push(`${kept[0]!.n} villages whose kept counts are not those of their people`)
  } finally {
    await close(desk)
    await rm(path, { force: true })
  }
  return findings
}

const counts = `select (select count(*)::int from persons where county_code = 371121 and name like '人%') as people,
  (select count(*)::int from residence_episodes r join persons p using (county_code) where r.person_id = p.id and p.county_code = 371121
    and p.name like '人%' and r.voided_at is null) as residences,
  (select count(*)::int from households where county_code = 371121) as households,
  (select count(*)::int from household_members where county_code = 371121 and source = 'IMPORT') as members,
  (select coalesce(sum(residence), 0)::int from population_postings where county_code = 371121 and division_code = '${village}') as posted`
const miscounted = `select count(*)::int as n from village_counts v where v.county_code = 371121 and v.division_code = '${village}' and v.residents <> (
  select count(*) from persons p where p.county_code = v.county_code and p.residence_division = v.division_code
    and p.residence_status in ('1', '3', '4') and p.status in ('ACTIVE', 'SUSPECT_DUP'))`
