import type pg from 'pg'
import { Outdated } from '../access/standing.ts'
import { abandon } from './abandon.ts'
import { isUnreachable, serverErrorIn } from './failures.ts'
import { askFramed, isPlanned, type Frame } from './framed-query.ts'

type Waiting = {
  frame: Frame
  since: number
  resolve(this: void, rows: unknown[][]): void
  reject(this: void, error: unknown): void
}

const LANES = 4
const TOGETHER = 8
/** Who has waited longer than this behind a connection that is gone shares its failure. */
const PATIENCE_MS = 1000
const IN_FAILED_TRANSACTION = '25P02'

/**
 * Short reads, by key as a rule, that come while others are under way share a few connections: those that wait leave
 * in one write, each in a transaction of its own, and the server answers them one behind the other. On few cores what
 * costs is waking each other, not the read.
 */
class ReadingLanes {
  private readonly pool: pg.Pool
  private readonly waiting: Waiting[] = []
  private running = 0

  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  async ask(frame: Frame): Promise<unknown[][]> {
    return await new Promise((resolve, reject) => {
      this.waiting.push({ frame, since: performance.now(), resolve, reject })
      if (this.running < LANES) void this.run()
    })
  }

  private async run(): Promise<void> {
    this.running += 1
    try {
      while (this.waiting.length > 0) await this.serve(await this.pool.connect())
    } catch (error) {
      for (const { reject } of this.waiting.splice(0)) reject(error)
    } finally {
      this.running -= 1
    }
  }

  /** Until nobody waits, somebody else needs the connection, or it has failed. */
  private async serve(client: pg.PoolClient): Promise<void> {
    do {
      const failure = await this.together(client)
      if (failure !== undefined) {
        if (isUnreachable(failure)) this.refuseThePatient(failure)
        return await abandon(client, failure)
      }
    } while (this.waiting.length > 0 && this.pool.waitingCount === 0)
    client.release()
  }

  private refuseThePatient(failure: unknown): void {
    for (const one of this.waiting.splice(0))
      if (isFresh(one)) this.waiting.push(one)
      else one.reject(failure)
  }

  /** Sends some of those who wait; answers what has broken the connection's transaction, if anything. */
  private async together(client: pg.PoolClient): Promise<unknown> {
    const share = Math.min(TOGETHER, Math.ceil(this.waiting.length / LANES))
    const planned = this.waiting.slice(0, share).findIndex(({ frame }) => !isPlanned(client, frame))
    // What the server has yet to plan goes alone: nobody knows before its answer that it may be named again.
    const asked = this.waiting.splice(0, planned === -1 ? share : Math.max(planned, 1))
    const answers = await Promise.allSettled(asked.map(({ frame }) => askFramed(client, frame)))
    let failure: unknown
    answers.forEach((answer, index) => {
      const one = asked[index]!
      if (answer.status === 'fulfilled') return one.resolve(answer.value)
      const error: unknown = answer.reason
      if (error instanceof Outdated) return one.reject(error)
      const isEcho =
        failure !== undefined &&
        (isUnreachable(error) ? isFresh(one) : serverErrorIn(error)?.code === IN_FAILED_TRANSACTION)
      failure ??= error
      if (isEcho) this.waiting.unshift(one)
      else one.reject(error)
    })
    return failure
  }
}

const isFresh = ({ since }: Waiting) => performance.now() - since < PATIENCE_MS

const lanesFor = new WeakMap<pg.Pool, ReadingLanes>()

export function lanesOf(pool: pg.Pool): ReadingLanes {
  let lanes = lanesFor.get(pool)
  if (!lanes) lanesFor.set(pool, (lanes = new ReadingLanes(pool)))
  return lanes
}
