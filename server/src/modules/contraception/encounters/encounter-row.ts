import type { Encounter, EncounterParts, EncounterRow } from '@youyu/shared/contraception/encounters'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { ListedEncounter, ReadEncounter } from './queries.ts'

export const noParts: EncounterParts = {
  choiceId: null,
  screenId: null,
  overrideId: null,
  consentId: null,
  episodeId: null,
  procedureId: null,
  complicationId: null,
  taskId: null,
  dispensingIds: [],
  checkId: null,
}

export function partsOf(row: EncounterParts): EncounterParts {
  const { choiceId, screenId, overrideId, consentId, episodeId, procedureId, complicationId } = row
  const { taskId, dispensingIds, checkId } = row
  return {
    ...{ choiceId, screenId, overrideId, consentId, episodeId, procedureId, complicationId },
    ...{ taskId, dispensingIds, checkId },
  }
}

export function shownEncounterRow(row: ListedEncounter): EncounterRow {
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName ?? '',
    occurredOn: row.occurredOn,
    place: row.place,
    parts: partsOf(row),
    recordedAt: row.recordedAt.toISOString(),
    recordedBy: row.recordedBy,
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

export function noteIn(
  { ciphers }: Pick<Office, 'ciphers'>,
  { county }: Access,
  { id, noteCipher }: Pick<ReadEncounter, 'id' | 'noteCipher'>,
): string | null {
  return noteCipher && ciphers.clinical.decipher(noteCipher, { county, id })
}

export function shownEncounter(
  office: Pick<Office, 'ciphers'>,
  access: Access,
  row: ReadEncounter,
): Encounter {
  const { expertId, expertName, expertOrganisation, nextContactOn, nextContactMode } = row
  return {
    ...shownEncounterRow(row),
    outreachId: row.outreachId,
    sessionId: row.sessionId,
    expert: expertId && { id: expertId, name: expertName ?? '', organisationName: expertOrganisation ?? '' },
    checklist: row.checklist,
    nextContact: nextContactOn && nextContactMode ? { on: nextContactOn, mode: nextContactMode } : null,
    note: noteIn(office, access, row),
    isOurs: true,
    source: row.source,
    voidReason: row.voidReason,
    replaces: row.replaces,
    replacedBy: row.replacedBy,
  } as Encounter
}
