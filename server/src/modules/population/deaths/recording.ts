import type { DeathCorrection, NewDeath } from '@youyu/shared/population/deaths'
import type { Sex } from '@youyu/shared/population/value-sets'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import { postPeople } from '../book/index.ts'
import type { Done } from '../effects.ts'
import { applyChange, lockPersons } from '../persons/queries-changes.ts'
import { placeInArea } from '../persons/service.ts'
import { differing, shownValue, toldChanges, type PersonState } from '../persons/state.ts'
import { endFact } from '../queries-facts.ts'
import * as queries from './queries.ts'
import { ageDays, deathFaults, deathFindings } from './rules.ts'

type Said = Omit<NewDeath, 'causeIcd10' | 'personId'>

/** A death becomes a fact at its true day, and the person is among the living no more. */
export async function recordDeathIn(
  tx: Transaction,
  office: Office,
  access: Access,
  { personId, causeIcd10, ...said }: NewDeath,
  at: Date,
): Promise<Done> {
  const [states, around] = await Promise.all([
    lockPersons(tx, access, [personId]),
    queries.findAround(tx, access, personId, said.occurredOn),
  ])
  const person = states.get(personId)
  if (!person || ['MERGED', 'ARCHIVED'].includes(person.status)) throw Refused.field('/personId', 'not-found')
  if (around.deathId) throw Refused.field('/personId', 'already-exists')
  const id = newId(at.getTime())
  const after = { ...person, status: 'DECEASED' }
  const facts = {
    ...factsOf(after, around, said, { today: todayOf(at), knownOn: todayOf(at), pointer: '' }),
    causeCipher: causeIcd10
      ? office.ciphers.causeOfDeath.encipher(causeIcd10, { county: access.county, id })
      : null,
  }
  const changes = differing(person, { status: 'DECEASED' })
  const { occurredOn } = said
  const [, , , posted] = await Promise.all([
    queries.insertDeath(tx, access, { id, facts, replaces: null, at }),
    applyChange(tx, access, { person, changes, kind: 'died', occurredOn, at }),
    record(tx, access, deedOf(access, 'create', id, facts), at),
    postPeople(tx, access, [personId], at),
  ])
  const told = { ...toldOf(access, id, person), field: 'death', before: null, after: shownDay(access, facts) }
  return { id, changes: [told, ...toldChanges(access, person, changes)], findings: facts.findings, posted }
}

/** Voids a death with the reason and appends its replacement; the cause moves along, enciphered for its new row. */
export async function correctDeathIn(
  tx: Transaction,
  office: Office,
  access: Access,
  deathId: Id,
  { set, reason }: DeathCorrection,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, deathId)
  const { causeIcd10, ...plain } = set
  const said = { ...former, ...plain } as Said
  const [states, around] = await Promise.all([
    lockPersons(tx, access, [former.personId]),
    queries.findAround(tx, access, former.personId, said.occurredOn),
  ])
  const person = states.get(former.personId)
  if (!person) throw new Refused('out-of-area')
  const id = newId(at.getTime())
  const cause = causeIcd10 === undefined ? causeOf(office, access, former) : causeIcd10
  const judging = { today: todayOf(at), knownOn: todayOf(former.firstKnownAt), pointer: '/set' } as const
  const facts = {
    ...factsOf(person, around, said, judging),
    causeCipher: cause ? office.ciphers.causeOfDeath.encipher(cause, { county: access.county, id }) : null,
  }
  const [, , , posted] = await Promise.all([
    endFact(tx, access, 'deaths', { id: deathId, reason, at }),
    queries.insertDeath(tx, access, { id, facts, replaces: deathId, at }),
    record(
      tx,
      access,
      { ...deedOf(access, 'correct', deathId, former), fields: Object.keys(set), reason },
      at,
    ),
    postPeople(tx, access, [person.id], at),
  ])
  const fields = [
    'occurredOn',
    'place',
    'certificateNumber',
    'maternal',
    'reporter',
    'divisionCode',
    'hukouDivision',
  ] as const
  const changes = fields
    .filter((field) => former[field] !== facts[field])
    .map((field) => ({
      ...{ ...toldOf(access, deathId, person), field },
      ...{ before: shownOf(access, field, former[field]), after: shownOf(access, field, facts[field]) },
    }))
  return { id, changes, findings: facts.findings, posted }
}

