import type { AntenatalVisit } from '@youyu/shared/population/antenatal-visits'
import type { RiskColour } from '@youyu/shared/population/value-sets'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { sourceOf } from '../../persons/queries-changes.ts'
import { ask } from '../../../../database/statements.ts'

export type VisitRecord = Omit<
  AntenatalVisit,
  | 'trimester'
  | 'organisation'
  | 'referredTo'
  | 'recordedAt'
  | 'voidedAt'
  | 'voidReason'
  | 'replaces'
  | 'findings'
> & { organisationId: string | null; referredToId: string | null }

export type KeptVisit = VisitRecord & {
  organisationName: string | null
  referredToName: string | null
  recordedAt: Date
  voidedAt: Date | null
  voidReason: string | null
  replaces: string | null
}

const columns = `v.id, v.pregnancy_id as "pregnancyId", v.occurred_on as "occurredOn", v.gestation_days as "gestationDays",
  v.organisation_id as "organisationId", o.name as "organisationName", v.systolic, v.diastolic, v.weight_kilograms::float8 as "weightKilograms",
  v.fundal_height_centimetres::float8 as "fundalHeightCentimetres", v.fetal_heart_rate as "fetalHeartRate", v.haemoglobin,
  v.urine_protein as "urineProtein", v.risk_colour as "riskColour", v.next_on as "nextOn", v.referred_to_id as "referredToId", r.name as "referredToName",
  v.recorded_at as "recordedAt", v.voided_at as "voidedAt", v.void_reason as "voidReason", v.replaces`
const visits = `antenatal_visits v left join organisations o on o.id = v.organisation_id left join organisations r on r.id = v.referred_to_id`

/** The visits of a pregnancy that the reader may see, the latest first. */
export async function selectVisits(
  tx: Transaction,
  access: Access,
  pregnancyId: string,
  withVoided: boolean,
): Promise<KeptVisit[]> {
  const text = `select ${columns} from ${visits} where v.county_code = $1 and v.pregnancy_id = $2${withVoided ? '' : ' and v.voided_at is null'}
  order by v.occurred_on desc, v.recorded_at desc, v.id desc limit 200`
  return await ask(tx, text, [access.county, pregnancyId])
}

export async function findVisit(
  tx: Transaction,
  access: Access,
  pregnancyId: string,
  id: string,
): Promise<KeptVisit | undefined> {
  const text = `select ${columns} from ${visits} where v.county_code = $1 and v.pregnancy_id = $2 and v.id = $3`
  const [visit] = await ask<KeptVisit>(tx, text, [access.county, pregnancyId, id])
  return visit
}

export async function insertVisit(
  tx: Transaction,
  access: Access,
  visit: VisitRecord,
  replaces: string | null,
  at: Date,
): Promise<void> {
  const text = `insert into antenatal_visits (county_code, id, pregnancy_id, occurred_on, gestation_days, organisation_id, systolic, diastolic, weight_kilograms,
    fundal_height_centimetres, fetal_heart_rate, haemoglobin, urine_protein, risk_colour, next_on, referred_to_id, recorded_at, recorded_by, source, replaces)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`
  await ask(tx, text, [
    ...[
      access.county,
      visit.id,
      visit.pregnancyId,
      visit.occurredOn,
      visit.gestationDays,
      visit.organisationId,
    ],
    ...[visit.systolic, visit.diastolic, visit.weightKilograms, visit.fundalHeightCentimetres],
    ...[visit.fetalHeartRate, visit.haemoglobin, visit.urineProtein, visit.riskColour],
    ...[visit.nextOn, visit.referredToId, at, access.actorId, sourceOf(access), replaces],
  ])
}

/** The colour of the latest visit that stands. */
export async function findLatestColour(
  tx: Transaction,
  access: Access,
  pregnancyId: string,
): Promise<RiskColour | undefined> {
  const text = `select risk_colour as colour from antenatal_visits where county_code = $1 and pregnancy_id = $2 and voided_at is null
  order by occurred_on desc, recorded_at desc, id desc limit 1`
  const [latest] = await ask<{ colour: RiskColour }>(tx, text, [access.county, pregnancyId])
  return latest?.colour
}

export async function countOrganisations(tx: Transaction, ids: readonly string[]): Promise<number> {
  const [row] = await ask<{ n: number }>(
    tx,
    'select count(*)::int as n from organisations where id = any($1::uuid[])',
    [ids],
  )
  return row?.n ?? 0
}

/** The pregnancy follows its visits: in care from the first one, and of the colour of the latest. */
export async function followVisits(
  tx: Transaction,
  access: Access,
  pregnancyId: string,
  colour: RiskColour,
  isSeen: boolean,
  at: Date,
): Promise<void> {
  const text = `update pregnancies set risk_colour = $3, status = case when $4 and status = 'REGISTERED' then 'ONGOING' else status end,
    updated_at = $5, version = version + 1
  where county_code = $1 and id = $2 and (risk_colour <> $3 or ($4 and status = 'REGISTERED'))`
  await ask(tx, text, [access.county, pregnancyId, colour, isSeen, at])
}
