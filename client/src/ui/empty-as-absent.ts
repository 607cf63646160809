type Field = { safeParse: (value: unknown) => { success: boolean } }
type Shaped = { shape: Record<string, Field> }

function shapeOf(schema: unknown): Shaped['shape'] | null {
  return typeof schema === 'object' && schema !== null && 'shape' in schema ? (schema as Shaped).shape : null
}

/** Fields left blank ('' in the page) are absent, or null where only null is allowed. */
export function emptyAsAbsent(schema: unknown, values: unknown): unknown {
  const shape = shapeOf(schema)
  if (shape === null || typeof values !== 'object' || values === null) return values
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    const field = shape[key]
    if (value !== '' || field === undefined) {
      kept[key] = field === undefined ? value : emptyAsAbsent(field, value)
      continue
    }
    if (field.safeParse(undefined).success) continue
    kept[key] = field.safeParse(null).success ? null : ''
  }
  return kept
}
