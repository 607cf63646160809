import type { FollowUpTask, TaskStatus } from '@youyu/shared/contraception/follow-up'
import type { FollowUpMode, OfferService } from '@youyu/shared/contraception/protocols'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

export type KeptTask = Omit<FollowUpTask, 'client' | 'isOverdue'> & {
  clientId: Id
  facilityId: Id
  clientName: string | null
  birthDate: CivilDate | null
  phone: string | null
  divisionCode: DivisionCode
  divisionName: string | null
}
export type ReadTask = KeptTask & {
  doneMode: FollowUpMode | null
  resultCipher: Buffer | null
  recordedAt: Date
  updatedAt: Date
  updatedBy: string | null
}

const open = `('PLANNED', 'OFFERED', 'BOOKED')`

/** The first gate: tasks of the facility. */
function tasksOfFacility(bound: Bound, { county, facility }: Access): string {
  return `t.county_code = ${bound.bind(county)} and t.facility_id = ${bound.bind(facility)}`
}

const columns = `t.id, t.client_id as "clientId", t.facility_id as "facilityId", t.protocol_code as "protocolCode", t.step, t.ordinal, t.subject,
  t.service, t.mode, t.due_from as "dueFrom", t.due_to as "dueTo", t.status, t.ended_by as "endedBy", t.tries, t.last_try_on as "lastTryOn",
  t.booked_on as "bookedOn", t.done_on as "doneOn", t.episode_id as "episodeId", t.procedure_id as "procedureId", t.version,
  t.division_code as "divisionCode"`

/** Who she is and what the step is called, row by row of a page. */
function around(bound: Bound, county: number): string {
  const home = `${bound.bind(county)}::int`
  return `left join lateral (select p.name, p.birth_date, p.phone_mask from persons p where p.county_code = ${home} and p.id = t.client_id) p on true
  left join divisions d on d.code = t.division_code and d.valid_to is null
  left join lateral (select f.name_zh, f.name_en, f.owner_county, f.version from follow_up_protocols f
    where f.owner_county in (0, ${home}) and f.code = t.protocol_code order by f.owner_county desc, f.version desc limit 1) f on true
  left join lateral (select s.name_zh, s.name_en from follow_up_steps s
    where s.owner_county in (0, ${home}) and s.protocol_code = t.protocol_code and s.step = t.step order by s.owner_county desc, s.version desc limit 1) s on true`
}
const aroundColumns = `coalesce(p.name, (select c.name from app.client_of(t.county_code, t.client_id) c)) as "clientName", p.birth_date as "birthDate",
  p.phone_mask as phone, d.name as "divisionName", f.name_zh as "protocolNameZh", f.name_en as "protocolNameEn",
  coalesce(s.name_zh, t.step) as "stepNameZh", coalesce(s.name_en, t.step) as "stepNameEn"`

type Question = {
  due?: CivilDate | undefined
  status?: TaskStatus | undefined
  service?: OfferService | undefined
  clientId?: Id | undefined
  after: readonly [dueFrom: string, id: string] | null
  limit: number
}

/** In the order of the day; of one client all, else what is open. */
export async function selectTasks(
  tx: Asking,
  access: Access,
  { due, status, service, clientId, after, limit }: Question,
): Promise<KeptTask[]> {
  const bound = new Bound()
  const conditions = [tasksOfFacility(bound, access)]
  if (clientId) conditions.push(`t.client_id = ${bound.bind(clientId)}`)
  if (status) conditions.push(`t.status = ${bound.bind(status)}`)
  else if (!clientId) conditions.push(`t.status in ${open}`)
  if (status && (['PLANNED', 'OFFERED', 'BOOKED'] as string[]).includes(status))
    conditions.push(`t.status in ${open}`)
  if (due) conditions.push(`t.due_from <= ${bound.bind(due)}::date`)
  if (service) conditions.push(`t.service = ${bound.bind(service)}`)
  if (after)
    conditions.push(`(t.due_from, t.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = `order by t.due_from, t.id limit ${pageLimit(limit)}`
  const text = `select ${columns}, ${aroundColumns}
  from (select t.* from follow_up_tasks t where ${conditions.join(' and ')} ${inOrder}) t
  ${around(bound, access.county)} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export async function findTask(tx: Asking, access: Access, id: Id): Promise<ReadTask | undefined> {
  const bound = new Bound()
  const text = `select ${columns}, ${aroundColumns}, t.done_mode as "doneMode", t.result_cipher as "resultCipher", t.recorded_at as "recordedAt",
    t.updated_at as "updatedAt", u.display_name as "updatedBy"
  from follow_up_tasks t ${around(bound, access.county)} left join users u on u.id = t.updated_by
  where ${tasksOfFacility(bound, access)} and t.id = ${bound.bind(id)}`
  const [task] = await ask<ReadTask>(tx, text, bound.values)
  return task
}

export type StandingTask = {
  id: Id
  clientId: Id
  facilityId: Id
  service: OfferService
  divisionCode: DivisionCode
  status: TaskStatus
  tries: number
  recordedAt: Date
}

export async function lockTask(tx: Asking, access: Access, id: Id): Promise<StandingTask | undefined> {
  const bound = new Bound()
  const text = `select t.id, t.client_id as "clientId", t.facility_id as "facilityId", t.service, t.division_code as "divisionCode", t.status, t.tries,
    t.recorded_at as "recordedAt"
  from follow_up_tasks t where ${tasksOfFacility(bound, access)} and t.id = ${bound.bind(id)} for no key update`
  const [task] = await ask<StandingTask>(tx, text, bound.values)
  return task
}

export type TaskChange = {
  status: TaskStatus
  isNotNeeded?: boolean
  tries?: number
  triedOn?: CivilDate
  bookedOn?: CivilDate
  doneOn?: CivilDate
  doneMode?: FollowUpMode
  result?: Buffer
}

export async function updateTask(
  tx: Asking,
  { county, facility, actorId }: Access,
  id: Id,
  { status, isNotNeeded, tries, triedOn, bookedOn, doneOn, doneMode, result }: TaskChange,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update follow_up_tasks set status = $4, ended_by = case when $5 then 'NOT_NEEDED' end, tries = coalesce($6, tries),
       last_try_on = coalesce($7, last_try_on), booked_on = coalesce($8, booked_on), done_on = $9, done_mode = $10, result_cipher = $11,
       updated_at = $12, updated_by = $13, version = version + 1
     where county_code = $1 and facility_id = $2 and id = $3`,
    [
      ...[
        county,
        facility,
        id,
        status,
        isNotNeeded ?? false,
        tries ?? null,
        triedOn ?? null,
        bookedOn ?? null,
      ],
      ...[doneOn ?? null, doneMode ?? null, result ?? null, at, actorId],
    ],
  )
}

export async function insertMenopauseNote(
  tx: Asking,
  access: Access,
  { clientId, facilityId, divisionCode }: StandingTask,
  { id, on, lastMensesOn, at }: { id: Id; on: CivilDate; lastMensesOn: CivilDate; at: Date },
): Promise<void> {
  await insertRow(tx, 'menopause_notes', {
    countyCode: access.county,
    id,
    clientId,
    facilityId,
    divisionCode,
    lastMensesOn,
    occurredOn: on,
    recordedAt: at,
    recordedBy: access.actorId,
    source: access.actorKind === 'client' ? 'API' : 'MANUAL',
  })
}
