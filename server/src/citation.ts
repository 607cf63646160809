/** How sure it is: `[found: F26]`, `[K:med]`, `[design]`, `[F31, F33]`, and `K:low` in the running text. */
const mark =
  /\s*\[((?:seed|found|K|design)\b[^\]]*|F\d+[a-z]?(?:(?:, |–)F\d+[a-z]?)*)\]|\s+(K:(?:high|med|low))(?![a-z])/g
/** What the makers of the platform looked up, not a document that a county could open. */
const houseReference = new RegExp(
  [
    String.raw`(?:house default; |Ages of )?domain(?:\.md)? §\d+(?:\.\d+)*(?: (?:link|row) \d+| P\d+| sets no day)?`,
    String.raw`，见 §\d+\.\d+$|年用量标准见 §\d+\.\d+ F\d+$`,
    String.raw`^F\d+[a-z]?(?=$|[：；])|^design$`,
    String.raw`(?<=; )seed \d+$|种子\d+(?=[：；）]|$)`,
  ].join('|'),
  'g',
)

/** Where nothing but the platform stands behind a row. */
const platformDefault = '平台默认 Platform default'

/**
 * A source as it is cited, and apart from it the marks of how sure it is that reference texts carry in their midst.
 * Never empty: a county that takes a row over says where it is from.
 */
export function citation(source: string): { source: string; evidence: string[] } {
  const evidence = [...source.matchAll(mark)].map(([, bracketed, bare]) => bracketed ?? bare!)
  const unmarked = source.replaceAll(mark, '')
  const cited = unmarked.replaceAll(houseReference, '')
  const shown = cited === unmarked ? unmarked : withoutGaps(cited)
  return { source: shown || platformDefault, evidence: [...new Set(evidence)] }
}

/** Empty brackets, and the punctuation that led to what is gone. */
function withoutGaps(text: string): string {
  return text
    .replaceAll(/\s*(?:（）|\(\))/g, '')
    .replaceAll(/：(?=[；）])/g, '')
    .replaceAll(/^[\s:：;；]+|[\s;；]+$/g, '')
}

/** The row with its source as it is cited. */
export function cited<Row extends { source: string }>(row: Row): Row {
  return { ...row, source: citation(row.source).source }
}
