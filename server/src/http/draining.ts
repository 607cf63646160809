import type { Server as HttpServer } from 'node:http'
import { Server } from 'node:net'
import { promisify } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const LONGEST = 2000
const LOOK = 25

/** While closing, every answer ends its connection, so that nobody sends the next request into a closed one. */
export function useDraining(app: FastifyInstance, isClosing: () => boolean): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing()) void reply.header('connection', 'close')
    done()
  })
}

/**
 * Listens no more, and gives those who keep a connection open the time of one more answer to learn that it ends.
 * `http.Server.close` would also end what is idle at this moment, just when the next request arrives on it.
 */
export async function drain(server: HttpServer): Promise<void> {
  const connections = promisify(server.getConnections.bind(server))
  Server.prototype.close.call(server)
  for (let waited = 0; waited < LONGEST && (await connections()) > 0; waited += LOOK) await pause(LOOK)
}
