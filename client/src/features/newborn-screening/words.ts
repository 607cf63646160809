/** What a form holds, without what is blank; numbers where the key is one of these. */
export function filled(
  values: Record<string, unknown>,
  numbers: readonly string[] = [],
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '' && value !== null && value !== undefined)
      .map(([key, value]) => [key, numbers.includes(key) ? Number(value) : value]),
  )
}

export const codesIn = (typed: string): string[] =>
  typed
    .toUpperCase()
    .split(/[\s,，、;；]+/)
    .filter((code) => code !== '')

export const cchdKinds = { NEGATIVE: 'good', REPEAT: 'warn', POSITIVE: 'bad' } as const

/** All that a record of a child may show differently afterwards. */
export const touched = ['newborn-screening', 'birth-defect-chains', 'defect-cases']
