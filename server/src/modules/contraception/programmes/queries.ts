import type { CheckProgramme } from '@youyu/shared/contraception/programmes'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'

export type ProgrammeRow = Omit<CheckProgramme, 'recordedAt'> & { recordedAt: Date }

const columns = `p.id, p.code, p.effective_from as "effectiveFrom", p.is_offered as "isOffered", p.name_zh as "nameZh", p.name_en as "nameEn",
  p.category, p.audience, p.sex, p.age_from as "ageFrom", p.age_to as "ageTo", p.cycle_months as "cycleMonths", p.venue,
  p.season_from as "seasonFrom", p.season_to as "seasonTo", p.items, p.combines, p.uptake_percent as "uptakePercent", p.basis,
  p.county_code <> 0 as "isOwn", p.recorded_at as "recordedAt"`

/** What holds everywhere, and what this county decided. */
function ofCounty(bound: Bound, access: Access): string {
  return `p.county_code in (0, ${bound.bind(access.county)})`
}

/** Of each programme what is in force on a day: the county's own before what holds everywhere. */
export async function programmesInForce(
  tx: Transaction,
  access: Access,
  on: CivilDate,
  code?: string,
): Promise<ProgrammeRow[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access), `p.effective_from <= ${bound.bind(on)}::date`]
  if (code) conditions.push(`p.code = ${bound.bind(code)}`)
  const text = `select distinct on (p.code) ${columns} from check_programmes p where ${conditions.join(' and ')}
  order by p.code, p.county_code desc, p.effective_from desc`
  return await ask(tx, text, bound.values)
}

export async function programmeHistory(
  tx: Transaction,
  access: Access,
  code?: string,
): Promise<ProgrammeRow[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (code) conditions.push(`p.code = ${bound.bind(code)}`)
  const text = `select ${columns} from check_programmes p where ${conditions.join(' and ')} order by p.code, p.effective_from desc, p.county_code desc`
  return await ask(tx, text, bound.values)
}

export async function insertProgramme(
  tx: Transaction,
  access: Access,
  row: Omit<ProgrammeRow, 'isOwn'>,
): Promise<void> {
  const text = `insert into check_programmes (county_code, id, code, effective_from, is_offered, name_zh, name_en, category, audience, sex, age_from, age_to,
    cycle_months, venue, season_from, season_to, items, combines, uptake_percent, basis, recorded_at, recorded_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`
  const { id, code, effectiveFrom, isOffered, nameZh, nameEn, category, audience, sex, ageFrom, ageTo } = row
  const { cycleMonths, venue, seasonFrom, seasonTo, items, combines, uptakePercent, basis, recordedAt } = row
  await ask(tx, text, [
    ...[
      access.county,
      id,
      code,
      effectiveFrom,
      isOffered,
      nameZh,
      nameEn,
      category,
      audience,
      sex,
      ageFrom,
      ageTo,
    ],
    ...[
      cycleMonths,
      venue,
      seasonFrom,
      seasonTo,
      items,
      combines,
      uptakePercent,
      basis,
      recordedAt,
      access.actorId,
    ],
  ])
}
