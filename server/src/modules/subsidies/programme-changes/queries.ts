import type {
  ChangeKind,
  ChangePayload,
  ChangeState,
  GoldenResult,
} from '@youyu/shared/subsidies/programme-changes'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'

export type ChangeRecord = {
  id: Id
  programme: string
  kind: ChangeKind
  payload: ChangePayload
  effectiveOn: CivilDate
  reason: string
  document: string
  state: ChangeState
  golden: GoldenResult[]
  proposedAt: Date
  proposedBy: string | null
  proposedById: Id
  decidedAt: Date | null
  decidedBy: string | null
  decisionReason: string | null
  version: number
}

const columns = `c.id, c.programme, c.kind, c.payload, c.effective_on as "effectiveOn", c.reason, c.document, c.state, c.golden,
  c.proposed_at as "proposedAt", m.display_name as "proposedBy", c.proposed_by as "proposedById", c.decided_at as "decidedAt",
  a.display_name as "decidedBy", c.decision_reason as "decisionReason", c.version`
const around = 'left join users m on m.id = c.proposed_by left join users a on a.id = c.decided_by'

type Question = {
  county: number
  programme?: string | undefined
  state?: ChangeState | undefined
  after: readonly [string] | null
  limit: number
}

export async function selectChanges(tx: Transaction, question: Question): Promise<ChangeRecord[]> {
  const bound = new Bound()
  const conditions = [`c.county_code = ${bound.bind(question.county)}::integer`]
  if (question.programme) conditions.push(`c.programme = ${bound.bind(question.programme)}`)
  if (question.state) conditions.push(`c.state = ${bound.bind(question.state)}`)
  if (question.after) conditions.push(`c.id < ${bound.bind(question.after[0])}::uuid`)
  const text = `select ${columns} from programme_changes c ${around} where ${conditions.join(' and ')}
    order by c.id desc limit ${pageLimit(question.limit)}`
  return await ask(tx, text, bound.values)
}

export async function findChange(
  tx: Transaction,
  county: number,
  id: Id,
  { lock = false } = {},
): Promise<ChangeRecord | undefined> {
  const [found] = await ask<ChangeRecord>(
    tx,
    `select ${columns} from programme_changes c ${around} where c.county_code = $1::integer and c.id = $2::uuid${lock ? ' for update of c' : ''}`,
    [county, id],
  )
  return found
}

export type ChangeContent = {
  programme: string
  payload: ChangePayload
  effectiveOn: CivilDate
  reason: string
  document: string
  state: 'DRAFT' | 'PROPOSED'
  golden: readonly GoldenResult[]
}

export async function insertChange(
  tx: Transaction,
  { county, actorId }: Access,
  { id, at, ...change }: ChangeContent & { id: Id; at: Date },
): Promise<void> {
  await ask(
    tx,
    `insert into programme_changes (county_code, id, programme, kind, payload, effective_on, reason, document, state, golden, proposed_at,
       proposed_by, updated_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, 1)`,
    [
      ...[
        county,
        id,
        change.programme,
        change.payload.kind,
        JSON.stringify(change.payload),
        change.effectiveOn,
      ],
      ...[change.reason, change.document, change.state, JSON.stringify(change.golden), at, actorId],
    ],
  )
}

export async function reviseContent(
  tx: Transaction,
  { county }: Access,
  { id, at, ...change }: ChangeContent & { id: Id; at: Date },
): Promise<void> {
  await ask(
    tx,
    `update programme_changes set programme = $3, kind = $4, payload = $5, effective_on = $6, reason = $7, document = $8, state = $9, golden = $10,
       proposed_at = $11, updated_at = $11, version = version + 1 where county_code = $1 and id = $2`,
    [
      ...[
        county,
        id,
        change.programme,
        change.payload.kind,
        JSON.stringify(change.payload),
        change.effectiveOn,
      ],
      ...[change.reason, change.document, change.state, JSON.stringify(change.golden), at],
    ],
  )
}

export async function settleChange(
  tx: Transaction,
  { county, actorId }: Access,
  id: Id,
  { state, reason, at }: { state: 'APPROVED' | 'REFUSED' | 'WITHDRAWN'; reason: string | null; at: Date },
): Promise<void> {
  await ask(
    tx,
    `update programme_changes set state = $3, decision_reason = $4, updated_at = $5::timestamptz, version = version + 1,
       decided_at = case when $3 = 'WITHDRAWN' then null else $5::timestamptz end,
       decided_by = case when $3 = 'WITHDRAWN' then null else $6::uuid end
     where county_code = $1 and id = $2`,
    [county, id, state, reason, at, actorId],
  )
}
