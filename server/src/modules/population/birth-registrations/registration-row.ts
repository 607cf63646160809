import type { BirthRegistration, BirthRegistrationRow } from '@youyu/shared/population/birth-registrations'
import { maskName } from '@youyu/shared/population/masking'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import { selectHospitals, type KeptRegistration } from './queries.ts'
import { offersOf } from './rules.ts'

function named(access: Access, id: string | null, name: string | null) {
  if (!id) return null
  return { id, name: name === null ? '*' : maySeePlainly(access) ? name : maskName(name) }
}

export function shownRow(row: KeptRegistration, access: Access): BirthRegistrationRow {
  return {
    id: row.id,
    number: row.number,
    registrant: named(access, row.registrantId, row.registrantName),
    purpose: row.purpose,
    status: row.status,
    expectedOn: row.expectedOn,
    bornOn: row.bornOn,
    channel: row.channel,
    division: { code: row.divisionCode, name: row.divisionName ?? row.divisionCode },
    recordedAt: row.recordedAt.toISOString(),
    registeredAt: row.registeredAt?.toISOString() ?? null,
    version: row.version,
  }
}

/** A registration with what is offered to the family now. */
export async function shownRegistration(
  tx: Transaction,
  access: Access,
  row: KeptRegistration,
): Promise<BirthRegistration> {
  const offers = offersOf(row.status, row.purpose)
  const hospitals = offers.includes('HOSPITALS') ? await selectHospitals(tx, access, row.divisionCode) : []
  return {
    ...shownRow(row, access),
    partner: named(access, row.partnerId, row.partnerName),
    lastMenstruationOn: row.lastMenstruationOn,
    birthId: row.birthId,
    childOrder: row.childOrder,
    authorisation: row.authorisation,
    authorisedOn: row.authorisedOn,
    missing: row.missing,
    servicePackSent: row.servicePackSent,
    offers,
    hospitals: hospitals.map(({ id, name, divisionCode, divisionName }) => ({
      id,
      name,
      division: { code: divisionCode, name: divisionName ?? divisionCode },
    })),
    updatedAt: row.updatedAt.toISOString(),
  }
}
