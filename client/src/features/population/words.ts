import {
  acknowledgements,
  birthOutcomes,
  birthPlaces,
  certificateTypes,
  datePrecisions,
  deathPlaces,
  deathReporters,
  deliveries,
  educations,
  ethnicities,
  evidences,
  hukouTypes,
  householdTypes,
  idTypes,
  maritalStatuses,
  marriageEvents,
  maternalDeaths,
  moveKinds,
  moveReasons,
  parentageKinds,
  personStatuses,
  pregnancyStatuses,
  registrationStatuses,
  relations,
  residenceStatuses,
  riskColours,
  sexes,
  sources,
} from '@youyu/shared/population/value-sets'
import { codeName, i18n, inLanguage } from '../../texts/texts.ts'
import { divisionName, personName } from './places.ts'

type CodeTable = Record<string, readonly [string, string]>

const tables: Record<string, CodeTable> = {
  sex: sexes,
  birthDatePrecision: datePrecisions,
  idType: idTypes,
  ethnicity: ethnicities,
  education: educations,
  maritalStatus: maritalStatuses,
  hukouType: hukouTypes,
  residenceStatus: residenceStatuses,
  relationToHead: relations,
  relation: relations,
  evidence: evidences,
  source: sources,
  status: { ...personStatuses, ...residenceStatuses, ...pregnancyStatuses, ...registrationStatuses },
  outcome: birthOutcomes,
  delivery: deliveries,
  place: birthPlaces,
  deathPlace: deathPlaces,
  reporter: deathReporters,
  maternal: maternalDeaths,
  certificateType: certificateTypes,
  event: marriageEvents,
  kind: { ...moveKinds, ...parentageKinds },
  reason: moveReasons,
  acknowledgement: acknowledgements,
  riskColour: riskColours,
  type: householdTypes,
}

/** A code table as options of a choice, in the language in use. */
export function codeOptions<Code extends string>(table: Record<Code, readonly [string, string]>) {
  return (Object.entries(table) as [Code, readonly [string, string]][]).map(([value, pair]) => ({
    value,
    label: inLanguage(pair),
  }))
}

function textOr(key: string, otherwise: string): string {
  return i18n.global.te(key) ? i18n.global.t(key) : otherwise
}

/** What the office calls a field of a person, household or residence record. */
export function fieldName(field: string): string {
  return textOr(`population.field.${field}`, field)
}

const spoken = { birth: birthOutcomes, episode: residenceStatuses } as const
const isId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}$/

/** A value of such a field in words: `valueName('sex', '2')` → 女. */
export function valueName(field: string, value: string): string {
  const table = tables[field]
  if (table !== undefined && value in table) return codeName(table, value)
  if (isId.test(value) && /mother|father|child|adult|party|person/i.test(field)) return personName(value)
  const codes: CodeTable = field in spoken ? spoken[field as keyof typeof spoken] : {}
  return value
    .split(' ')
    .map((word) => {
      if (/^\d{12}$/.test(word)) return divisionName(word)
      const code = word.replace(/^\((.+)\)$/, '$1')
      return code in codes ? word.replace(code, codeName(codes, code)) : word
    })
    .join(' ')
}

/** A data-quality finding (domain §7.5) in a plain sentence. */
export function findingName(code: string): string {
  const rule = code.split(/[^A-Za-z0-9]/)[0] ?? code
  return textOr(`population.finding.${rule}`, i18n.global.t('population.finding.other', { code }))
}
