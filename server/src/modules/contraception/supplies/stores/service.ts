import type {
  ChangedSupplyStore,
  listSupplyStores,
  NewSupplyStore,
  SupplyStore,
} from '@youyu/shared/contraception/supplies'
import { levelOf, type Page } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { findPlaces } from '../../../population/index.ts'
import {
  findOrganisationKnown,
  findStore,
  findStoreOfCounty,
  holdsAnything,
  insertStore,
  selectStores,
  updateStore,
  type KeptStore,
  type StoreRecord,
} from './queries.ts'
import { daysOf, mayStandUnder, mayStandAt } from './rules.ts'

type Asked = z.output<(typeof listSupplyStores)['schema']['querystring']>

export async function listStores(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<SupplyStore>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectStores(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, shownStore, (row) => [row.divisionCode, row.id])
}

export async function readStore({ db }: Office, access: Access, id: string): Promise<SupplyStore> {
  return await reading(db, access, async (tx) => shownStore(await storeAsked(tx, access, id)))
}

/** The store of an address. */
export async function storeAsked(tx: Transaction, access: Access, id: string): Promise<KeptStore> {
  const store = await findStore(tx, access, id)
  if (!store) throw new Refused('not-found')
  return store
}

/** The store of the area that a body names, open for business. */
export async function storeNamed(
  tx: Transaction,
  access: Access,
  id: string,
  pointer = '/storeId',
): Promise<KeptStore> {
  const store = await findStore(tx, access, id)
  if (!store) throw Refused.field(pointer, 'not-found')
  if (store.closedOn !== null)
    throw new Refused('store-closed', { errors: [{ pointer, code: 'store-closed' }] })
  return store
}

export async function addStore(office: Office, access: Access, body: NewSupplyStore): Promise<SupplyStore> {
  const at = office.now()
  const store: StoreRecord = {
    id: newId(at.getTime()),
    kind: body.kind,
    name: body.name,
    divisionCode: body.divisionCode,
    organisationId: body.organisationId ?? null,
    parentId: body.parentId ?? null,
    ...daysOf(body),
    openedOn: body.openedOn ?? todayOf(at),
    closedOn: body.closedOn ?? null,
  }
  return await transaction(office.db, access, async (tx) => {
    await checkStore(tx, access, store, at)
    const { id, divisionCode: division } = store
    await Promise.all([
      insertStore(tx, access, store, at),
      record(tx, access, { action: 'create', entity: 'supply-store', entityId: id, division }, at),
    ])
    return shownStore(await storeAsked(tx, access, id))
  })
}

async function checkStore(tx: Transaction, access: Access, store: StoreRecord, at: Date): Promise<void> {
  const { divisionCode, kind, organisationId, parentId } = store
  if (!covers(access.prefixes, divisionCode)) throw Refused.field('/divisionCode', 'out-of-area')
  if (!mayStandAt(kind, levelOf(divisionCode))) throw Refused.field('/divisionCode', 'invalid-value')
  if (store.openedOn > todayOf(at)) throw Refused.field('/openedOn', 'invalid-date')
  const [places, parent, organisationDivision] = await Promise.all([
    findPlaces(tx, [divisionCode]),
    parentId === null ? null : findStoreOfCounty(tx, access, parentId),
    organisationId === null ? null : findOrganisationKnown(tx, organisationId),
  ])
  if (!places.has(divisionCode)) throw Refused.field('/divisionCode', 'unknown-division')
  if (parent === undefined) throw Refused.field('/parentId', 'not-found')
  if (parent && (parent.id === store.id || !mayStandUnder(kind, parent.kind)))
    throw Refused.field('/parentId', 'invalid-value')
  const isOrganisationKnown =
    organisationDivision === null || organisationDivision?.startsWith(String(access.county).padStart(6, '0'))
  if (!isOrganisationKnown) throw Refused.field('/organisationId', 'not-found')
}

export async function patchStore(
  office: Office,
  access: Access,
  id: string,
  version: number,
  patch: ChangedSupplyStore,
): Promise<SupplyStore> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const before = await findStore(tx, access, id, 'for no key update of s')
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const after = { ...before, ...patch } as StoreRecord
    await checkStore(tx, access, after, at)
    const isClosing = before.closedOn === null && after.closedOn !== null
    if (isClosing && (await holdsAnything(tx, access, id))) throw new Refused('store-not-empty')
    const deed = { entityId: id, division: before.divisionCode, fields: Object.keys(patch) }
    await Promise.all([
      updateStore(tx, access, after, at),
      record(tx, access, { action: 'change', entity: 'supply-store', ...deed }, at),
    ])
    return shownStore(await storeAsked(tx, access, id))
  })
}

export function shownStore({ divisionName, organisationName, parentName, ...store }: KeptStore): SupplyStore {
  const { divisionCode, organisationId, parentId } = store
  return {
    ...store,
    division: { code: divisionCode, name: divisionName ?? divisionCode },
    organisation: organisationId === null ? null : { id: organisationId, name: organisationName ?? '' },
    parent: parentId === null ? null : { id: parentId, name: parentName ?? '' },
  }
}
