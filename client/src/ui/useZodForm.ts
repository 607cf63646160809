import {
  computed,
  getCurrentInstance,
  onScopeDispose,
  reactive,
  ref,
  shallowRef,
  toRaw,
  useId,
  watch,
} from 'vue'
import { newKey } from '../api/call.ts'
import { ApiProblem, problemText } from '../api/problem.ts'
import { currentUser } from '../api/session.ts'
import { language, text } from '../texts/texts.ts'
import { dropDraft, loadDraft, saveDraft } from './drafts.ts'
import { emptyAsAbsent } from './empty-as-absent.ts'
import type { FormInside } from './form-inside.ts'

type Issue = { path: PropertyKey[]; message: string }

/** What a form needs of a schema; every zod schema has it. */
export type FormSchema<Values> = {
  safeParse: (
    values: unknown,
  ) => { success: true; data: Values } | { success: false; error: { issues: readonly Issue[] } }
}

export type FormOptions<Values, Result> = {
  schema: FormSchema<Values>
  /** All keys that the form shows; '' for what is not filled in yet. */
  initial: Record<string, unknown>
  /** `idempotencyKey` stays the same while the same content is sent again. */
  submit: (values: Values, send: { idempotencyKey: string }) => Promise<Result>
  done?: (result: Result) => void
  /** Keeps the unsent values under this name over a reload or a new sign-in. */
  draft?: string
  /** Keys that are never part of a draft: identity numbers, phones. */
  draftOmit?: readonly string[]
}

type SummaryEntry = { name: string | null; label: string; message: string }

const copy = <Values>(values: Values): Values => JSON.parse(JSON.stringify(values)) as Values

/** `/grants/0/role` → `grants.0.role`. */
function nameOf(pointer: string): string {
  return pointer.replace(/^[/?]/, '').replaceAll('/', '.')
}

/** A form over a schema of shared: checks a field when it is left, all of it when it is sent. */
export function useZodForm<Values, Result>(options: FormOptions<Values, Result>) {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- values are anything until the schema has spoken
  const values = reactive(copy(options.initial)) as Record<string, any>
  // Before the sign-in there is neither zod nor a schema with refusals of its own.
  if (currentUser.value) void import('../texts/validation.ts').then(({ learnRefusals }) => learnRefusals())
  const errors = ref<Record<string, string>>({})
  const failure = ref<string | null>(null)
  const isSending = ref(false)
  const start = shallowRef(JSON.stringify(options.initial))
  const isDirty = computed(() => JSON.stringify(values) !== start.value)
  const labels = reactive<Record<string, string>>({})
  const base = getCurrentInstance() ? useId() : 'form'
  const draftName = options.draft && `${currentUser.value?.id ?? ''}.${options.draft}`
  let sent = { content: '', key: '' }

  const summary = computed<SummaryEntry[]>(() => [
    ...(failure.value === null ? [] : [{ name: null, label: '', message: failure.value }]),
    ...Object.entries(errors.value).map(([name, message]) => ({
      name: name in labels ? name : null,
      label: labels[name] ?? '',
      message,
    })),
  ])

  function parse() {
    return options.schema.safeParse(emptyAsAbsent(options.schema, toRaw(values)))
  }

  function found(issues: readonly Issue[]): Record<string, string> {
    const messages: Record<string, string> = {}
    for (const issue of issues) messages[issue.path.join('.')] ??= issue.message
    return messages
  }

  /** Checks one field; others keep what they say. */
  function check(name: string): void {
    const result = parse()
    const message = result.success ? undefined : found(result.error.issues)[name]
    const { [name]: _, ...others } = errors.value
    errors.value = message === undefined ? others : { ...others, [name]: message }
  }

  function refuse(error: unknown): void {
    const problem = error instanceof ApiProblem ? error.problem : null
    const messages: Record<string, string> = {}
    for (const entry of problem?.errors ?? []) {
      messages[nameOf(entry.pointer)] ??= entry.titles[language()]
    }
    errors.value = messages
    failure.value = Object.keys(messages).length > 0 ? null : problemText(error, language())
  }

  /** Whether it was sent and accepted. */
  async function submit(): Promise<boolean> {
    if (isSending.value) return false
    failure.value = null
    const result = parse()
    errors.value = result.success ? {} : found(result.error.issues)
    if (!result.success) return false
    const content = JSON.stringify(result.data)
    if (content !== sent.content) sent = { content, key: newKey() }
    isSending.value = true
    try {
      const answer = await options.submit(result.data, { idempotencyKey: sent.key })
      sent = { content: '', key: '' }
      start.value = JSON.stringify(values)
      if (draftName) dropDraft(draftName)
      options.done?.(answer)
      return true
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      refuse(error)
      return false
    } finally {
      isSending.value = false
    }
  }

  /** Back to the first values, or on to others. */
  function reset(next: Record<string, unknown> = options.initial): void {
    for (const key of Object.keys(values)) if (!(key in next)) delete values[key]
    Object.assign(values, copy(next))
    start.value = JSON.stringify(values)
    errors.value = {}
    failure.value = null
    if (draftName) dropDraft(draftName)
  }

  /** What would be sent, without sending it; null while something is wrong, which the form then says. */
  function read(): Values | null {
    const result = parse()
    failure.value = null
    errors.value = result.success ? {} : found(result.error.issues)
    return result.success ? result.data : null
  }

  /** Checks everything without sending: before the page that shows the answers. */
  const checkAll = (): boolean => read() !== null

  const draftRestored = ref(false)
  const draftValues = () =>
    Object.fromEntries(Object.entries(toRaw(values)).filter(([key]) => !options.draftOmit?.includes(key)))
  if (draftName) {
    let timer: ReturnType<typeof setTimeout> | undefined
    void loadDraft(draftName).then((draft) => {
      if (draft === null || isDirty.value) return
      Object.assign(values, draft)
      draftRestored.value = true
    })
    watch(values, () => {
      clearTimeout(timer)
      timer = setTimeout(() => isDirty.value && void saveDraft(draftName, draftValues()), 400)
    })
    onScopeDispose(() => {
      clearTimeout(timer)
      if (isDirty.value) void saveDraft(draftName, draftValues())
    })
  }

  const inside: FormInside = {
    errors,
    summary,
    isSending,
    isDirty,
    idOf: (name) => `${base}-${name.replaceAll('.', '-')}`,
    check,
    describe: (name, label) => (labels[name] = label),
    submit,
  }
  return {
    ...inside,
    values,
    failure,
    reset,
    checkAll,
    read,
    draftRestored,
    discardText: () => text('ui.form.discard'),
  }
}

export type ZodForm<Values = unknown> = ReturnType<typeof useZodForm<Values, unknown>>
