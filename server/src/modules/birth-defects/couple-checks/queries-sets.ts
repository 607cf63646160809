import type {
  CheckItemSet,
  CheckItemSetRow,
  CheckKind,
  NewCheckItemSet,
} from '@youyu/shared/birth-defects/check-item-sets'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type KeptSet = Omit<CheckItemSet, 'isOwn' | 'evidence' | 'recordedAt'> & {
  owner: number
  recordedAt: Date
}

const columns = `s.owner_county as owner, s.code, s.version, s.effective_from as "effectiveFrom", s.name_zh as "nameZh",
  s.name_en as "nameEn", s.source, s.items, s.elements, s.rules, s.follow_up as "followUp", s.reason, s.recorded_at as "recordedAt"`

/** In force on a day: the county's own before the one it was given. */
export async function findSet(
  tx: Asking,
  { county }: Access,
  code: CheckKind,
  on: CivilDate,
): Promise<KeptSet | undefined> {
  const text = `select ${columns} from check_item_sets s
    where s.code = $2 and s.owner_county in (0, $1) and (s.effective_from <= $3 or s.owner_county = 0)
    order by s.owner_county desc, s.effective_from desc, s.version desc limit 1`
  const [set] = await ask<KeptSet>(tx, text, [county, code, on])
  return set
}

export type ListedSet = Omit<CheckItemSetRow, 'isOwn' | 'isInForce' | 'evidence' | 'recordedAt'> & {
  owner: number
  recordedAt: Date
}

/** The newest first; a county's own before the one it was given. */
export async function selectSets(tx: Asking, { county }: Access): Promise<ListedSet[]> {
  const text = `select s.owner_county as owner, s.code, s.version, s.effective_from as "effectiveFrom", s.name_zh as "nameZh", s.name_en as "nameEn",
      s.source, jsonb_array_length(s.items) as items, jsonb_array_length(s.elements) as elements, jsonb_array_length(s.rules) as rules,
      s.follow_up as "followUp", s.reason, s.recorded_at as "recordedAt"
    from check_item_sets s where s.owner_county in (0, $1) order by s.code, s.owner_county desc, s.effective_from desc, s.version desc`
  return await ask(tx, text, [county])
}

/** The version that a record was made with. */
export async function findSetNamed(
  tx: Asking,
  code: CheckKind,
  owner: number,
  version: number,
): Promise<KeptSet | undefined> {
  const text = `select ${columns} from check_item_sets s where s.owner_county = $1 and s.code = $2 and s.version = $3`
  const [set] = await ask<KeptSet>(tx, text, [owner, code, version])
  return set
}

export async function insertSet(
  tx: Asking,
  access: Access,
  code: CheckKind,
  set: NewCheckItemSet,
  at: Date,
): Promise<void> {
  const text = `insert into check_item_sets (owner_county, code, version, effective_from, name_zh, name_en, source, items, elements, rules,
      follow_up, reason, recorded_at, recorded_by)
    select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9::jsonb, $10::jsonb, $11, $12, $13
    from check_item_sets where owner_county = $1 and code = $2`
  await ask(tx, text, [
    ...[access.county, code, set.effectiveFrom, set.nameZh, set.nameEn, set.source],
    ...[set.items, set.elements, set.rules, set.followUp].map((part) => JSON.stringify(part)),
    ...[set.reason, at, access.actorId],
  ])
}
