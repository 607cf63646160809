import type { Clinic } from './clinic.ts'
import type { TestOffice } from './office.ts'

/** What a woman was told before she chose, and what she then stated. */
export const told = {
  methodsExplained: ['M00', 'M30', 'M60', 'M70'],
  effectivenessExplained: true,
  sideEffectsExplained: true,
  followUpExplained: true,
  stiProtection: true,
}
export const accepted = {
  decision: 'ACCEPT',
  chosenMethod: 'M30',
  freeOfPressure: true,
  consentForm: 'SIGNATURE',
}

/** A choice made today, unless told otherwise. */
export const aChoice = (clientId: string, given: object = {}) => ({
  ...{ clientId, occurredOn: '2026-08-20', channel: 'FACE', intention: 'AFTER_2Y' },
  ...told,
  ...accepted,
  ...given,
})

async function tallies(office: TestOffice, { station }: Clinic): Promise<Record<string, number>> {
  const rows = await office.sql<{ key: string; tally: number }>(
    `select measure || ' ' || item as key, tally from care_tallies where measure like 'choice%' and facility_id = $1`,
    [station.id],
  )
  return Object.fromEntries(rows.map(({ key, tally }) => [key, tally]))
}

/** What the counts gained by a deed; they tell nobody's name. */
export async function gainOfTallies(
  office: TestOffice,
  clinic: Clinic,
  deed: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const before = await tallies(office, clinic)
  await deed()
  const gained = Object.entries(await tallies(office, clinic)).map(
    ([key, tally]) => [key, tally - (before[key] ?? 0)] as const,
  )
  return Object.fromEntries(gained.filter(([, gain]) => gain !== 0))
}
