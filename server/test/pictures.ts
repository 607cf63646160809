import { crc32 } from 'node:zlib'

/** 24 × 8 pixels, blue on the left, red on the right, as a browser wrote them. */
export const plainPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAICAYAAADjoT9jAAAALUlEQVR4AezQwQkAAAhC0Wgl99/AnWyDPEQ3hX8WXgPUFgFd6npeDixwiCzRAAAA//+jMgKVAAAABklEQVQDAIxDNKl3EbnPAAAAAElFTkSuQmCC',
  'base64',
)
export const plainJpeg = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAIABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQF/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAQF/8QAGREAAgMBAAAAAAAAAAAAAAAAAEIEgcEF/9oADAMBAAIRAxEAPwDHWAV0FvBkFq0AJZRP/9k=',
  'base64',
)
export const plainWebp = Buffer.from(
  'UklGRlIAAABXRUJQVlA4WAoAAAAAAAAAFwAABwAAVlA4IDQAAADwAgCdASoYAAgAPu1iqU2ppaOiMAgBMB2JQBOmUACNQAD+58/gc39U6fhr3n8JTbdD/IAA',
  'base64',
)

export const device = 'HUAWEI P60'
/** 35°23′ N as three fractions. */
export const latitude = Buffer.from([
  35, 0, 0, 0, 1, 0, 0, 0, 23, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0,
])

/** What a telephone writes beside a picture: its name, the way up, the place. */
function remarks(way: number): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const row = Buffer.alloc(12)
    row.writeUInt16LE(tag, 0)
    row.writeUInt16LE(type, 2)
    row.writeUInt32LE(count, 4)
    row.writeUInt32LE(value, 8)
    return row
  }
  const [words, place, figures] = [50, 64, 94]
  const directory = [entry(0x010f, 2, 11, words), entry(0x0112, 3, 1, way), entry(0x8825, 4, 1, place)]
  const north = entry(1, 2, 2, 'N'.charCodeAt(0))
  return Buffer.concat([
    ...[Buffer.from('II*\0\x08\0\0\0\x03\0', 'latin1'), ...directory, Buffer.alloc(4)],
    ...[Buffer.from(device.padEnd(14, '\0')), Buffer.from([2, 0]), north, entry(2, 5, 3, figures)],
    ...[Buffer.alloc(4), latitude],
  ])
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** Held upright or turned, with a preview inside, a remark, words in XMP and a further picture behind the end. */
export function telephoneJpeg(way = 1): Buffer {
  return Buffer.concat([
    ...[plainJpeg.subarray(0, 20), segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), remarks(way)]))],
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${device}</x:xmpmeta>`)),
    ...[segment(0xe2, Buffer.from(`MPF\0${device}`)), segment(0xed, Buffer.from(`Photoshop 3.0\0${device}`))],
    ...[segment(0xfe, Buffer.from(device)), plainJpeg.subarray(20), plainJpeg, latitude],
  ])
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

export function telephonePng(way = 1): Buffer {
  return Buffer.concat([
    ...[
      plainPng.subarray(0, 33),
      chunk('eXIf', remarks(way)),
      chunk('tEXt', Buffer.from(`Model\0${device}`)),
    ],
    ...[chunk('tIME', latitude.subarray(0, 7)), plainPng.subarray(33), latitude],
  ])
}

export function telephoneWebp(way = 1): Buffer {
  const chunks = ['EXIF', 'XMP '].map((type) => {
    const body = type === 'EXIF' ? remarks(way) : Buffer.from(device)
    const head = Buffer.from(`${type}\0\0\0\0`)
    head.writeUInt32LE(body.length, 4)
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
  })
  const picture = Buffer.concat([plainWebp, ...chunks])
  picture.writeUInt32LE(picture.length - 8, 4)
  picture[20]! |= 0x0c
  return picture
}
