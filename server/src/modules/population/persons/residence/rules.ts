import type { CivilDate, DivisionCode } from '@youyu/shared/values'

/** A period from a day until the day before `to`; null is open to that side. */
export type Period = { from: CivilDate | null; to: CivilDate | null }
export type Stay = Period & {
  divisionCode: DivisionCode
  status: string
  evidence: string | null
  expectedReturn: CivilDate | null
}
export type Episode = Stay & { id: string }

/** What becomes of the episodes: those voided, and those that take their place. */
export type Fitting = { voided: Episode[]; added: (Stay & { replaces: string | null })[] }

const ALWAYS = '0000-00-00'
const NEVER = '9999-99-99'
const start = ({ from }: Period) => from ?? ALWAYS
const end = ({ to }: Period) => to ?? NEVER

export function inOrder(episodes: readonly Episode[]): Episode[] {
  return [...episodes].sort((a, b) => (start(a) < start(b) ? -1 : 1))
}

/** The last day of an episode that is entered late is not asked: it lasts until the next one that is known. */
export function periodOf(episodes: readonly Episode[], from: CivilDate, to: CivilDate | null): Period {
  const next = inOrder(episodes).find((episode) => start(episode) > from)
  return { from, to: to ?? next?.from ?? null }
}

/** Puts a stay among the known episodes: what it covers is voided, what it cuts is replaced by what is left. */
export function fitIn(episodes: readonly Episode[], stay: Stay): Fitting {
  const cut = episodes.filter((episode) => start(episode) < end(stay) && end(episode) > start(stay))
  const left = cut.flatMap((episode) => {
    const { id: replaces, ...rest } = episode
    const before = start(episode) < start(stay) ? [{ ...rest, to: stay.from, replaces }] : []
    const after = end(episode) > end(stay) ? [{ ...rest, from: stay.to, replaces }] : []
    return [...before, ...after]
  })
  return { voided: cut, added: [...left, { ...stay, replaces: null }] }
}

/**
 * Takes an episode out. The one before it then lasts until the next one, or is open again; the first one leaves
 * nothing behind. The only place where a person is known to live cannot be taken out: null.
 */
export function takeOut(episodes: readonly Episode[], id: string): Fitting | null {
  const ordered = inOrder(episodes)
  const place = ordered.findIndex((episode) => episode.id === id)
  const gone = ordered[place]
  if (!gone || ordered.length === 1) return null
  const former = ordered[place - 1]
  if (!former) return { voided: [gone], added: [] }
  const { id: replaces, ...rest } = former
  return { voided: [gone, former], added: [{ ...rest, to: ordered[place + 1]?.from ?? null, replaces }] }
}

/** Where a person lives now: the last episode. */
export function presentOf(episodes: readonly Stay[]): Stay | undefined {
  return [...episodes].sort((a, b) => (start(a) < start(b) ? -1 : 1)).at(-1)
}

export function afterFitting(episodes: readonly Episode[], { voided, added }: Fitting): Stay[] {
  return [...episodes.filter((episode) => !voided.includes(episode)), ...added]
}

export function toldPeriod({ divisionCode, status, from, to }: Stay): string {
  return `${divisionCode} ${from ?? '…'} – ${to ?? '…'} (${status})`
}
