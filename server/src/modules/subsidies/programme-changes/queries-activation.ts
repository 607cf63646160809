import type { ChangePayload } from '@youyu/shared/subsidies/programme-changes'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { ChangeRecord } from './queries.ts'

type Approved<Kind extends ChangePayload['kind']> = ChangeRecord & {
  payload: Extract<ChangePayload, { kind: Kind }>
}

/** A version of the county's own, from its day on. */
export async function insertVersion(
  tx: Transaction,
  { county, actorId }: Access,
  { payload, ...change }: Approved<'TERMS'>,
  versionId: Id,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into programme_versions (id, owner_county, code, number, from_on, terms, golden, reason, source, confidence, recorded_at,
       recorded_by, approved_by, change_id)
     select $1::uuid, $2::integer, $3::text, coalesce(max(v.number), 0) + 1, $4::date, $5::jsonb, $6::jsonb, $7, $8, 'LOCAL', $9::timestamptz, $10::uuid,
       $11::uuid, $12::uuid
     from programme_versions v where v.owner_county = $2 and v.code = $3`,
    [
      ...[versionId, county, change.programme, change.effectiveOn, JSON.stringify(payload.terms)],
      ...[JSON.stringify(payload.golden), change.reason, change.document, at, change.proposedById, actorId],
      change.id,
    ],
  )
}

/** All rates of the programme as they are to be: those that stand as they were keep their identity, and so do the months paid by them. */
export async function replaceRates(
  tx: Transaction,
  { county }: Access,
  { payload, ...change }: Approved<'RATES'>,
  at: Date,
): Promise<void> {
  const wanted = `jsonb_to_recordset($3::jsonb) as n (level text, unit text, "amountFen" bigint, "from" date, "to" date, source text, confidence text)`
  const same = `r.level = n.level and r.unit = n.unit and r.amount_fen = n."amountFen" and r.from_on = n."from" and r.to_on is not distinct from n."to"`
  const values = [county, change.programme, JSON.stringify(payload.rates)]
  await ask(
    tx,
    `update programme_rates r set superseded_at = $4::timestamptz where r.owner_county = $1 and r.code = $2 and r.superseded_at is null
       and not exists (select from ${wanted} where ${same})`,
    [...values, at],
  )
  await ask(
    tx,
    `insert into programme_rates (id, owner_county, code, level, unit, amount_fen, from_on, to_on, source, confidence, recorded_at, recorded_by, change_id)
     select app.derived_id($6::text || n.level || n."from"::text), $1, $2, n.level, n.unit, n."amountFen", n."from", n."to", n.source, n.confidence,
       $4::timestamptz, $5::uuid, $6::uuid
     from ${wanted}
     where not exists (select from programme_rates r where r.owner_county = $1 and r.code = $2 and r.superseded_at is null and ${same})`,
    [...values, at, change.proposedById, change.id],
  )
}

export async function replaceShares(
  tx: Transaction,
  { county }: Access,
  { payload, ...change }: Approved<'SHARES'>,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update programme_shares set superseded_at = $3::timestamptz where owner_county = $1 and code = $2 and superseded_at is null`,
    [county, change.programme, at],
  )
  const rows = payload.shareSets.flatMap(({ shares, ...set }) =>
    shares.map((share) => ({ ...set, ...share })),
  )
  await ask(
    tx,
    `insert into programme_shares (id, owner_county, code, area, from_on, tier, pct, source, confidence, recorded_at, recorded_by, change_id)
     select app.derived_id($6::text || n."from"::text || n.tier), $1::integer, $2, $1::text, n."from", n.tier, n.pct, n.source, n.confidence,
       $4::timestamptz, $5::uuid, $6::uuid
     from jsonb_to_recordset($3::jsonb) as n ("from" date, tier text, pct numeric, source text, confidence text)`,
    [county, change.programme, JSON.stringify(rows), at, change.proposedById, change.id],
  )
}

export async function replaceStacking(
  tx: Transaction,
  { county }: Access,
  { payload, ...change }: Approved<'STACKING'>,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update programme_stacking set superseded_at = $2::timestamptz where owner_county = $1 and superseded_at is null`,
    [county, at],
  )
  await ask(
    tx,
    `insert into programme_stacking (id, owner_county, first, first_level, second, second_level, verdict, is_local, reason, recorded_at, change_id)
     select app.derived_id($4::text || n.first || n."firstLevel" || n.second || n."secondLevel"), $1, n.first, n."firstLevel", n.second,
       n."secondLevel", n.verdict, n."isLocal", n.reason, $3::timestamptz, $4::uuid
     from jsonb_to_recordset($2::jsonb) as n (first text, "firstLevel" text, second text, "secondLevel" text, verdict text, "isLocal" boolean, reason text)`,
    [county, JSON.stringify(payload.stacking), at, change.id],
  )
}

/** The county's own description of a programme, or a programme of its own. */
export async function keepProgramme(
  tx: Transaction,
  { county }: Access,
  { payload, programme }: Approved<'PROGRAMME'>,
): Promise<void> {
  await ask(
    tx,
    `insert into programmes (owner_county, code, name_zh, name_en, note_zh, note_en, scope, status, legal_basis, levels, position)
     select $1::integer, $2::text, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb,
       coalesce((select s.position from programmes s where s.owner_county = 0 and s.code = $2), 100)
     on conflict (owner_county, code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, note_zh = excluded.note_zh,
       note_en = excluded.note_en, scope = excluded.scope, status = excluded.status, legal_basis = excluded.legal_basis, levels = excluded.levels`,
    [
      ...[county, programme, payload.nameZh, payload.nameEn, payload.noteZh, payload.noteEn, payload.scope],
      ...[payload.status, JSON.stringify(payload.legalBasis), JSON.stringify(payload.levels)],
    ],
  )
}

/** Whether the programme is known, to the standard or to the county. */
export async function isKnown(tx: Transaction, { county }: Access, code: string): Promise<boolean> {
  const rows = await ask(
    tx,
    'select from programmes where code = $2 and owner_county in (0, $1::integer) limit 1',
    [county, code],
  )
  return rows.length > 0
}
