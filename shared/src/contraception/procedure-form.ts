import { z } from 'zod'
import { isOneOf, type ProcedureType } from './care-value-sets.ts'
import { firstForm } from './procedure-form-ws377.ts'

/** One element of WS 377.3; `for` lists the procedures that ask for it, all where left out. */
export type FormField = {
  code: string
  zh: string
  en: string
  kind: 'text' | 'number' | 'flag' | 'choice' | 'date'
  unit?: string
  min?: number
  max?: number
  options?: Readonly<Record<string, readonly [string, string]>>
  for?: readonly ProcedureType[]
}
export type FormSection = { code: string; zh: string; en: string; fields: readonly FormField[] }
export type ProcedureForm = { version: string; source: string; sections: readonly FormSection[] }

/** Newest last. A form once used is never changed: a new version is appended. */
export const procedureForms: readonly ProcedureForm[] = [firstForm]
export const currentForm: ProcedureForm = firstForm

/** The sections that a procedure asks for. */
export function formFor(type: ProcedureType, version = currentForm.version): readonly FormSection[] {
  const form = procedureForms.find((each) => each.version === version)
  return (form?.sections ?? [])
    .map((section) => ({
      ...section,
      fields: section.fields.filter((field) => !field.for || isOneOf(field.for, type)),
    }))
    .filter((section) => section.fields.length > 0)
}

const FormAnswer = z.union([z.string().max(2000), z.number(), z.boolean()])
export const FormValues = z.record(z.string().max(40), FormAnswer)
export type FormValues = z.infer<typeof FormValues>

export const NewForm = z.strictObject({
  version: z.string().refine((version) => procedureForms.some((form) => form.version === version)),
  values: FormValues,
})

function isAnswer(field: FormField, answer: z.infer<typeof FormAnswer>): boolean {
  switch (field.kind) {
    case 'text':
      return typeof answer === 'string'
    case 'flag':
      return typeof answer === 'boolean'
    case 'date':
      return z.iso.date().safeParse(answer).success
    case 'choice':
      return typeof answer === 'string' && field.options !== undefined && answer in field.options
    case 'number':
      return typeof answer === 'number' && answer >= (field.min ?? answer) && answer <= (field.max ?? answer)
  }
}

/** Codes of answers that the form does not ask for, or that are out of its bounds. */
export function formFaults(
  type: ProcedureType,
  { version, values }: z.infer<typeof NewForm>,
): { field: string; fault: 'unknown-field' | 'invalid-value' }[] {
  const fields = new Map(
    formFor(type, version).flatMap((section) => section.fields.map((field) => [field.code, field])),
  )
  return Object.entries(values)
    .filter(([code, answer]) => {
      const field = fields.get(code)
      return !field || !isAnswer(field, answer)
    })
    .map(([code]) => ({ field: code, fault: fields.has(code) ? 'invalid-value' : 'unknown-field' }))
}
