import type { NewBirth } from '@youyu/shared/population/births'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record, type Deed } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused, type WrongField } from '../../../refused.ts'
import { linkRegistrations } from '../birth-registrations/index.ts'
import { postPeople } from '../book/index.ts'
import type { Done } from '../effects.ts'
import { documentNumber, identityFaults } from '../persons/rules.ts'
import { placeInArea } from '../persons/service.ts'
import { shownValue } from '../persons/state.ts'
import { deliverPregnancy } from '../pregnancies/index.ts'
import { judgeBirth, type JudgedBirth, type SaidOfBirth } from './judging.ts'
import { childFollows } from './child.ts'
import { registerNewborn } from './newborn.ts'
import { insertBirth, type ReadBirth } from './queries.ts'

/** Born alive and not registered yet. */
export const isOfNewborn = ({ outcome, childId }: NewBirth): boolean => outcome === 'LIVE' && !childId

/** A birth becomes a fact; its child is registered with it, or her record follows it. Its last write is the book's. */
export async function recordBirthIn(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewBirth,
  at: Date,
): Promise<Done> {
  if (isOfNewborn(body)) return await (await recordNewbornIn(tx, office, access, body, at)).done
  const judging = await judgedToRecord(tx, access, body, at)
  const { id, judged, deed, told } = judging
  const child =
    judged.child && (await childFollows(tx, office, access, { judged, former: null, reason: null, at }))
  const [linked] = await Promise.all([
    announcements(tx, access, judging, at),
    insertBirth(tx, access, { id, facts: judged.facts, replaces: null, at }),
    record(tx, access, deed, at),
  ])
  return {
    id,
    changes: [told, ...(child?.changes ?? []), ...linked],
    findings: union(judged.facts.findings, child?.findings ?? []),
    posted: judged.child ? await postPeople(tx, access, [judged.child.id], at) : [],
  }
}

/** The same of a child who is registered with it, with what will be read of the birth, known while it has yet to leave. */
export async function recordNewbornIn(
  tx: Asking,
  office: Office,
  access: Access,
  body: NewBirth,
  at: Date,
): Promise<{ birth: ReadBirth; done: Promise<Done> }> {
  const judging = await judgedToRecord(tx, access, body, at)
  const { id, judged, deed, told } = judging
  const { birth, registered } = registerNewborn(tx, office, access, { id, body, judged, deed, at })
  const done = Promise.all([delivered(tx, access, judging, at), registered]).then(
    ([pregnancy, { changes, findings, posted }]) => ({
      id,
      changes: [told, ...changes, ...pregnancy],
      findings: union(judged.facts.findings, findings),
      posted,
    }),
  )
  return { birth, done }
}

type Judging = { id: Id; judged: JudgedBirth; deed: Deed; told: ReturnType<typeof toldBirth> }

async function judgedToRecord(tx: Asking, access: Access, body: NewBirth, at: Date): Promise<Judging> {
  const today = todayOf(at)
  refuse(childFaults(body, today))
  const judged = await judgeBirth(tx, access, saidOf(body), { today, knownOn: today, selfId: null, at: '' })
  const { divisionCode: residenceDivision, hukouDivision } = judged.facts
  const id = newId(at.getTime())
  const division = placeInArea(access, { residenceDivision, hukouDivision })
  const deed = { action: 'create', entity: 'birth', entityId: id, division } as const
  return { id, judged, deed, told: toldBirth(access, id, judged) }
}

/** What announced the birth is joined with it: the pregnancy it names, registrations of a child born alive. */
async function announcements(
  tx: Asking,
  access: Access,
  judging: Judging,
  at: Date,
): Promise<Done['changes']> {
  const { motherId, fatherId, occurredOn, outcome } = judging.judged.facts
  const birth = { id: judging.id, motherId, fatherId, occurredOn }
  const joined = await Promise.all([
    delivered(tx, access, judging, at),
    outcome === 'LIVE' ? linkRegistrations(tx, access, birth, at) : [],
  ])
  return joined.flat()
}

function delivered(tx: Asking, access: Access, { judged, told: { label } }: Judging, at: Date) {
  const { pregnancyId, occurredOn } = judged.facts
  return deliverPregnancy(tx, access, { pregnancyId, occurredOn, label }, at)
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
