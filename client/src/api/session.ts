import { shallowRef } from 'vue'
import type { CurrentUser, SignedIn } from '@youyu/shared/accounts'
import type { Permission } from '@youyu/shared/permissions'

/** Whether this browser may still hold a refresh cookie: spares strangers a failing request. */
const traceKey = 'youyu.signed-in'

let accessToken: string | null = null
let lastUser: string | null = null

export const currentUser = shallowRef<CurrentUser | null>(null)

export function tokenInMemory(): string | null {
  return accessToken
}

export function beginSession(signedIn: SignedIn): void {
  accessToken = signedIn.accessToken
  currentUser.value = signedIn.user
  lastUser = signedIn.user.id
  localStorage.setItem(traceKey, '1')
}

/** Who worked in this page last, signed in or not. */
export function lastUserId(): string | null {
  return lastUser
}

export function forgetSession(): void {
  accessToken = null
  currentUser.value = null
  localStorage.removeItem(traceKey)
}

export function mayHoldCookie(): boolean {
  return localStorage.getItem(traceKey) === '1'
}

export function may(permission: Permission | undefined): boolean {
  return permission === undefined || (currentUser.value?.permissions.includes(permission) ?? false)
}

type Listener = () => void
const listeners = new Set<Listener>()

/** Called when the session is over although the user did not end it. */
export function onSessionLost(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function loseSession(): void {
  forgetSession()
  for (const listener of listeners) listener()
}
