import type { MarriageCorrection, NewMarriage } from '@youyu/shared/population/marriages'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import type { Done } from '../effects.ts'
import { applyChange, lockPersons } from '../persons/queries-changes.ts'
import { ageOn } from '../persons/rules.ts'
import { toldChanges, type PersonState } from '../persons/state.ts'
import { countyDivision, widened } from '../widening.ts'
import { coursesOf, derivedOf } from './courses.ts'
import { endFact } from '../queries-facts.ts'
import * as queries from './queries.ts'
import type { KeptMarriage, KnownParty, MarriageFacts } from './queries.ts'
import type { Course } from './rules.ts'
import { deedOf, isInArea, maskingFor, toldEvent } from './telling.ts'

type Said = Omit<
  MarriageFacts,
  'orderA' | 'orderB' | 'ageA' | 'ageB' | 'sexA' | 'sexB' | 'divisionA' | 'divisionB' | 'findings'
>

/** Records a marriage event at its day; both parties become what their events, in the order of days, make them. */
export async function recordMarriageIn(
  tx: Transaction,
  access: Access,
  body: NewMarriage,
  at: Date,
): Promise<Done> {
  return await change(tx, access, { said: saidOf(body), former: null, reason: null, pointer: '', at })
}

export async function correctMarriageIn(
  tx: Transaction,
  access: Access,
  id: Id,
  { set, reason }: MarriageCorrection,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, id)
  const isOther = (set.partyB ?? null) !== null || (set.partyBName ?? null) !== null
  const said = saidOf({
    ...former,
    ...(isOther && { partyB: null, partyBName: null }),
    ...set,
  } as NewMarriage)
  return await change(tx, access, { said, former, reason, pointer: '/set', at })
}

export async function voidMarriageIn(
  tx: Transaction,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, id)
  return await change(tx, access, { said: null, former, reason, pointer: '', at })
}

async function standing(tx: Transaction, access: Access, id: Id): Promise<KeptMarriage> {
  const marriage = await queries.lockMarriage(tx, access, id)
  if (!marriage) throw new Refused('not-found')
  if (marriage.voidedAt) throw new Refused('conflict')
  return marriage
}

function saidOf(body: NewMarriage): Said {
  const { event, occurredOn, partyA } = body
  return {
    ...{ event, occurredOn, partyA },
    partyB: body.partyB ?? null,
    partyBName: body.partyBName ?? null,
    certificateNumber: body.certificateNumber ?? null,
    registryId: body.registryId ?? null,
  }
}

type Change = {
  said: Said | null
  former: KeptMarriage | null
  reason: string | null
  /** Where the fields stand in the body. */
  pointer: string
  at: Date
}

/** One event goes, one comes, or one takes the other's place; whatever follows from it follows at once. */
async function change(tx: Transaction, access: Access, asked: Change): Promise<Done> {
  const { said, former, reason, at } = asked
  const wide = await widened(tx, access, [countyDivision(access.county)])
  const named = [said?.partyA, said?.partyB, former?.partyA, former?.partyB].filter(
    (id) => typeof id === 'string',
  )
  // Read once they are held: what another officer records of them in the same moment belongs to it.
  const [, circle] = await Promise.all([
    lockPersons(tx, wide, named),
    queries.findCircle(tx, access.county, named),
  ])
  const spouse = said && spouseMeant(said, circle)
  const people = [...new Set([...named, ...(spouse?.partyB ? [spouse.partyB] : [])])]
  const everybody = [
    ...new Set([
      ...people,
      ...circle.flatMap(({ partyA, partyB }) => (partyB ? [partyA, partyB] : [partyA])),
    ]),
  ]
  const day = said?.occurredOn ?? former!.occurredOn
  const [states, known] = await Promise.all([
    lockPersons(tx, wide, people),
    queries.findParties(tx, access.county, everybody, day),
  ])
  const whole = said && { ...said, ...spouse }
  const added = whole && (await judged(tx, access, asked, whole, states, known))

  const before = coursesOf(circle, known)
  const after = [...circle.filter(({ id }) => id !== former?.id), ...(added ? [added] : [])]
  const courses = coursesOf(after, known)
  const restated = after.map((event) => ({ event, derived: derivedOf(event, courses) }))
  const own = restated.find(({ event }) => event === added)
  const changed = people.flatMap((id) => {
    const person = states.get(id)
    return person ? statusChange(person, before.get(id), courses.get(id)) : []
  })
  await Promise.all([
    former && endFact(tx, access, 'marriage_events', { id: former.id, reason: reason ?? '', at }),
    own &&
      queries.insertMarriage(tx, access, {
        id: own.event.id,
        said: { ...own.event, ...own.derived },
        replaces: former?.id ?? null,
        at,
      }),
    ...restated
      .filter(({ event, derived }) => event !== added && differs(event, derived))
      .map(({ event, derived }) => queries.restateMarriage(tx, access.county, event.id, derived)),
    ...changed.map(({ person, changes }) =>
      applyChange(tx, wide, { person, changes, kind: 'married', occurredOn: day, reason, at }),
    ),
    record(tx, access, deedOf(access, added ?? former!, former, reason), at),
  ])
  return {
    id: added?.id ?? former!.id,
    changes: [
      ...toldEvent(access, states, former, own ? { ...own.event, ...own.derived } : null),
      ...changed.flatMap(({ person, changes }) => toldChanges(maskingFor(access, person), person, changes)),
    ],
    findings: own?.derived.findings ?? [],
    posted: [],
  }
}

