import { i18n } from '../../texts/texts.ts'

function textOr(key: string, otherwise: string): string {
  return i18n.global.te(key) ? i18n.global.t(key) : otherwise
}

/** What kind of record was touched: `person` → 人员. */
export const entityName = (entity: string) => textOr(`accessLog.entities.${entity}`, entity)

/** Why: what the person wrote, or the word of a code that the system wrote. */
export const reasonText = (reason: string) => textOr(`accessLog.reasons.${reason}`, reason)

/** A field of a record as a person would call it. */
export const fieldName = (field: string) => textOr(`accessLog.fieldNames.${field}`, field)
