import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { Text } from '../values.ts'

const Name = Text(80)
const Count = z.int().min(0).max(2_000_000_000)
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
/** A figure as printed: its decimals say how far it was rounded. */
export const PrintedFigure = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/)
const Factor = z.union([1, 100, 1000, 10_000, 100_000].map((factor) => z.literal(factor)))

/** Parts add up to the total (`exhaustive`), do not reach it (`partial`), or count one thing twice (`overlapping`). */
export const BreakdownKind = z.enum(['exhaustive', 'partial', 'overlapping'])

const Figure = z.strictObject({ name: Name, value: Count })

/** A figure of a change as printed, with the births, persons or population that it rests on. */
const PrintedShare = z.strictObject({
  stated: PrintedFigure.regex(/^\d/),
  n: z.int().min(1).max(2_000_000_000),
})

const Report = z.strictObject({
  totals: z.array(Figure).max(200).default([]),
  breakdowns: z
    .array(
      z.strictObject({
        /** The name of a total. */
        of: Name,
        kind: BreakdownKind.default('exhaustive'),
        parts: z.array(Figure).min(1).max(200),
      }),
    )
    .max(200)
    .default([]),
  rates: z
    .array(
      z.strictObject({
        name: Name,
        /** May be negative: births minus deaths, a change. */
        numerator: z.int().min(-2_000_000_000).max(2_000_000_000),
        denominator: z.int().min(1).max(2_000_000_000),
        stated: PrintedFigure,
        factor: Factor,
        /** How far the printed figure may lie from the recomputed one, where the denominator is itself rounded. */
        tolerance: z.number().min(0).max(1_000_000).optional(),
      }),
    )
    .max(200)
    .default([]),
  coverages: z
    .array(z.strictObject({ name: Name, numerator: Count, denominator: z.int().min(1).max(2_000_000_000) }))
    .max(200)
    .default([]),
  series: z
    .array(
      z.strictObject({
        name: Name,
        months: z
          .array(z.strictObject({ month: Month, value: Count }))
          .min(1)
          .max(240),
      }),
    )
    .max(200)
    .default([]),
  sexRatios: z
    .array(
      z.strictObject({
        name: Name,
        months: z
          .array(z.strictObject({ month: Month, male: Count, female: Count }))
          .min(1)
          .max(240),
      }),
    )
    .max(200)
    .default([]),
  comparisons: z
    .array(
      z.strictObject({
        name: Name,
        kind: z.enum(['sex-ratio', 'proportion', 'rate']),
        /** 100 for %, 1 000 for ‰; a sex ratio is per 100 females. */
        factor: Factor,
        current: PrintedShare,
        earlier: PrintedShare,
      }),
    )
    .max(200)
    .default([]),
})

/** Names that are used twice, or whose total nobody typed in; months given twice; shares above their whole. */
function contradictionsOf(report: z.output<typeof Report>): (string | number)[][] {
  const twice = (keys: readonly string[]) =>
    keys.flatMap((key, index) => (keys.indexOf(key) < index ? [index] : []))
  const totals = report.totals.map(({ name }) => name)
  const monthsTwice = (list: 'series' | 'sexRatios') =>
    report[list].flatMap(({ months }, at) =>
      twice(months.map(({ month }) => month)).map((index) => [list, at, 'months', index, 'month']),
    )
  return [
    ...twice(totals).map((index) => ['totals', index, 'name']),
    ...report.breakdowns.flatMap(({ of }, index) =>
      totals.includes(of) ? [] : [['breakdowns', index, 'of']],
    ),
    ...monthsTwice('series'),
    ...monthsTwice('sexRatios'),
    ...report.comparisons.flatMap(({ kind, factor, current, earlier }, index) =>
      [
        { side: 'current', stated: current.stated },
        { side: 'earlier', stated: earlier.stated },
      ]
        .filter(({ stated }) => kind === 'proportion' && Number(stated) > factor)
        .map(({ side }) => ['comparisons', index, side, 'stated']),
    ),
  ]
}

/** A report somebody published, typed in; every list may be empty. */
export const TypedReport = Report.superRefine((report, context) => {
  for (const path of contradictionsOf(report))
    context.addIssue({ code: 'custom', path, params: { code: 'invalid-value' } })
})
export type TypedReport = z.output<typeof TypedReport>

export const ReportRule = z.enum(['A1', 'A2', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10'])

const Finding = z.object({
  rule: ReportRule,
  /** A question needs an answer from whoever reported; a note only explains. */
  severity: z.enum(['question', 'note']),
  /** The total, rate, coverage or series it is about. */
  subject: z.string(),
  zh: z.string(),
  en: z.string(),
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
})
export type ReportFinding = z.infer<typeof Finding>

export const EstimateShape = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  method: z.string(),
})

const CheckedRate = z.object({
  name: z.string(),
  stated: z.string(),
  recomputed: EstimateShape,
  verdict: z.enum(['consistent', 'truncated', 'within-tolerance', 'inconsistent']),
  flag: z.literal('UNSTABLE').nullable(),
})
export type CheckedRate = z.infer<typeof CheckedRate>

const CheckedComparison = z.object({
  name: z.string(),
  current: EstimateShape,
  earlier: EstimateShape,
  /** Current minus earlier in standard errors. */
  z: z.number().nullable(),
  isSignificant: z.boolean(),
  method: z.string(),
  zh: z.string(),
  en: z.string(),
})
export type CheckedComparison = z.infer<typeof CheckedComparison>

export const ReportCheck = z.object({
  findings: z.array(Finding),
  rates: z.array(CheckedRate),
  comparisons: z.array(CheckedComparison),
})
export type ReportCheck = z.infer<typeof ReportCheck>

export const checkTypedReport = defineEndpoint({
  method: 'POST',
  url: '/api/v1/report-checks',
  schema: {
    summary: 'Check a published report that was typed in; nothing is stored',
    tags: ['indicators'],
    body: TypedReport,
    response: { 200: ReportCheck },
  },
  config: { permission: 'indicator.read', dataClass: 'L1' },
})
