import { nice, ticks } from 'd3-array'

export type Range = readonly [number, number]
export type Scale = ((value: number) => number) & { domain: Range; range: Range; ticks: number[] }

/** A straight scale with round ends; `count` is about how many ticks fit. */
export function linear(domain: Range, range: Range, count = 5): Scale {
  const [from, to] = domain[0] === domain[1] ? [domain[0] - 1, domain[1] + 1] : domain
  const ends = nice(from, to, count)
  return exact(ends, range, ticks(ends[0], ends[1], count))
}

/** A straight scale whose ends stay as they are. */
export function exact(domain: Range, range: Range, marks: number[] = []): Scale {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0] || 1)
  return Object.assign((value: number) => range[0] + (value - domain[0]) * slope, {
    domain,
    range,
    ticks: marks,
  })
}

/** Smallest and largest of the values, with 0 if asked. */
export function extentOf(values: Iterable<number | null | undefined>, withZero = false): Range {
  let low = withZero ? 0 : Infinity
  let high = withZero ? 0 : -Infinity
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low > high ? [0, 1] : [low, high]
}

/** Middles of `count` equal slots, and how wide a slot is. */
export function slots(count: number, range: Range): { at: (index: number) => number; width: number } {
  const width = (range[1] - range[0]) / Math.max(1, count)
  return { at: (index) => range[0] + width * (index + 0.5), width }
}

/** About how wide a text is drawn; Chinese letters are square. */
export function textWidth(text: string, size: number): number {
  let width = 0
  for (const letter of text) width += letter.charCodeAt(0) > 0x2e7f ? size : size * 0.58
  return width
}

/** A name cut to the room there is. */
export function shortened(text: string, room: number, size: number): string {
  if (textWidth(text, size) <= room) return text
  let short = text
  while (short.length > 1 && textWidth(`${short}…`, size) > room) short = short.slice(0, -1)
  return `${short}…`
}

/** Every how many-th label fits. */
export function every(labels: readonly string[], slotWidth: number, size: number): number {
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, size))) + size * 0.8
  return Math.max(1, Math.ceil(widest / Math.max(1, slotWidth)))
}
