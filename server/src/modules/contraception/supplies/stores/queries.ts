import type { StoreKind } from '@youyu/shared/contraception/supplies'
import { prefixOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import { within } from '../../../population/index.ts'
import { keptInArea } from '../area.ts'

export type StoreRecord = {
  id: string
  kind: StoreKind
  name: string
  divisionCode: DivisionCode
  organisationId: string | null
  parentId: string | null
  leadDays: number
  reviewDays: number
  safetyDays: number
  openedOn: string
  closedOn: string | null
}
export type KeptStore = StoreRecord & {
  divisionName: string | null
  organisationName: string | null
  parentName: string | null
  version: number
}

const columns = `s.id, s.kind, s.name, s.division_code as "divisionCode", s.organisation_id as "organisationId", s.parent_id as "parentId",
  s.lead_days as "leadDays", s.review_days as "reviewDays", s.safety_days as "safetyDays", s.opened_on as "openedOn", s.closed_on as "closedOn",
  d.name as "divisionName", o.name as "organisationName", p.name as "parentName", s.version`
const stores = `supply_stores s left join divisions d on d.code = s.division_code and d.valid_to is null
  left join organisations o on o.id = s.organisation_id
  left join supply_stores p on p.county_code = s.county_code and p.id = s.parent_id`

type ListQuestion = {
  division?: DivisionCode | undefined
  kind?: StoreKind | undefined
  parentId?: string | undefined
  q?: string | undefined
  isOpen?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectStores(
  tx: Transaction,
  access: Access,
  { division, kind, parentId, q, isOpen, after, limit }: ListQuestion,
): Promise<KeptStore[]> {
  const bound = new Bound()
  const conditions = [keptInArea(bound, access, 's')]
  if (division) conditions.push(within(bound, 's.division_code', [prefixOf(division)]))
  if (kind) conditions.push(`s.kind = ${bound.bind(kind)}`)
  if (parentId) conditions.push(`s.parent_id = ${bound.bind(parentId)}`)
  if (q !== undefined) conditions.push(`position(${bound.bind(q)} in s.name) > 0`)
  if (isOpen !== undefined) conditions.push(`(s.closed_on is null) = ${bound.bind(isOpen)}`)
  if (after)
    conditions.push(`(s.division_code, s.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`)
  const text = `select ${columns} from ${stores} where ${conditions.join(' and ')} order by s.division_code, s.id limit ${pageLimit(limit)}`
  return await ask(tx, text, bound.values)
}

export async function findStore(
  tx: Transaction,
  access: Access,
  id: string,
  lock: '' | 'for no key update of s' = '',
): Promise<KeptStore | undefined> {
  const bound = new Bound()
  const text = `select ${columns} from ${stores} where ${keptInArea(bound, access, 's')} and s.id = ${bound.bind(id)} ${lock}`
  const [store] = await ask<KeptStore>(tx, text, bound.values)
  return store
}

/** That a store exists is known in the whole county. */
export async function findStoreOfCounty(
  tx: Transaction,
  access: Access,
  id: string,
): Promise<KeptStore | undefined> {
  const text = `select ${columns} from ${stores} where s.county_code = $1 and s.id = $2`
  const [store] = await ask<KeptStore>(tx, text, [access.county, id])
  return store
}

export async function findOrganisationKnown(tx: Transaction, id: string): Promise<string | undefined> {
  const [found] = await ask<{ divisionCode: string }>(
    tx,
    'select division_code as "divisionCode" from organisations where id = $1',
    [id],
  )
  return found?.divisionCode
}

/** Whether anything is on its shelf or on its way to it. */
export async function holdsAnything(tx: Transaction, access: Access, id: string): Promise<boolean> {
  const text = `select exists (select from supply_stocks where county_code = $1 and store_id = $2 and on_hand > 0)
    or exists (select from supply_shipments where county_code = $1 and to_store_id = $2 and completed_on is null) as holds`
  const [answer] = await ask<{ holds: boolean }>(tx, text, [access.county, id])
  return answer!.holds
}

export async function insertStore(
  tx: Transaction,
  access: Access,
  store: StoreRecord,
  at: Date,
): Promise<void> {
  const text = `insert into supply_stores (county_code, id, kind, name, division_code, organisation_id, parent_id, lead_days, review_days,
    safety_days, opened_on, closed_on, recorded_at, updated_at, recorded_by, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, 1)`
  await ask(tx, text, [access.county, ...valuesOf(store), at, access.actorId])
}

export async function updateStore(
  tx: Transaction,
  access: Access,
  store: StoreRecord,
  at: Date,
): Promise<void> {
  const text = `update supply_stores set (kind, name, division_code, organisation_id, parent_id, lead_days, review_days, safety_days, opened_on, closed_on)
    = ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12), updated_at = $13, version = version + 1 where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, ...valuesOf(store), at])
}

function valuesOf(store: StoreRecord): unknown[] {
  const { id, kind, name, divisionCode, organisationId, parentId } = store
  const { leadDays, reviewDays, safetyDays, openedOn, closedOn } = store
  return [
    ...[id, kind, name, divisionCode, organisationId, parentId],
    ...[leadDays, reviewDays, safetyDays, openedOn, closedOn],
  ]
}
