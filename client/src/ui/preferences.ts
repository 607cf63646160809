import { reactive } from 'vue'
import { call } from '../api/call.ts'
import { entrance } from '../api/entrance.ts'
import { currentUser } from '../api/session.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const kept = reactive<Record<string, unknown>>({})
let owner: string | null = null
let loading: Promise<void> | null = null

async function load(): Promise<void> {
  const { preferences } = await call(entrance.getPreferences, {})
  for (const key of Object.keys(kept)) delete kept[key]
  Object.assign(kept, preferences)
}

/** The settings of the signed-in user, read once; unreachable settings are no reason to stop. */
export function loadPreferences(): Promise<void> {
  const user = currentUser.value?.id ?? null
  if (user !== owner) {
    owner = user
    loading = null
  }
  loading ??= load().catch(() => undefined)
  return loading
}

export function preference<Value>(key: string): Value | undefined {
  return kept[key] as Value | undefined
}

/** Kept at once here, and on the server for the next device. `null` forgets it. */
export function keepPreference(key: string, value: Json): void {
  if (value === null) delete kept[key]
  else kept[key] = value
  void call(entrance.setPreference, { params: { key }, body: { value } }).catch(() => undefined)
}
