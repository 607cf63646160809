import { maskName } from '@youyu/shared/population/masking'
import type { Pregnancy, PregnancyRow, PregnancySensitive } from '@youyu/shared/population/pregnancies'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import { findingsOf, gestationOn } from './rules.ts'

/** A line of the list as it is kept; a woman outside the reader's sight has no name. */
export type ListedPregnancy = {
  id: string
  womanId: string
  womanName: string | null
  status: PregnancyRow['status']
  riskColour: PregnancyRow['riskColour']
  expectedOn: CivilDate
  registeredOn: CivilDate
  divisionCode: string
  divisionName: string | null
  version: number
}

export type KeptPregnancy = ListedPregnancy &
  Pick<
    Pregnancy,
    | 'gravida'
    | 'parityBefore'
    | 'lastMenstruationOn'
    | 'expectedBasis'
    | 'channel'
    | 'conception'
    | 'plurality'
    | 'endedOn'
    | 'contactConsent'
    | 'births'
    | 'voidReason'
  > & {
    womanBirthDate: CivilDate | null
    organisationId: string | null
    organisationName: string | null
    sensitiveCipher: Buffer | null
    recordedAt: Date
    updatedAt: Date
    voidedAt: Date | null
  }

/** E8: what a treating clinician may read; the bureau and the villages hold no such clearance. */
export function mayReadSensitive(access: Access): boolean {
  return access.clearance >= 'L4'
}

export function shownRow(row: ListedPregnancy, access: Access): PregnancyRow {
  const name = row.womanName ?? '*'
  return {
    id: row.id,
    woman: { id: row.womanId, name: maySeePlainly(access) ? name : maskName(name) },
    status: row.status,
    riskColour: row.riskColour,
    expectedOn: row.expectedOn,
    registeredOn: row.registeredOn,
    registerGestationDays: gestationOn(row.expectedOn, row.registeredOn),
    division: { code: row.divisionCode, name: row.divisionName ?? row.divisionCode },
    version: row.version,
  }
}

export function shownPregnancy(office: Office, row: KeptPregnancy, access: Access): Pregnancy {
  const mayRead = mayReadSensitive(access)
  return {
    ...shownRow(row, access),
    gravida: mayRead ? row.gravida : null,
    parityBefore: mayRead ? row.parityBefore : null,
    lastMenstruationOn: row.lastMenstruationOn,
    expectedBasis: row.expectedBasis,
    registeredOrganisation:
      row.organisationId && row.organisationName
        ? { id: row.organisationId, name: row.organisationName }
        : null,
    channel: row.channel,
    conception: row.conception,
    plurality: row.plurality,
    endedOn: row.endedOn,
    contactConsent: row.contactConsent,
    births: row.births,
    sensitive: mayRead ? sensitiveOf(office, access.county, row) : null,
    recordedAt: row.recordedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
    voidReason: row.voidReason,
    findings: findingsOf({ birthDate: row.womanBirthDate }, row, row.births.length),
  }
}

export const nothingSensitive: PregnancySensitive = {
  isPurple: null,
  intention: null,
  endType: null,
  transferredTo: null,
}

export function sensitiveOf(
  { ciphers }: Office,
  county: number,
  { id, sensitiveCipher }: { id: string; sensitiveCipher: Buffer | null },
): PregnancySensitive {
  if (!sensitiveCipher) return nothingSensitive
  return JSON.parse(ciphers.pregnancy.decipher(sensitiveCipher, { county, id })) as PregnancySensitive
}

export function encipherSensitive(
  { ciphers }: Office,
  county: number,
  id: string,
  sensitive: PregnancySensitive,
): Buffer | null {
  if (Object.values(sensitive).every((value) => value === null)) return null
  return ciphers.pregnancy.encipher(JSON.stringify(sensitive), { county, id })
}
