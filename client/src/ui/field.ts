import { inject, provide, useId } from 'vue'
import type { InjectionKey, Ref } from 'vue'

/** What a field tells the control inside it. */
export type FieldControl = {
  id: string
  describedBy: Readonly<Ref<string | undefined>>
  invalid: Readonly<Ref<boolean>>
  required: Readonly<Ref<boolean>>
}

const key: InjectionKey<FieldControl> = Symbol('field')

export function provideField(control: FieldControl): void {
  provide(key, control)
}

export const labelOf = (id: string) => `${id}-label`

/** Attributes for the inner control: id, aria-invalid, aria-describedby, aria-required. */
export function useFieldControl() {
  const field = inject(key, null)
  const ownId = useId()
  return {
    id: field?.id ?? ownId,
    /** What names a group of controls; none without a field. */
    labelledBy: field ? labelOf(field.id) : undefined,
    attributes: () => ({
      id: field?.id ?? ownId,
      'aria-invalid': field?.invalid.value ? ('true' as const) : undefined,
      'aria-describedby': field?.describedBy.value,
      'aria-required': field?.required.value ? ('true' as const) : undefined,
    }),
  }
}
