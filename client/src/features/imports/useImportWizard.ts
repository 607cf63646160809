import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { createImport, getImport, inspectFile } from '@youyu/shared/population/imports'
import type { ColumnMapping, FileInspection, ImportKind, MatchChoice } from '@youyu/shared/population/imports'
import { call, newKey } from '../../api/call.ts'
import { ApiProblem } from '../../api/problem.ts'
import { currentUser } from '../../api/session.ts'
import { upload } from '../../api/upload.ts'
import { dropDraft, loadDraft, saveDraft } from '../../ui/drafts.ts'
import { startMapping } from './mapping-rules.ts'

const headBytes = 64 * 1024

type Choices = {
  kind: ImportKind
  source: string
  mapping: ColumnMapping
  onMatch: MatchChoice
  dryRun: boolean
}

/** The file last sent, in memory only: a trial run is followed by the real one without choosing it again. */
let lastSent: { importId: string; file: File } | null = null

const draftName = () => `${currentUser.value?.id ?? ''}.imports.wizard`

/** Everything chosen on the way to an import; all but the file itself survives a reload. */
export function useImportWizard() {
  const choices = reactive<Choices>({
    kind: 'persons',
    source: '',
    mapping: {},
    onMatch: 'review',
    dryRun: false,
  })
  const file = shallowRef<File | null>(null)
  const inspection = shallowRef<FileInspection | null>(null)
  const failure = shallowRef<ApiProblem | null>(null)
  const isBusy = ref(false)
  const sentShare = ref<number | null>(null)
  const kept = shallowRef<ColumnMapping | null>(null)
  let stop = new AbortController()
  let key = newKey()

  /** Takes up where a reload, or an earlier import (`from`), left off. */
  async function restore(from: string | undefined, kind: string | undefined): Promise<boolean> {
    const draft = (await loadDraft(draftName())) as Choices | null
    if (from !== undefined) {
      const earlier = await call(getImport, { params: { id: from } })
      Object.assign(choices, { kind: earlier.kind, onMatch: earlier.onMatch, dryRun: false })
      kept.value = earlier.mapping ?? draft?.mapping ?? null
      if (lastSent?.importId === from) await take(lastSent.file)
      return false
    }
    if (kind !== undefined) choices.kind = kind as ImportKind
    else if (draft !== null) {
      Object.assign(choices, draft)
      kept.value = draft.mapping
    }
    return draft !== null && Object.keys(draft.mapping).length > 0
  }
  watch(choices, () => void saveDraft(draftName(), choices))
  watch(
    () => choices.kind,
    (kind) => {
      // Only people can be reviewed one by one.
      if (kind !== 'persons' && choices.onMatch === 'review') choices.onMatch = 'skip'
    },
  )

  /** Runs one call, keeping its refusal for the page to explain. */
  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    failure.value = null
    isBusy.value = true
    try {
      return await work()
    } catch (error) {
      if (error instanceof ApiProblem) failure.value = error
      else if (!(error instanceof DOMException)) throw error
      return null
    } finally {
      isBusy.value = false
    }
  }

  async function take(chosen: File | null): Promise<boolean> {
    file.value = chosen
    inspection.value = null
    key = newKey()
    return chosen === null ? false : inspect()
  }

  async function inspect(): Promise<boolean> {
    const chosen = file.value
    if (chosen === null) return false
    const form = new FormData()
    form.append('kind', choices.kind)
    if (choices.source) form.append('source', choices.source)
    form.append('file', chosen.slice(0, headBytes), chosen.name)
    const found = await attempt(() => call(inspectFile, { form }))
    if (found === null || file.value !== chosen) return false
    inspection.value = found
    choices.mapping = startMapping(found, kept.value)
    return true
  }

  function chooseKind(kind: ImportKind) {
    if (kind !== choices.kind) kept.value = null
    choices.kind = kind
    if (file.value) void inspect()
  }

  /** Sends the file; the id of the import that works on it. */
  async function start(again = false): Promise<string | null> {
    const chosen = file.value
    if (chosen === null) return null
    const form = new FormData()
    form.append('kind', choices.kind)
    form.append('onMatch', choices.onMatch)
    form.append('dryRun', String(choices.dryRun))
    form.append('mapping', JSON.stringify(choices.mapping))
    if (choices.source) form.append('source', choices.source)
    if (again) form.append('again', 'true')
    form.append('file', chosen, chosen.name)
    if (again) key = newKey()
    stop = new AbortController()
    sentShare.value = 0
    const options = {
      idempotencyKey: key,
      signal: stop.signal,
      progress: (share: number) => (sentShare.value = share),
    }
    const answer = await attempt(() => upload(createImport, form, options))
    sentShare.value = null
    if (answer === null) return null
    lastSent = { importId: answer.import.id, file: chosen }
    dropDraft(draftName())
    return answer.import.id
  }

  return {
    choices,
    file,
    inspection,
    failure,
    isBusy,
    sentShare: computed(() => sentShare.value),
    restore,
    take,
    chooseKind,
    start,
    stopSending: () => stop.abort(),
  }
}
