import { z } from 'zod'
import { RiskColour } from '../population/value-sets.ts'
import type { KnownFacts } from './decision-facts.ts'
import {
  findingsOf,
  inUrgency,
  mostUrgent,
  type DecisionRow,
  type Finding,
  type Urgency,
} from './decision-support.ts'

/** From the least to the worst; purple is none of them. */
const severity = ['GREEN', 'YELLOW', 'ORANGE', 'RED'] as const

export type Assessment = { colour: RiskColour; isPurple: boolean; reasons: Finding[] }

/** Domain §3.4: the worst present item is the colour, an infectious disease is purple beside it, and every reason is told. */
export function assessed(items: readonly DecisionRow[], known: KnownFacts): Assessment {
  const reasons = findingsOf(items, known)
  const places = reasons.map(({ mark }) => severity.findIndex((colour) => colour === mark))
  return {
    colour: severity[Math.max(0, ...places)]!,
    isPurple: reasons.some(({ mark }) => mark === 'PURPLE'),
    reasons: [...reasons].sort((one, other) => rank(other) - rank(one)),
  }
}

const rank = ({ mark }: Finding): number =>
  mark === 'PURPLE' ? 1.5 : severity.findIndex((colour) => colour === mark)

export type Judged = { risk: Assessment; advice: Finding[]; urgency: Urgency | null }

/** First the colour, then the advice, which knows what the colour rests on. */
export function judged(
  items: readonly DecisionRow[],
  advice: readonly DecisionRow[],
  known: KnownFacts,
): Judged {
  const risk = assessed(items, known)
  const present = { ...known, items: risk.reasons.map(({ code }) => code) }
  const findings = inUrgency(findingsOf(advice, present))
  return { risk, advice: findings, urgency: mostUrgent(findings) }
}

/** Orange, red and purple are managed one by one (专案管理). */
export function needsPlan({ colour, isPurple }: Pick<Assessment, 'colour' | 'isPurple'>): boolean {
  return isPurple || colour === 'ORANGE' || colour === 'RED'
}

/** From yellow on, care and birth are advised at a hospital of the second level or above; an advice, never a bar. */
export function needsHospital({ colour, isPurple }: Pick<Assessment, 'colour' | 'isPurple'>): boolean {
  return isPurple || colour !== 'GREEN'
}

/** The colour as it was found at a contact. */
export const ColourPoint = z.object({
  on: z.iso.date(),
  gestationDays: z.int(),
  colour: RiskColour,
  isPurple: z.boolean(),
  items: z.array(z.string()),
})
export type ColourPoint = z.infer<typeof ColourPoint>
