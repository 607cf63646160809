import type {
  ChangedChildcareInstitution,
  ChildcareInstitution,
  listChildcareInstitutions,
  NewChildcareInstitution,
} from '@youyu/shared/population/childcare'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { findPlaces } from '../overview/queries.ts'
import {
  deleteInstitution,
  findInstitution,
  insertInstitution,
  isOrganisation,
  lockInstitution,
  selectInstitutions,
  updateInstitution,
  type InstitutionRecord,
  type KeptInstitution,
} from './queries.ts'

type Asked = z.output<(typeof listChildcareInstitutions)['schema']['querystring']>

export async function listInstitutions(
  { db, now }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<ChildcareInstitution>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(now())
  const rows = await reading(db, access, (tx) =>
    selectInstitutions(tx, access, { ...filter, today, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownInstitution, (row) => [row.divisionCode, row.id])
}

export async function readInstitution(
  { db, now }: Office,
  access: Access,
  id: string,
): Promise<ChildcareInstitution> {
  return await reading(db, access, (tx) => shown(tx, access, id, now()))
}

export async function openInstitution(
  office: Office,
  access: Access,
  body: NewChildcareInstitution,
): Promise<ChildcareInstitution> {
  const at = office.now()
  const institution: InstitutionRecord = {
    id: newId(at.getTime()),
    name: body.name,
    organisationId: body.organisationId ?? null,
    kind: body.kind,
    filingNumber: body.filingNumber ?? null,
    inclusive: body.inclusive ?? false,
    placesUnder1: body.placesUnder1 ?? 0,
    places1: body.places1 ?? 0,
    places2: body.places2 ?? 0,
    staff: body.staff ?? null,
    feeMonthFen: body.feeMonthFen ?? null,
    openedOn: body.openedOn,
    closedOn: body.closedOn ?? null,
    divisionCode: body.divisionCode,
  }
  const { id, divisionCode: division } = institution
  return await transaction(office.db, access, async (tx) => {
    await checkInstitution(tx, access, institution)
    await Promise.all([
      insertInstitution(tx, access, institution, at),
      record(tx, access, { action: 'create', entity: 'childcare-institution', entityId: id, division }, at),
    ])
    return await shown(tx, access, id, at)
  })
}

async function checkInstitution(
  tx: Transaction,
  access: Access,
  { divisionCode, organisationId, openedOn, closedOn }: InstitutionRecord,
): Promise<void> {
  if (!covers(access.prefixes, divisionCode)) throw Refused.field('/divisionCode', 'out-of-area')
  if (closedOn !== null && closedOn <= openedOn) throw Refused.field('/closedOn', 'invalid-date')
  const [places, isKnown] = await Promise.all([
    findPlaces(tx, [divisionCode]),
    organisationId === null || isOrganisation(tx, organisationId),
  ])
  if (!places.has(divisionCode)) throw Refused.field('/divisionCode', 'unknown-division')
  if (!isKnown) throw Refused.field('/organisationId', 'not-found')
}

export async function patchInstitution(
  office: Office,
  access: Access,
  id: string,
  version: number,
  patch: ChangedChildcareInstitution,
): Promise<ChildcareInstitution> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const before = await institutionAt(tx, access, id, version, at)
    const after = { ...before, ...patch } as InstitutionRecord
    await checkInstitution(tx, access, after)
    const fields = Object.keys(patch)
    const division = before.divisionCode
    await Promise.all([
      updateInstitution(tx, access, after, at),
      record(
        tx,
        access,
        { action: 'change', entity: 'childcare-institution', entityId: id, division, fields },
        at,
      ),
    ])
    return await shown(tx, access, id, at)
  })
}

/** An institution that a child was ever enrolled in stays; it is closed instead. */
export async function removeInstitution(
  office: Office,
  access: Access,
  id: string,
  version: number,
): Promise<void> {
  const at = office.now()
  await transaction(office.db, access, async (tx) => {
    const { divisionCode: division } = await institutionAt(tx, access, id, version, at)
    const reason = 'entered by mistake'
    const deed = { entity: 'childcare-institution', entityId: id, division, reason }
    await Promise.all([
      deleteInstitution(tx, access, id),
      record(tx, access, { action: 'correct', ...deed }, at),
    ])
    return null
  })
}

async function institutionAt(
  tx: Transaction,
  access: Access,
  id: string,
  version: number,
  at: Date,
): Promise<KeptInstitution> {
  const [, institution] = await Promise.all([
    lockInstitution(tx, access, id),
    findInstitution(tx, access, id, todayOf(at)),
  ])
  if (!institution) throw new Refused('not-found')
  assertVersion(version, institution.version)
  return institution
}

async function shown(tx: Transaction, access: Access, id: string, at: Date): Promise<ChildcareInstitution> {
  const institution = await findInstitution(tx, access, id, todayOf(at))
  if (!institution) throw new Refused('not-found')
  return shownInstitution(institution)
}

function shownInstitution(row: KeptInstitution): ChildcareInstitution {
  const { divisionCode, divisionName, updatedAt, ...rest } = row
  const places = row.placesUnder1 + row.places1 + row.places2
  return {
    ...rest,
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    places,
    findings: row.enrolled > places ? ['T1'] : [],
    updatedAt: updatedAt.toISOString(),
  }
}
