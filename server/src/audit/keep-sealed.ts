import type { FastifyBaseLogger } from 'fastify'
import { serverErrorIn } from '../database/failures.ts'
import { keepHeads, type Heads } from './heads.ts'

type Sealed = { count: number; heads: Heads }
type Keeping = { what: string; every: number; headsFile: string; log: FastifyBaseLogger }

/** Seals every so many milliseconds until stopped; stopping seals what is left. What fails is tried again. */
export function keepSealed(
  seal: () => Promise<Sealed>,
  { what, every, headsFile, log }: Keeping,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()

  async function run(): Promise<void> {
    try {
      const { count, heads } = await seal()
      keepHeads(headsFile, heads)
      if (count > 0) log.debug({ count, heads }, `${what} sealed`)
    } catch (error) {
      log.warn(
        { name: (error as Error).name, sqlstate: serverErrorIn(error)?.code },
        `${what} could not be sealed; it is tried again`,
      )
    }
  }

  const timer = setInterval(() => {
    running = running.then(run)
  }, every).unref()
  return {
    async stop() {
      clearInterval(timer)
      await (running = running.then(run))
    },
  }
}
