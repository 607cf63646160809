import type { FastifyInstance } from 'fastify'

/** Which methods an address takes, so that the wrong one is told from a wrong address. */
export function rememberMethods(app: FastifyInstance): (path: string) => string[] {
  const known = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    let address = known.get(url)
    if (!address) known.set(url, (address = { pattern: patternOf(url), methods: new Set() }))
    for (const each of [method].flat()) address.methods.add(each)
  })
  return (path) => {
    const matching = [...known.values()].filter(({ pattern }) => pattern.test(path))
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort()
  }
}

function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/')
  return new RegExp(`^${source}$`)
}
