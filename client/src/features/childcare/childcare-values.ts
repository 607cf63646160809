import type { ChildcareInstitution } from '@youyu/shared/population/childcare'
import type { MotherInfantRoom } from '@youyu/shared/population/mother-infant-rooms'

type Values = Record<string, unknown>

/** What the form of an institution shows; the fee in yuan. */
export function institutionValues(institution: ChildcareInstitution | null): Values {
  const fee = institution?.feeMonthFen ?? null
  return {
    name: institution?.name ?? '',
    kind: institution?.kind ?? '',
    divisionCode: institution?.division.code ?? '',
    openedOn: institution?.openedOn ?? '',
    closedOn: institution?.closedOn ?? '',
    organisationId: institution?.organisationId ?? '',
    filingNumber: institution?.filingNumber ?? '',
    inclusive: institution?.inclusive ?? false,
    placesUnder1: institution?.placesUnder1 ?? 0,
    places1: institution?.places1 ?? 0,
    places2: institution?.places2 ?? 0,
    staff: institution?.staff ?? '',
    fee: fee === null ? '' : fee / 100,
  }
}

export function roomValues(room: MotherInfantRoom | null): Values {
  return {
    site: room?.site ?? '',
    siteKind: room?.siteKind ?? '',
    divisionCode: room?.division.code ?? '',
    required: room?.required ?? true,
    standardMet: room?.standardMet ?? false,
    areaSquareMetres: room?.areaSquareMetres ?? '',
    openedOn: room?.openedOn ?? '',
  }
}

/** What is sent of a form: everything of a new record, of a known one what differs (null where emptied). */
export function bodyOf(before: Values | null, values: Values): Values {
  const kept = Object.entries(values).filter(([key, value]) =>
    before === null ? value !== '' : value !== before[key],
  )
  const body: Values = Object.fromEntries(kept.map(([key, value]) => [key, value === '' ? null : value]))
  if (!('fee' in body)) return body
  const { fee, ...rest } = body
  return { ...rest, feeMonthFen: typeof fee === 'number' ? Math.round(fee * 100) : fee }
}
