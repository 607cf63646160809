import { daysBetween, plus } from './days.ts'

/** A stretch of the chain with a scale of its own: months before, weeks of pregnancy, days after birth, years. */
type Stretch = 'before' | 'pregnancy' | 'newborn' | 'child'
export type Tick = { at: number; stretch: Stretch; value: number }
type Span = { stretch: Stretch; from: number; to: number }

type Anchors = {
  openedOn: string
  /** 280 days before the expected day; null before a pregnancy. */
  conceivedOn: string | null
  bornOn: string | null
  /** First and last day of what is to be shown. */
  from: string
  to: string
}

type Piece = Span & { starts: string; ends: string; bend: number }

const NEWBORN = 42
const YEAR = 365.25

const shares: Record<Stretch, number> = { before: 20, pregnancy: 44, newborn: 22, child: 14 }
/** Where the ticks stand: months before, weeks, days, years. */
const marks: Record<Stretch, readonly number[]> = {
  before: [12, 9, 6, 3],
  pregnancy: [0, 6, 12, 16, 20, 24, 28, 32, 37],
  newborn: [0, 3, 7, 20, 28],
  child: [0.25, 1, 3, 6],
}

/** Days as places between 0 and 1. */
export type Scale = { place: (day: string) => number; spans: Span[]; ticks: Tick[] }

export function scaleOf({ openedOn, conceivedOn, bornOn, from, to }: Anchors): Scale {
  const wanted: Omit<Piece, 'from' | 'to'>[] = []
  const conceived = conceivedOn ?? (bornOn ? plus(bornOn, -280) : null)
  if (conceived === null) {
    const ends = plus(openedOn > to ? openedOn : to, 30)
    wanted.push({ stretch: 'before', starts: earlier(from, openedOn), ends, bend: 1 })
  } else {
    const born = bornOn ?? plus(conceived, 280)
    const starts = earlier(from, openedOn)
    if (daysBetween(starts, conceived) > 14)
      wanted.push({ stretch: 'before', starts, ends: conceived, bend: 1 })
    wanted.push({ stretch: 'pregnancy', starts: conceived, ends: born, bend: 1 })
    wanted.push({ stretch: 'newborn', starts: born, ends: plus(born, NEWBORN), bend: 0.6 })
    if (to > plus(born, NEWBORN + 7)) {
      wanted.push({
        stretch: 'child',
        starts: plus(born, NEWBORN),
        ends: later(to, plus(born, 365)),
        bend: 0.5,
      })
    }
  }
  const whole = wanted.reduce((sum, { stretch }) => sum + shares[stretch], 0)
  let at = 0
  const pieces = wanted.map((piece): Piece => {
    const begins = at
    at += shares[piece.stretch] / whole
    return { ...piece, from: begins, to: at }
  })
  const place = (day: string) => placeIn(pieces, day)
  return {
    place,
    spans: pieces.map(({ stretch, from: begins, to: ends }) => ({ stretch, from: begins, to: ends })),
    ticks: pieces.flatMap((piece) => ticksOf(piece, place)),
  }
}

const earlier = (one: string, other: string) => (one < other ? one : other)
const later = (one: string, other: string) => (one > other ? one : other)

function placeIn(pieces: readonly Piece[], day: string): number {
  const piece = pieces.find(({ ends }) => day < ends) ?? pieces.at(-1)
  if (!piece) return 0
  const length = Math.max(1, daysBetween(piece.starts, piece.ends))
  const share = Math.min(1, Math.max(0, daysBetween(piece.starts, day) / length)) ** piece.bend
  return piece.from + (piece.to - piece.from) * share
}

function ticksOf({ stretch, starts, ends }: Piece, place: (day: string) => number): Tick[] {
  const dayOf = (value: number) => {
    if (stretch === 'before') return plus(ends, -Math.round((value * YEAR) / 12))
    if (stretch === 'pregnancy') return plus(starts, value * 7)
    if (stretch === 'newborn') return plus(starts, value)
    return plus(starts, Math.round(value * YEAR) - NEWBORN)
  }
  return marks[stretch]
    .map((value) => ({ value, day: dayOf(value) }))
    .filter(({ day }) => day >= starts && day < ends)
    .map(({ value, day }) => ({
      at: place(day),
      stretch,
      value: stretch === 'child' ? Math.round(value * 12) : value,
    }))
}

type Bar = { from: number; to: number }

/** Sets bars that overlap under one another: the lane of each. */
export function lanesOf(bars: readonly Bar[], gap = 0.012): number[] {
  const ends: number[] = []
  return bars.map(({ from, to }) => {
    const free = ends.findIndex((end) => end + gap <= from)
    const lane = free === -1 ? ends.length : free
    ends[lane] = to
    return lane
  })
}
