import autocannon from 'autocannon'
import type { Running } from './installation.ts'

type Request = { method?: 'GET' | 'POST'; path: string; body?: string; headers?: Record<string, string> }

/**
 * Sends requests from `connections` connections for some seconds; answers requests per second. Anything but a 2xx ends the benchmark: a fast refusal is no answer.
 */
export async function load(
  server: Running,
  requests: readonly Request[] | (() => Request),
  { connections = 50, seconds = 4 } = {},
): Promise<number> {
  const authorization = {
    ...(server.token && { authorization: `Bearer ${server.token}` }),
    'content-type': 'application/json',
  }
  const result = await autocannon({
    url: server.url,
    connections,
    duration: seconds,
    sampleInt: 500,
    requests: (typeof requests === 'function' ? [{ path: '/' }] : requests).map((request: Request) => ({
      method: request.method ?? 'GET',
      path: request.path,
      headers: { ...authorization, ...request.headers },
      ...(request.body && { body: request.body }),
      ...(typeof requests === 'function' && {
        setupRequest: (prepared: autocannon.Request) => {
          const next = requests()
          return { ...prepared, ...next, headers: { ...authorization, ...next.headers } }
        },
      }),
    })),
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors under load of ${server.url}`)
  return result.requests.average
}

/** Latencies of single requests in ms, one after the other on each of a few connections: finer than a histogram of whole milliseconds. */
export async function latencies(
  server: Running,
  paths: readonly string[],
  { connections = 4, warm = 50 } = {},
): Promise<number[]> {
  const measured: number[] = []
  const headers = { ...(server.token && { authorization: `Bearer ${server.token}` }) }
  let next = 0
  async function walk(): Promise<void> {
    for (let index = next++; index < paths.length; index = next++) {
      const began = performance.now()
      const answer = await fetch(`${server.url}${paths[index]}`, { headers })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${answer.status} for a request of the benchmark`)
      if (index >= warm) measured.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: connections }, walk))
  return measured
}
