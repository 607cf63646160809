import { and, eq, isNull } from 'drizzle-orm'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { PgColumn } from 'drizzle-orm/pg-core'
import pg from 'pg'
import type { FollowUpMode, OfferService, ProtocolSubject } from '@youyu/shared/contraception/protocols'
import { newId } from '../../src/crypto/ids.ts'
import { careConsents } from '../../src/modules/contraception/consents/tables.ts'
import { methodEpisodes } from '../../src/modules/contraception/episodes/tables.ts'
import { followUpTasks } from '../../src/modules/contraception/follow-up/tables.ts'
import { contactPreferences } from '../../src/modules/contraception/offers/tables.ts'
import { procedures } from '../../src/modules/contraception/procedures/tables.ts'
import { persons } from '../../src/modules/population/persons/tables.ts'
import type { Installation } from '../installation.ts'
import { compare, type Result } from '../measure.ts'
import { COUNTY } from './county.ts'

const DAY = '2026-11-01'
/** Women whom the loop plans; its speed does not depend on how many there are. */
const SAMPLE = 1500

const current = `select distinct client_id from method_episodes where county_code = ${COUNTY} and ended_on is null and voided_at is null`

async function emptied(installation: Installation): Promise<void> {
  await installation.sql('large', 'truncate follow_up_tasks cascade')
  await installation.sql('large', 'checkpoint')
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return (performance.now() - began) / 1000
}

const planned = (installation: Installation) =>
  timed(() =>
    installation.sql('large', `select * from app.plan_follow_up(${COUNTY}, null, '${DAY}', null, now())`),
  )

/**
 * What the planning comes down to: every current method with the steps in force, those whose window is open or opens
 * within a year, of windows that overlap the first. No opt-outs, no answers, no corrections, no second run.
 */
const bare = `
  insert into follow_up_tasks (county_code, id, client_id, facility_id, division_code, origin_id, episode_id, protocol_code, step, ordinal,
    subject, service, mode, due_from, due_to, cycle_to, status, recorded_at, updated_at)
  select ${COUNTY}, app.derived_id(w.id || w.protocol_code || w.step || w.ordinal), w.client_id, w.facility_id, w.division_code, w.id, w.id,
    w.protocol_code, w.step, w.ordinal, w.subject, w.service, w.mode, w.due_from, w.due_from + w.window_days,
    greatest((w.due_from + interval '1 year')::date, w.due_from + w.window_days + 1), 'PLANNED', now(), now()
  from (
    select c.*, max(c.due_from + c.window_days) over (partition by c.client_id, c.subject, c.service
      order by c.due_from, c.protocol_code, c.step, c.ordinal rows between unbounded preceding and 1 preceding) as taken_to
    from (
      select o.client_id, o.facility_id, o.id, o.division_code, r.*, k.n as ordinal,
        (o.anchor + make_interval(months => r.months + k.n * coalesce(r.every_months, 0), days => r.days))::date as due_from
      from (
        select client_id, facility_id, id, division_code, method, 'EPISODE' as trigger, started_on as anchor
          from method_episodes where county_code = ${COUNTY} and ended_on is null and voided_at is null
        union all
        select client_id, facility_id, id, division_code, method, 'EXPIRY', expected_end_on
          from method_episodes where county_code = ${COUNTY} and ended_on is null and voided_at is null and expected_end_on is not null
      ) o
      join app.follow_up_rules(${COUNTY}, '${DAY}') r on r.trigger = o.trigger and r.item = o.method and not r.needs_consent
      cross join lateral generate_series(0, case when r.every_months is null then 0
        else greatest(0, (extract(year from age('${DAY}', o.anchor)) * 12 / r.every_months)::int) + 1 end) as k (n)
    ) c
    where c.due_from <= date '${DAY}' + 370 and c.due_from + c.window_days + c.keep_days >= date '${DAY}'
  ) w
  where w.taken_to is null or w.due_from > w.taken_to
  on conflict do nothing`

/** Planning all follow-up of a county, against the bare statement that makes the tasks. */
export async function followUpPlan(installation: Installation, rounds: number): Promise<Result> {
  return await compare({
    name: 'followup-plan',
    better: 'lower',
    goal: 2,
    unit: 's',
    rounds,
    ours: async () => {
      await emptied(installation)
      return await planned(installation)
    },
    base: async () => {
      await emptied(installation)
      return await timed(() => installation.sql('large', bare))
    },
  })
}

