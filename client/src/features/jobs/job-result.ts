import type { RouteLocationRaw } from 'vue-router'
import type { Job } from '@youyu/shared/jobs'

export const stateKinds = {
  queued: 'plain',
  running: 'note',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'warn',
} as const

/** The page of what a job made: `/api/v1/imports/{id}` → the import's page. */
export function resultPage(job: Job): RouteLocationRaw | null {
  const [, noun, id] = /\/(imports|exports)\/([0-9a-f-]{36})/.exec(job.resultUrl ?? '') ?? []
  if (noun === undefined || id === undefined) return null
  return { name: noun === 'imports' ? 'import' : 'export', params: { id } }
}
