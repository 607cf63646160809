import type { AntenatalContact, AntenatalContactRow } from '@youyu/shared/birth-defects/antenatal-contacts'
import type { ContactValues, KnownValue } from '@youyu/shared/birth-defects/contact-values'
import type { KnownFacts } from '@youyu/shared/birth-defects/decision-facts'
import { needsHospital, needsPlan } from '@youyu/shared/birth-defects/risk'
import type { Access } from '../../../access/access.ts'
import type { Office } from '../../../office.ts'
import type { Judgement } from '../risk/index.ts'
import type { ContactRow } from './queries.ts'

/** What a contact keeps enciphered: as it was written, what was known from before, and all that the rules were asked with. */
export type KeptValues = {
  values: ContactValues
  signs: AntenatalContact['signs']
  items: string[]
  known: KnownValue[]
  asked: KnownFacts['values']
  medications: string | null
  note: string | null
}

export function sealValues({ ciphers }: Office, { county }: Access, id: string, kept: KeptValues): Buffer {
  return ciphers.clinical.encipher(JSON.stringify(kept), { county, id })
}

export function openValues(
  { ciphers }: Office,
  { county }: Access,
  { id, valuesCipher }: Pick<ContactRow, 'id' | 'valuesCipher'>,
): KeptValues {
  return JSON.parse(ciphers.clinical.decipher(valuesCipher, { county, id })) as KeptValues
}

export function shownRow(row: ContactRow): AntenatalContactRow {
  const { id, pregnancyId, occurredOn, place, gestationDays, step, isPurple, urgency, nextOn, isMine } = row
  return {
    ...{ id, pregnancyId, occurredOn, place, gestationDays, step, isPurple, urgency, nextOn, isMine },
    woman: { id: row.womanId, name: row.name, birthDate: row.birthDate },
    colour: row.riskColour,
    voidedAt: row.voidedAt?.toISOString() ?? null,
  }
}

const same = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join()

export function shownContact(row: ContactRow, kept: KeptValues, again: Judgement): AntenatalContact {
  const { visitId, counselling, ironDays, riskTable, adviceTable, voidReason, replaces } = row
  const { values, known, signs, items, medications, note } = kept
  const found = { colour: row.riskColour, isPurple: row.isPurple }
  return {
    ...shownRow(row),
    ...{ visitId, counselling, ironDays, riskTable, adviceTable, voidReason, replaces },
    ...{ values, known, signs, items, medications, note },
    reasons: again.risk.reasons,
    advice: again.advice,
    needsPlan: needsPlan(found),
    needsHospital: needsHospital(found),
    isReproduced:
      again.risk.colour === row.riskColour &&
      again.risk.isPurple === row.isPurple &&
      again.urgency === row.urgency &&
      same(codesOf(again.risk.reasons), row.riskItems) &&
      same(codesOf(again.advice), row.adviceRows),
    recordedAt: row.recordedAt.toISOString(),
  }
}

export const codesOf = (findings: readonly { code: string }[]): string[] => findings.map(({ code }) => code)
