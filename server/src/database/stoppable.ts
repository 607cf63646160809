import type { Database, Transaction } from './connect.ts'

/** A statement that had just ended when it was cancelled may be followed by another one. */
const AGAIN = 500

/** Work whose statement under way is not waited for once it has to stop: a long one would outlast the patience of whoever ends the server. */
export async function stoppable<Result>(
  { owner }: Database,
  { client }: Transaction,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const { processID } = client as unknown as { processID: number }
  let cancelling: NodeJS.Timeout | undefined
  const cancel = () => void owner.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined)
  const stop = () => {
    cancel()
    cancelling = setInterval(cancel, AGAIN)
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await work()
  } finally {
    signal.removeEventListener('abort', stop)
    clearInterval(cancelling)
  }
}
