import type { Server } from 'node:http'
import { promisify } from 'node:util'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const LONGEST = 1000
const LOOK = 25

/** While closing, every answer ends its connection, so that nobody sends the next request into a closed one. */
export function useDraining(app: FastifyInstance, isClosing: () => boolean): void {
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing()) reply.header('connection', 'close')
  })
}

/** Gives those who keep a connection open the time of one more answer to learn that it ends. */
export async function drain(server: Server): Promise<void> {
  const connections = promisify(server.getConnections.bind(server))
  for (let waited = 0; waited < LONGEST && (await connections()) > 0; waited += LOOK) await pause(LOOK)
}
