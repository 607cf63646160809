import type { BirthCorrection, VoidBirth } from '@youyu/shared/population/births'
import type { Id } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { followBirth } from '../birth-registrations/index.ts'
import { postPeople } from '../book/index.ts'
import type { Done } from '../effects.ts'
import { applyChange, lockPersons } from '../persons/queries-changes.ts'
import { placeInArea } from '../persons/service.ts'
import { differing, findingsIn, shownValue, toldChanges } from '../persons/state.ts'
import { childFollows } from './child.ts'
import { judgeBirth, type SaidOfBirth } from './judging.ts'
import { followCorrectedBirth, resumePregnancy } from '../pregnancies/index.ts'
import { endFact } from '../queries-facts.ts'
import * as queries from './queries.ts'
import { endHousehold, hasOtherFacts, wasRegisteredWith } from './queries-child.ts'
import { gestationDaysOf, union } from './recording.ts'

/** What stands in a birth and may be told; the day is masked for some. */
const toldFields = [
  ...['occurredOn', 'occurredAt', 'outcome', 'sex', 'plurality', 'sequence', 'orderOfMother', 'motherAge'],
  ...[
    'gestationDays',
    'weightGrams',
    'lengthMillimetres',
    'apgar1',
    'apgar5',
    'apgar10',
    'delivery',
    'place',
  ],
  ...['certificateNumber', 'certificateIssuedOn', 'certificateType', 'hukouRegisteredOn', 'hepatitisBOn'],
  ...['divisionCode', 'hukouDivision', 'motherId', 'fatherId', 'facilityId', 'pregnancyId'],
] as (keyof queries.BirthFacts)[]

/** Voids a birth with the reason and appends its replacement; the child's record follows. */
export async function correctBirthIn(
  tx: Transaction,
  office: Office,
  access: Access,
  birthId: Id,
  { set, reason }: BirthCorrection,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, birthId)
  const { gestation, ...plain } = set
  if (set.outcome && set.outcome !== former.outcome && [set.outcome, former.outcome].includes('LIVE'))
    throw Refused.field('/set/outcome', 'conflict')
  const said = {
    ...former,
    ...plain,
    ...(gestation !== undefined && { gestationDays: gestationDaysOf(gestation) }),
    orderOfMother: orderSaid(former, set),
  } as SaidOfBirth
  const knownOn = todayOf(former.firstKnownAt)
  const judging = { today: todayOf(at), knownOn, selfId: birthId, at: '/set' } as const
  const judged = await judgeBirth(tx, access, said, judging)
  const { facts } = judged

  const id = newId(at.getTime())
  const child = facts.childId
    ? await childFollows(tx, office, access, { judged, former, reason, at })
    : { changes: [], findings: [] }
  const label = shownValue(access, 'name', judged.child?.name ?? judged.mother?.name ?? '') ?? ''
  const [pregnancy] = await Promise.all([
    followCorrectedBirth(tx, access, { ...former, id: birthId }, facts, label, at),
    endFact(tx, access, 'births', { id: birthId, reason, at }),
    queries.insertBirth(tx, access, { id, facts, replaces: birthId, at }),
    followBirth(tx, access, birthId, id, at),
    record(tx, access, { ...deedOf(access, former, reason), fields: Object.keys(set) }, at),
  ])
  const posted = facts.childId ? await postPeople(tx, access, [facts.childId], at) : []
  const told = toldFields
    .filter((field) => String(former[field] ?? '') !== String(facts[field] ?? ''))
    .map((field) => ({
      ...{ entity: 'event' as const, id: birthId, label, field },
      ...{ before: shownOf(access, former, field), after: shownOf(access, facts, field) },
    }))
  return {
    id,
    changes: [...told, ...child.changes, ...pregnancy],
    findings: union(facts.findings, child.findings),
    posted,
  }
}

/** Another mother, another order: it follows anew unless it is said. */
function orderSaid(former: queries.StandingBirth, set: BirthCorrection['set']): number | null | undefined {
  if (set.orderOfMother !== undefined) return set.orderOfMother
  return set.motherId !== undefined && set.motherId !== former.motherId ? undefined : former.orderOfMother
}

function shownOf(access: Access, facts: queries.BirthFacts, field: keyof queries.BirthFacts): string | null {
  const value = facts[field]
  if (value === null) return null
  return field.endsWith('On') ? shownValue(access, 'date', String(value)) : String(value)
}

/** Voids a birth that did not happen. The child stays, to be looked at, unless nothing else is known of her. */
export async function voidBirthIn(
  tx: Transaction,
  access: Access,
  birthId: Id,
  { reason, withChild }: z.output<typeof VoidBirth>,
  at: Date,
): Promise<Done> {
  const former = await standing(tx, access, birthId)
  const { childId } = former
  const child = childId ? (await lockPersons(tx, access, [childId])).get(childId) : undefined
  if (childId && !child) throw new Refused('out-of-area')
  const goes = child && withChild && (await isOnlyBorn(tx, access, child.id, birthId))
  const findings = child && !goes ? union(findingsIn(child), ['B05']) : []
  const changes = child
    ? differing(child, {
        ...(goes
          ? { status: 'ARCHIVED', householdId: null, relationToHead: null }
          : { findings: findings.join(',') }),
      })
    : {}
  const label = (child && shownValue(access, 'name', child.name)) ?? ''
  const [unlinked, resumed] = await Promise.all([
    followBirth(tx, access, birthId, null, at),
    resumePregnancy(tx, access, former, label, at),
    endFact(tx, access, 'births', { id: birthId, reason, at }),
    goes && endHousehold(tx, access, child.id, reason, at),
    child &&
      Object.keys(changes).length > 0 &&
      applyChange(tx, access, { person: child, changes, kind: 'corrected', reason, at }),
    record(tx, access, deedOf(access, former, reason), at),
  ])
  const posted = child ? await postPeople(tx, access, [child.id], at) : []
  const before = `${shownValue(access, 'birthDate', former.occurredOn)} ${former.outcome} ${former.divisionCode}`
  return {
    id: birthId,
    changes: [
      { entity: 'event', id: birthId, label, field: 'birth', before, after: null },
      ...(child ? toldChanges(access, child, changes) : []),
      ...unlinked,
      ...resumed,
    ],
    findings,
    posted,
  }
}

async function isOnlyBorn(tx: Transaction, access: Access, childId: Id, birthId: Id): Promise<boolean> {
  const [isRegisteredWith, isKnown] = await Promise.all([
    wasRegisteredWith(tx, access, childId),
    hasOtherFacts(tx, access, childId, birthId),
  ])
  return isRegisteredWith && !isKnown
}

async function standing(tx: Transaction, access: Access, id: Id): Promise<queries.StandingBirth> {
  const birth = await queries.lockBirth(tx, access, id)
  if (!birth) throw new Refused('not-found')
  if (birth.voidedAt) throw new Refused('conflict')
  return birth
}

function deedOf(access: Access, birth: queries.StandingBirth, reason: string) {
  const { divisionCode: residenceDivision, hukouDivision } = birth
  const division = placeInArea(access, { residenceDivision, hukouDivision })
  return { action: 'correct', entity: 'birth', entityId: birth.id, division, reason } as const
}
