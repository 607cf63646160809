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
