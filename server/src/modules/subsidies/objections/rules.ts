import type { ObjectionState } from '@youyu/shared/subsidies/objections'
import type { CivilDate } from '@youyu/shared/values'

/** Received → investigated → decided, and no way around (domain §6.5). */
export const steps = {
  investigate: { from: 'RECEIVED' },
  decide: { from: 'INVESTIGATED' },
} as const satisfies Record<string, { from: ObjectionState }>
export type Step = keyof typeof steps

/** Letters and digits that are not mistaken for each other, read out on the telephone. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** The code with which the objector reads the reply. */
export function receiptCode(random: Buffer): string {
  return [...random.subarray(0, 12)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
}

export const objectionNumber = (on: CivilDate, random: Buffer) =>
  `YY${on.replaceAll('-', '')}-${receiptCode(random).slice(0, 6)}`

/** What was said, and by whom; kept enciphered as a whole. */
export type Said = { text: string; name: string | null; phone: string | null }