/** Who ends a marriage without naming the other means the spouse whom the events know. */
function spouseMeant(said: Said, circle: readonly KeptMarriage[]): Pick<Said, 'partyB' | 'partyBName'> {
  const { event, partyA, partyB, partyBName, occurredOn } = said
  if (event === 'MARRY' || event === 'REMARRY' || partyB || partyBName) return { partyB, partyBName }
  const earlier = circle.filter((kept) => kept.occurredOn <= occurredOn)
  const spouse = coursesOf(earlier, new Map()).get(partyA)?.spouse ?? null
  const isPerson = circle.some((kept) => kept.partyA === spouse || kept.partyB === spouse)
  return isPerson ? { partyB: spouse, partyBName: null } : { partyB: null, partyBName: spouse }
}

/** The event with what follows from its parties, after everything impossible was refused with its field. */
async function judged(
  tx: Transaction,
  access: Access,
  { said: asked, former, pointer, at }: Change,
  said: Said,
  states: ReadonlyMap<Id, PersonState>,
  known: ReadonlyMap<Id, KnownParty>,
): Promise<KeptMarriage> {
  const spouseKnown = asked?.partyB ? null : said.partyB
  const faults: WrongField[] = []
  const fault = (field: string, code: WrongField['code']) =>
    faults.push({ pointer: `${pointer}/${field}`, code })
  const reach = (id: Id | null) => {
    const person = id === null ? undefined : states.get(id)
    const isOld = id === former?.partyA || id === former?.partyB || id === spouseKnown
    return person && person.status !== 'MERGED' && (isOld || isInArea(access, person)) ? person : undefined
  }
  const [a, b] = [reach(said.partyA), reach(said.partyB)]
  if (!a) fault('partyA', 'not-found')
  if (said.partyB !== null && said.partyB === said.partyA) fault('partyB', 'same-person')
  else if (said.partyB !== null && !b) fault('partyB', 'not-found')
  if (said.partyB !== null && said.partyBName !== null) fault('partyBName', 'conflict')
  const isWedding = said.event === 'MARRY' || said.event === 'REMARRY'
  if (isWedding && said.partyB === null && said.partyBName === null) fault('partyB', 'required')
  if (said.registryId !== null && !(await queries.hasOrganisation(tx, said.registryId)))
    fault('registryId', 'not-found')
  const day = said.occurredOn
  if (
    day > todayOf(at) ||
    isBeforeOrAfterLife(day, a, said.partyA) ||
    isBeforeOrAfterLife(day, b, said.partyB)
  )
    fault('occurredOn', 'invalid-date')
  if (faults.length > 0 || !a) throw new Refused('invalid-request', { errors: faults })

  return {
    ...said,
    id: newId(at.getTime()),
    recordedAt: at,
    voidedAt: null,
    orderA: null,
    orderB: null,
    ageA: ageOn(a.birthDate, day),
    ageB: b ? ageOn(b.birthDate, day) : null,
    sexA: a.sex,
    sexB: b?.sex ?? null,
    divisionA: known.get(a.id)!.division,
    divisionB: b ? known.get(b.id)!.division : null,
    findings: [],
  }

  /** The one who is survived may have died: that is how the other was widowed. */
  function isBeforeOrAfterLife(on: CivilDate, person: PersonState | undefined, id: Id | null): boolean {
    if (!person) return false
    const diedOn = known.get(person.id)?.diedOn ?? null
    const isDead = diedOn !== null && diedOn < on && !(said.event === 'WIDOWED' && id === said.partyB)
    return on < person.birthDate || isDead
  }
}

/** Only what the events change: a status that was corrected by hand stays until an event says otherwise. */
function statusChange(person: PersonState, before: Course | undefined, after: Course | undefined) {
  const status = after?.status ?? null
  if ((before?.status ?? null) === status || person.maritalStatus === status) return []
  return [{ person, changes: { maritalStatus: status } }]
}

function differs(
  event: MarriageFacts,
  derived: Pick<MarriageFacts, 'orderA' | 'orderB' | 'findings'>,
): boolean {
  return (
    event.orderA !== derived.orderA ||
    event.orderB !== derived.orderB ||
    event.findings.join() !== derived.findings.join()
  )
}
