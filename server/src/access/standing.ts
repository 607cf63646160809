/** Rows as the database wrote them, cell by cell. */
export type Lines = readonly (readonly (string | null)[])[]

/**
 * What an access was derived from, where that was looked up for an earlier request. It counts only once the database
 * has answered the same question in the same way, in the round trip that reads (docs/decisions/0009).
 */
export type Standing = {
  readonly question: { readonly name: string; readonly text: string; readonly values: readonly string[] }
  readonly answer: Lines
  isConfirmed: boolean
}

/** The session, its user or her grants are no longer what they were at an earlier request. */
export class Outdated extends Error {}

export function confirm(standing: Standing, answer: Lines): void {
  if (!isSame(standing.answer, answer)) throw new Outdated('The session has to be looked up again')
  standing.isConfirmed = true
}

function isSame(before: Lines, now: Lines): boolean {
  return (
    before.length === now.length &&
    before.every((line, index) => {
      const other = now[index] as Lines[number]
      return line.length === other.length && line.every((cell, place) => cell === other[place])
    })
  )
}

/** The same look-up, as a statement that fails with `OUTDATED` where the database would now write other lines. */
export function confirming({ question, answer }: Standing): {
  name: string
  text: string
  values: unknown[]
} {
  const text = `with known as (${question.text})
    select app.refuse_outdated() where array(select k::text collate "C" from known k order by 1) is distinct from $${question.values.length + 1}::text[]`
  const lines = answer.map((line) => `(${line.map(cellOf).join(',')})`).sort()
  return { name: `confirm-${question.name}`, text, values: [...question.values, lines] }
}

export const OUTDATED = 'YY001'

/** A cell as PostgreSQL writes it into the text of a row. */
function cellOf(cell: string | null): string {
  if (cell === null) return ''
  return cell === '' || /[\s"\\(),]/.test(cell) ? `"${cell.replace(/["\\]/g, '$&$&')}"` : cell
}
