import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Office } from '../../../../office.ts'

/** Plain bytes in one frame: small enough that reading one does not hold up other requests. */
const FRAME = 64 * 1024
const NONCE = 12
const TAG = 16
const HEAD = 4 + NONCE
const LAST = 0x8000_0000
const DAY = 86_400_000

/** Uploads wait here enciphered: length ‖ nonce ‖ ciphertext ‖ tag a frame, bound to file, place and whether it is the last. */
const directoryOf = (office: Office) => join(office.config.DATA_DIR, 'uploads')
const pathOf = (office: Office, id: string) => join(directoryOf(office), `${id}.bin`)
const keyOf = (office: Office) => office.keys.derive('cipher uploads')
const boundTo = (id: string, index: number, isLast: boolean) =>
  Buffer.from(`${id} ${index} ${isLast ? 'last' : 'more'}`)

export type VaultWriter = {
  write(bytes: Buffer): Promise<void>
  close(): Promise<void>
  discard(): Promise<void>
}

export async function openVault(office: Office, id: string): Promise<VaultWriter> {
  await mkdir(directoryOf(office), { recursive: true, mode: 0o700 })
  const path = pathOf(office, id)
  const key = keyOf(office)
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx' })
  const written = finished(file)
  written.catch(() => undefined)
  let waiting: Buffer[] = []
  let length = 0
  let index = 0

  async function seal(frame: Buffer, isLast: boolean): Promise<void> {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(id, index++, isLast))
    const body = cipher.update(frame)
    cipher.final()
    const head = Buffer.alloc(4)
    head.writeUInt32BE((frame.length | (isLast ? LAST : 0)) >>> 0)
    if (!file.write(Buffer.concat([head, nonce, body, cipher.getAuthTag()])))
      await Promise.race([once(file, 'drain'), written])
  }

  return {
    async write(bytes) {
      waiting.push(bytes)
      length += bytes.length
      if (length < FRAME) return
      const all = Buffer.concat(waiting)
      let offset = 0
      for (; offset + FRAME <= all.length; offset += FRAME)
        await seal(all.subarray(offset, offset + FRAME), false)
      waiting = [all.subarray(offset)]
      length = all.length - offset
    },
    async close() {
      await seal(Buffer.concat(waiting), true)
      file.end()
      await written
    },
    async discard() {
      file.destroy()
      await written.catch(() => undefined)
      await rm(path, { force: true })
    },
  }
}

/** The plain bytes of an upload; throws where the file was cut or changed. */
export async function* readVault(office: Office, id: string): AsyncGenerator<Buffer> {
  const key = keyOf(office)
  let held: Buffer = Buffer.alloc(0)
  let index = 0
  let isWhole = false
  for await (const piece of createReadStream(pathOf(office, id), {
    highWaterMark: FRAME + HEAD + TAG,
  }) as AsyncIterable<Buffer>) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece])
    while (held.length >= HEAD) {
      const word = held.readUInt32BE(0)
      const isLast = word >= LAST
      const size = word & ~LAST
      const end = HEAD + size + TAG
      if (held.length < end) break
      const decipher = createDecipheriv('aes-256-gcm', key, held.subarray(4, HEAD))
        .setAAD(boundTo(id, index++, isLast))
        .setAuthTag(held.subarray(HEAD + size, end))
      const plain = decipher.update(held.subarray(HEAD, HEAD + size))
      decipher.final()
      held = held.subarray(end)
      isWhole = isLast
      if (plain.length > 0) yield plain
    }
  }
  if (!isWhole) throw new Error('The stored upload is not whole')
}

export async function forgetUpload(office: Office, id: string): Promise<void> {
  await rm(pathOf(office, id), { force: true })
}

/** Uploads that no import will ask for any more: a crash between storing and registering leaves them. */
export async function sweepVault(office: Office, isAwaited: (id: string) => Promise<boolean>): Promise<void> {
  const names = await readdir(directoryOf(office)).catch(() => [])
  for (const name of names) {
    const path = join(directoryOf(office), name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > DAY && !(await isAwaited(name.replace(/\.bin$/, ''))))
      await rm(path, { force: true })
  }
}
