export type YearOfBirths = {
  /** Six digits of a county whose divisions are loaded. */
  county: number
  /** First day of the year. */
  from: string
  births: number
  /** Nothing is known of later days. */
  today: string
  /** Other seeds, other people: years can be laid side by side. */
  seed?: string
}

/** The moment at which all of it was recorded. */
export const told = (today: string) => `'${today}T08:00:00+08:00'::timestamptz`

export type Settings = Required<YearOfBirths>
