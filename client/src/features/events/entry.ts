import { today } from '../../texts/formats.ts'
import type { FormSchema } from '../../ui/useZodForm.ts'
import { withoutBlanks } from './event-values.ts'
import type { FormValues } from './event-values.ts'
import { nouns } from './nouns.ts'
import type { EventNoun } from './nouns.ts'

/** The first values of an entry form, with the person from whose page it was opened. */
export function blankEntry(noun: EventNoun, person: string): FormValues {
  const occurredOn = today()
  switch (noun) {
    case 'births':
      return {
        ...{ motherId: person, fatherId: '', occurredOn, occurredAt: '', sex: '', outcome: 'LIVE' },
        ...{ place: 'HOSPITAL', facilityId: '', plurality: 1, sequence: 1, orderOfMother: '' },
        ...{ gestation: { weeks: '', days: '' }, weightGrams: '', lengthMillimetres: '', delivery: '' },
        ...{ apgar1: '', apgar5: '', apgar10: '', certificateNumber: '', certificateIssuedOn: '' },
        ...{ certificateType: '', hukouRegisteredOn: '', divisionCode: '', hukouDivision: '' },
        ...{ childIs: 'new', childId: '', child: { name: '', idNumber: '' } },
      }
    case 'deaths':
      return {
        ...{ personId: person, occurredOn, place: 'HOME', reporter: 'VILLAGE' },
        ...{ certificateNumber: '', maternal: 'NO', causeIcd10: '' },
      }
    case 'marriages':
      return { event: 'MARRY', occurredOn, partyA: person, partyB: '', partyBName: '', certificateNumber: '' }
    case 'moves':
      return {
        ...{ personId: person, kind: '', occurredOn, fromDivision: '', toDivision: '', reason: '' },
        ...{ expectedReturn: '', residenceStatus: '', evidence: '', withResidence: true },
      }
    case 'parentage':
      return {
        ...{ childId: person, adultId: '', kind: 'ADOPTIVE', occurredOn, endedOn: '', certificateNumber: '' },
      }
  }
}

/** What is sent of a filled form: no blanks, and nothing that its kind has no room for. */
export function bodyOf(noun: EventNoun, values: FormValues): FormValues {
  if (noun === 'births') return birthBody(values)
  if (noun === 'moves') return moveBody(values)
  return withoutBlanks(values)
}

function birthBody(values: FormValues): FormValues {
  const { childIs, childId, child, ...birth } = values
  const said = withoutBlanks(birth)
  if (said['outcome'] !== 'LIVE') return said
  return childIs === 'known' ? { ...said, childId } : { ...said, child: withoutBlanks(child as FormValues) }
}

function moveBody(values: FormValues): FormValues {
  const { withResidence, expectedReturn, residenceStatus, evidence, ...move } = values
  const isHukou = String(values['kind']).startsWith('HUKOU')
  return withoutBlanks({
    ...move,
    ...(isHukou ? { withResidence } : { expectedReturn, residenceStatus, evidence }),
  })
}

export function entrySchema(noun: EventNoun): FormSchema<unknown> {
  return { safeParse: (values) => nouns[noun].entry.safeParse(bodyOf(noun, values as FormValues)) }
}

/** What the children of one delivery share. */
export function nextOfDelivery(values: FormValues): FormValues {
  const shared = ['motherId', 'fatherId', 'occurredOn', 'place', 'facilityId', 'plurality', 'pregnancyId']
  const kept = Object.fromEntries(
    [...shared, 'gestation', 'delivery', 'divisionCode', 'hukouDivision'].map((key) => [key, values[key]]),
  )
  return { ...blankEntry('births', ''), ...kept, sequence: Number(values['sequence']) + 1 }
}
