import type {
  changeHousehold,
  createHousehold,
  Household,
  HouseholdRow,
  listHouseholds,
} from '@youyu/shared/population/households'
import { maskDate, maskName } from '@youyu/shared/population/masking'
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
import { adjustCounts, findPlaces } from '../overview/queries.ts'
import { noChangeOf } from '../overview/rules.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { isRelationOdd } from '../persons/rules.ts'
import { applyRegrouping, joining, type Regrouping } from './members/service.ts'
import {
  findHousehold,
  insertHousehold,
  listMembers,
  lockHousehold,
  selectHouseholds,
  updateHousehold,
  type KeptHousehold,
} from './queries.ts'
import { findingsOfHousehold } from './rules.ts'

type Asked = z.output<(typeof listHouseholds)['schema']['querystring']>
type NewBody = z.output<(typeof createHousehold)['schema']['body']>
type Patch = z.output<(typeof changeHousehold)['schema']['body']>

export async function listAll(
  { db }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<HouseholdRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) =>
    selectHouseholds(tx, access, { ...filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownRow(row, access),
    (row) => [row.divisionCode, row.id],
  )
}

export async function readHousehold({ db, views }: Office, access: Access, id: string): Promise<Household> {
  const household = await reading(db, access, (tx) => shownHousehold(tx, access, id))
  views.note(access, { action: 'view', entity: 'household', entityId: id, division: household.division.code })
  return household
}

/** Opens a household; its head, if named, leaves the one she was in. */
export async function openHousehold(office: Office, access: Access, body: NewBody): Promise<Household> {
  const at = office.now()
  const { number, type, divisionCode, address = null, headPersonId = null } = body
  if (!covers(access.prefixes, divisionCode))
    throw new Refused('out-of-area', { errors: [{ pointer: '/divisionCode', code: 'out-of-area' }] })
  return await transaction(office.db, access, async (tx) => {
    const id = newId(at.getTime())
    const household = { id, number, type, divisionCode, address, headPersonId: null, version: 1 }
    const plan = headPersonId
      ? await joining(tx, access, {
          household,
          personId: headPersonId,
          relation: '0',
          on: todayOf(at),
          pointer: '/headPersonId',
          isDry: false,
        })
      : null
    const [known] = await Promise.all([
      findPlaces(tx, [divisionCode]),
      insertHousehold(tx, access, { ...household, headPersonId, source: sourceOf(access), at }),
      plan && applyRegrouping(tx, access, headOf(id, plan), null, at),
      adjustCounts(tx, access.county, [{ ...noChangeOf(divisionCode), households: 1 }], at),
      record(tx, access, { action: 'create', entity: 'household', entityId: id, division: divisionCode }, at),
    ])
    if (!known.has(divisionCode)) throw Refused.field('/divisionCode', 'unknown-division')
    return await shownHousehold(tx, access, id)
  })
}

/** A head who comes from no other household has been here nobody asked since when. */
function headOf(id: string, plan: Regrouping): Regrouping {
  const begun =
    plan.ended.length > 0 ? plan.begun : plan.begun.map((membership) => ({ ...membership, from: null }))
  return { ...plan, begun, households: plan.households.filter((each) => each.id !== id) }
}

export async function patchHousehold(
  office: Office,
  access: Access,
  id: string,
  version: number,
  patch: Patch,
): Promise<Household> {
  const at = office.now()
  const { divisionCode } = patch
  if (divisionCode && !covers(access.prefixes, divisionCode))
    throw new Refused('out-of-area', { errors: [{ pointer: '/divisionCode', code: 'out-of-area' }] })
  return await transaction(office.db, access, async (tx) => {
    const [household, known] = await Promise.all([
      lockHousehold(tx, access, id),
      findPlaces(tx, divisionCode ? [divisionCode] : []),
    ])
    if (!household) throw new Refused('not-found')
    assertVersion(version, household.version)
    if (divisionCode && !known.has(divisionCode)) throw Refused.field('/divisionCode', 'unknown-division')
    const changed = { ...household, ...patch } as typeof household
    await Promise.all([
      updateHousehold(tx, access, changed, at),
      adjustCounts(
        tx,
        access.county,
        [
          { ...noChangeOf(household.divisionCode), households: -1 },
          { ...noChangeOf(changed.divisionCode), households: 1 },
        ],
        at,
      ),
      record(
        tx,
        access,
        {
          action: 'change',
          entity: 'household',
          entityId: id,
          division: household.divisionCode,
          fields: Object.keys(patch),
        },
        at,
      ),
    ])
    return await shownHousehold(tx, access, id)
  })
}

function shownRow(row: KeptHousehold, access: Access): HouseholdRow {
  const headName = row.headName && !maySeePlainly(access) ? maskName(row.headName) : row.headName
  return {
    id: row.id,
    number: row.number,
    type: row.type,
    division: { code: row.divisionCode, name: row.divisionName ?? row.divisionCode },
    head: row.headId && headName ? { id: row.headId, name: headName } : null,
    members: row.members,
  }
}

/** A household as this reader may see it, its present members and those who left. */
export async function shownHousehold(tx: Transaction, access: Access, id: string): Promise<Household> {
  const [household, members] = await Promise.all([findHousehold(tx, access, id), listMembers(tx, access, id)])
  if (!household) throw new Refused('not-found')
  const isPlain = maySeePlainly(access)
  const present = members.filter(({ to }) => to === null)
  const headBirthDate = present.find(({ personId }) => personId === household.headId)?.birthDate ?? null
  const isOdd = present.some(({ relation, birthDate }) =>
    isRelationOdd({ relationToHead: relation, birthDate, headBirthDate }),
  )
  const hasHead = present.some(({ relation }) => relation === '0')
  return {
    ...shownRow(household, access),
    address: isPlain ? household.address : null,
    memberList: members.map((member) =>
      isPlain ? member : { ...member, name: maskName(member.name), birthDate: maskDate(member.birthDate) },
    ),
    findings: findingsOfHousehold(household.headId ?? (hasHead ? '' : null), household.members, isOdd),
    version: household.version,
  }
}
