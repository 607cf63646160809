import type {
  DecisionRow,
  DecisionTableKind,
  DecisionTableRow,
  NewDecisionTable,
} from '@youyu/shared/birth-defects/decision-support'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { cited } from '../../../citation.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type KeptTable = Omit<DecisionTableRow, 'recordedAt' | 'isInForce'> & { recordedAt: Date }

const columns = `t.code, t.kind, t.name_zh as "nameZh", t.name_en as "nameEn", nullif(t.owner_county, 0) as county,
  t.effective_from as "effectiveFrom", t.based_on as "basedOn", t.source, t.reviewer, t.reviewed_on as "reviewedOn", t.reason,
  t.recorded_at as "recordedAt", (select count(*)::int from decision_rows r where r.table_code = t.code) as rows`
/** The county's own before everybody's, the newest first. */
const inOrder = `order by t.kind, (t.owner_county <> 0) desc, t.effective_from desc, t.recorded_at desc, t.code desc`

export async function selectTables(
  tx: Asking,
  { county }: Access,
  kind: DecisionTableKind | undefined,
): Promise<KeptTable[]> {
  const tables = await ask<KeptTable>(
    tx,
    `select ${columns} from decision_tables t where t.owner_county in (0, $1::int) and ($2::text is null or t.kind = $2) ${inOrder} limit 200`,
    [county, kind ?? null],
  )
  return tables.map(cited)
}

export async function findInForce(
  tx: Asking,
  { county }: Access,
  kind: DecisionTableKind,
  on: CivilDate,
): Promise<KeptTable | undefined> {
  const [found] = await ask<KeptTable>(
    tx,
    `select ${columns} from decision_tables t
     where t.owner_county in (0, $1::int) and t.kind = $2 and t.effective_from <= $3 ${inOrder} limit 1`,
    [county, kind, on],
  )
  return found && cited(found)
}

export async function findTable(
  tx: Asking,
  { county }: Access,
  code: string,
): Promise<KeptTable | undefined> {
  const [found] = await ask<KeptTable>(
    tx,
    `select ${columns} from decision_tables t where t.owner_county in (0, $1::int) and t.code = $2`,
    [county, code],
  )
  return found && cited(found)
}

export async function selectRows(tx: Asking, code: string): Promise<DecisionRow[]> {
  const rows = await ask<DecisionRow>(
    tx,
    `select r.code, r.topic, r.name_zh as "nameZh", r.name_en as "nameEn", r.mark, r.urgency, r.is_ticked as "isTicked", r.condition as "when",
       r.advice_zh as "adviceZh", r.advice_en as "adviceEn", r.source, r.confidence
     from decision_rows r where r.table_code = $1 order by r.position, r.code`,
    [code],
  )
  return rows.map(cited)
}

export async function insertTable(
  tx: Asking,
  { county, actorId }: Access,
  code: string,
  { basedOn, effectiveFrom, source, reviewer, reviewedOn, reason }: NewDecisionTable,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into decision_tables (code, kind, owner_county, name_zh, name_en, effective_from, based_on, source, reviewer, reviewed_on, reason,
       recorded_at, recorded_by)
     select $1, b.kind, $2::int, b.name_zh, b.name_en, $3::date, b.code, $4, $5, $6::date, $7, $8, $9 from decision_tables b where b.code = $10`,
    [code, county, effectiveFrom, source, reviewer, reviewedOn, reason, at, actorId, basedOn],
  )
}

export async function insertRows(tx: Asking, code: string, rows: readonly DecisionRow[]): Promise<void> {
  await ask(
    tx,
    `insert into decision_rows (table_code, code, position, topic, name_zh, name_en, mark, urgency, is_ticked, condition, advice_zh, advice_en,
       source, confidence)
     select $1, r.code, o.place, r.topic, r."nameZh", r."nameEn", r.mark, r.urgency, r."isTicked", r."when", r."adviceZh", r."adviceEn", r.source,
       r.confidence
     from jsonb_array_elements($2::jsonb) with ordinality as o (given, place)
     cross join lateral jsonb_to_record(o.given) as r (code text, topic text, "nameZh" text, "nameEn" text, mark text, urgency text,
       "isTicked" boolean, "when" jsonb, "adviceZh" text, "adviceEn" text, source text, confidence text)`,
    [code, JSON.stringify(rows)],
  )
}
