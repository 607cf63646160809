import { infectionItems, type CheckItem } from '@youyu/shared/contraception/check-codes'
import type { NewCheckVisit } from '@youyu/shared/contraception/visits'
import type { CivilDate } from '@youyu/shared/values'
import { Refused } from '../../../refused.ts'

const ofWomen: readonly CheckItem[] = ['GYN', 'DISCHARGE', 'HPV', 'CYTOLOGY', 'IUD_CHECK']
const ofMen: readonly CheckItem[] = ['ANDROLOGY', 'SEMEN']

/** What cannot be is refused with its field; nothing else stands in the way of a check-up (E9). */
export function assertPossible(
  { items, infectionConsent, occurredOn, findings = [] }: NewCheckVisit,
  client: { sex: string; birthDate: CivilDate },
  today: CivilDate,
): void {
  if (occurredOn > today || occurredOn < client.birthDate) throw Refused.field('/occurredOn', 'invalid-date')
  const impossible = client.sex === '1' ? ofWomen : client.sex === '2' ? ofMen : []
  if (items.some((item) => impossible.includes(item))) throw Refused.field('/items', 'invalid-value')
  if (items.some((item) => infectionItems.includes(item)) && infectionConsent !== true)
    throw new Refused('consent-required', {
      errors: [{ pointer: '/infectionConsent', code: 'consent-required' }],
    })
  for (const [index, { treatedOn }] of findings.entries())
    if (treatedOn && (treatedOn < occurredOn || treatedOn > today))
      throw Refused.field(`/findings/${index}/treatedOn`, 'invalid-date')
}
