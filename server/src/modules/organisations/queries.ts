import { and, asc, eq, gt, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Organisation, OrganisationType } from '@youyu/shared/organisations'
import { prefixOf, rangeOf, type DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../access/access.ts'
import type { Statements, Transaction } from '../../database/connect.ts'
import { divisions } from '../divisions/tables.ts'
import { organisations } from './tables.ts'

const parents = alias(organisations, 'parents')

/** The organisations of an area and those above it: a village sees its township's and its county's. */
function inSight({ prefixes }: Pick<Access, 'prefixes'>): SQL {
  const sights = prefixes.flatMap((prefix) => {
    const above = [2, 4, 6, 9]
      .filter((length) => length < prefix.length)
      .map((length) => prefix.slice(0, length).padEnd(12, '0'))
    const within = inRange(prefix)
    return above.length > 0 ? [within, inArray(organisations.divisionCode, above)] : [within]
  })
  return or(...sights) ?? sql`false`
}

function inRange(prefix: string): SQL {
  const { lo, hi } = rangeOf(prefix)
  return and(gte(organisations.divisionCode, lo), lt(organisations.divisionCode, hi))!
}

const shown = {
  id: organisations.id,
  code: organisations.code,
  type: organisations.type,
  name: organisations.name,
  creditCode: organisations.creditCode,
  divisionCode: organisations.divisionCode,
  parentId: organisations.parentId,
  licenceNumber: organisations.licenceNumber,
  licenceValidUntil: organisations.licenceValidUntil,
  midwiferyLicence: organisations.midwiferyLicence,
  familyPlanningLicence: organisations.familyPlanningLicence,
  digitised: organisations.digitised,
  status: organisations.status,
  version: organisations.version,
  divisionName: sql<string>`coalesce((select ${divisions.name} from ${divisions} where ${divisions.code} = ${organisations.divisionCode}
    order by ${divisions.validFrom} desc limit 1), '')`,
  parentName: parents.name,
  staff: sql<number>`(select count(*) from users where users.organisation_id = ${organisations.id} and users.status = 'active')::int`,
}

type Wanted = {
  q?: string | undefined
  type?: OrganisationType | undefined
  division?: DivisionCode | undefined
  status?: 'active' | 'closed' | undefined
  after: readonly [string, string] | null
  limit: number
}

/** In order of place. */
export async function listOrganisations(
  db: Statements,
  access: Access,
  { q, type, division, status, after, limit }: Wanted,
): Promise<Organisation[]> {
  return await db
    .select(shown)
    .from(organisations)
    .leftJoin(parents, eq(parents.id, organisations.parentId))
    .where(
      and(
        inSight(access),
        q === undefined
          ? undefined
          : sql`(position(${q} in ${organisations.name}) > 0 or starts_with(${organisations.code}, ${q}))`,
        type && eq(organisations.type, type),
        division === undefined ? undefined : inRange(prefixOf(division)),
        status && eq(organisations.status, status),
        after
          ? or(
              gt(organisations.divisionCode, after[0]),
              and(eq(organisations.divisionCode, after[0]), gt(organisations.id, after[1])),
            )
          : undefined,
      ),
    )
    .orderBy(asc(organisations.divisionCode), asc(organisations.id))
    .limit(limit + 1)
}

export async function findOrganisation(
  db: Statements,
  access: Pick<Access, 'prefixes'>,
  id: string,
): Promise<Organisation | undefined> {
  const [found] = await db
    .select(shown)
    .from(organisations)
    .leftJoin(parents, eq(parents.id, organisations.parentId))
    .where(and(inSight(access), eq(organisations.id, id)))
  return found
}

type OrganisationValues = Omit<
  typeof organisations.$inferInsert,
  'id' | 'version' | 'recordedAt' | 'updatedAt'
>
type Changed = { [Field in keyof OrganisationValues]?: OrganisationValues[Field] | undefined }

export async function insertOrganisation(
  tx: Transaction,
  id: string,
  values: OrganisationValues,
  now: Date,
): Promise<void> {
  await tx.insert(organisations).values({ ...values, id, version: 1, recordedAt: now, updatedAt: now })
}

/** Whether the organisation stood at the expected version and was changed. */
export async function updateOrganisation(
  tx: Transaction,
  id: string,
  version: number,
  set: Changed,
  now: Date,
): Promise<boolean> {
  const changed = await tx
    .update(organisations)
    .set({ ...(set as Partial<OrganisationValues>), version: version + 1, updatedAt: now })
    .where(and(eq(organisations.id, id), eq(organisations.version, version)))
    .returning({ id: organisations.id })
  return changed.length > 0
}

/** An organisation and all above it, so that no parent comes under its own child. */
export async function selfAndParents(tx: Transaction, id: string): Promise<string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive upward as (
      select id, parent_id from organisations where id = ${id}
      union
      select o.id, o.parent_id from upward u join organisations o on o.id = u.parent_id
    )
    select id from upward`)
  return rows.map((row) => row.id)
}

/** Two changes of the tree wait for each other, so that together they make no circle. */
export async function lockTree(tx: Transaction): Promise<void> {
  await tx.execute(sql`select id from organisations order by id for update`)
}
