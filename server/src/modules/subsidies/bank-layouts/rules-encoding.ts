import type { LayoutDefinition } from '@youyu/shared/subsidies/bank-layouts'

export type Encoding = LayoutDefinition['pay']['encoding']

/** Every character of GBK with its two bytes, read off the platform's own decoder. */
let gbk: Map<string, number> | undefined

function gbkTable(): Map<string, number> {
  if (gbk) return gbk
  const table = new Map<string, number>()
  const decoder = new TextDecoder('gbk')
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue
      const text = decoder.decode(Uint8Array.of(lead, trail))
      const character = [...text]
      if (character.length === 1 && text !== '\ufffd' && !table.has(text) && !isPrivate(text))
        table.set(text, (lead << 8) | trail)
    }
  }
  return (gbk = table)
}

/** Places without a character decode to private ones. */
const isPrivate = (text: string) => text >= '\ue000' && text <= '\uf8ff'

/** The text in bytes, or null where the encoding has no place for one of its characters. */
export function encode(text: string, encoding: Encoding): Buffer | null {
  if (encoding === 'UTF-8') return Buffer.from(text, 'utf8')
  if (isAscii(text)) return Buffer.from(text, 'latin1')
  const table = gbkTable()
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes.push(code)
    else {
      const pair = table.get(character)
      if (pair === undefined) return null
      bytes.push(pair >> 8, pair & 0xff)
    }
  }
  return Buffer.from(bytes)
}

function isAscii(text: string): boolean {
  for (let place = 0; place < text.length; place += 1) if (text.charCodeAt(place) > 0x7f) return false
  return true
}

/** Throws on bytes that are no text of the encoding. */
export const decoderOf = (encoding: Encoding): InstanceType<typeof TextDecoder> =>
  new TextDecoder(encoding === 'UTF-8' ? 'utf-8' : 'gbk', { fatal: true })
