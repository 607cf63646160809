import {
  datePrecisions,
  educations,
  ethnicities,
  evidences,
  hukouTypes,
  householdTypes,
  idTypes,
  maritalStatuses,
  personStatuses,
  relations,
  residenceStatuses,
  sexes,
  sources,
} from '@youyu/shared/population/value-sets'
import { codeName, i18n, inLanguage } from '../../texts/texts.ts'

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
  status: { ...personStatuses, ...residenceStatuses },
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

/** A value of such a field in words: `valueName('sex', '2')` → 女. */
export function valueName(field: string, value: string): string {
  const table = tables[field]
  return table === undefined ? value : codeName(table, value)
}

/** A data-quality finding (domain §7.5) in a plain sentence. */
export function findingName(code: string): string {
  const rule = code.split(/[^A-Za-z0-9]/)[0] ?? code
  return textOr(`population.finding.${rule}`, i18n.global.t('population.finding.other', { code }))
}
