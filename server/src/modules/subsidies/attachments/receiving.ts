import type { FastifyRequest } from 'fastify'
import { MAX_ATTACHMENT_BYTES } from '@youyu/shared/subsidies/attachments'
import { Refused } from '../../../refused.ts'
import { barePicture } from './pictures.ts'
import { mediaTypeOf, type MediaType } from './rules.ts'

export type ReceivedFile = { name: string; content: Buffer }
export type Received = { fields: Record<string, string>; file: ReceivedFile }

/** Reads a small multipart upload to its end, so that whoever sent too much can hear it. */
export async function receiveFile(
  request: FastifyRequest,
  known: readonly string[],
  maxBytes = MAX_ATTACHMENT_BYTES,
): Promise<Received> {
  const fields: Record<string, string> = {}
  let file: ReceivedFile | null = null
  let refusal: Refused | null = null
  for await (const part of request.parts({ limits: { fileSize: maxBytes } })) {
    if (part.type === 'field') {
      if (known.includes(part.fieldname)) fields[part.fieldname] = String(part.value)
      else refusal ??= Refused.field(`/${part.fieldname}`, 'unknown-field')
    } else if (part.fieldname !== 'file' || file) {
      part.file.resume()
      refusal ??= Refused.field(`/${part.fieldname}`, 'unknown-field')
    } else {
      const pieces: Buffer[] = []
      for await (const bytes of part.file) pieces.push(bytes as Buffer)
      if (part.file.truncated) refusal ??= new Refused('payload-too-large')
      file = { name: part.filename ?? 'file', content: Buffer.concat(pieces) }
    }
  }
  if (refusal) throw refusal
  if (!file) throw Refused.field('/file', 'required')
  return { fields, file }
}

/** What is kept of a file: its type by its bytes and, of a picture, the picture alone. */
export function keptOf<Type extends MediaType>(
  content: Buffer,
  types: readonly Type[],
): { mediaType: Type; content: Buffer } {
  const found = mediaTypeOf(content)
  const mediaType = types.find((type) => type === found)
  if (!mediaType) throw new Refused('attachment-type')
  const bare = barePicture(content, mediaType)
  if (!bare) throw new Refused('attachment-broken')
  if (bare.length > MAX_ATTACHMENT_BYTES) throw new Refused('payload-too-large')
  return { mediaType, content: bare }
}