type Rule = {
  trigger: string
  item: string
  protocol_code: string
  step: string
  months: number
  days: number
  every_months: number | null
  window_days: number
  keep_days: number
  subject: ProtocolSubject
  service: OfferService
  mode: FollowUpMode
  needs_consent: boolean
}

const plus = (day: string, months: number, days: number) => {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** As one would write it first: woman by woman, what is known of her read and her tasks written one by one through the ORM. */
async function loop(installation: Installation): Promise<number> {
  const client = new pg.Client(installation.urlOf('large'))
  await client.connect()
  try {
    const db = drizzle(client)
    const { rows: women } = await client.query<{ client_id: string }>(`${current} limit ${SAMPLE}`)
    const { rows: rules } = await client.query<Rule>(
      `select * from app.follow_up_rules(${COUNTY}, '${DAY}') where trigger in ('EPISODE', 'EXPIRY') and not needs_consent`,
    )
    const seconds = await timed(async () => {
      for (const { client_id: clientId } of women) await planWoman(db, clientId, rules)
    })
    return women.length / seconds
  } finally {
    await client.end()
  }
}

/** What the planning asks of her: is she here and alive, what is she silent on, what stands already, what does she use. */
async function planWoman(db: NodePgDatabase, clientId: string, rules: readonly Rule[]): Promise<void> {
  const ofHer = <Table extends { countyCode: PgColumn; clientId: PgColumn }>(table: Table) =>
    and(eq(table.countyCode, Number(COUNTY)), eq(table.clientId, clientId))
  const [person] = await db
    .select()
    .from(persons)
    .where(and(eq(persons.countyCode, Number(COUNTY)), eq(persons.id, clientId)))
  if (!person || ['DECEASED', 'MOVED_OUT', 'MERGED', 'ARCHIVED'].includes(person.status)) return
  const preferences = await db.select().from(contactPreferences).where(ofHer(contactPreferences))
  if (preferences.some(({ kind, endedOn }) => kind === 'OPT_OUT' && endedOn === null)) return
  await db.select().from(careConsents).where(ofHer(careConsents))
  await db.select().from(procedures).where(ofHer(procedures))
  const standing = await db.select().from(followUpTasks).where(ofHer(followUpTasks))
  const episodes = await db
    .select()
    .from(methodEpisodes)
    .where(and(ofHer(methodEpisodes), isNull(methodEpisodes.endedOn), isNull(methodEpisodes.voidedAt)))
  for (const episode of episodes)
    for (const rule of rules)
      if (!standing.some((task) => task.originId === episode.id && task.step === rule.step))
        await plan(db, episode, rule)
}

async function plan(
  db: NodePgDatabase,
  episode: typeof methodEpisodes.$inferSelect,
  rule: Rule,
): Promise<void> {
  const anchor = rule.trigger === 'EXPIRY' ? episode.expectedEndOn : episode.startedOn
  if (rule.item !== episode.method || anchor === null) return
  const last = plus(DAY, 0, 370)
  for (let ordinal = 0; ; ordinal += 1) {
    const dueFrom = plus(anchor, rule.months + ordinal * (rule.every_months ?? 0), rule.days)
    if (dueFrom > last) return
    const dueTo = plus(dueFrom, 0, rule.window_days)
    if (plus(dueTo, 0, rule.keep_days) >= DAY) {
      const now = new Date()
      await db.insert(followUpTasks).values({
        countyCode: Number(COUNTY),
        id: newId(),
        clientId: episode.clientId,
        facilityId: episode.facilityId,
        divisionCode: episode.divisionCode,
        originId: episode.id,
        episodeId: episode.id,
        protocolCode: rule.protocol_code,
        step: rule.step,
        ordinal,
        subject: rule.subject,
        service: rule.service,
        mode: rule.mode,
        dueFrom,
        dueTo,
        cycleTo: plus(dueTo, 12, 1),
        status: 'PLANNED',
        recordedAt: now,
        updatedAt: now,
      })
    }
    if (rule.every_months === null) return
  }
}

/** Women planned in a second, against the loop. */
export async function followUpLoop(installation: Installation, rounds: number): Promise<Result> {
  const [counted] = await installation.sql('large', `select count(*)::int as women from (${current}) c`)
  return await compare({
    name: 'followup-loop',
    better: 'higher',
    goal: 20,
    unit: 'women/s',
    rounds,
    ours: async () => {
      await emptied(installation)
      return (counted!['women'] as number) / (await planned(installation))
    },
    base: async () => {
      await emptied(installation)
      return await loop(installation)
    },
  })
}
