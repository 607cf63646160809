import { computed, inject, provide, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import { getClient } from '@youyu/shared/contraception/clients'
import { getScreenPrefill, recordScreen } from '@youyu/shared/contraception/eligibility'
import { getMecEditionInForce } from '@youyu/shared/contraception/mec-editions'
import type { Evaluation } from '@youyu/shared/contraception/eligibility'
import { NewEncounter, recordEncounter } from '@youyu/shared/contraception/encounters'
import type { RecordedEncounter } from '@youyu/shared/contraception/encounters'
import type { CarePreview } from '@youyu/shared/contraception/care-preview'
import { listFollowUpTasks } from '@youyu/shared/contraception/follow-up'
import { listMethods, listMethodSheets } from '@youyu/shared/contraception/methods'
import type { ContraceptiveMethod } from '@youyu/shared/contraception/methods'
import { call } from '../../api/call.ts'
import { useRead, useTouch } from '../../api/queries.ts'
import { may } from '../../api/session.ts'
import { today } from '../../texts/formats.ts'
import { i18n, inLanguage } from '../../texts/texts.ts'
import { useZodForm } from '../../ui/useZodForm.ts'
import { blankEncounter, bodyOf, screenOf } from './encounter.ts'
import type { EncounterDraft, Questions } from './encounter.ts'
import { questionsOf } from './questions.ts'
import { careTags } from './useDeed.ts'

type Parsed = ReturnType<typeof NewEncounter.safeParse>

/** Faults that the schema names by a code of its own, in the words of the office. */
function inWords(parsed: Parsed) {
  if (parsed.success) return parsed
  const issues = parsed.error.issues.map((issue) => {
    const code: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined
    const path = `care.fault.${String(code)}`
    return i18n.global.te(path) ? { ...issue, message: i18n.global.t(path) } : issue
  })
  return { success: false as const, error: { issues } }
}

/** Everything that the parts of the encounter screen share. */
function makeRoom(clientId: string) {
  const touch = useTouch()
  const client = useRead(getClient, () => ({ params: { id: clientId } }), { staleTime: 0 })
  const methods = useRead(listMethods, () => ({}))
  const sheets = useRead(listMethodSheets, () => ({ querystring: {} }))
  const edition = useRead(getMecEditionInForce, () => ({ querystring: {} }))
  const prefill = useRead(getScreenPrefill, () => ({ querystring: { clientId } }), { staleTime: 0 })
  const tasks = useRead(listFollowUpTasks, () => ({ querystring: { clientId, limit: 50 } }), { staleTime: 0 })

  const topics = computed(() => questionsOf(edition.data.value?.conditions ?? []))
  const questions: ComputedRef<Questions> = computed(() =>
    Object.fromEntries(topics.value.map(({ topic, items }) => [topic, items.map(({ finding }) => finding)])),
  )

  const preview = shallowRef<CarePreview | null>(null)
  const asked = shallowRef<{ body: NewEncounter; key: string } | null>(null)
  const form = useZodForm({
    schema: {
      safeParse: (values: unknown) =>
        inWords(NewEncounter.safeParse(bodyOf(values as EncounterDraft, clientId, questions.value))),
    },
    initial: blankEncounter(today()),
    submit: async (body, { idempotencyKey }) => {
      preview.value = await call(recordEncounter, { body, querystring: { dryRun: 'true' } })
      asked.value = { body, key: idempotencyKey }
    },
    draft: `care.encounter.${clientId}`,
  })
  const draft = form.values as EncounterDraft

  const saved = shallowRef<RecordedEncounter | null>(null)
  const isSaving = ref(false)

  /** Records exactly what was previewed. */
  async function save(): Promise<void> {
    if (asked.value === null || isSaving.value) return
    isSaving.value = true
    try {
      const { body, key } = asked.value
      saved.value = (await call(recordEncounter, { body }, { idempotencyKey: key })) as RecordedEncounter
      preview.value = null
      form.reset(blankEncounter(today()))
      touch(...careTags)
    } finally {
      isSaving.value = false
    }
  }

  const evaluation = shallowRef<Evaluation | null>(null)
  const isJudging = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0
  watch(
    () => JSON.stringify([screenOf(draft.screen, questions.value), draft.occurredOn]),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void judge(), 250)
    },
  )

  /** Categories follow the answers while they are given; the server's rules alone decide. */
  async function judge(): Promise<void> {
    const screen = screenOf(draft.screen, questions.value)
    const mine = (latest += 1)
    if (screen === undefined || !draft.occurredOn) {
      evaluation.value = null
      return
    }
    isJudging.value = true
    const body = recordScreen.schema.body.safeParse({ ...screen, clientId, occurredOn: draft.occurredOn })
    try {
      if (!body.success) return
      const answer = await call(recordScreen, { body: body.data, querystring: { dryRun: 'true' } })
      if (mine === latest) evaluation.value = answer as Evaluation
    } catch {
      // Said where she saves; the last known categories stay.
    } finally {
      if (mine === latest) isJudging.value = false
    }
  }
  const known = computed(() => evaluation.value ?? prefill.data.value ?? null)

  const methodOf = (code: string): ContraceptiveMethod | undefined =>
    methods.data.value?.items.find((method) => method.code === code)
  const nameOf = (code: string): string => {
    const method = methodOf(code)
    return method ? inLanguage([method.nameZh, method.nameEn]) : code
  }
  const eligibilityOf = (code: string) => {
    const column = methodOf(code)?.mecMethod
    return column ? known.value?.methods.find(({ method }) => method === column) : undefined
  }

  return {
    clientId,
    client,
    methods: computed(() => methods.data.value?.items ?? []),
    sheets: computed(() => sheets.data.value?.items ?? []),
    edition: computed(() => edition.data.value),
    topics,
    questions,
    prefill: computed(() => prefill.data.value),
    tasks: computed(() =>
      (tasks.data.value?.items ?? []).filter(({ status }) =>
        ['PLANNED', 'OFFERED', 'BOOKED'].includes(status),
      ),
    ),
    form,
    draft,
    evaluation: known,
    isJudging,
    preview,
    save,
    isSaving,
    saved,
    methodOf,
    nameOf,
    eligibilityOf,
    mayOverride: computed(() => may('care.override')),
    isMan: computed(() => client.data.value?.sex === '1'),
  }
}

export type EncounterRoom = ReturnType<typeof makeRoom>
const key: InjectionKey<EncounterRoom> = Symbol('encounter')

export function openEncounter(clientId: string): EncounterRoom {
  const room = makeRoom(clientId)
  provide(key, room)
  return room
}

export function useEncounter(): EncounterRoom {
  const room = inject(key)
  if (!room) throw new Error('outside the encounter screen')
  return room
}
