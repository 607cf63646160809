import { stringify } from 'csv-stringify/sync'

/** A list for another office, with the mark by which spreadsheets know UTF-8; what begins like a formula stays text. */
export function csvOf(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return `\uFEFF${stringify([[...head], ...rows.map((row) => [...row])], { escape_formulas: true })}`
}

export function asCsv<Reply extends { headers(values: Record<string, string>): Reply }>(
  reply: Reply,
  name: string,
): Reply {
  return reply.headers({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'cache-control': 'no-store',
  })
}
