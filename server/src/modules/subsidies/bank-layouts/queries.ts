import type { LayoutDefinition } from '@youyu/shared/subsidies/bank-layouts'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, insertRow } from '../../../database/statements.ts'

export type LayoutRecord = {
  id: Id
  ownerCounty: number
  code: string
  version: number
  name: string
  state: 'DRAFT' | 'ACTIVE' | 'RETIRED'
  definition: LayoutDefinition
  madeAt: Date
  madeById: Id | null
  madeBy: string | null
  activatedAt: Date | null
}

const columns = `l.id, l.owner_county as "ownerCounty", l.code, l.version, l.name, l.state, l.definition, l.made_at as "madeAt",
  l.made_by as "madeById", u.display_name as "madeBy", l.activated_at as "activatedAt"`

export async function selectLayouts(tx: Transaction, access: Access): Promise<LayoutRecord[]> {
  return await ask(
    tx,
    `select ${columns} from bank_layouts l left join users u on u.id = l.made_by
     where l.owner_county in (0, $1) order by l.code, l.owner_county desc, l.version desc`,
    [access.county],
  )
}

export async function findLayout(tx: Transaction, access: Access, id: Id): Promise<LayoutRecord | undefined> {
  const [row] = await ask<LayoutRecord>(
    tx,
    `select ${columns} from bank_layouts l left join users u on u.id = l.made_by where l.owner_county in (0, $1) and l.id = $2`,
    [access.county, id],
  )
  return row
}

/** The layout in use under a code: the county's own before the one of all. */
export async function layoutInUse(
  tx: Transaction,
  access: Access,
  code: string,
): Promise<LayoutRecord | undefined> {
  const [row] = await ask<LayoutRecord>(
    tx,
    `select ${columns} from bank_layouts l left join users u on u.id = l.made_by
     where l.owner_county in (0, $1) and l.code = $2 and l.state = 'ACTIVE' order by l.owner_county desc limit 1`,
    [access.county, code],
  )
  return row
}

export async function nextVersion(tx: Transaction, access: Access, code: string): Promise<number> {
  const [row] = await ask<{ last: number }>(
    tx,
    'select coalesce(max(version), 0)::int as last from bank_layouts where owner_county = $1 and code = $2',
    [access.county, code],
  )
  return row!.last + 1
}

export async function insertLayout(tx: Transaction, row: Readonly<Record<string, unknown>>): Promise<void> {
  await insertRow(tx, 'bank_layouts', row)
}

export async function activate(
  tx: Transaction,
  access: Access,
  layout: LayoutRecord,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `update bank_layouts set state = 'RETIRED' where owner_county = $1 and code = $2 and state = 'ACTIVE'`,
    [access.county, layout.code],
  )
  await ask(
    tx,
    `update bank_layouts set state = 'ACTIVE', activated_by = $3, activated_at = $4 where owner_county = $1 and id = $2`,
    [access.county, layout.id, access.actorId, at],
  )
}
