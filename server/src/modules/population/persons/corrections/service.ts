import type { ChangePreview, Correction, Person } from '@youyu/shared/population/persons'
import { maskIdNumber, maskPhone } from '@youyu/shared/population/masking'
import type { IdType } from '@youyu/shared/population/value-sets'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused, type WrongField } from '../../../../refused.ts'
import { refuseOutside } from '../../area.ts'
import { findPlaces } from '../../overview/queries.ts'
import { shownPerson } from '../person-row.ts'
import { postPeople } from '../../book/index.ts'
import { findPerson } from '../queries.ts'
import { applyChange, findStates, lockPersons } from '../queries-changes.ts'
import { findRelatives } from '../registration/queries.ts'
import {
  documentKey,
  documentNumber,
  findingsOf,
  identityFaults,
  parentFaults,
  phoneDigits,
} from '../rules.ts'
import { placeInArea } from '../service.ts'
import { differing, findingsIn, toldChanges, type Changes, type PersonState } from '../state.ts'
import { findChildren, findHeadBirthDate, voidOvertaken } from './queries.ts'

type Asked = { id: string; version: number; correction: Correction }

/** Told before it is done: what a correction would change and which findings it would raise. */
export async function previewCorrection(
  office: Office,
  access: Access,
  { id, version, correction }: Asked,
): Promise<ChangePreview> {
  return await reading(office.db, access, async (tx) => {
    const person = (await findStates(tx, access, [id])).get(id)
    if (!person) throw new Refused('not-found')
    assertVersion(version, person.version)
    const changes = await changesOf(tx, office, access, person, correction)
    return {
      changes: toldChanges(access, person, changes),
      findings: findingsIn({ ...person, ...changes } as PersonState),
    }
  })
}

/** Corrects what was recorded wrongly: the overtaken correction is voided, a new fact takes its place. */
export async function correctPerson(
  office: Office,
  access: Access,
  { id, version, correction }: Asked,
): Promise<Person> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const person = (await lockPersons(tx, access, [id])).get(id)
    if (!person) throw new Refused('not-found')
    assertVersion(version, person.version)
    const changes = await changesOf(tx, office, access, person, correction)
    const fields = Object.keys(changes)
    const replaces =
      fields.length > 0
        ? await voidOvertaken(tx, access, { personId: id, fields, reason: correction.reason, at })
        : null
    const [, , corrected] = await Promise.all([
      fields.length > 0
        ? applyChange(tx, access, {
            person,
            changes,
            kind: 'corrected',
            reason: correction.reason,
            replaces,
            at,
          })
        : undefined,
      record(
        tx,
        access,
        {
          action: 'correct',
          entity: 'person',
          entityId: id,
          division: placeInArea(access, person),
          fields: Object.keys(correction.set),
          reason: correction.reason,
        },
        at,
      ),
      findPerson(tx, access, id),
      postPeople(tx, access, [id], at),
    ])
    if (!corrected) throw new Refused('out-of-area')
    return shownPerson(corrected, access)
  })
}

/** What a correction comes to in the columns of a person, after everything that must hold was checked. */
async function changesOf(
  tx: Transaction,
  office: Office,
  access: Access,
  person: PersonState,
  { set }: Correction,
): Promise<Changes> {
  const today = todayOf(office.now())
  const { idNumber: rawNumber, phone: rawPhone, ...plain } = set
  const idType = (plain.idType ?? person.idType) as IdType
  const birthDate = plain.birthDate ?? person.birthDate
  const number =
    rawNumber === undefined
      ? numberOf(office, access, person)
      : rawNumber && documentNumber(idType, rawNumber)
  const hukou = plain.hukouDivision ?? person.hukouDivision
  const motherId = plain.motherId === undefined ? person.motherId : plain.motherId
  const fatherId = plain.fatherId === undefined ? person.fatherId : plain.fatherId
  const [places, relatives, headBirthDate, children] = await Promise.all([
    findPlaces(tx, [hukou]),
    findRelatives(tx, access, [motherId, fatherId]),
    findHeadBirthDate(tx, access, person),
    set.birthDate || set.sex ? findChildren(tx, access, person.id) : [],
  ])
  const mother = relatives.get(motherId ?? '') ?? null
  const father = relatives.get(fatherId ?? '') ?? null
  const faults: WrongField[] = [
    ...identityFaults({ idType, idNumber: number, birthDate, today }),
    ...parentFaults(birthDate, mother, father),
  ]
  if (set.hukouDivision && !places.has(hukou))
    faults.push({ pointer: '/hukouDivision', code: 'unknown-division' })
  if (set.motherId && (!mother || set.motherId === person.id))
    faults.push({ pointer: '/motherId', code: 'not-found' })
  if (set.fatherId && (!father || set.fatherId === person.id))
    faults.push({ pointer: '/fatherId', code: 'not-found' })
  const asParent = { sex: plain.sex ?? person.sex, birthDate }
  for (const child of children) {
    const impossible = parentFaults(
      child.birthDate,
      child.isMother ? asParent : null,
      child.isMother ? null : asParent,
    )
    if (impossible.length > 0)
      faults.push({
        pointer: set.birthDate ? '/birthDate' : '/sex',
        code: (impossible[0] as WrongField).code,
      })
  }
  const own = faults.map((fault) => ({ ...fault, pointer: `/set${fault.pointer}` }))
  if (own.length > 0) throw new Refused('invalid-request', { errors: own })
  refuseOutside(access.prefixes, hukou, person.residenceDivision, '/set/hukouDivision')

  const wanted = {
    ...(plain as Changes),
    ...numberChanges(
      office,
      access,
      person,
      idType,
      number,
      rawNumber !== undefined || set.idType !== undefined,
    ),
    ...phoneChanges(office, access, person, rawPhone),
  }
  const judged = {
    ...person,
    ...(plain as object),
    idType,
    idNumber: number,
    birthDate,
    mother,
    headBirthDate,
    today,
  }
  return differing(person, { ...wanted, findings: findingsOf(judged).join(',') })
}

function cellOf(access: Access, person: PersonState) {
  return { county: access.county, id: person.id }
}

function numberOf({ ciphers }: Office, access: Access, person: PersonState): string | null {
  if (person.idNumberCipher === null) return null
  return ciphers.idNumber.decipher(Buffer.from(person.idNumberCipher, 'base64'), cellOf(access, person))
}

function numberChanges(
  { ciphers }: Office,
  access: Access,
  person: PersonState,
  idType: IdType,
  number: string | null,
  isAsked: boolean,
): Changes {
  if (!isAsked) return {}
  if (number === null) return { idNumber: null, idNumberCipher: null, idNumberHash: null }
  const hash = ciphers.idNumber.blindIndex(documentKey(idType, number)).toString('base64')
  if (hash === person.idNumberHash) return {}
  const cipher = ciphers.idNumber.encipher(number, cellOf(access, person)).toString('base64')
  return { idNumber: maskIdNumber(number), idNumberCipher: cipher, idNumberHash: hash }
}

function phoneChanges(
  { ciphers }: Office,
  access: Access,
  person: PersonState,
  phone: string | null | undefined,
): Changes {
  if (phone === undefined) return {}
  if (phone === null) return { phone: null, phoneCipher: null, phoneHash: null }
  const digits = phoneDigits(phone)
  const hash = ciphers.phone.blindIndex(digits).toString('base64')
  if (hash === person.phoneHash) return {}
  return {
    phone: maskPhone(digits),
    phoneCipher: ciphers.phone.encipher(digits, cellOf(access, person)).toString('base64'),
    phoneHash: hash,
  }
}
