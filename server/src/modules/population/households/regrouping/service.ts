import type { addMember, changeHead, Household, splitHousehold } from '@youyu/shared/population/households'
import type { ChangePreview } from '@youyu/shared/population/persons'
import type { CivilDate } from '@youyu/shared/values'
import type { z } from 'zod'
import { covers, type Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { newId } from '../../../../crypto/ids.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { adjustCounts, findPlaces } from '../../overview/queries.ts'
import { noChangeOf } from '../../overview/rules.ts'
import { findStates, lockPersons, sourceOf } from '../../persons/queries-changes.ts'
import { findingsIn, toldChanges, type PersonState } from '../../persons/state.ts'
import { findPresentMembers, type Membership } from '../members/queries.ts'
import { applyRegrouping, belonging, joining, refuseDay, type Regrouping } from '../members/service.ts'
import { findHouseholdState, insertHousehold, lockHousehold, type LockedHousehold } from '../queries.ts'
import { relationToNewHead, type RelationCode } from '../rules.ts'
import { shownHousehold } from '../service.ts'

type Split = z.output<(typeof splitHousehold)['schema']['body']>
type Joining = z.output<(typeof addMember)['schema']['body']>
type NewHead = z.output<(typeof changeHead)['schema']['body']>
export type Deed = { id: string; version: number } & (
  { split: Split } | { join: Joining } | { head: NewHead }
)
type Planned = Regrouping & { founded: LockedHousehold | null; reason: string | null }

/** What a split, a transfer or a change of head would do. */
export async function previewDeed(office: Office, access: Access, deed: Deed): Promise<ChangePreview> {
  return await reading(office.db, access, async (tx) => {
    const { people, households, founded } = await planned(tx, office, access, deed, true)
    const numbers = new Map(
      [...households, ...(founded ? [founded] : [])].map(({ id, number }) => [id, number]),
    )
    const numberOf = (id: string | null) => (id === null ? null : (numbers.get(id) ?? id))
    const told = people.flatMap(({ person, changes }) => toldChanges(access, person, changes))
    const changes = told.map((each) =>
      each.field === 'householdId'
        ? { ...each, field: 'household', before: numberOf(each.before), after: numberOf(each.after) }
        : each,
    )
    const opened = founded && {
      entity: 'household' as const,
      id: founded.id,
      label: founded.number,
      field: 'number',
      before: null,
      after: founded.number,
    }
    const findings = people.flatMap(({ person, changes: own }) =>
      findingsIn({ findings: own.findings ?? person.findings }),
    )
    return { changes: opened ? [opened, ...changes] : changes, findings: [...new Set(findings)] }
  })
}

export async function applyDeed(office: Office, access: Access, deed: Deed): Promise<Household> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const plan = await planned(tx, office, access, deed, false)
    const { founded, reason } = plan
    await Promise.all([
      founded && insertHousehold(tx, access, { ...founded, source: sourceOf(access), at }),
      applyRegrouping(tx, access, plan, reason, at),
      founded &&
        adjustCounts(tx, access.county, [{ ...noChangeOf(founded.divisionCode), households: 1 }], at),
      record(
        tx,
        access,
        {
          action: 'change',
          entity: 'household',
          entityId: deed.id,
          fields: ['members'],
          ...(reason && { reason }),
        },
        at,
      ),
    ])
    return await shownHousehold(tx, access, founded?.id ?? deed.id)
  })
}

async function planned(
  tx: Transaction,
  office: Office,
  access: Access,
  deed: Deed,
  isDry: boolean,
): Promise<Planned> {
  const today = todayOf(office.now())
  const household = await (isDry ? findHouseholdState : lockHousehold)(tx, access, deed.id)
  if (!household) throw new Refused('not-found')
  assertVersion(deed.version, household.version)
  if ('join' in deed) {
    const { personId, relation, on, reason = null } = deed.join
    refuseDay(on, today, [])
    return {
      ...(await joining(tx, access, { household, personId, relation, on, pointer: '/personId', isDry })),
      founded: null,
      reason,
    }
  }
  const members = await findPresentMembers(tx, access, deed.id)
  const states = await (isDry ? findStates : lockPersons)(
    tx,
    access,
    members.map(({ personId }) => personId),
  )
  if (members.some(({ personId }) => !states.has(personId))) throw new Refused('out-of-area')
  if ('split' in deed) return await split(tx, access, { household, members, states, body: deed.split, today })
  return newHead({ household, members, states, body: deed.head, today })
}

