import type { ContraceptiveMethod, DeviceType, NewMethodSheet } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { MethodSheet } from '@youyu/shared/contraception/methods'

export async function selectMethods(tx: Asking): Promise<Omit<ContraceptiveMethod, 'devices'>[]> {
  const text = `select code, name_zh as "nameZh", name_en as "nameEn", class_cn as "classCn", class_who as "classWho",
    provider_level as "providerLevel", is_long_acting_cn as "isLongActingCn", is_larc_who as "isLarcWho", is_modern as "isModern",
    is_current_method as "isCurrentMethod", mec_method as "mecMethod", validity_months as "validityMonths",
    resupply_days as "resupplyDays", grace_days as "graceDays", free_per_year as "freePerYear", free_unit as "freeUnit",
    classification_code as "classificationCode", source
  from contraceptive_methods where valid_to is null order by position`
  return await ask(tx, text, [])
}

export async function selectDevices(tx: Asking): Promise<DeviceType[]> {
  const text = `select code, method, name_zh as "nameZh", name_en as "nameEn", validity_months as "validityMonths",
    validity_up_to_months as "validityUpToMonths", is_legacy as "isLegacy", source
  from device_types where valid_to is null order by position`
  return await ask(tx, text, [])
}

export type KeptSheet = Omit<MethodSheet, 'recordedAt'> & { recordedAt: Date }

const columns = `s.method, s.effective_from as "effectiveFrom", nullif(s.owner_county, 0) as county, s.typical_use::float8 as "typicalUse",
  s.perfect_use::float8 as "perfectUse", s.effectiveness_source as "effectivenessSource", s.effectiveness_note_zh as "effectivenessNoteZh",
  s.effectiveness_note_en as "effectivenessNoteEn", s.how_zh as "howZh", s.how_en as "howEn", s.side_effects_zh as "sideEffectsZh",
  s.side_effects_en as "sideEffectsEn", s.warnings_zh as "warningsZh", s.warnings_en as "warningsEn", s.sti_protection as "stiProtection",
  s.return_to_fertility_zh as "returnToFertilityZh", s.return_to_fertility_en as "returnToFertilityEn", s.follow_up_zh as "followUpZh",
  s.follow_up_en as "followUpEn", s.source, s.reviewer, s.reviewed_on as "reviewedOn", s.recorded_at as "recordedAt"`

/** The sheet of every method in force on a day: of the county's own and everybody's the latest. */
export async function selectSheetsOn(tx: Asking, access: Access, on: CivilDate): Promise<KeptSheet[]> {
  const text = `select ${columns} from contraceptive_methods m cross join lateral (
    select * from method_sheets k where k.owner_county in (0, $1) and k.method = m.code and k.effective_from <= $2
    order by k.effective_from desc, k.owner_county desc, k.recorded_at desc limit 1) s order by m.position`
  return await ask(tx, text, [access.county, on])
}

export async function selectSheetVersions(tx: Asking, access: Access, method: string): Promise<KeptSheet[]> {
  const text = `select ${columns} from method_sheets s where s.owner_county in (0, $1) and s.method = $2
    order by s.effective_from desc, s.owner_county desc, s.recorded_at desc`
  return await ask(tx, text, [access.county, method])
}

export async function insertSheet(
  tx: Asking,
  access: Access,
  id: Id,
  sheet: NewMethodSheet,
  at: Date,
): Promise<void> {
  const text = `insert into method_sheets (owner_county, id, method, effective_from, typical_use, perfect_use, effectiveness_source,
    effectiveness_note_zh, effectiveness_note_en, how_zh, how_en, side_effects_zh, side_effects_en, warnings_zh, warnings_en, sti_protection,
    return_to_fertility_zh, return_to_fertility_en, follow_up_zh, follow_up_en, source, reviewer, reviewed_on, recorded_at, recorded_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)`
  await ask(tx, text, [
    ...[access.county, id, sheet.method, sheet.effectiveFrom, sheet.typicalUse, sheet.perfectUse],
    ...[
      sheet.effectivenessSource,
      sheet.effectivenessNoteZh,
      sheet.effectivenessNoteEn,
      sheet.howZh,
      sheet.howEn,
    ],
    ...[sheet.sideEffectsZh, sheet.sideEffectsEn, sheet.warningsZh, sheet.warningsEn, sheet.stiProtection],
    ...[
      sheet.returnToFertilityZh,
      sheet.returnToFertilityEn,
      sheet.followUpZh,
      sheet.followUpEn,
      sheet.source,
    ],
    ...[sheet.reviewer, sheet.reviewedOn, at, access.actorId],
  ])
}
