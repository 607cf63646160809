import type {
  LocalRule,
  MecCell,
  MecCondition,
  MecEditionRow,
  NewMecEdition,
} from '@youyu/shared/contraception/mec-editions'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export type KeptEdition = Omit<MecEditionRow, 'isInForce' | 'recordedAt'> & { recordedAt: Date }

const columns = `code, name_zh as "nameZh", name_en as "nameEn", nullif(owner_county, 0) as county, effective_from as "effectiveFrom",
  based_on as "basedOn", source, reviewer, reviewed_on as "reviewedOn", reason, withdrawn_on as "withdrawnOn", recorded_at as "recordedAt"`

/** Everybody's editions and the county's own, the one that holds latest first. */
export async function selectEditions(tx: Transaction, access: Access): Promise<KeptEdition[]> {
  const text = `select ${columns} from mec_editions where owner_county in (0, $1)
    order by effective_from desc, owner_county desc, recorded_at desc, code`
  return await ask(tx, text, [access.county])
}

export async function findEdition(
  tx: Transaction,
  access: Access,
  code: string,
): Promise<KeptEdition | undefined> {
  const text = `select ${columns} from mec_editions where owner_county in (0, $1) and code = $2`
  const [edition] = await ask<KeptEdition>(tx, text, [access.county, code])
  return edition
}

/** Of the county's own and everybody's the one that came into force last. */
export async function editionInForce(
  tx: Transaction,
  access: Access,
  on: CivilDate,
): Promise<string | undefined> {
  const text = `select code from mec_editions where owner_county in (0, $1) and effective_from <= $2 and withdrawn_on is null
    order by effective_from desc, owner_county desc, recorded_at desc limit 1`
  const [edition] = await ask<{ code: string }>(tx, text, [access.county, on])
  return edition?.code
}

export async function selectConditions(tx: Transaction, edition: string): Promise<MecCondition[]> {
  const text = `select code, finding, family, topic, name_zh as "nameZh", name_en as "nameEn", question_zh as "questionZh",
    question_en as "questionEn", valid_days as "validDays", from_age as "fromAge", to_age as "toAge", derivation,
    from_days as "fromDays", to_days as "toDays", breastfeeding, with_finding as "withFinding", without_finding as "withoutFinding",
    reason_zh as "reasonZh", reason_en as "reasonEn", source, position
  from mec_conditions where edition = $1 order by position, code`
  return await ask(tx, text, [edition])
}

export async function selectCells(tx: Transaction, edition: string): Promise<MecCell[]> {
  const text = `select condition, method, initiation, continuation, basis from mec_categories where edition = $1 order by condition, method`
  return await ask(tx, text, [edition])
}

/** Local rules that hold on a day. */
export async function selectLocalRules(tx: Transaction, on: CivilDate): Promise<LocalRule[]> {
  const text = `select code, methods, measure, least, most, is_interval_only as "isIntervalOnly", effect, name_zh as "nameZh",
    name_en as "nameEn", source, valid_from as "validFrom", valid_to as "validTo"
  from local_rules where valid_from <= $1 and (valid_to is null or valid_to > $1) order by position, code`
  return await ask(tx, text, [on])
}

/** The whole edition at once: a copy of the one it corrects with the changed categories. */
export async function openEdition(
  tx: Transaction,
  access: Access,
  edition: NewMecEdition,
  at: Date,
): Promise<void> {
  const text = 'select app.open_mec_edition($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)'
  const { code, nameZh, nameEn, effectiveFrom, basedOn, source, reviewer, reviewedOn, reason, cells } =
    edition
  await ask(tx, text, [
    ...[access.county, code, nameZh, nameEn, effectiveFrom, basedOn, source, reviewer, reviewedOn, reason],
    ...[JSON.stringify(cells), at, access.actorId],
  ])
}

/** Whether it was still to come and is taken back now. */
export async function withdrawEdition(
  tx: Transaction,
  access: Access,
  code: string,
  today: CivilDate,
  reason: string,
): Promise<boolean> {
  const text = 'select app.withdraw_mec_edition($1, $2, $3, $4) as "isWithdrawn"'
  const [answer] = await ask<{ isWithdrawn: boolean }>(tx, text, [access.county, code, today, reason])
  return answer!.isWithdrawn
}
