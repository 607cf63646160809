import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Job } from '@youyu/shared/jobs'
import type { App } from '../office.ts'

const LOOK = 500
const HEARTBEAT = 15_000
const LONGEST = 10 * 60_000

const isFinished = (job: Job) => job.state !== 'queued' && job.state !== 'running'

/** Streams of progress that end with the work, with the listener, or with the server. */
export function jobEvents(app: App): (reply: FastifyReply, look: () => Promise<Job>) => Promise<void> {
  const closing = new AbortController()
  app.addHook('preClose', () => {
    closing.abort()
  })

  return async function send(reply, look) {
    let job = await look()
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const signal = AbortSignal.any([closing.signal, gone.signal, AbortSignal.timeout(LONGEST)])
    const headers = reply.getHeaders()
    void reply.hijack()
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    })

    let told = ''
    let toldAt = Date.now()
    const write = (text: string) => {
      reply.raw.write(text)
      toldAt = Date.now()
    }
    try {
      for (;;) {
        const news = JSON.stringify(job)
        if (news !== told) write(`event: job\nid: ${job.id}\ndata: ${(told = news)}\n\n`)
        else if (Date.now() - toldAt > HEARTBEAT) write(': still here\n\n')
        if (isFinished(job)) break
        await pause(LOOK, undefined, { signal })
        job = await look()
      }
    } catch {
      // The listener or the server goes; the work itself does not mind.
    }
    reply.raw.end()
  }
}
