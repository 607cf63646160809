import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(16 * 1024)
let offset = pool.length
let lastMoment = 0
let sequence = 0

/** UUIDv7 (RFC 9562), increasing within this process. */
export function newId(now: number = Date.now()): string {
  if (offset + 16 > pool.length) {
    randomFillSync(pool)
    offset = 0
  }
  const bytes = pool.subarray(offset, (offset += 16))
  if (now > lastMoment) {
    lastMoment = now
    sequence = bytes.readUInt16BE(6) & 0x7ff
  } else if (++sequence > 0xfff) {
    lastMoment += 1
    sequence = 0
  }
  bytes.writeUIntBE(lastMoment, 0, 6)
  bytes.writeUInt16BE(0x7000 | sequence, 6)
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
