import type { Told } from './nouns.ts'

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a form holds is anything until the schema has spoken */
export type FormValues = Record<string, any>

/** What stands in the fields of a form that corrects an event. */
export function valuesOf({ noun, event }: Told): FormValues {
  switch (noun) {
    case 'births':
      return {
        ...blanksAs(event, [
          ...['occurredOn', 'occurredAt', 'sex', 'plurality', 'sequence', 'orderOfMother', 'weightGrams'],
          ...[
            'lengthMillimetres',
            'apgar1',
            'apgar5',
            'apgar10',
            'delivery',
            'place',
            'facilityId',
            'outcome',
          ],
          ...['certificateNumber', 'certificateIssuedOn', 'certificateType', 'hukouRegisteredOn'],
        ]),
        motherId: event.mother?.id ?? '',
        fatherId: event.father?.id ?? '',
        divisionCode: event.division.code,
        hukouDivision: event.hukou.code,
        gestation: {
          weeks: event.gestationDays === null ? '' : Math.floor(event.gestationDays / 7),
          days: event.gestationDays === null ? '' : event.gestationDays % 7,
        },
      }
    case 'deaths':
      return {
        ...blanksAs(event, ['occurredOn', 'place', 'reporter', 'certificateNumber', 'maternal']),
        causeIcd10: '',
      }
    case 'marriages':
      return {
        ...blanksAs(event, ['event', 'occurredOn', 'certificateNumber']),
        partyA: event.partyA.id ?? '',
        partyB: event.partyB.id ?? '',
        partyBName: event.partyB.id === null ? (event.partyB.name ?? '') : '',
      }
    case 'moves':
      return {
        ...blanksAs(event, ['kind', 'occurredOn', 'reason', 'expectedReturn']),
        fromDivision: event.from.code,
        toDivision: event.to.code,
        residenceStatus: event.residence?.status ?? '',
      }
    case 'parentage':
      return {
        ...blanksAs(event, ['kind', 'occurredOn', 'endedOn', 'certificateNumber']),
        adultId: event.adult?.id ?? '',
      }
  }
}

function blanksAs(event: object, fields: readonly string[]): FormValues {
  return Object.fromEntries(fields.map((field) => [field, (event as FormValues)[field] ?? '']))
}

const isPlain = (value: unknown): value is FormValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Without the fields that were left blank. */
export function withoutBlanks(values: FormValues): FormValues {
  const kept = Object.entries(values)
    .map(([key, value]) => [key, isPlain(value) ? withoutBlanks(value) : value] as const)
    .filter(([, value]) => value !== '' && value !== undefined)
    .filter(([, value]) => !isPlain(value) || Object.keys(value).length > 0)
  return Object.fromEntries(kept)
}
