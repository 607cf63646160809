import { getJob, watchJob as jobEvents } from '@youyu/shared/jobs'
import type { Job } from '@youyu/shared/jobs'
import { call, send } from './call.ts'
import { ApiProblem } from './problem.ts'

export function isFinished(job: Job): boolean {
  return job.state === 'succeeded' || job.state === 'failed' || job.state === 'cancelled'
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The `data:` lines of complete events; what is left over waits for more. */
export function splitEvents(buffer: string): { events: string[]; rest: string } {
  const blocks = buffer.replaceAll('\r\n', '\n').split('\n\n')
  const rest = blocks.pop() ?? ''
  const events = blocks
    .map((block) =>
      block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n'),
    )
    .filter((text) => text !== '')
  return { events, rest }
}

async function readStream(id: string, signal: AbortSignal, tell: (job: Job) => void): Promise<boolean> {
  const response = await send(jobEvents, { params: { id } }, { signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return false
  let buffer = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return false
    const { events, rest } = splitEvents(buffer + value)
    buffer = rest
    for (const text of events) {
      const job = JSON.parse(text) as Job
      tell(job)
      if (isFinished(job)) return true
    }
  }
}

/** Follows a job until it ends or `signal` stops it; a broken stream is taken up again. */
export async function followJob(id: string, tell: (job: Job) => void, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      if (await readStream(id, signal, tell)) return
      attempt = 0
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiProblem && [401, 403, 404].includes(error.status)) throw error
    }
    await pause(Math.min(1000 * 2 ** attempt, 15_000))
    if (signal.aborted) return
    const job = await call(getJob, { params: { id } }, { signal }).catch(() => null)
    if (job !== null) {
      tell(job)
      if (isFinished(job)) return
    }
  }
}
