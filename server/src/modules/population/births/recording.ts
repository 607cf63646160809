import type { NewBirth } from '@youyu/shared/population/births'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import { linkRegistrations } from '../birth-registrations/index.ts'
import { followChange, postPeople } from '../book/index.ts'
import type { Done } from '../effects.ts'
import { documentNumber, identityFaults } from '../persons/rules.ts'
import { placeInArea } from '../persons/service.ts'
import { shownValue } from '../persons/state.ts'
import { deliverPregnancy } from '../pregnancies/index.ts'
import { judgeBirth, type JudgedBirth, type SaidOfBirth } from './judging.ts'
import { childFollows } from './child.ts'
import { registerNewborn } from './newborn.ts'
import { insertBirth, type BirthFacts, type ReadBirth } from './queries.ts'

/** What is recorded, once it is: and for a newborn the answer, which is known while her statements are still under way. */
export type Recording = { done: Promise<Done>; birth: ReadBirth | null }

/** A birth becomes a fact; its child is registered with it, or her record follows it. Its last write is the book's. */
export async function recordBirthIn(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewBirth,
  at: Date,
): Promise<Recording> {
  const today = todayOf(at)
  refuse(childFaults(body, today))
  const judged = await judgeBirth(tx, access, saidOf(body), { today, knownOn: today, selfId: null, at: '' })
  const { facts } = judged
  const id = newId(at.getTime())
  const deed = {
    action: 'create',
    entity: 'birth',
    entityId: id,
    division: placeInArea(access, {
      residenceDivision: facts.divisionCode,
      hukouDivision: facts.hukouDivision,
    }),
  } as const
  const told = toldBirth(access, id, judged)
  const announced = () => announcements(tx, access, id, facts, told.label, at)

  if (judged.child) {
    const child = await childFollows(tx, office, access, { judged, former: null, reason: null, at })
    const [linked] = await Promise.all([
      announced(),
      insertBirth(tx, access, { id, facts, replaces: null, at }),
      record(tx, access, deed, at),
    ])
    const posted = await postPeople(tx, access, [judged.child.id], at)
    const findings = union(facts.findings, child.findings)
    return {
      done: Promise.resolve({ id, changes: [told, ...child.changes, ...linked], findings, posted }),
      birth: null,
    }
  }
  if (facts.outcome === 'LIVE') {
    const { birth, registered } = registerNewborn(tx, office, access, { id, body, judged, deed, at })
    const parents = [facts.motherId, facts.fatherId].filter((parent) => parent !== null)
    const followed = followChange(tx, access, parents, at)
    const done = Promise.all([announced(), registered, followed]).then(
      ([linked, { changes, findings, posted }]) => ({
        id,
        changes: [told, ...changes, ...linked],
        findings: union(facts.findings, findings),
        posted,
      }),
    )
    return { done, birth }
  }
  const inserted = insertBirth(tx, access, { id, facts, replaces: null, at })
  const done = Promise.all([announced(), inserted, record(tx, access, deed, at)]).then(([linked]) => ({
    ...{ id, changes: [told, ...linked], findings: facts.findings, posted: [] },
  }))
  return { done, birth: null }
}

/** What announced the birth is joined with it: the pregnancy it names, registrations of a child born alive. */
async function announcements(
  tx: Transaction,
  access: Access,
  id: Id,
  { pregnancyId, motherId, fatherId, occurredOn, outcome }: BirthFacts,
  label: string,
  at: Date,
): Promise<Done['changes']> {
  const joined = await Promise.all([
    deliverPregnancy(tx, access, { pregnancyId, occurredOn, label }, at),
    outcome === 'LIVE' ? linkRegistrations(tx, access, { id, motherId, fatherId, occurredOn }, at) : [],
  ])
  return joined.flat()
}

export function union(...findings: readonly (readonly string[])[]): string[] {
  return [...new Set(findings.flat())]
}

function toldBirth(access: Access, id: Id, { facts, child, mother }: JudgedBirth) {
  const label = shownValue(access, 'name', child?.name ?? mother?.name ?? '') ?? ''
  const after = `${shownValue(access, 'birthDate', facts.occurredOn)} ${facts.outcome} ${facts.divisionCode}`
  return { entity: 'event' as const, id, label, field: 'birth', before: null, after }
}

function refuse(faults: WrongField[]): void {
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
}

/** A live birth has one child, others have none; the number of a new one is sound. */
function childFaults({ outcome, child, childId, occurredOn }: NewBirth, today: CivilDate): WrongField[] {
  if (outcome !== 'LIVE') {
    if (childId) return [{ pointer: '/childId', code: 'invalid-value' }]
    return child ? [{ pointer: '/child', code: 'invalid-value' }] : []
  }
  if (childId && child) return [{ pointer: '/child', code: 'conflict' }]
  if (!childId && !child) return [{ pointer: '/child', code: 'required' }]
  if (!child?.idNumber || occurredOn > today) return []
  const idNumber = documentNumber('01', child.idNumber)
  return identityFaults({ idType: '01', idNumber, birthDate: occurredOn, today }).map((fault) => ({
    ...fault,
    pointer: `/child${fault.pointer}`,
  }))
}

export function gestationDaysOf(gestation: NewBirth['gestation']): number | null {
  return gestation ? gestation.weeks * 7 + gestation.days : null
}

function saidOf(body: NewBirth): SaidOfBirth {
  return {
    outcome: body.outcome,
    childId: body.childId ?? null,
    motherId: body.motherId ?? null,
    fatherId: body.fatherId ?? null,
    pregnancyId: body.pregnancyId ?? null,
    occurredOn: body.occurredOn,
    occurredAt: body.occurredAt ?? null,
    sex: body.sex,
    plurality: body.plurality,
    sequence: body.sequence,
    orderOfMother: body.orderOfMother ?? undefined,
    gestationDays: gestationDaysOf(body.gestation),
    weightGrams: body.weightGrams ?? null,
    lengthMillimetres: body.lengthMillimetres ?? null,
    apgar1: body.apgar1 ?? null,
    apgar5: body.apgar5 ?? null,
    apgar10: body.apgar10 ?? null,
    delivery: body.delivery ?? null,
    place: body.place,
    facilityId: body.facilityId ?? null,
    certificateNumber: body.certificateNumber ?? null,
    certificateIssuedOn: body.certificateIssuedOn ?? null,
    certificateType: body.certificateType ?? null,
    hukouRegisteredOn: body.hukouRegisteredOn ?? null,
    hepatitisBOn: body.hepatitisBOn ?? null,
    divisionCode: body.divisionCode,
    hukouDivision: body.hukouDivision,
    registers: body.registers ?? [],
  }
}
