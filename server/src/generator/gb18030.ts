/** Node decodes GB18030 but does not encode it; the table is the decoder's own, turned round. */
function tableOfBasicPlane(): Uint32Array {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  const table = new Uint32Array(0x10000)
  const learn = (bytes: number[]) => {
    let text: string
    try {
      text = decoder.decode(Uint8Array.from(bytes))
    } catch {
      return
    }
    const unit = text.charCodeAt(0)
    if (text.length === 1 && unit !== 0xfffd && table[unit] === 0) {
      table[unit] = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
    }
  }
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) if (second !== 0x7f) learn([first, second])
  }
  for (let index = 0; index < 39420; index++) learn(fourBytes(index, 0x81))
  return table
}

function fourBytes(index: number, lead: number): number[] {
  return [
    lead + Math.floor(index / 12600),
    0x30 + (Math.floor(index / 1260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ]
}

let table: Uint32Array | undefined

export function encodeGb18030(text: string): Uint8Array {
  table ??= tableOfBasicPlane()
  const bytes = new Uint8Array(text.length * 4)
  let length = 0
  for (let place = 0; place < text.length; place++) {
    const code = text.codePointAt(place) as number
    if (code < 0x80) {
      bytes[length++] = code
      continue
    }
    if (code > 0xffff) {
      place++
      for (const byte of fourBytes(code - 0x10000, 0x90)) bytes[length++] = byte
      continue
    }
    const packed = table[code] as number
    if (packed === 0) throw new RangeError(`U+${code.toString(16)} has no place in GB18030`)
    if (packed > 0xffff) {
      bytes[length++] = packed >>> 24
      bytes[length++] = (packed >>> 16) & 0xff
    }
    bytes[length++] = (packed >>> 8) & 0xff
    bytes[length++] = packed & 0xff
  }
  return bytes.subarray(0, length)
}
