import type pg from 'pg'
import type { Access } from '../access/access.ts'
import { confirming } from '../access/standing.ts'
import type { Asking, NamedStatement } from './connect.ts'
import { askFramed } from './framed-query.ts'
import { settingsOf } from './transaction.ts'

type Waiting = {
  statement: NamedStatement
  resolve(this: void, answer: { rows: unknown[] }): void
  reject(this: void, error: unknown): void
}

/** One transaction whose statements leave together turn by turn, the first with its opening, the last with the commit. */
export class Turns implements Asking {
  readonly client = { query: (statement: NamedStatement) => this.ask(statement) }
  private readonly connection: pg.PoolClient
  private readonly access: Access
  private waiting: Waiting[] = []
  private isScheduled = false
  private isOpened = false
  private isClosing = false

  constructor(connection: pg.PoolClient, access: Access) {
    this.connection = connection
    this.access = access
  }

  /** Commits, with these before all that has yet to leave. */
  async close(first: readonly NamedStatement[]): Promise<void> {
    this.isClosing = true
    const others = this.waiting
    this.waiting = []
    const asked = first.map((statement) => this.ask(statement))
    this.waiting.push(...others)
    this.schedule()
    await Promise.all(asked)
  }

  private async ask(statement: NamedStatement): Promise<{ rows: unknown[] }> {
    return await new Promise((resolve, reject) => {
      this.waiting.push({ statement, resolve, reject })
      this.schedule()
    })
  }

  /** After all promises that are settled in this turn have been followed. */
  private schedule(): void {
    if (this.isScheduled) return
    this.isScheduled = true
    process.nextTick(() => void this.leave())
  }

  private async leave(): Promise<void> {
    this.isScheduled = false
    const asked = this.waiting.splice(0)
    const standing = this.isOpened ? undefined : this.access.standing
    // An answer that comes with the commit is too late to refuse it: there the question itself has to fail.
    const proof = this.isClosing && standing ? [confirming(standing)] : []
    const frame = {
      settings: this.isOpened ? null : settingsOf(this.access),
      standing: this.isClosing ? undefined : standing,
      statements: [...proof, ...asked.map(({ statement }) => statement)],
      staysOpen: !this.isClosing,
    }
    this.isOpened = true
    try {
      const answers = await askFramed(this.connection, frame)
      if (proof.length > 0) standing!.isConfirmed = true
      asked.forEach(({ resolve }, index) => resolve({ rows: answers[proof.length + index]! }))
    } catch (error) {
      for (const { reject } of asked) reject(error)
    }
  }
}
