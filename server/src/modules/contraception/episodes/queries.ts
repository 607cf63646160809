import type { Episode, listEpisodes } from '@youyu/shared/contraception/episodes'
import type { MethodCode } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'
import type { methodEpisodes } from './tables.ts'

type Filter = Omit<z.output<(typeof listEpisodes)['schema']['querystring']>, 'limit' | 'cursor'>
export type ReadEpisode = Omit<Episode, 'recordedAt' | 'voidedAt' | 'isLongActingCn' | 'isLarcWho'> & {
  clientName: string | null
  recordedAt: Date
  voidedAt: Date | null
}

/** The first gate: what the facility recorded; of one client also what she lets it read (the second gate says what). */
function episodesOfCare(bound: Bound, { county, facility }: Access, clientId?: Id): string {
  const ofCounty = `e.county_code = ${bound.bind(county)}`
  return clientId === undefined
    ? `${ofCounty} and e.facility_id = ${bound.bind(facility)}`
    : `${ofCounty} and e.client_id = ${bound.bind(clientId)}`
}

/** Of others' records nothing is told that tells of an abortion (E8). */
const columns = `e.id, e.client_id as "clientId", e.method, e.device_type as "deviceType", e.lot_id as "lotId", e.started_on as "startedOn",
  case when e.facility_id <> (select app.facility()) and e.start_context = 'POSTABORTION' then 'INTERVAL' else e.start_context end as "startContext",
  e.own_source as "ownSource", e.expected_end_on as "expectedEndOn", e.ended_on as "endedOn", e.end_reason as "endReason",
  e.is_dual as "isDual", e.choice_id as "choiceId", e.procedure_id as "procedureId", e.facility_id = (select app.facility()) as "isOurs",
  e.findings, e.recorded_at as "recordedAt", u.display_name as "recordedBy", e.source, e.voided_at as "voidedAt",
  e.void_reason as "voidReason", e.replaces, p.name as "clientName",
  (select n.id from method_episodes n where n.county_code = e.county_code and n.replaces = e.id limit 1) as "replacedBy"`
const from = `from method_episodes e left join users u on u.id = e.recorded_by
  left join persons p on p.county_code = e.county_code and p.id = e.client_id`

export async function findEpisode(tx: Asking, access: Access, id: Id): Promise<ReadEpisode | undefined> {
  const [episode] = await ask<ReadEpisode>(
    tx,
    `select ${columns} ${from} where e.county_code = $1 and e.id = $2`,
    [access.county, id],
  )
  return episode
}

