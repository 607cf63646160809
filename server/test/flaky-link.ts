import { createServer, connect as dial, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A line to PostgreSQL that can be cut, go silent or slow, and be mended. */
export type FlakyLink = {
  url: string
  /** Ends all connections and refuses new ones. */
  cut(): void
  /** Keeps connections open and lets nothing through, as a dead network does. */
  silence(): void
  /** Lets everything through, so many milliseconds late. */
  slow(milliseconds: number): void
  mend(): void
  close(): Promise<void>
}

export async function flakyLink(postgresUrl: string): Promise<FlakyLink> {
  const target = new URL(postgresUrl)
  const folder = target.searchParams.get('host')
  const open = new Set<Socket>()
  let state: 'up' | 'cut' | 'silent' = 'up'
  let delay = 0

  /** What came late goes out before what comes after it, however the line is by then. */
  function pass(from: Socket, to: Socket): void {
    let waiting: Promise<void> | null = null
    from.on('data', (bytes) => {
      if (state !== 'up') return
      if (delay === 0 && !waiting) {
        to.write(bytes)
        return
      }
      const due = performance.now() + delay
      const last: Promise<void> = (waiting ?? Promise.resolve())
        .then(() => pause(Math.max(0, due - performance.now())))
        .then(() => {
          if (waiting === last) waiting = null
          if (state === 'up' && !to.destroyed) to.write(bytes)
        })
      waiting = last
    })
  }

  const server = createServer((client) => {
    if (state === 'cut') return client.destroy()
    const upstream = folder
      ? dial(`${folder}/.s.PGSQL.${target.port || '5432'}`)
      : dial(Number(target.port || 5432), target.hostname)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    pass(client, upstream)
    pass(upstream, client)
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const url = new URL(postgresUrl)
  url.searchParams.delete('host')
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const endAll = () => open.forEach((socket) => socket.destroy())
  return {
    url: url.href,
    cut() {
      state = 'cut'
      endAll()
    },
    silence() {
      state = 'silent'
    },
    slow(milliseconds) {
      delay = milliseconds
    },
    mend() {
      // What was swallowed cannot be sent again: a mended line starts with new connections.
      if (state === 'silent') endAll()
      state = 'up'
      delay = 0
    },
    async close() {
      endAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
