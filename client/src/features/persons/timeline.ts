import type { ResidenceEpisode } from '@youyu/shared/population/persons'

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000

type TimelineBar = { episode: ResidenceEpisode; start: number; width: number }
export type Timeline = { bars: TimelineBar[]; ticks: { year: number; at: number }[] }

/** In order of their beginning, the unknown beginning first. */
export function inOrder(episodes: readonly ResidenceEpisode[]): ResidenceEpisode[] {
  return episodes.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
}

/** Bars and year marks as shares (0 … 1) of the time between the first known day and today. */
export function timelineOf(episodes: readonly ResidenceEpisode[], today: string): Timeline {
  const valid = inOrder(episodes.filter((episode) => episode.voidedAt === null))
  if (valid.length === 0) return { bars: [], ticks: [] }
  const days = valid.flatMap((episode) => [episode.from, episode.to]).filter((date) => date !== null)
  const known = [...days, today].map(dayOf)
  const lead = valid.some((episode) => episode.from === null) ? 365 : 0
  const begin = Math.min(...known) - lead
  const end = Math.max(...known) + 1
  const at = (day: number) => (day - begin) / (end - begin)
  const bars = valid.map((episode) => {
    const start = episode.from === null ? 0 : at(dayOf(episode.from))
    return {
      episode,
      start,
      width: Math.max(at(episode.to === null ? end : dayOf(episode.to)) - start, 0.004),
    }
  })
  const firstYear = new Date(begin * 86_400_000).getUTCFullYear() + 1
  return { bars, ticks: ticksOf(firstYear, Number(today.slice(0, 4)), at) }
}

function ticksOf(from: number, to: number, at: (day: number) => number): Timeline['ticks'] {
  const step = [1, 2, 5, 10, 20, 50].find((years) => (to - from) / years <= 6) ?? 100
  const years = Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index)
  return (
    years
      .filter((year) => year % step === 0)
      .map((year) => ({ year, at: at(dayOf(`${year}-01-01`)) }))
      // Behind the mark there has to be room for its year, on a phone too.
      .filter((tick) => tick.at >= 0 && tick.at <= 0.88)
  )
}
