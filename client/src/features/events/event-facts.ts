import {
  acknowledgements,
  birthOutcomes,
  birthPlaces,
  certificateTypes,
  deathPlaces,
  deathReporters,
  deliveries,
  marriageEvents,
  marriageOrders,
  maternalDeaths,
  moveDistances,
  moveKinds,
  moveReasons,
  parentageKinds,
  residenceStatuses,
  sexes,
} from '@youyu/shared/population/value-sets'
import type { Birth } from '@youyu/shared/population/births'
import type { Death } from '@youyu/shared/population/deaths'
import type { Marriage, MarriageParty } from '@youyu/shared/population/marriages'
import type { Move } from '@youyu/shared/population/moves'
import type { Parentage } from '@youyu/shared/population/parentage'
import { codeName, text } from '../../texts/texts.ts'
import { fieldName, placeText } from '../population/index.ts'
import type { Told } from './nouns.ts'

/** One line about an event; `person` names the page that it leads to. */
export type Fact = { label: string; text: string | null; person?: string | null | undefined }
type Named = { id: string; name: string } | null

const personFact = (label: string, person: Named): Fact => ({
  label,
  text: person?.name ?? null,
  person: person?.id,
})
const counted = (value: number | null) => (value === null ? null : String(value))

function birthFacts(birth: Birth): Fact[] {
  const { gestationDays } = birth
  const gestation =
    gestationDays === null
      ? null
      : text('events.birth.gestation', { weeks: Math.floor(gestationDays / 7), days: gestationDays % 7 })
  const apgar = [birth.apgar1, birth.apgar5, birth.apgar10].map((score) => score ?? '—')
  return [
    personFact(fieldName('childId'), birth.child),
    personFact(fieldName('mother'), birth.mother),
    personFact(fieldName('father'), birth.father),
    { label: fieldName('birthDate'), text: [birth.occurredOn, birth.occurredAt].filter(Boolean).join(' ') },
    { label: text('events.birth.sex'), text: codeName(sexes, birth.sex) },
    { label: fieldName('outcome'), text: codeName(birthOutcomes, birth.outcome) },
    { label: fieldName('orderOfMother'), text: counted(birth.orderOfMother) },
    { label: text('events.birth.motherAge'), text: counted(birth.motherAge) },
    { label: fieldName('plurality'), text: `${birth.sequence} / ${birth.plurality}` },
    { label: text('events.birth.place'), text: codeName(birthPlaces, birth.place) },
    { label: text('events.birth.division'), text: placeText(birth.division) },
    { label: text('events.birth.hukou'), text: placeText(birth.hukou) },
    { label: text('events.birth.gestationLabel'), text: gestation },
    { label: fieldName('weightGrams'), text: counted(birth.weightGrams) },
    { label: fieldName('delivery'), text: codeName(deliveries, birth.delivery) },
    {
      label: text('events.birth.apgars'),
      text: apgar.every((score) => score === '—') ? null : apgar.join(' / '),
    },
    { label: text('events.birth.certificate'), text: birth.certificateNumber },
    { label: text('events.birth.certificateType'), text: codeName(certificateTypes, birth.certificateType) },
    { label: fieldName('hukouRegisteredOn'), text: birth.hukouRegisteredOn },
  ]
}

function deathFacts(death: Death): Fact[] {
  const age =
    death.infantAgeDays === null
      ? text('events.death.years', { count: death.age })
      : text('events.death.days', { count: death.infantAgeDays })
  return [
    personFact(text('events.person'), death.person),
    { label: fieldName('sex'), text: codeName(sexes, death.sex) },
    { label: fieldName('birthDate'), text: death.birthDate },
    { label: text('events.death.on'), text: death.occurredOn },
    { label: text('events.death.age'), text: age },
    { label: text('events.death.place'), text: codeName(deathPlaces, death.place) },
    { label: fieldName('reporter'), text: codeName(deathReporters, death.reporter) },
    { label: text('events.birth.division'), text: placeText(death.division) },
    { label: text('events.birth.hukou'), text: placeText(death.hukou) },
    { label: text('events.death.certificate'), text: death.certificateNumber },
    { label: fieldName('maternal'), text: codeName(maternalDeaths, death.maternal) },
    {
      label: text('events.death.cause'),
      text: text(death.hasCause ? 'events.death.causeKept' : 'events.death.causeNone'),
    },
  ]
}

function partyFact(label: string, { id, name, age, order, division }: MarriageParty): Fact {
  const parts = [
    name,
    age === null ? null : text('events.death.years', { count: age }),
    order && codeName(marriageOrders, order),
    division && placeText(division),
  ]
  return { label, text: parts.filter(Boolean).join(' · ') || null, person: id }
}

function marriageFacts(marriage: Marriage): Fact[] {
  return [
    { label: fieldName('event'), text: codeName(marriageEvents, marriage.event) },
    { label: text('events.marriage.on'), text: marriage.occurredOn },
    partyFact(text('events.marriage.partyA'), marriage.partyA),
    partyFact(text('events.marriage.partyB'), marriage.partyB),
    { label: text('events.marriage.certificate'), text: marriage.certificateNumber },
  ]
}

function moveFacts(move: Move): Fact[] {
  return [
    personFact(text('events.person'), move.person),
    { label: text('events.move.kind'), text: codeName(moveKinds, move.kind) },
    { label: text('events.move.on'), text: move.occurredOn },
    { label: fieldName('fromDivision'), text: placeText(move.from) },
    { label: fieldName('toDivision'), text: placeText(move.to) },
    { label: text('events.move.reason'), text: codeName(moveReasons, move.reason) },
    { label: text('events.move.distance'), text: codeName(moveDistances, move.distance) },
    { label: fieldName('expectedReturn'), text: move.expectedReturn },
    {
      label: fieldName('residenceStatus'),
      text: move.residence && codeName(residenceStatuses, move.residence.status),
    },
    { label: fieldName('acknowledgement'), text: codeName(acknowledgements, move.acknowledgement) },
  ]
}

function parentageFacts(parentage: Parentage): Fact[] {
  return [
    { label: text('events.parentage.kind'), text: codeName(parentageKinds, parentage.kind) },
    personFact(fieldName('childId'), parentage.child),
    personFact(fieldName('adultId'), parentage.adult),
    { label: text('events.parentage.on'), text: parentage.occurredOn },
    { label: fieldName('endedOn'), text: parentage.endedOn },
    { label: text('events.parentage.certificate'), text: parentage.certificateNumber },
  ]
}

/** An event as a list of facts in the words of the office. */
export function factsOf({ noun, event }: Told): Fact[] {
  switch (noun) {
    case 'births':
      return birthFacts(event)
    case 'deaths':
      return deathFacts(event)
    case 'marriages':
      return marriageFacts(event)
    case 'moves':
      return moveFacts(event)
    case 'parentage':
      return parentageFacts(event)
  }
}

/** The people whose pages an event changes, by their part in it. */
export function peopleOf(told: Told): { label: string; name: string; id: string }[] {
  return factsOf(told).flatMap(({ label, text: name, person }) =>
    person ? [{ label, name: name?.split(' · ')[0] ?? '', id: person }] : [],
  )
}
