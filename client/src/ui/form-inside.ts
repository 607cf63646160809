import { inject, provide } from 'vue'
import type { ComputedRef, InjectionKey, Ref } from 'vue'

/** What fields need from the form around them, whatever its values are. */
export type FormInside = {
  errors: Readonly<Ref<Record<string, string>>>
  summary: Readonly<Ref<{ name: string | null; label: string; message: string }[]>>
  isSending: Readonly<Ref<boolean>>
  isDirty: ComputedRef<boolean>
  idOf: (name: string) => string
  check: (name: string) => void
  describe: (name: string, label: string) => void
  submit: () => Promise<boolean>
}

const key: InjectionKey<FormInside> = Symbol('form')

export function provideForm(form: FormInside): void {
  provide(key, form)
}

export function useFormInside(): FormInside | null {
  return inject(key, null)
}
