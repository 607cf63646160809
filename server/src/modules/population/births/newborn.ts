import type { NewBirth } from '@youyu/shared/population/births'
import type { NewPerson } from '@youyu/shared/population/persons'
import type { Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Deed } from '../../../audit/index.ts'
import type { Asking } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { linkingRegistrations, toldLinks, type Linked } from '../birth-registrations/index.ts'
import { followingChange } from '../book/index.ts'
import type { Done } from '../effects.ts'
import type { KeptPerson } from '../persons/person-row.ts'
import { sourceOf } from '../persons/queries-changes.ts'
import { registering, type Registered } from '../persons/registration/queries.ts'
import { keptPerson, newcomer } from '../persons/registration/service.ts'
import { documentNumber } from '../persons/rules.ts'
import { shownValue } from '../persons/state.ts'
import { residenceStatusOf, type JudgedBirth } from './judging.ts'
import { insertingBirth, type BirthFacts, type ReadBirth } from './queries.ts'
import { customaryName, relationOfChild } from './rules.ts'

type Newborn = { id: Id; body: NewBirth; judged: JudgedBirth; deed: Deed; at: Date }

/** The child, her birth and what follows from them, in one statement; what will be read of the birth is known before. */
export function registerNewborn(
  tx: Asking,
  office: Office,
  access: Access,
  { id, body, judged, deed, at }: Newborn,
): { birth: ReadBirth; registered: Promise<Pick<Done, 'changes' | 'findings' | 'posted'>> } {
  const { person, row } = newChild(office, access, body, judged, { birthId: id, at })
  const facts = { ...judged.facts, childId: person.id }
  const { motherId, fatherId, occurredOn } = facts
  const parents = [motherId, fatherId].filter((parent) => parent !== null)
  const statement = registering(access, {
    ...row,
    along: {
      name: 'birth',
      texts: (bound) => [insertingBirth(bound, access, { id, facts, replaces: null, at })],
      columns: (bound) => [
        `${linkingRegistrations(bound, access, { id, motherId, fatherId, occurredOn }, at)} as linked`,
        followingChange(bound, access, parents, at),
      ],
      deeds: [deed],
    },
  })
  const registered = tx.client.query(statement).then(({ rows }) => {
    const [{ posted, linked }] = rows as [Registered & { linked: Linked }]
    const changes = [...toldChild(access, person), ...toldLinks(linked)]
    return { changes, findings: person.findings, posted }
  })
  return { birth: readBirth(access, { id, facts, judged, person, at }), registered }
}

type Told = { id: Id; facts: BirthFacts; judged: JudgedBirth; person: KeptPerson; at: Date }

function readBirth(
  access: Access,
  { id, facts, judged: { mother, father, placeNames }, person, at }: Told,
): ReadBirth {
  return {
    ...facts,
    id,
    recordedAt: at,
    recordedBy: access.actorName,
    source: sourceOf(access),
    childName: person.name,
    motherName: mother?.name ?? null,
    fatherName: father?.name ?? null,
    divisionName: placeNames.get(facts.divisionCode) ?? null,
    hukouName: placeNames.get(facts.hukouDivision) ?? null,
    ...{ voidedAt: null, voidReason: null, replaces: null, replacedBy: null },
  }
}

function toldChild(access: Access, person: KeptPerson): Done['changes'] {
  const label = shownValue(access, 'name', person.name) ?? ''
  return (['name', 'residenceDivision', 'hukouDivision', 'relationToHead'] as const)
    .filter((field) => person[field] !== null)
    .map((field) => ({
      ...{ entity: 'person' as const, id: person.id, label, field },
      ...{ before: null, after: shownValue(access, field, person[field]) },
    }))
}

/** The child's own record: where the mother lived, in her household, after her until there is a name. */
function newChild(
  office: Office,
  access: Access,
  body: NewBirth,
  { facts, mother, father }: JudgedBirth,
  { birthId, at }: { birthId: Id; at: Date },
) {
  const asked = body.child ?? {}
  const idNumber = asked.idNumber ? documentNumber('01', asked.idNumber) : null
  const home = mother?.household ?? father?.household ?? null
  const inHome = [mother, father].map((parent) =>
    parent?.household && parent.household.id === home?.id ? parent.household.relation : null,
  )
  const person: NewPerson = {
    name: asked.name ?? customaryName((mother ?? father)?.name, facts.sex),
    sex: facts.sex,
    birthDate: facts.occurredOn,
    ethnicity: asked.ethnicity ?? (mother ?? father)?.ethnicity ?? null,
    hukouDivision: facts.hukouDivision,
    residenceDivision: facts.divisionCode,
    residenceStatus: residenceStatusOf(access, facts, mother),
    residenceSince: facts.occurredOn,
    ...(home && { relationToHead: (asked.relationToHead ?? relationOfChild(facts.sex, inHome)) as '8' }),
  }
  const household = home && { ...home, headPersonId: null, version: 0 }
  const around = { mother, father, household }
  const kept = keptPerson(person, { around, idType: '01', idNumber, today: todayOf(at), at, access })
  return { person: kept, row: newcomer(office, access, kept, person, { idNumber, birthId }) }
}
