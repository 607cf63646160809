/** Unsent forms: kept in memory, and over a reload as cipher text whose key scripts cannot read out. */
const memory = new Map<string, string>()
const storagePrefix = 'youyu.draft.'
const database = 'youyu'

function openKeys(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('keys')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexeddb'))
  })
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexeddb'))
  })
}

async function draftKey(): Promise<CryptoKey | null> {
  if (typeof indexedDB === 'undefined' || !globalThis.crypto?.subtle) return null
  const keys = await openKeys()
  const known = await settled<CryptoKey | undefined>(
    keys.transaction('keys').objectStore('keys').get('drafts'),
  )
  if (known) return known
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  await settled(keys.transaction('keys', 'readwrite').objectStore('keys').put(made, 'drafts'))
  return made
}

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
const bytesOf = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

export async function saveDraft(name: string, values: unknown): Promise<void> {
  const text = JSON.stringify(values)
  memory.set(name, text)
  const key = await draftKey().catch(() => null)
  if (key === null) return
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const cipher = new Uint8Array(
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text)),
  )
  if (memory.get(name) === text)
    sessionStorage.setItem(storagePrefix + name, `${base64(iv)}.${base64(cipher)}`)
}

export async function loadDraft(name: string): Promise<unknown> {
  const kept = memory.get(name)
  if (kept !== undefined) return JSON.parse(kept)
  const [iv, cipher] = sessionStorage.getItem(storagePrefix + name)?.split('.') ?? []
  const key = iv && cipher ? await draftKey().catch(() => null) : null
  if (!iv || !cipher || key === null) return null
  const plain = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv: bytesOf(iv) }, key, bytesOf(cipher))
    .catch(() => null)
  return plain === null ? null : JSON.parse(new TextDecoder().decode(plain))
}

export function dropDraft(name: string): void {
  memory.delete(name)
  sessionStorage.removeItem(storagePrefix + name)
}

/** Signing out leaves nothing behind. */
export function dropAllDrafts(): void {
  memory.clear()
  for (const name of Object.keys(sessionStorage))
    if (name.startsWith(storagePrefix)) sessionStorage.removeItem(name)
}