/** Voids a death that did not happen: the person is again what she was. */
export async function voidDeathIn(
  tx: Transaction,
  access: Access,
  deathId: Id,
  { reason }: { reason: string },
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, deathId)
  const person = (await lockPersons(tx, access, [former.personId])).get(former.personId)
  if (!person) throw new Refused('out-of-area')
  const ended = await queries.endDeceased(tx, access, person.id, reason, at)
  const changes = person.status === 'DECEASED' ? differing(person, { status: ended?.status ?? 'ACTIVE' }) : {}
  const [, , , posted] = await Promise.all([
    endFact(tx, access, 'deaths', { id: deathId, reason, at }),
    Object.keys(changes).length > 0 &&
      applyChange(tx, access, {
        person,
        changes,
        kind: 'corrected',
        reason,
        replaces: ended?.id ?? null,
        at,
      }),
    record(tx, access, { ...deedOf(access, 'correct', deathId, former), reason }, at),
    postPeople(tx, access, [person.id], at),
  ])
  const told = {
    ...toldOf(access, deathId, person),
    field: 'death',
    before: shownDay(access, former),
    after: null,
  }
  return { id: deathId, changes: [told, ...toldChanges(access, person, changes)], findings: [], posted }
}

type Judging = { today: string; knownOn: string; pointer: '' | '/set' }

/** A death with all that follows from the person's record; what cannot be is refused with its field. */
function factsOf(
  person: PersonState,
  around: queries.DyingPerson,
  said: Said,
  { today, knownOn, pointer }: Judging,
): Omit<queries.DeathFacts, 'causeCipher'> {
  const { occurredOn, maternal } = said
  const { birthDate, sex, status } = person
  const faults: WrongField[] = deathFaults({ occurredOn, birthDate, sex, maternal, today })
  if (faults.length > 0)
    throw new Refused('invalid-request', {
      errors: faults.map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer}` })),
    })
  return {
    personId: person.id,
    occurredOn,
    place: said.place,
    certificateNumber: said.certificateNumber ?? null,
    maternal,
    reporter: said.reporter,
    sex: sex as Sex,
    birthDate,
    ageDays: ageDays(birthDate, occurredOn),
    divisionCode: around.residence,
    hukouDivision: around.hukou,
    findings: deathFindings({ ...around, occurredOn, birthDate, status, knownOn }),
  }
}

export function causeOf(
  { ciphers }: Office,
  { county }: Access,
  { id, causeCipher }: { id: Id; causeCipher: Buffer | null },
): string | null {
  return causeCipher && ciphers.causeOfDeath.decipher(causeCipher, { county, id })
}

async function standing(tx: Transaction, access: Access, id: Id): Promise<queries.StandingDeath> {
  const death = await queries.lockDeath(tx, access, id)
  if (!death) throw new Refused('not-found')
  if (death.voidedAt) throw new Refused('conflict')
  return death
}

type Counted = Pick<queries.DeathFacts, 'divisionCode' | 'hukouDivision'>

function deedOf(
  access: Access,
  action: 'create' | 'correct',
  entityId: Id,
  { divisionCode, hukouDivision }: Counted,
) {
  const division = placeInArea(access, { residenceDivision: divisionCode, hukouDivision })
  return { action, entity: 'death', entityId, division } as const
}

function toldOf(access: Access, id: Id, person: PersonState) {
  return { entity: 'event' as const, id, label: shownValue(access, 'name', person.name) ?? '' }
}

function shownDay(access: Access, { occurredOn, divisionCode }: Counted & { occurredOn: string }): string {
  return `${shownValue(access, 'date', occurredOn)} ${divisionCode}`
}

function shownOf(access: Access, field: string, value: string | null): string | null {
  return field === 'occurredOn' ? shownValue(access, 'date', value) : value
}
