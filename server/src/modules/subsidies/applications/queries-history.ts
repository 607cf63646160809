import type {
  ApplicationEvent,
  ApplicationState,
  ApplicationStep,
} from '@youyu/shared/subsidies/application-states'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type ReviewRecord = {
  id: Id
  round: number
  event: ApplicationEvent
  step: ApplicationStep | null
  toState: ApplicationState
  items: string[]
  reasonCipher: Buffer | null
  dueOn: CivilDate | null
  doneOn: CivilDate
  batchId: Id | null
  byId: Id
  byName: string | null
}
export async function selectReviews(tx: Transaction, access: Access, id: Id): Promise<ReviewRecord[]> {
  const text = `select r.id, r.round, r.event, r.step, r.to_state as "toState", r.items, r.reason_cipher as "reasonCipher",
      r.due_on as "dueOn", r.done_on as "doneOn", r.batch_id as "batchId", r.recorded_by as "byId", u.display_name as "byName"
    from application_reviews r left join users u on u.id = r.recorded_by
    where r.county_code = $1 and r.application_id = $2 order by r.sequence limit 300`
  return await ask(tx, text, [access.county, id])
}

export type DecisionRecord = {
  id: Id
  round: number
  step: string
  event: ApplicationEvent
  versionId: Id
  asOf: CivilDate
  isMet: boolean
  level: string
  failing: string[]
  decidedOn: CivilDate
  factsCipher: Buffer
}
export async function selectDecisions(tx: Transaction, access: Access, id: Id): Promise<DecisionRecord[]> {
  const text = `select id, round, step, event, version_id as "versionId", as_of as "asOf", is_met as "isMet", level, failing,
      decided_on as "decidedOn", facts_cipher as "factsCipher"
    from application_decisions where county_code = $1 and application_id = $2 order by recorded_at, id limit 100`
  return await ask(tx, text, [access.county, id])
}

export type AppealRecord = {
  id: Id
  filedOn: CivilDate
  dueOn: CivilDate
  groundsCipher: Buffer
  result: 'UPHELD' | 'REVERSED' | null
  replyCipher: Buffer | null
  decidedOn: CivilDate | null
}
export async function selectAppeals(tx: Transaction, access: Access, id: Id): Promise<AppealRecord[]> {
  const text = `select id, filed_on as "filedOn", due_on as "dueOn", grounds_cipher as "groundsCipher", result,
      reply_cipher as "replyCipher", decided_on as "decidedOn"
    from application_appeals where county_code = $1 and application_id = $2 order by recorded_at, id`
  return await ask(tx, text, [access.county, id])
}
