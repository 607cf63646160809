import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Bank } from './bank.ts'

const LARGEST = 64 * 1024 * 1024

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > LARGEST) throw new Error('The file is too large')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const statuses = { ACCEPTED: 201, REPEATED: 200, DIFFERS: 409, MALFORMED: 422 } as const

/** The bank's service: `PUT /instructions/:batch`, `GET /instructions/:batch/returns[/:name]`. */
export function openCounter(bank: Bank, token?: string): Server {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const say = (status: number, told: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(told))
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) return void say(401, {})
    const [, noun, batch, returns, name] = (request.url ?? '').split('/').map(decodeURIComponent)
    if (noun !== 'instructions' || !batch) return void say(404, {})
    if (request.method === 'PUT' && !returns) {
      const receipt = bank.receive(batch, await bodyOf(request))
      return void say(statuses[receipt.status], receipt)
    }
    if (request.method !== 'GET' || returns !== 'returns') return void say(404, {})
    const files = bank.returns(batch)
    if (!name) return void say(200, { items: files.map((file) => ({ name: file.name })) })
    const file = files.find((each) => each.name === name)
    if (!file) return void say(404, {})
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.content)
  }
  return createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
}
