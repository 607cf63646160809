import type { NewParentage, ParentageCorrection } from '@youyu/shared/population/parentage'
import type { Id } from '@youyu/shared/values'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import type { Done } from '../effects.ts'
import { applyChange, lockPersons } from '../persons/queries-changes.ts'
import { placeInArea } from '../persons/service.ts'
import { differing, shownValue, toldChanges, type PersonState } from '../persons/state.ts'
import { countyDivision, widened } from '../widening.ts'
import { endFact } from '../queries-facts.ts'
import * as queries from './queries.ts'
import type { KeptParentage, ParentageFacts } from './queries.ts'
import { parentageFindings, parentsOf } from './rules.ts'

type Said = Omit<ParentageFacts, 'findings'> & { adultId: Id }

/** Records an adoption, step-parenthood or guardianship; the child's parents follow. */
export async function recordParentageIn(
  tx: Transaction,
  access: Access,
  body: NewParentage,
  at: Date,
): Promise<Done> {
  const said = { ...body, endedOn: body.endedOn ?? null, certificateNumber: body.certificateNumber ?? null }
  return await change(tx, access, { said, former: null, reason: null, pointer: '', at })
}

export async function correctParentageIn(
  tx: Transaction,
  access: Access,
  id: Id,
  { set, reason }: ParentageCorrection,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, id)
  return await change(tx, access, {
    said: { ...former, ...set } as Said,
    ...{ former, reason, pointer: '/set', at },
  })
}

export async function voidParentageIn(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, id)
  return await change(tx, access, { said: null, former, reason, pointer: '', at })
}

async function standing(tx: Transaction, access: Access, id: Id): Promise<KeptParentage> {
  const event = await queries.lockParentage(tx, access, id)
  if (!event) throw new Refused('not-found')
  if (event.voidedAt) throw new Refused('conflict')
  return event
}

type Change = {
  said: Said | null
  former: KeptParentage | null
  reason: string | null
  /** Where the fields stand in the body. */
  pointer: string
  at: Date
}

/** One event goes, one comes, or one takes the other's place; the child's parents are what the rest says. */
async function change(tx: Transaction, access: Access, asked: Change): Promise<Done> {
  const { said, former, reason, at } = asked
  const childId = (said ?? former!).childId
  const wide = await widened(tx, access, [countyDivision(access.county)])
  const people = [childId, said?.adultId, former?.adultId].filter((id) => typeof id === 'string')
  const [states, adoptions, born, deaths] = await Promise.all([
    lockPersons(tx, wide, [...new Set(people)]),
    queries.findAdoptions(tx, access.county, childId),
    queries.findBirthParents(tx, access.county, childId),
    queries.findDeathDays(tx, access.county, people),
  ])
  const whole = said && judged(access, asked, said, states, deaths)
  const id = newId(at.getTime())
  const today = todayOf(at)
  const left = adoptions.filter((adoption) => adoption.id !== former?.id)
  const adultSex = (said && states.get(said.adultId)?.sex) ?? '0'
  const after = whole && said ? [...left, { ...said, id, recordedAt: at, adultSex }] : left
  const [was, is] = [parentsOf(adoptions, born, today), parentsOf(after, born, today)]
  const child = states.get(childId)
  const changes = child
    ? differing(child, {
        ...(was.motherId !== is.motherId && { motherId: is.motherId }),
        ...(was.fatherId !== is.fatherId && { fatherId: is.fatherId }),
      })
    : {}
  await Promise.all([
    former && endFact(tx, access, 'parentage_events', { id: former.id, reason: reason ?? '', at }),
    whole && queries.insertParentage(tx, access, { id, said: whole, replaces: former?.id ?? null, at }),
    child &&
      Object.keys(changes).length > 0 &&
      applyChange(tx, wide, {
        ...{ person: child, changes, reason, at },
        kind: 'parentage',
        occurredOn: (whole ?? former!).occurredOn,
      }),
    record(tx, access, deedOf(access, child, former, id, reason), at),
  ])
  return {
    id: whole ? id : former!.id,
    changes: [
      ...toldEvent(access, child, former, whole && { ...whole, id }),
      ...(child
        ? toldChanges(isInArea(access, child) ? access : { ...access, clearance: 'L0' }, child, changes)
        : []),
    ],
    findings: whole?.findings ?? [],
    posted: [],
  }
}

/** The event with its findings, after everything impossible was refused with its field. */
function judged(
  access: Access,
  { former, pointer, at }: Change,
  said: Said,
  states: ReadonlyMap<Id, PersonState>,
  deaths: ReadonlyMap<Id, string>,
): ParentageFacts {
  const faults: WrongField[] = []
  const fault = (field: string, code: WrongField['code']) =>
    faults.push({ pointer: `${pointer}/${field}`, code })
  const reach = (id: Id) => {
    const person = states.get(id)
    const isOld = id === former?.childId || id === former?.adultId
    return person && person.status !== 'MERGED' && (isOld || isInArea(access, person)) ? person : undefined
  }
  const [child, adult] = [reach(said.childId), reach(said.adultId)]
  if (!child) fault('childId', 'not-found')
  if (said.adultId === said.childId) fault('adultId', 'same-person')
  else if (!adult) fault('adultId', 'not-found')
  const { occurredOn, endedOn, kind } = said
  const isOutsideLife = [child, adult].some(
    (person) =>
      person && (occurredOn < person.birthDate || occurredOn > (deaths.get(person.id) ?? '9999-12-31')),
  )
  if (occurredOn > todayOf(at) || isOutsideLife) fault('occurredOn', 'invalid-date')
  if (endedOn !== null && (endedOn < occurredOn || endedOn > todayOf(at))) fault('endedOn', 'invalid-date')
  if (faults.length > 0 || !child || !adult) throw new Refused('invalid-request', { errors: faults })
  const { childId, adultId, certificateNumber } = said
  const findings = parentageFindings(kind, child.birthDate, adult.birthDate)
  return { childId, adultId, kind, occurredOn, endedOn, certificateNumber, findings }
}

function isInArea(access: Access, { residenceDivision, hukouDivision }: PersonState): boolean {
  return covers(access.prefixes, residenceDivision) || covers(access.prefixes, hukouDivision)
}

function deedOf(
  access: Access,
  child: PersonState | undefined,
  former: KeptParentage | null,
  id: Id,
  reason: string | null,
) {
  return {
    action: former ? ('correct' as const) : ('create' as const),
    ...{ entity: 'parentage', entityId: former?.id ?? id },
    ...(child && { division: placeInArea(access, child) }),
    ...(reason !== null && { reason }),
  }
}

const toldFields = ['kind', 'occurredOn', 'endedOn', 'adultId', 'certificateNumber'] as const

function toldEvent(
  access: Access,
  child: PersonState | undefined,
  former: KeptParentage | null,
  said: (ParentageFacts & { id: Id }) | null,
): Done['changes'] {
  const label = (child && isInArea(access, child) && shownValue(access, 'name', child.name)) || ''
  const shown = (facts: ParentageFacts | null, field: (typeof toldFields)[number]) => {
    const value = facts?.[field] ?? null
    return field.endsWith('On') ? shownValue(access, 'date', value) : value
  }
  return toldFields
    .filter((field) => (former?.[field] ?? null) !== (said?.[field] ?? null))
    .map((field) => ({
      ...{ entity: 'event' as const, id: (said ?? former)!.id, label, field },
      ...{ before: shown(former, field), after: shown(said, field) },
    }))
}
