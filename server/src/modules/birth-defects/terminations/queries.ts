import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import { factsOf, type Kept } from '../queries-facts.ts'
import { medicalTerminations } from './tables.ts'

export type TerminationRow = Kept & {
  procedureId: Id
  chainId: Id
  womanId: Id
  pregnancyId: Id | null
  indicatedOn: CivilDate
  gestationDays: number
  defectCodes: string[]
  counselledOn: CivilDate
  counsellor: string
  consentId: Id
  consentOn: CivilDate
  firstPhysicianId: Id
  firstOpinionOn: CivilDate
  secondPhysicianId: Id
  secondOpinionOn: CivilDate
  opinionsCipher: Buffer
  performedOn: CivilDate | null
  version: number
}
export const terminations = factsOf<TerminationRow>(medicalTerminations, 'womanId')

export type ProcedureFound = {
  clientId: Id
  type: string
  indication: string
  status: string
  performedOn: CivilDate | null
  gestationDays: number | null
  consentId: Id | null
  consentOn: CivilDate | null
}

/** Of my facility, standing. */
export async function findProcedure(
  tx: Transaction,
  { county, facility }: Access,
  id: Id,
): Promise<ProcedureFound | undefined> {
  const [row] = await ask<ProcedureFound>(
    tx,
    `select client_id as "clientId", type, indication, status, performed_on as "performedOn", gestation_days as "gestationDays",
       consent_id as "consentId", consent_on as "consentOn"
     from procedures where county_code = $1 and facility_id = $2 and id = $3 and voided_at is null`,
    [county, facility, id],
  )
  return row
}

export type Physician = { id: Id; name: string; userId: Id | null }

/** Licensed on the day. */
export async function findPhysician(tx: Transaction, id: Id, on: CivilDate): Promise<Physician | undefined> {
  const [row] = await ask<Physician>(
    tx,
    `select id, name, user_id as "userId" from operator_licences
     where id = $1 and status = 'active' and valid_from <= $2 and (valid_until is null or valid_until >= $2)`,
    [id, on],
  )
  return row
}

export async function selectPhysicianNames(tx: Transaction, ids: readonly Id[]): Promise<Map<Id, string>> {
  const rows = await ask<{ id: Id; name: string }>(
    tx,
    'select id, name from operator_licences where id = any($1)',
    [ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
