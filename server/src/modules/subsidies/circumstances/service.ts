import type {
  Circumstance,
  CircumstanceCorrection,
  CircumstanceRow,
  listCircumstances,
  NewCircumstance,
  revealCircumstance,
} from '@youyu/shared/subsidies/circumstances'
import { circumstanceFaults, maskDocument } from '@youyu/shared/subsidies/circumstance-faults'
import { circumstanceKinds } from '@youyu/shared/subsidies/circumstance-values'
import { maskName } from '@youyu/shared/population/masking'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record, type Deed } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import {
  findCircumstance,
  findPerson,
  insertCircumstance,
  selectCircumstances,
  voidRecord,
  type CircumstanceRecord,
} from './queries.ts'

const MINUTES_SHOWN = 15

function rowOf(access: Access, found: CircumstanceRecord): CircumstanceRow {
  const isMasked = circumstanceKinds[found.kind].isSensitive
  const { id, kind, from, to, documentType, documentMask, division, divisionName } = found
  return {
    ...{ id, kind, from, to, documentType, documentMask, division, divisionName, isMasked },
    person: {
      id: found.personId,
      name: access.clearance >= 'L2' ? found.personName : maskName(found.personName),
    },
    grade: isMasked ? null : found.grade,
    detail: isMasked ? null : found.detail,
    recordedAt: found.recordedAt.toISOString(),
    voidedAt: found.voidedAt?.toISOString() ?? null,
  }
}

const shown = (access: Access, found: CircumstanceRecord): Circumstance => ({
  ...rowOf(access, found),
  recordedBy: found.recordedBy,
  source: found.source,
  voidReason: found.voidReason,
  replaces: found.replaces,
  replacedBy: found.replacedBy,
})

const deedOf = (
  { personId, division }: Pick<CircumstanceRecord, 'personId' | 'division'>,
  action: Deed['action'],
  more: Partial<Deed> = {},
): Deed => ({ ...{ action, entity: 'circumstance', entityId: personId, division }, ...more })

export async function circumstancesOf(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: z.output<(typeof listCircumstances)['schema']['querystring']>,
): Promise<Page<CircumstanceRow>> {
  const after = keyIn(cursor, ['string'])
  const rows = await reading(office.db, access, (tx) =>
    selectCircumstances(tx, access, { filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => rowOf(access, row),
    ({ id }) => [id],
  )
}

async function known(tx: Transaction, access: Access, id: Id, options = {}): Promise<CircumstanceRecord> {
  const found = await findCircumstance(tx, access, id, options)
  if (!found) throw new Refused('not-found')
  return found
}

export async function circumstanceOf(office: Office, access: Access, id: Id): Promise<Circumstance> {
  const found = await reading(office.db, access, (tx) => known(tx, access, id))
  office.views.note(access, deedOf(found, 'view'))
  return shown(access, found)
}

type Given = { [Field in keyof NewCircumstance]-?: Exclude<NewCircumstance[Field], undefined> }

/** The row that a circumstance makes, after everything about it has been looked at. */
async function keep(
  tx: Transaction,
  office: Office,
  access: Access,
  given: Given,
  { at, replaces, kept }: { at: Date; replaces: Id | null; kept: CircumstanceRecord | null },
): Promise<Id> {
  const prefix = kept ? '/set' : ''
  const person = await findPerson(tx, access, given.personId)
  if (!person) throw Refused.field('/personId', 'not-found')
  const faults = circumstanceFaults(given, { birthDate: person.birthDate, today: todayOf(at) })
  if (faults.length > 0)
    throw new Refused('invalid-request', {
      errors: faults.map(({ field, code }) => ({ pointer: `${prefix}/${field}`, code })),
    })
  const id = newId(at.getTime())
  const cell = { county: access.county, id }
  const number =
    given.documentNumber ??
    (kept?.documentCipher
      ? office.ciphers.benefit.decipher(kept.documentCipher, { county: access.county, id: kept.id })
      : null)
  await insertCircumstance(
    tx,
    access,
    {
      ...{
        id,
        personId: given.personId,
        kind: given.kind,
        grade: given.grade,
        detail: given.detail,
        replaces,
      },
      ...{ fromOn: given.from, toOn: given.to, documentType: given.documentType },
      documentCipher: number === null ? null : office.ciphers.benefit.encipher(number, cell),
      documentMask: number === null ? null : maskDocument(number),
      divisionCode: kept?.division ?? person.hukouDivision,
      source: access.actorKind === 'client' ? 'API' : 'MANUAL',
    },
    at,
  )
  return id
}

export async function recordOne(
  office: Office,
  access: Access,
  body: NewCircumstance,
): Promise<Circumstance> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const given = {
      ...body,
      ...{ grade: body.grade ?? null, detail: body.detail ?? null, to: body.to ?? null },
      documentNumber: body.documentNumber ?? null,
    }
    const id = await keep(tx, office, access, given, { at, replaces: null, kept: null })
    const made = await known(tx, access, id)
    await record(tx, access, deedOf(made, 'create', { fields: [made.kind] }), at)
    return shown(access, made)
  })
}

export async function correctOne(
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: CircumstanceCorrection,
): Promise<Circumstance> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const kept = await known(tx, access, id, { lock: true })
    if (kept.voidedAt) throw new Refused('conflict')
    const { personId, kind, grade, detail, from, to, documentType } = kept
    const { documentNumber = null, ...changed } = set
    await voidRecord(tx, access, id, reason, at)
    const standing = { personId, kind, grade, detail, from, to, documentType }
    const given = { ...standing, ...definedOf(changed), documentNumber }
    const replacement = await keep(tx, office, access, given, { at, replaces: id, kept })
    await record(tx, access, deedOf(kept, 'change', { fields: Object.keys(set), reason }), at)
    return shown(access, await known(tx, access, replacement))
  })
}

const definedOf = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

export async function voidOne(office: Office, access: Access, id: Id, reason: string): Promise<Circumstance> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const kept = await known(tx, access, id, { lock: true })
    if (kept.voidedAt) throw new Refused('conflict')
    await voidRecord(tx, access, id, reason, at)
    await record(tx, access, deedOf(kept, 'change', { fields: ['voided'], reason }), at)
    return shown(access, await known(tx, access, id))
  })
}

type Reveal = (typeof revealCircumstance)['schema']

export async function reveal(
  office: Office,
  access: Access,
  id: Id,
  { purpose, reason }: z.output<Reveal['body']>,
): Promise<z.output<Reveal['response'][200]>> {
  if (!access.purposes.includes(purpose))
    throw new Refused('purpose-required', { errors: [{ pointer: '/purpose', code: 'purpose-required' }] })
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const found = await known(tx, access, id)
    const fields = ['grade', 'detail', 'documentNumber']
    await record(tx, access, deedOf(found, 'reveal', { fields, purpose, reason }), at)
    return {
      ...{ grade: found.grade, detail: found.detail },
      documentNumber: found.documentCipher
        ? office.ciphers.benefit.decipher(found.documentCipher, { county: access.county, id })
        : null,
      expiresAt: new Date(at.getTime() + MINUTES_SHOWN * 60_000).toISOString(),
    }
  })
}
