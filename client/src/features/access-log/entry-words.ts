import { i18n } from '../../texts/texts.ts'

function textOr(key: string, otherwise: string): string {
  return i18n.global.te(key) ? i18n.global.t(key) : otherwise
}

/** What kind of record was touched: `person` → 人员. */
export const entityName = (entity: string) => textOr(`accessLog.entities.${entity}`, entity)

/** What the system itself gives as a reason, and the text for it. */
const ownReasons: Record<string, string> = {
  created: 'created',
  reset: 'reset',
  changed: 'changed',
  withdrawn: 'withdrawn',
  enrolled: 'enrolled',
  removed: 'removed',
  'password reset': 'passwordReset',
  'refresh token used twice': 'tokenReused',
}

/** Why, as a person wrote it or in words for what the system wrote. */
export function reasonText(reason: string): string {
  const own = ownReasons[reason]
  return own === undefined ? reason : textOr(`accessLog.reasons.${own}`, reason)
}

/** A field of a record as a person would call it. */
export const fieldName = (field: string) => textOr(`accessLog.fieldNames.${field}`, field)
