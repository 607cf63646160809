import { useZodForm, type FormSchema, type ZodForm } from '../../ui/useZodForm.ts'

/** The form of one row: what is taken stays in the page until the version is published. */
export function useVersionRow<Row>(options: {
  schema: FormSchema<Row>
  initial: Record<string, unknown>
  /** The row as it is typed, in the words of the schema. */
  rowIn: (values: Record<string, unknown>) => unknown
  take: (row: Row) => void
}): ZodForm {
  return useZodForm<Row, Row>({
    schema: {
      safeParse: (values) => options.schema.safeParse(options.rowIn(values as Record<string, unknown>)),
    },
    initial: options.initial,
    submit: (row) => Promise.resolve(row),
    done: options.take,
  })
}
