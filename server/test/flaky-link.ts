import { createServer, connect as dial, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A line to PostgreSQL that can be cut, go silent, and be mended. */
export type FlakyLink = {
  url: string
  /** Ends all connections and refuses new ones. */
  cut(): void
  /** Keeps connections open and lets nothing through, as a dead network does. */
  silence(): void
  mend(): void
  close(): Promise<void>
}

export async function flakyLink(postgresUrl: string): Promise<FlakyLink> {
  const target = new URL(postgresUrl)
  const folder = target.searchParams.get('host')
  const open = new Set<Socket>()
  let state: 'up' | 'cut' | 'silent' = 'up'

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
    client.on('data', (bytes) => state === 'up' && upstream.write(bytes))
    upstream.on('data', (bytes) => state === 'up' && client.write(bytes))
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
    mend() {
      // What was swallowed cannot be sent again: a mended line starts with new connections.
      if (state === 'silent') endAll()
      state = 'up'
    },
    async close() {
      endAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
