import type { Component } from 'vue'

type Common = {
  /** Path in the body: `set.name` for nested ones. */
  name: string
  label: string
  hint?: string
  required?: boolean
  wide?: boolean
}
export type Option = { value: string; label: string }

/** A field of a deed: what is asked, and by which control. */
export type DeedField = Common &
  (
    | { kind: 'text' | 'area' | 'date' | 'yuan' | 'number' | 'flag' }
    | { kind: 'person' | 'organisation' | 'division' }
    | { kind: 'select' | 'radios' | 'checks'; options: readonly Option[] }
    | { kind: 'own'; component: Component }
  )

export function optionsOf(
  table: Readonly<Record<string, readonly [string, string]>>,
  name: (pair: readonly [string, string]) => string,
): Option[] {
  return Object.entries(table).map(([value, pair]) => ({ value, label: name(pair) }))
}
