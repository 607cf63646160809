import { crc32 } from 'node:zlib'
import type { MediaType } from './rules.ts'

/**
 * A picture without what its camera wrote beside it: place, device, moment, words, previews, further pictures behind it.
 * Its samples stay byte for byte; of the rest only the way up is kept. Null: not the picture that it begins like.
 */
export function barePicture(content: Buffer, mediaType: MediaType): Buffer | null {
  if (mediaType === 'image/jpeg') return bareJpeg(content)
  if (mediaType === 'image/png') return barePng(content)
  return mediaType === 'image/webp' ? bareWebp(content) : content
}

const EXIF = Buffer.from('Exif\0\0', 'latin1')
const ORIENTATION = 0x0112

/** The way up that an Exif block tells: 1 (upright) to 8. */
function wayUp(block: Buffer): number {
  const tiff = block.indexOf(EXIF) === 0 ? block.subarray(EXIF.length) : block
  if (tiff.length < 8) return 1
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (first + 2 > tiff.length) return 1
  for (let at = first + 2, left = short(first); left > 0 && at + 12 <= tiff.length; at += 12, left--)
    if (short(at) === ORIENTATION) return short(at + 8)
  return 1
}

/** An Exif block that tells the way up and nothing else; none for what is upright. */
function onlyWayUp(way: number): Buffer | null {
  if (way < 2 || way > 8) return null
  return Buffer.from(
    `4d4d002a000000080001011200030000000100${way.toString().padStart(2, '0')}000000000000`,
    'hex',
  )
}

function bareJpeg(content: Buffer): Buffer | null {
  const head: Buffer[] = [Buffer.from([0xff, 0xd8])]
  const kept: Buffer[] = []
  let way: Buffer | null = null
  let hasSamples = false
  for (let at = 2; ;) {
    while (content[at] === 0xff && content[at + 1] === 0xff) at++
    const marker = content[at + 1] ?? 0
    // Whatever follows the end is no part of this picture: phones hide previews, depths and films there.
    if (marker === 0xd9) break
    if (content[at] !== 0xff || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) return null
    if (at + 4 > content.length) return null
    const end = at + 2 + content.readUInt16BE(at + 2)
    if (end < at + 4 || end > content.length) return null
    const body = content.subarray(at + 4, end)
    const samplesEnd = marker === 0xda ? endOfSamples(content, end) : end
    if (samplesEnd === null) return null
    if (marker === 0xe0 && body.length >= 14 && body.indexOf('JFIF\0') === 0) head[1] = bareJfif(body)
    else if (marker === 0xe1 && body.indexOf(EXIF) === 0) way ??= onlyWayUp(wayUp(body))
    else if (isOfTheImage(marker, body)) kept.push(content.subarray(at, samplesEnd))
    hasSamples ||= marker === 0xda
    at = samplesEnd
  }
  if (!hasSamples) return null
  if (way) head.push(Buffer.from([0xff, 0xe1, 0, 2 + EXIF.length + way.length]), EXIF, way)
  return Buffer.concat([...head, ...kept, Buffer.from([0xff, 0xd9])])
}

/** What tells how to read the samples; every other APPn, and COM, is somebody's remark. */
function isOfTheImage(marker: number, body: Buffer): boolean {
  if (marker === 0xe2) return body.indexOf('ICC_PROFILE\0') === 0
  if (marker === 0xee) return body.indexOf('Adobe') === 0
  return marker < 0xe0
}

/** The density of a scan, without the preview that may follow it. */
function bareJfif(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xe0, 0, 16]), body.subarray(0, 12), Buffer.alloc(2)])
}

/** Within samples FF is followed by 00, by FF or by a restart; whatever else follows begins the next segment. */
function endOfSamples(content: Buffer, from: number): number | null {
  for (let at = content.indexOf(0xff, from); at >= 0 && at + 1 < content.length;) {
    const next = content[at + 1]!
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
    at = content.indexOf(0xff, at + 1)
  }
  return null
}

const pngChunks = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT'.split(' '),
)

function barePng(content: Buffer): Buffer | null {
  const kept = [content.subarray(0, 8)]
  let hasSamples = false
  for (let at = 8; at + 12 <= content.length;) {
    const type = content.toString('latin1', at + 4, at + 8)
    const end = at + 12 + content.readUInt32BE(at)
    if (end > content.length || (at === 8) !== (type === 'IHDR')) return null
    const way = type === 'eXIf' ? onlyWayUp(wayUp(content.subarray(at + 8, end - 4))) : null
    if (way) kept.push(...pngChunk('eXIf', way))
    else if (pngChunks.has(type)) kept.push(content.subarray(at, end))
    hasSamples ||= type === 'IDAT'
    if (type === 'IEND') return hasSamples ? Buffer.concat(kept) : null
    at = end
  }
  return null
}

function pngChunk(type: string, body: Buffer): Buffer[] {
  const named = Buffer.concat([Buffer.from(type), body])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  sum.writeUInt32BE(crc32(named))
  return [length, named, sum]
}

const webpChunks = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP', 'ANIM', 'ANMF'])
const EXIF_FLAG = 0x08
const XMP_FLAG = 0x04

function bareWebp(content: Buffer): Buffer | null {
  const pieces = riffChunks(content.subarray(12, 8 + content.readUInt32LE(4)))
  if (!pieces?.some(({ type }) => type === 'VP8 ' || type === 'VP8L' || type === 'ANMF')) return null
  const exif = pieces.find(({ type }) => type === 'EXIF')
  const way = exif ? onlyWayUp(wayUp(exif.body)) : null
  const kept = pieces.filter(({ type }) => webpChunks.has(type))
  for (const piece of kept) {
    if (piece.type === 'ANMF') piece.body = bareFrame(piece.body)
    if (piece.type !== 'VP8X' || piece.body.length === 0) continue
    piece.body = Buffer.from(piece.body)
    piece.body[0] = (piece.body[0]! & ~(EXIF_FLAG | XMP_FLAG)) | (way ? EXIF_FLAG : 0)
  }
  if (way) kept.push({ type: 'EXIF', body: way })
  const chunks = Buffer.concat([Buffer.from('WEBP'), ...kept.flatMap(riffChunk)])
  return Buffer.concat(riffChunk({ type: 'RIFF', body: chunks }))
}

type RiffChunk = { type: string; body: Buffer }

function riffChunks(content: Buffer): RiffChunk[] | null {
  const chunks: RiffChunk[] = []
  for (let at = 0; at + 8 <= content.length;) {
    const end = at + 8 + content.readUInt32LE(at + 4)
    if (end > content.length) return null
    chunks.push({ type: content.toString('latin1', at, at + 4), body: content.subarray(at + 8, end) })
    at = end + (end % 2)
  }
  return chunks
}

function riffChunk({ type, body }: RiffChunk): Buffer[] {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(body.length)
  return [Buffer.from(type, 'latin1'), length, body, Buffer.alloc(body.length % 2)]
}

/** A frame of a moving picture: sixteen bytes of place and time, then its own chunks. */
function bareFrame(body: Buffer): Buffer {
  const kept = (riffChunks(body.subarray(16)) ?? []).filter(({ type }) => webpChunks.has(type))
  return Buffer.concat([body.subarray(0, 16), ...kept.flatMap(riffChunk)])
}
