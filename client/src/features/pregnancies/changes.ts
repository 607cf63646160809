/** What differs from the record as it was shown: a field emptied becomes null. */
export function changesOf(before: Record<string, unknown>, values: unknown): Record<string, unknown> {
  const changed = Object.entries(values as Record<string, unknown>).filter(
    ([key, value]) => key in before && value !== before[key],
  )
  return Object.fromEntries(changed.map(([key, value]) => [key, value === '' ? null : value]))
}
