type Values = Record<string, unknown>

const isGroup = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nothing of what is blank; keys in one order, whoever wrote them. */
function filledIn(value: unknown): unknown {
  if (value === '' || value === null || (Array.isArray(value) && value.length === 0)) return undefined
  if (!isGroup(value)) return value
  const kept = Object.keys(value)
    .sort()
    .map((key) => [key, filledIn(value[key])] as const)
    .filter(([, part]) => part !== undefined)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** The fields that differ from before, as a correction sends them: null where one was emptied, [] where a list was. */
export function changedFields(before: object, after: object): Values {
  const [was, is] = [before as Values, after as Values]
  const changed: Values = {}
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const [then, now] = [filledIn(was[key]), filledIn(is[key])]
    if (JSON.stringify(then) !== JSON.stringify(now)) changed[key] = now ?? (Array.isArray(then) ? [] : null)
  }
  return changed
}
