import { useTouch } from '../../api/queries.ts'
import { useTexts } from '../../texts/texts.ts'
import { changedFields } from '../../ui/changed-fields.ts'
import { toast } from '../../ui/toasts.ts'
import { useZodForm, type FormSchema } from '../../ui/useZodForm.ts'

export type FormDeed = 'record' | 'continue' | 'correct'
type Values = Record<string, unknown>

type Prenatal<Body, Kept> = {
  /** What is known; null at a new one. */
  found: Kept | null
  deed: FormDeed
  start: Values
  /** What the form holds, as the contract wants it. */
  given: (values: Values) => Values
  schema: FormSchema<Body>
  record: (body: Body, idempotencyKey: string) => Promise<Kept>
  extend: (found: Kept, set: Values) => Promise<Kept>
  correct: (found: Kept, body: { set: Values; reason: string }, idempotencyKey: string) => Promise<Kept>
  kept: (kept: Kept) => void
}

/** The form of what a woman is offered before the birth: a new record, what is known later, or what was wrong. */
export function usePrenatalForm<Body extends object, Kept extends object>({
  found,
  deed,
  start,
  given,
  schema,
  record,
  extend,
  correct,
  kept,
}: Prenatal<Body, Kept>) {
  const t = useTexts('prenatal')
  const touch = useTouch()

  function send(body: Body, idempotencyKey: string): Promise<Kept> {
    if (!found) return record(body, idempotencyKey)
    const { womanId: _, ...set } = changedFields(given(start), body)
    if (deed === 'continue') return extend(found, set)
    return correct(found, { set, reason: String(form.values['reason'] ?? '') }, idempotencyKey)
  }

  const form = useZodForm({
    schema: {
      safeParse: (values: unknown) => {
        const { reason: _, ...written } = values as Values
        return schema.safeParse(given(written))
      },
    },
    initial: { ...start, ...(deed === 'correct' && { reason: '' }) },
    submit: (body, { idempotencyKey }) => send(body, idempotencyKey),
    done: (after: Kept) => {
      touch('prenatal', 'birth-defect-chains')
      toast(t('saved'))
      kept(after)
    },
  })

  /** Once it is known, only a correction asks for it again. */
  function isOpen(field: keyof Kept): boolean {
    const known: unknown = found?.[field] ?? null
    const isBlank = known === null || known === 'UNDECIDED' || (Array.isArray(known) && known.length === 0)
    return deed !== 'continue' || isBlank
  }

  return { form, isOpen }
}
