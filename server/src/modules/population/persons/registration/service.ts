import type { NewPerson, Person } from '@youyu/shared/population/persons'
import { maskIdNumber, maskPhone } from '@youyu/shared/population/masking'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { command } from '../../../../database/command.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused, type WrongField } from '../../../../refused.ts'
import { refuseOutside } from '../../area.ts'
import { findPlaces } from '../../overview/queries.ts'
import { nameReadings } from '../names.ts'
import { shownPerson, type KeptPerson } from '../person-row.ts'
import { sourceOf } from '../queries-changes.ts'
import {
  documentKey,
  documentNumber,
  findingsOf,
  identityFaults,
  parentFaults,
  phoneDigits,
} from '../rules.ts'
import {
  findRelatives,
  lockHousehold,
  registered,
  registering,
  type HouseholdKnown,
  type Newcomer,
  type PlaceNames,
  type Registered,
  type RelativeKnown,
} from './queries.ts'

type Around = { mother: RelativeKnown | null; father: RelativeKnown | null; household: HouseholdKnown | null }

/** Registers a person: what cannot be is refused with its field, what is odd becomes a finding. */
export async function registerPerson(office: Office, access: Access, body: NewPerson): Promise<Person> {
  const at = office.now()
  const today = todayOf(at)
  const idType = body.idType ?? '01'
  const idNumber = body.idNumber ? documentNumber(idType, body.idNumber) : null
  refuse([
    ...identityFaults({ idType, idNumber, birthDate: body.birthDate, today }),
    ...residenceFaults(body, today),
  ])
  refuseOutside(access.prefixes, body.hukouDivision, body.residenceDivision)
  if (access.county === 0) throw new Refused('out-of-area')

  const registration = (around: Around) => {
    const person = keptPerson(body, { around, idType, idNumber, today, at, access })
    return {
      person,
      statement: registering(access, newcomer(office, access, person, body, { idNumber, birthId: null })),
    }
  }
  if (body.motherId || body.fatherId || body.householdId) {
    return await transaction(office.db, access, async (tx) => {
      const { person, statement } = registration(await aroundOf(tx, access, body))
      const { rows } = await tx.client.query<Registered>(statement)
      return rows[0] ? shownPerson(placed(person, rows[0]), access) : await refusePlaces(tx, body)
    })
  }
  const { person, statement } = registration({ mother: null, father: null, household: null })
  const answer = registered(shownPerson(person, access))
  const outcome = await command<Registered>(office.db, access, { statement, answer })
  if ('answer' in outcome) return outcome.answer as Person
  const [places] = outcome.rows
  return places
    ? shownPerson(placed(person, places), access)
    : await reading(office.db, access, (tx) => refusePlaces(tx, body))
}

function placed(person: KeptPerson, { residenceName, hukouName }: PlaceNames): KeptPerson {
  return { ...person, residenceName, hukouName }
}

function refuse(faults: WrongField[]): void {
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
}

function residenceFaults(
  { residenceSince, birthDate, householdId, relationToHead }: NewPerson,
  today: string,
): WrongField[] {
  const faults: WrongField[] = []
  if (residenceSince && (residenceSince > today || residenceSince < birthDate))
    faults.push({ pointer: '/residenceSince', code: 'invalid-date' })
  if (relationToHead && !householdId) faults.push({ pointer: '/householdId', code: 'required' })
  return faults
}

async function refusePlaces(tx: Transaction, body: NewPerson): Promise<never> {
  const known = await findPlaces(tx, [body.hukouDivision, body.residenceDivision])
  const unknown = (['hukouDivision', 'residenceDivision'] as const).filter((field) => !known.has(body[field]))
  throw new Refused('invalid-request', {
    errors: unknown.map((field) => ({ pointer: `/${field}`, code: 'unknown-division' })),
  })
}

/** Parents and household, as far as the body names them. */
async function aroundOf(tx: Transaction, access: Access, body: NewPerson): Promise<Around> {
  const { motherId = null, fatherId = null, householdId = null } = body
  const [relatives, household] = await Promise.all([
    findRelatives(tx, access, [motherId, fatherId]),
    householdId ? lockHousehold(tx, access, householdId) : undefined,
  ])
  const around = {
    mother: relatives.get(motherId ?? '') ?? null,
    father: relatives.get(fatherId ?? '') ?? null,
    household: household ?? null,
  }
  const faults: WrongField[] = []
  if (motherId && !around.mother) faults.push({ pointer: '/motherId', code: 'not-found' })
  if (fatherId && !around.father) faults.push({ pointer: '/fatherId', code: 'not-found' })
  if (householdId && !household) faults.push({ pointer: '/householdId', code: 'not-found' })
  if (household?.headPersonId && body.relationToHead === '0')
    faults.push({ pointer: '/relationToHead', code: 'conflict' })
  refuse([...faults, ...parentFaults(body.birthDate, around.mother, around.father)])
  return around
}