export async function selectEpisodes(
  tx: Asking,
  access: Access,
  filter: Filter,
  after: readonly [startedOn: string, id: string] | null,
  limit: number,
): Promise<ReadEpisode[]> {
  const bound = new Bound()
  const conditions = [episodesOfCare(bound, access, filter.clientId)]
  if (filter.method) conditions.push(`e.method = ${bound.bind(filter.method)}`)
  if (filter.currentOn) {
    const on = bound.bind(filter.currentOn)
    conditions.push(`e.started_on <= ${on}::date and (e.ended_on is null or e.ended_on > ${on}::date)`)
  }
  if (filter.from) conditions.push(`e.started_on >= ${bound.bind(filter.from)}`)
  if (filter.to) conditions.push(`e.started_on <= ${bound.bind(filter.to)}`)
  if (filter.expiringBy)
    conditions.push(`e.ended_on is null and e.expected_end_on <= ${bound.bind(filter.expiringBy)}`)
  conditions.push(filter.voided ? 'e.voided_at is not null' : 'e.voided_at is null')
  if (after)
    conditions.push(`(e.started_on, e.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} ${from} where ${conditions.join(' and ')}
    order by e.started_on desc, e.id desc limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export type StandingEpisode = Omit<typeof methodEpisodes.$inferSelect, 'recordedAt'>

/** An episode of the facility that is to be ended, corrected or voided: nobody else does so meanwhile. */
export async function lockEpisode(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
): Promise<StandingEpisode | undefined> {
  const [episode] = await ask<StandingEpisode>(
    tx,
    `select id, client_id as "clientId", division_code as "divisionCode", birth_year as "birthYear", in_union as "inUnion", method,
       device_type as "deviceType", lot_id as "lotId", started_on as "startedOn", start_context as "startContext",
       own_source as "ownSource", expected_end_on as "expectedEndOn", stated_end_on as "statedEndOn",
       stated_end_reason as "statedEndReason", end_procedure_id as "endProcedureId", ended_on as "endedOn",
       end_reason as "endReason", choice_id as "choiceId", choice_on as "choiceOn", procedure_id as "procedureId",
       is_dual as "isDual", findings, source, voided_at as "voidedAt"
     from method_episodes where county_code = $1 and facility_id = $2 and id = $3 for update`,
    [county, facility, id],
  )
  return episode
}

/** The method in use on a day that the facility recorded; of several (a condom beside) the other one. */
export async function episodeInUse(
  tx: Asking,
  { county, facility }: Access,
  clientId: Id,
  { on, method }: { on: CivilDate; method?: string | undefined },
): Promise<Id | undefined> {
  const [episode] = await ask<{ id: Id }>(
    tx,
    `select id from method_episodes
     where county_code = $1 and facility_id = $2 and client_id = $3 and voided_at is null and started_on <= $4
       and coalesce(ended_on, 'infinity') >= $4 and ($5::text is null or method = $5)
     order by is_dual, started_on desc limit 1`,
    [county, facility, clientId, on, method ?? null],
  )
  return episode?.id
}

export async function insertEpisode(tx: Asking, row: typeof methodEpisodes.$inferInsert): Promise<void> {
  await insertRow(tx, 'method_episodes', row)
}

export type Settled = {
  id: Id | null
  method: string | null
  before: CivilDate | null
  after: CivilDate | null
}

/** Fits a client's methods around each other; tells which others changed. */
export async function settleMethods(
  tx: Asking,
  { county }: Access,
  clientId: Id,
  fresh: readonly Id[],
): Promise<Settled[]> {
  return await ask(tx, 'select id, method, before, after from app.settle_methods($1, $2, $3)', [
    county,
    [clientId],
    fresh,
  ])
}

export type Removed = { id: Id | null; isEnded: boolean; isKnown: boolean }

/** A procedure takes out what is in use on the day, whoever put it in. */
export async function endByProcedure(
  tx: Asking,
  { county }: Access,
  clientId: Id,
  ended: { methods: readonly string[]; on: CivilDate; reason: string; procedureId: Id },
): Promise<Removed> {
  const [removed] = await ask<Removed>(
    tx,
    `select id, is_ended as "isEnded", is_known as "isKnown" from app.end_methods($1, $2, $3, $4, $5, $6)`,
    [county, clientId, ended.methods, ended.on, ended.reason, ended.procedureId],
  )
  return removed as Removed
}

/** What a voided procedure had taken out is in use again. */
export async function reopenAfter(tx: Asking, { county }: Access, procedureId: Id): Promise<void> {
  await ask(tx, 'select app.reopen_methods($1, $2)', [county, procedureId])
}

export async function updateStatedEnd(
  tx: Asking,
  { county, facility }: Access,
  id: Id,
  { endedOn, endReason }: { endedOn: CivilDate; endReason: string },
): Promise<void> {
  await ask(
    tx,
    `update method_episodes set stated_end_on = $4, stated_end_reason = $5
     where county_code = $1 and facility_id = $2 and id = $3`,
    [county, facility, id, endedOn, endReason],
  )
}

export async function updateVoided(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  { reason, at }: { reason: string; at: Date },
): Promise<void> {
  await ask(
    tx,
    `update method_episodes set voided_at = $4, voided_by = $5, void_reason = $6
     where county_code = $1 and facility_id = $2 and id = $3`,
    [county, facility, id, at, actorId, reason],
  )
}

/** The episode that a procedure of the facility began. */
export async function episodeBegunBy(
  tx: Asking,
  { county, facility }: Access,
  procedureId: Id,
): Promise<Id | undefined> {
  const [episode] = await ask<{ id: Id }>(
    tx,
    `select id from method_episodes
     where county_code = $1 and facility_id = $2 and procedure_id = $3 and voided_at is null`,
    [county, facility, procedureId],
  )
  return episode?.id
}

export type KnownMethod = {
  deviceMethod: MethodCode | null
  validityMonths: number | null
  /** Others of hers stand, at whatever facility. */
  usesOther: boolean
}

/** After how long a method, as this kind of device, is to be renewed, and whether it comes among others. */
export async function findMethod(
  tx: Asking,
  { county }: Access,
  { clientId, method, deviceType }: { clientId: Id; method: string | null; deviceType: string | null },
): Promise<KnownMethod> {
  const [known] = await ask<KnownMethod>(
    tx,
    `select d.method as "deviceMethod", coalesce(d.validity_months, m.validity_months) as "validityMonths",
       app.uses_methods($3, $4) as "usesOther"
     from (select $1::text as method, $2::text as device) asked
     left join device_types d on d.code = asked.device
     left join contraceptive_methods m on m.code = coalesce(d.method, asked.method)`,
    [method, deviceType, county, clientId],
  )
  return known as KnownMethod
}

export type KnownChoice = {
  id: Id
  on: CivilDate
  decision: string | null
  decidedOn: CivilDate | null
  chosenMethod: string | null
}

/** A choice of the client that stands. */
export async function findChoice(
  tx: Asking,
  { county }: Access,
  clientId: Id,
  id: Id,
): Promise<KnownChoice | undefined> {
  const [choice] = await ask<KnownChoice>(
    tx,
    `select id, occurred_on as "on", decision, decided_on as "decidedOn", chosen_method as "chosenMethod" from informed_choices
     where county_code = $1 and id = $2 and client_id = $3 and voided_at is null`,
    [county, id, clientId],
  )
  return choice
}

/** A choice was corrected: what rested on the wrong record rests on the right one. */
export async function carryEpisodes(
  tx: Asking,
  { county }: Access,
  { from, to, on }: { from: Id; to: Id; on: CivilDate },
): Promise<void> {
  const text =
    'update method_episodes set choice_id = $3, choice_on = $4 where county_code = $1 and choice_id = $2'
  await ask(tx, text, [county, from, to, on])
}