type Around<Body> = {
  household: LockedHousehold
  members: Membership[]
  states: Map<string, PersonState>
  body: Body
  today: CivilDate
}

/** Members leave to found a household; one of them is its head, and the old one keeps its own. */
async function split(
  tx: Transaction,
  access: Access,
  { household, members, states, body, today }: Around<Split>,
): Promise<Planned> {
  const { number, divisionCode = household.divisionCode, on, reason = null } = body
  if (!covers(access.prefixes, divisionCode))
    throw new Refused('out-of-area', { errors: [{ pointer: '/divisionCode', code: 'out-of-area' }] })
  if (!(await findPlaces(tx, [divisionCode])).has(divisionCode))
    throw Refused.field('/divisionCode', 'unknown-division')
  const leaving = body.members.map(({ personId }, index) =>
    memberOf(members, personId, `/members/${index}/personId`),
  )
  const head = body.members.find(({ relation }) => relation === '0')
  const isTwice = new Set(leaving).size < leaving.length
  if (!head || isTwice || body.members.filter(({ relation }) => relation === '0').length > 1)
    throw Refused.field('/members', 'invalid-value')
  refuseDay(on, today, leaving)
  const hasHeadLeft = leaving.some(({ personId }) => personId === household.headPersonId)
  if (hasHeadLeft && leaving.length < members.length) throw new Refused('head-must-remain')
  const founded: LockedHousehold = {
    ...{ id: newId(), number, divisionCode, address: null, headPersonId: head.personId, version: 1 },
    type: leaving.length === 1 ? 'SINGLE' : 'FAMILY',
  }
  const headBirthDate = (states.get(head.personId) as PersonState).birthDate
  return {
    ...{ on, reason, founded, ended: leaving },
    begun: body.members.map(({ personId, relation }) => ({
      householdId: founded.id,
      personId,
      relation,
      from: on,
    })),
    people: body.members.map(({ personId, relation }) => {
      const person = states.get(personId) as PersonState
      return { person, changes: belonging(person, founded.id, relation, headBirthDate) }
    }),
    households: [{ ...household, headPersonId: hasHeadLeft ? null : household.headPersonId }],
  }
}

/** Another member becomes head; what the others are to her is said, or follows from what they were. */
function newHead({ household, members, states, body, today }: Around<NewHead>): Planned {
  const head = memberOf(members, body.personId, '/personId')
  const stated = new Map<string, RelationCode>()
  body.relations.forEach(({ personId, relation }, index) => {
    memberOf(members, personId, `/relations/${index}/personId`)
    if ((relation === '0') !== (personId === head.personId))
      throw Refused.field(`/relations/${index}/relation`, 'invalid-value')
    stated.set(personId, relation)
  })
  if (head.relation === '0' && household.headPersonId === head.personId && stated.size === 0)
    throw new Refused('conflict')
  const restated = members.map((member) => ({ member, relation: relationOf(member) }))
  const changed = restated.filter(({ member, relation }) => relation !== member.relation)
  refuseDay(
    body.on,
    today,
    changed.map(({ member }) => member),
  )
  const headBirthDate = (states.get(head.personId) as PersonState).birthDate
  return {
    ...{ on: body.on, reason: body.reason ?? null, founded: null },
    ended: changed.map(({ member }) => member),
    begun: changed.map(({ member, relation }) => ({
      householdId: household.id,
      personId: member.personId,
      relation,
      from: body.on,
    })),
    people: changed.map(({ member, relation }) => {
      const person = states.get(member.personId) as PersonState
      return {
        person,
        changes: belonging(person, household.id, relation, relation === '0' ? null : headBirthDate),
      }
    }),
    households: [{ ...household, headPersonId: head.personId }],
  }

  function relationOf({ personId, relation }: Membership): RelationCode {
    if (personId === head.personId) return '0'
    const { sex } = states.get(personId) as PersonState
    const hasOldHead = head.relation !== '0' && members.some((member) => member.relation === '0')
    return (
      stated.get(personId) ??
      (hasOldHead ? relationToNewHead(head.relation, relation, sex) : relation === '0' ? '8' : relation)
    )
  }
}

function memberOf(members: readonly Membership[], personId: string, pointer: string): Membership {
  const member = members.find((each) => each.personId === personId)
  if (!member) throw new Refused('not-a-member', { errors: [{ pointer, code: 'not-a-member' }] })
  return member
}