type Circumstances = {
  around: Around
  idType: KeptPerson['idType']
  idNumber: string | null
  today: string
  at: Date
  access: Access
}

export function keptPerson(
  body: NewPerson,
  { around: { mother, father, household }, idType, idNumber, today, at, access }: Circumstances,
): KeptPerson {
  const relationToHead = household ? (body.relationToHead ?? '8') : null
  const birthDatePrecision = body.birthDatePrecision ?? 'DAY'
  const judged = {
    ...body,
    idType,
    idNumber,
    birthDatePrecision,
    mother,
    headBirthDate: household?.headBirthDate ?? null,
    relationToHead,
    today,
  }
  return {
    id: newId(at.getTime()),
    name: body.name,
    sex: body.sex,
    birthDate: body.birthDate,
    birthDatePrecision,
    idType,
    idNumber: idNumber && maskIdNumber(idNumber),
    ethnicity: body.ethnicity ?? null,
    education: body.education ?? null,
    maritalStatus: body.maritalStatus ?? null,
    hukouDivision: body.hukouDivision,
    hukouName: null,
    hukouType: body.hukouType ?? null,
    residenceDivision: body.residenceDivision,
    residenceName: null,
    residenceStatus: body.residenceStatus,
    residenceSince: body.residenceSince ?? null,
    householdId: household?.id ?? null,
    householdNumber: household?.number ?? null,
    relationToHead,
    phone: body.phone ? maskPhone(phoneDigits(body.phone)) : null,
    address: body.address ?? null,
    motherId: mother?.id ?? null,
    motherName: mother?.name ?? null,
    fatherId: father?.id ?? null,
    fatherName: father?.name ?? null,
    status: 'ACTIVE',
    mergedInto: null,
    source: sourceOf(access),
    recordedAt: at,
    updatedAt: at,
    findings: findingsOf(judged),
    version: 1,
  }
}

export function newcomer(
  { ciphers }: Office,
  access: Access,
  person: KeptPerson,
  body: NewPerson,
  { idNumber, birthId }: { idNumber: string | null; birthId: Id | null },
): Newcomer {
  const { county } = access
  const cell = { county, id: person.id }
  const phone = body.phone ? phoneDigits(body.phone) : null
  const readings = nameReadings(person.name)
  const row = {
    county_code: county,
    id: person.id,
    name: person.name,
    name_pinyin: readings.pinyin,
    name_initials: readings.initials,
    sex: person.sex,
    birth_date: person.birthDate,
    birth_date_precision: person.birthDatePrecision,
    id_type: person.idType,
    id_number_cipher: idNumber && ciphers.idNumber.encipher(idNumber, cell),
    id_number_hash: idNumber && ciphers.idNumber.blindIndex(documentKey(person.idType, idNumber)),
    id_number_mask: person.idNumber,
    ethnicity: person.ethnicity,
    education: person.education,
    marital_status: person.maritalStatus,
    hukou_division: person.hukouDivision,
    hukou_type: person.hukouType,
    residence_division: person.residenceDivision,
    residence_status: person.residenceStatus,
    residence_since: person.residenceSince,
    household_id: person.householdId,
    relation_to_head: person.relationToHead,
    phone_cipher: phone && ciphers.phone.encipher(phone, cell),
    phone_hash: phone && ciphers.phone.blindIndex(phone),
    phone_mask: person.phone,
    address: person.address,
    mother_id: person.motherId,
    father_id: person.fatherId,
    status: person.status,
    findings: person.findings,
    source: person.source,
    recorded_at: person.recordedAt,
    recorded_by: access.actorId,
    updated_at: person.updatedAt,
    version: person.version,
  }
  const at = person.recordedAt
  return {
    person: row,
    episodeId: newId(at.getTime()),
    membershipId: newId(at.getTime()),
    readings: readings.others,
    birthId,
    deed: { action: 'create', entity: 'person', entityId: person.id, division: person.residenceDivision },
    at,
  }
}
