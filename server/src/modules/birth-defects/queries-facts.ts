import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../access/access.ts'
import type { Transaction } from '../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../database/statements.ts'

/** Who a record of the chain is about: a woman, or a child. */
export type Named = { personName: string; personBirthDate: CivilDate }

export type Filter = {
  /** Column in camel case → value; undefined is not asked. */
  equal?: Record<string, unknown>
  /** Further conditions on `r`, with their values bound. */
  more?: (bound: Bound) => (string | false | undefined)[]
  voided?: boolean | undefined
  /** Records that other facilities of the chain made, too: of one person only. */
  ofChain?: boolean
  /** Order of the page, a column in camel case. */
  by: string
  isAscending?: boolean
  after: readonly [string, string] | null
  limit: number
}

/** The one door to a table of facts of care: what the facility recorded, and of one person what she lets it see. */
export function factsOf<Row extends { id: Id; facilityId: Id }>(
  table: PgTable,
  person: 'womanId' | 'childId',
) {
  const columns = getTableColumns(table)
  const name = getTableName(table)
  const column = (key: string): string => columns[key]!.name
  const shown = Object.entries(columns)
    .map(([key, { name: of }]) => `r.${of} as "${key}"`)
    .join(', ')
  const select = `select ${shown}, c.name as "personName", c.birth_date as "personBirthDate" from ${name} r
    cross join lateral app.client_of(r.county_code, r.${column(person)}) c`

  /** The first gate. */
  const ofFacility = (bound: Bound, access: Access) =>
    `r.county_code = ${bound.bind(access.county)} and r.facility_id = ${bound.bind(access.facility)}`
  const ofCounty = (bound: Bound, access: Access) => `r.county_code = ${bound.bind(access.county)}`

  return {
    async list(tx: Transaction, access: Access, filter: Filter): Promise<(Row & Named)[]> {
      const bound = new Bound()
      const conditions = [filter.ofChain ? ofCounty(bound, access) : ofFacility(bound, access)]
      if (!filter.voided) conditions.push('r.voided_at is null')
      for (const [key, value] of Object.entries(filter.equal ?? {}))
        if (value !== undefined) conditions.push(`r.${column(key)} = ${bound.bind(value)}`)
      for (const more of filter.more?.(bound) ?? []) if (more) conditions.push(more)
      const order = column(filter.by)
      const direction = filter.isAscending ? 'asc' : 'desc'
      if (filter.after)
        conditions.push(
          `(r.${order}, r.id) ${filter.isAscending ? '>' : '<'} (${bound.bind(filter.after[0])}::date, ${bound.bind(filter.after[1])}::uuid)`,
        )
      return await ask(
        tx,
        `${select} where ${conditions.join(' and ')} order by r.${order} ${direction}, r.id ${direction} limit ${pageLimit(filter.limit)}`,
        bound.values,
      )
    },

    /** Voided ones too; of another facility where it shares the chain. */
    async find(tx: Transaction, access: Access, id: Id): Promise<(Row & Named) | undefined> {
      const bound = new Bound()
      const [row] = await ask<Row & Named>(
        tx,
        `${select} where ${ofCounty(bound, access)} and r.id = ${bound.bind(id)}`,
        bound.values,
      )
      return row
    },

    /** Of the own facility and standing, held until the end of the transaction. */
    async lock(tx: Transaction, access: Access, id: Id): Promise<(Row & Named) | undefined> {
      const bound = new Bound()
      const [row] = await ask<Row & Named>(
        tx,
        `${select} where ${ofFacility(bound, access)} and r.id = ${bound.bind(id)} and r.voided_at is null for no key update of r`,
        bound.values,
      )
      return row
    },

    async insert(tx: Transaction, access: Access, row: Record<string, unknown>, at: Date): Promise<void> {
      const versioned = 'version' in columns ? { updatedAt: at, version: 1 } : {}
      await insertRow(tx, name, {
        countyCode: access.county,
        facilityId: access.facility,
        recordedAt: at,
        recordedBy: access.actorId,
        source: access.actorKind === 'client' ? 'API' : 'MANUAL',
        ...versioned,
        ...row,
      })
    },

    async update(
      tx: Transaction,
      access: Access,
      ids: Id | readonly Id[],
      set: Record<string, unknown>,
      at: Date,
    ): Promise<void> {
      const bound = new Bound()
      const which = typeof ids === 'string' ? `= ${bound.bind(ids)}` : `= any(${bound.bind(ids)}::uuid[])`
      const where = `county_code = ${bound.bind(access.county)} and id ${which} and facility_id = ${bound.bind(access.facility)}`
      const assignments = Object.entries(set).map(([key, value]) => `${column(key)} = ${bound.bind(value)}`)
      if ('version' in columns) assignments.push(`version = version + 1, updated_at = ${bound.bind(at)}`)
      await ask(tx, `update ${name} set ${assignments.join(', ')} where ${where}`, bound.values)
    },

    async void(
      tx: Transaction,
      access: Access,
      ids: Id | readonly Id[],
      reason: string,
      at: Date,
    ): Promise<void> {
      await this.update(tx, access, ids, { voidedAt: at, voidedBy: access.actorId, voidReason: reason }, at)
    },
  }
}

/** What every fact row carries beside its own. */
export type Kept = {
  id: Id
  facilityId: Id
  divisionCode: string
  recordedAt: Date
  source: string
  voidedAt: Date | null
  voidReason: string | null
  replaces: Id | null
}
