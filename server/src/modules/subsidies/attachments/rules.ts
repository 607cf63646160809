import type { attachmentTypes } from '@youyu/shared/subsidies/attachments'

export type MediaType = (typeof attachmentTypes)[number]

const startsWith = (content: Buffer, bytes: readonly number[], at = 0) =>
  content.length >= at + bytes.length && bytes.every((byte, index) => content[at + index] === byte)

/** What a file is, by its first bytes; a name or a declared type is never believed. */
export function mediaTypeOf(content: Buffer): MediaType | null {
  if (startsWith(content, [0xff, 0xd8, 0xff])) return 'image/jpeg'
  if (startsWith(content, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png'
  if (content.toString('latin1', 0, 4) === 'RIFF' && content.toString('latin1', 8, 12) === 'WEBP')
    return 'image/webp'
  return content.toString('latin1', 0, 5) === '%PDF-' ? 'application/pdf' : null
}

/** A document that does something when it is opened, or carries other files inside. */
export function isActive(content: Buffer, mediaType: MediaType): boolean {
  if (mediaType !== 'application/pdf') return false
  return /\/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA|RichMedia)[\s/(<[]/.test(
    content.toString('latin1'),
  )
}

const extensions: Record<MediaType, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
}

/** The name it was sent under, without folders and control characters, ending as what it is. */
export function keptName(name: string, mediaType: MediaType): string {
  const bare = name
    .split(/[/\\]/)
    .at(-1)!
    .replaceAll(/[\u0000-\u001f\u007f"<>|:*?]/g, '')
  const stem = bare.replace(/\.[a-z0-9]{1,5}$/i, '').slice(0, 100) || 'file'
  return `${stem}${extensions[mediaType]}`
}
