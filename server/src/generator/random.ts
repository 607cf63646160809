export type Random = {
  /** A number in [0, 1) with 32 random bits. */
  next: () => number
  chance: (probability: number) => boolean
  /** Both ends are included. */
  integer: (from: number, to: number) => number
  pick: <T>(list: readonly T[]) => T
}

function splitmix32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
}

/** sfc32: the same seed gives the same numbers on every machine and Node version. */
export function seededRandom(seed: number): Random {
  const low = splitmix32(seed % 0x1_0000_0000)
  const high = splitmix32(Math.floor(seed / 0x1_0000_0000) + 1)
  let [a, b, c, counter] = [low() | 0, low() | 0, high() | 0, 1]

  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  for (let warmUp = 0; warmUp < 12; warmUp++) next()

  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]) => {
      if (list.length === 0) throw new RangeError('Nothing to pick from')
      return list[integer(0, list.length - 1)] as T
    },
  }
}

export function shuffle<T>(random: Random, list: T[]): T[] {
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.integer(0, last)
    ;[list[last], list[other]] = [list[other] as T, list[last] as T]
  }
  return list
}

/** Draws values in proportion to their weights. */
export function weighted<T>(entries: readonly (readonly [T, number])[]): (random: Random) => T {
  const ends: number[] = []
  let total = 0
  for (const [, weight] of entries) ends.push((total += weight))
  return (random) => {
    const position = random.next() * total
    let [first, last] = [0, ends.length - 1]
    while (first < last) {
      const middle = (first + last) >> 1
      if (position < (ends[middle] as number)) last = middle
      else first = middle + 1
    }
    return (entries[first] as readonly [T, number])[0]
  }
}

/** A curve through points, straight between them and level outside. */
export function curve(points: readonly (readonly [number, number])[]): (at: number) => number {
  return (at) => {
    let before = points[0] as readonly [number, number]
    if (at <= before[0]) return before[1]
    for (const point of points) {
      if (at <= point[0]) {
        return before[1] + ((point[1] - before[1]) * (at - before[0])) / (point[0] - before[0])
      }
      before = point
    }
    return before[1]
  }
}
