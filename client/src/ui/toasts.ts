import { shallowRef } from 'vue'
import { problemText } from '../api/problem.ts'
import { language } from '../texts/texts.ts'

export type Toast = { id: number; kind: 'good' | 'bad' | 'note'; message: string }

export const toasts = shallowRef<Toast[]>([])
let last = 0

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** Says something for a few seconds, to eyes and to screen readers. */
export function toast(message: string, kind: Toast['kind'] = 'good'): void {
  const id = (last += 1)
  toasts.value = [...toasts.value.slice(-3), { id, kind, message }]
  setTimeout(() => dismissToast(id), kind === 'bad' ? 9_000 : 5_000)
}

/** Says why something failed. */
export function toastProblem(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return
  toast(problemText(error, language()), 'bad')
}
