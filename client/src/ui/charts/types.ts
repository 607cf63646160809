/** How numbers are written: options of Intl.NumberFormat. */
export type ChartFormat = Intl.NumberFormatOptions

/** What every chart takes. */
export type ChartFrame = {
  title: string
  /** What is drawn and how to read it: shown under the title, read out with the chart. */
  description?: string | undefined
  /** Source, period, definition: small, below the chart and in its pictures. */
  note?: string | undefined
  /** Name of downloaded files without ending; else the title. */
  fileName?: string | undefined
  emptyTitle?: string | undefined
  emptyHint?: string | undefined
  /** Points and rows can be opened; `choose` tells the key of the one chosen. */
  choosable?: boolean | undefined
  /** 2 if absent. */
  headingLevel?: 2 | 3 | 4 | undefined
}

/** The room a chart has: its width in pixels and the root font size. */
export type Stage = { width: number; rem: number }

export type ChartCell = string | number | null
export type ChartColumn = {
  label: string
  format?: ChartFormat | undefined
  isNumeric?: boolean
  isLong?: boolean
}
/** The same figures as the chart; the first cell names the row, its key is what `choose` tells. */
export type ChartTable = {
  columns: ChartColumn[]
  rows: { key: string; cells: ChartCell[] }[]
}

/** A place where the arrow keys and the pointer stop: left and right walk a row, up and down change it. */
export type ChartStep = {
  key: string
  /** What `choose` tells; else the key. */
  choice?: string | undefined
  x: number
  y: number
  row: number
  column: number
  title: string
  lines: string[]
}

export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross'
/** Colour, dash and shape of a series, always together. */
export type Look = { ink: string; dash: string; shape: Shape; isHollow: boolean }
export type LegendEntry = {
  label: string
  kind: 'line' | 'rule' | 'band' | 'bar' | 'outline' | 'point'
  look: Look
}

export type ChartPoint = {
  value: number | null
  low?: number | null | undefined
  high?: number | null | undefined
  /** Few cases: drawn hollow, said in words. */
  isSmall?: boolean | undefined
  /** Further words, such as why a value is missing. */
  remark?: string | undefined
  /** What `choose` tells; else `<series key>:<place>`. */
  key?: string | undefined
}

/** One value per place; `before` is the comparison, such as last year. */
export type ChartSeries = {
  key: string
  label: string
  points: (ChartPoint | null)[]
  role?: 'now' | 'before' | undefined
}

/** Counts by single year of age; the last one holds everybody older. */
export type PyramidCounts = { label: string; male: readonly number[]; female: readonly number[] }

export type ControlPoint = {
  /** Period: '2026-03', or any label. */
  at: string
  value: number | null
  lower: number | null
  upper: number | null
  /** Number of cases. */
  n?: number | undefined
  /** Said by the server, where it knows further rules; else outside its limits. */
  isOut?: boolean | undefined
  isSmall?: boolean | undefined
  remark?: string | undefined
  key?: string | undefined
}

export type FunnelPoint = {
  key: string
  label: string
  /** Number of cases behind the value: the precision, and the place on the x axis. */
  n: number
  value: number | null
  isSmall?: boolean | undefined
  remark?: string | undefined
}

/** The limits at one number of cases; enough of them make the curve. */
export type FunnelLimits = {
  n: number
  lower95: number | null
  upper95: number | null
  lower998: number | null
  upper998: number | null
}

export type Panel = { key: string; label: string; points: (ChartPoint | null)[] }

export type TimelineLane = { key: string; label: string }
export type TimelineEvent = {
  key: string
  lane: string
  /** The day it happened, 'YYYY-MM-DD', or month 'YYYY-MM'. */
  on: string
  /** End of a period; null: it lasts. */
  until?: string | null | undefined
  /** The day it was recorded: drawn as a tail when later than it happened. */
  recordedOn?: string | undefined
  label: string
  detail?: string | undefined
  isVoided?: boolean | undefined
}
