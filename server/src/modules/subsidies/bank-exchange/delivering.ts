import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Office } from '../../../office.ts'

type Delivery = { fileName: string; batchNumber: string; sha256: string }
type Delivered = { reference: string | null }

/** A return that waits to be taken in. */
type Waiting = { name: string; open: () => AsyncIterable<Buffer>; done: (isTaken: boolean) => Promise<void> }

/** What the bank refused for good, as against what may work the next time. */
export class BankRefused extends Error {}

export type BankDoor = {
  deliver(delivery: Delivery, file: AsyncIterable<Buffer>): Promise<Delivered>
  returns(delivery: Delivery): AsyncIterable<Waiting>
}

/** 交换目录: written beside and moved into place, so that the bank never sees half a file; the same file twice is one file. */
export function folderDoor(root: string): BankDoor {
  const out = join(root, 'out')
  const incoming = join(root, 'in')
  const done = join(root, 'done')
  const refused = join(root, 'refused')
  return {
    async deliver({ fileName }, file) {
      await Promise.all(
        [out, incoming, done, refused].map((directory) => mkdir(directory, { recursive: true })),
      )
      const draft = join(out, `.${fileName}.part`)
      await pipeline(file, createWriteStream(draft, { mode: 0o600 }))
      const written = await open(draft)
      await written.sync().finally(() => written.close())
      await rename(draft, join(out, fileName))
      return { reference: null }
    },
    async *returns({ batchNumber }) {
      const names = await readdir(incoming).catch(() => [] as string[])
      for (const name of names.filter((each) => each.includes(batchNumber) && !each.startsWith('.')).sort()) {
        const path = join(incoming, name)
        if (!(await stat(path)).isFile()) continue
        yield {
          name,
          open: () => createReadStream(path),
          done: async (isTaken) => await rename(path, join(isTaken ? done : refused, name)),
        }
      }
    },
  }
}

const PATIENCE = 30_000

/** The bank's own service: a batch number is taken once, and asked for its returns. */
export function serviceDoor({
  BANK_URL,
  BANK_TOKEN,
}: Pick<Office['config'], 'BANK_URL' | 'BANK_TOKEN'>): BankDoor {
  const place = (path: string) => `${BANK_URL!.replace(/\/$/, '')}/${path}`
  const headers = { ...(BANK_TOKEN && { authorization: `Bearer ${BANK_TOKEN}` }) }
  return {
    async deliver({ fileName, batchNumber, sha256 }, file) {
      const answer = await fetch(place(`instructions/${encodeURIComponent(batchNumber)}`), {
        method: 'PUT',
        headers: {
          ...headers,
          'content-type': 'application/octet-stream',
          'x-file-name': encodeURIComponent(fileName),
          'x-content-sha256': sha256,
        },
        body: file as never,
        duplex: 'half',
        signal: AbortSignal.timeout(PATIENCE),
      })
      const told = (await answer.json().catch(() => ({}))) as { reference?: unknown }
      if (answer.status === 409 || answer.status === 422)
        throw new BankRefused(`The bank refused: ${answer.status}`)
      if (!answer.ok) throw new Error(`The bank answered ${answer.status}`)
      return { reference: typeof told.reference === 'string' ? told.reference.slice(0, 60) : null }
    },
    async *returns({ batchNumber }) {
      const list = await fetch(place(`instructions/${encodeURIComponent(batchNumber)}/returns`), {
        headers,
        signal: AbortSignal.timeout(PATIENCE),
      })
      if (list.status === 404) return
      if (!list.ok) throw new Error(`The bank answered ${list.status}`)
      const { items } = (await list.json()) as { items: { name: string }[] }
      for (const { name } of items)
        yield {
          name,
          async *open() {
            const path = `instructions/${encodeURIComponent(batchNumber)}/returns/${encodeURIComponent(name)}`
            const file = await fetch(place(path), { headers, signal: AbortSignal.timeout(PATIENCE) })
            if (!file.ok || !file.body) throw new Error(`The bank answered ${file.status}`)
            for await (const bytes of file.body) yield Buffer.from(bytes)
          },
          done: () => Promise.resolve(),
        }
    },
  }
}
