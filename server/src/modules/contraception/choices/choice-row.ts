import type { Choice, ChoiceRow } from '@youyu/shared/contraception/choices'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { KeptChoice, ListedChoice } from './queries.ts'

export function shownChoiceRow(row: ListedChoice): ChoiceRow {
  const { id, clientId, clientName, facilityId, facilityName, occurredOn, channel, intention } = row
  const { methodsExplained, decision, chosenMethod, version } = row
  return {
    ...{ id, clientId, clientName, facilityId, facilityName, occurredOn, channel, intention },
    ...{ methodsExplained, decision, chosenMethod, version },
    recordedAt: row.recordedAt.toISOString(),
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export function noteOf({ ciphers }: Office, { county }: Access, choice: KeptChoice): string | null {
  return choice.noteCipher && ciphers.clinical.decipher(choice.noteCipher, { county, id: choice.id })
}

export function shownChoice(office: Office, access: Access, choice: KeptChoice): Choice {
  const { effectivenessExplained, sideEffectsExplained, followUpExplained, stiProtection } = choice
  const { choiceBy, freeOfPressure, consentForm, consentReference, decidedOn, screenId, groupId } = choice
  const { partnerPresent, counsellor, voidReason, replaces, replacedBy } = choice
  return {
    ...shownChoiceRow(choice),
    ...{ effectivenessExplained, sideEffectsExplained, followUpExplained, stiProtection },
    ...{ choiceBy, freeOfPressure, consentForm, consentReference, decidedOn, screenId, groupId },
    ...{ partnerPresent, counsellor, voidReason, replaces, replacedBy },
    note: noteOf(office, access, choice),
  }
}
