import type { OperatorLicence, listOperatorLicences } from '@youyu/shared/contraception/operator-licences'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { z } from 'zod'
import { rangeOf } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../../database/statements.ts'
import type { operatorLicences } from './tables.ts'

type Filter = Omit<z.output<(typeof listOperatorLicences)['schema']['querystring']>, 'limit' | 'cursor'>

/** Operators of the county's facilities, and experts who visit from anywhere. */
function licencesKnown(bound: Bound, { county }: Access): string {
  const { lo, hi } = rangeOf(String(county).padStart(6, '0'))
  return `(l.is_expert or o.division_code >= ${bound.bind(lo)} and o.division_code < ${bound.bind(hi)})`
}

const columns = `l.id, l.organisation_id as "organisationId", o.name as "organisationName", l.user_id as "userId", l.name,
  l.certificate_number as "certificateNumber", l.procedures, l.valid_from as "validFrom", l.valid_until as "validUntil",
  l.is_expert as "isExpert", l.status, l.version`
const from = 'from operator_licences l join organisations o on o.id = l.organisation_id'

export async function selectLicences(
  tx: Asking,
  access: Access,
  filter: Filter,
  after: readonly [name: string, id: string] | null,
  limit: number,
): Promise<OperatorLicence[]> {
  const bound = new Bound()
  const conditions = [licencesKnown(bound, access)]
  if (filter.q) conditions.push(`position(${bound.bind(filter.q)} in l.name) > 0`)
  if (filter.organisationId) conditions.push(`l.organisation_id = ${bound.bind(filter.organisationId)}`)
  if (filter.procedure) conditions.push(`${bound.bind(filter.procedure)} = any(l.procedures)`)
  if (filter.on) {
    const on = bound.bind(filter.on)
    conditions.push(
      `l.status = 'active' and l.valid_from <= ${on}::date and coalesce(l.valid_until, 'infinity') >= ${on}::date`,
    )
  }
  if (after) conditions.push(`(l.name, l.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} ${from} where ${conditions.join(' and ')} order by l.name, l.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findLicence(tx: Asking, access: Access, id: Id): Promise<OperatorLicence | undefined> {
  const bound = new Bound()
  const text = `select ${columns} ${from} where ${licencesKnown(bound, access)} and l.id = ${bound.bind(id)}`
  const [licence] = await ask<OperatorLicence>(tx, text, bound.values)
  return licence
}

export async function insertLicence(tx: Asking, row: typeof operatorLicences.$inferInsert): Promise<void> {
  await insertRow(tx, 'operator_licences', row)
}

/** False where somebody changed it meanwhile. */
export async function updateLicence(
  tx: Asking,
  licence: Omit<OperatorLicence, 'organisationName'>,
  at: Date,
): Promise<boolean> {
  const rows = await ask(
    tx,
    `update operator_licences set organisation_id = $3, user_id = $4, name = $5, certificate_number = $6, procedures = $7,
       valid_from = $8, valid_until = $9, is_expert = $10, status = $11, version = version + 1, updated_at = $12
     where id = $1 and version = $2 returning id`,
    [
      ...[licence.id, licence.version, licence.organisationId, licence.userId, licence.name],
      ...[licence.certificateNumber, licence.procedures, licence.validFrom, licence.validUntil],
      ...[licence.isExpert, licence.status, at],
    ],
  )
  return rows.length > 0
}

export async function divisionOfOrganisation(tx: Asking, id: Id): Promise<string | undefined> {
  const [found] = await ask<{ code: string }>(
    tx,
    `select division_code as code from organisations where id = $1 and status = 'active'`,
    [id],
  )
  return found?.code
}

export type LicenceCheck = {
  isFacilityLicensed: boolean
  isOperatorLicensed: boolean
  operatorName: string | null
}

/** Whether facility and operator were licensed for a procedure on the day. */
export async function checkLicences(
  tx: Asking,
  { facility }: Access,
  { operatorId, type, on }: { operatorId: Id; type: string; on: CivilDate },
): Promise<LicenceCheck> {
  const [checked] = await ask<LicenceCheck>(
    tx,
    `select coalesce(o.family_planning_licence and o.status = 'active' and coalesce(o.licence_valid_until, 'infinity') >= $4::date, false)
         as "isFacilityLicensed",
       coalesce(l.status = 'active' and $3 = any(l.procedures) and l.valid_from <= $4::date
         and coalesce(l.valid_until, 'infinity') >= $4::date, false) as "isOperatorLicensed",
       l.name as "operatorName"
     from (select $1::uuid as facility, $2::uuid as operator) asked
     left join organisations o on o.id = asked.facility
     left join operator_licences l on l.id = asked.operator`,
    [facility, operatorId, type, on],
  )
  return checked as LicenceCheck
}
