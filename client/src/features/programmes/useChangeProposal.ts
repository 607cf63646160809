import { computed, ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import {
  getProgrammeChange,
  NewProgrammeChange,
  proposeProgrammeChange,
  reviseProgrammeChange,
} from '@youyu/shared/subsidies/programme-changes'
import type { ChangeKind, ChangePayload } from '@youyu/shared/subsidies/programme-changes'
import type { ProgrammeDetail } from '@youyu/shared/subsidies/programmes'
import { call, newKey } from '../../api/call.ts'
import { ApiProblem, problemText } from '../../api/problem.ts'
import { useRead, useTouch } from '../../api/queries.ts'
import { today } from '../../texts/formats.ts'
import { language, useTexts } from '../../texts/texts.ts'
import { toast } from '../../ui/toasts.ts'
import { draftOf } from './change-draft.ts'

type Asked = {
  code: () => string
  /** The proposal that is written anew, if it is one. */
  revised: () => string | null
  kind: { value: ChangeKind }
  programme: () => ProgrammeDetail | undefined
}

/** What is drafted of each kind, and its way to whoever decides. */
export function useChangeProposal({ code, revised, kind, programme }: Asked) {
  const t = useTexts('programmes')
  const router = useRouter()
  const touch = useTouch()
  const earlier = useRead(getProgrammeChange, () => {
    const id = revised()
    return id === null ? null : { params: { id }, querystring: {} }
  })
  const drafts = shallowRef<Partial<Record<ChangeKind, ChangePayload>>>({})
  const effectiveOn = ref<string | null>(today())
  const reason = ref('')
  const document = ref('')
  const errors = ref<Record<string, string>>({})
  const failure = ref('')
  const isSending = ref(false)
  let sent = { content: '', key: '' }

  watch(
    () => earlier.data.value,
    (change) => {
      if (!change) return
      put(change.payload)
      effectiveOn.value = change.effectiveOn
      reason.value = change.reason
      document.value = change.document
      kind.value = change.payload.kind
    },
  )

  const payload = computed(() => {
    const known = programme()
    return drafts.value[kind.value] ?? (known && draftOf(kind.value, known))
  })

  function put(next: ChangePayload) {
    drafts.value = { ...drafts.value, [next.kind]: next }
  }

  async function send(state: 'DRAFT' | 'PROPOSED') {
    failure.value = ''
    const read = NewProgrammeChange.safeParse({
      programme: code(),
      payload: payload.value,
      effectiveOn: effectiveOn.value,
      reason: reason.value,
      document: document.value,
      state,
    })
    errors.value = read.success
      ? {}
      : Object.fromEntries(read.error.issues.map(({ path, message }) => [path.join('.'), message]))
    if (!read.success) return
    isSending.value = true
    try {
      const { id } = await keep(read.data)
      touch('programmes')
      toast(state === 'DRAFT' ? t('edit.drafted') : t('edit.proposed'))
      void router.push({ name: 'programme-change', params: { id } })
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem
      errors.value = faultsOf(problem)
      failure.value = problemText(problem, language())
    } finally {
      isSending.value = false
    }
  }

  /** Under the same key as long as the same is sent. */
  async function keep(body: NewProgrammeChange): Promise<{ id: string }> {
    const id = revised()
    const before = earlier.data.value
    if (id !== null && before)
      return await call(reviseProgrammeChange, { params: { id }, body }, { ifMatch: before.version })
    const content = JSON.stringify(body)
    if (content !== sent.content) sent = { content, key: newKey() }
    return await call(proposeProgrammeChange, { body }, { idempotencyKey: sent.key })
  }

  return { payload, put, effectiveOn, reason, document, errors, failure, isSending, send }
}

function faultsOf({ problem }: ApiProblem): Record<string, string> {
  return Object.fromEntries(
    (problem?.errors ?? []).map(({ pointer, code }) => [
      pointer.replace(/^\//, '').replaceAll('/', '.'),
      code,
    ]),
  )
}
