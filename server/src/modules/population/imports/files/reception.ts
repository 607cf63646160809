import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Refused } from '../../../../refused.ts'
import { foreignFormat } from '../rules-format.ts'
import type { Encoding } from './records.ts'

export const HEAD_BYTES = 256 * 1024

export type ReceivedFile = { name: string; bytes: number; sha256: string; head: Buffer; isUtf8: boolean }
type Received = { fields: Record<string, string>; file: ReceivedFile }

/** Reads a multipart request to its end: fields may stand before or after the file. `keep` takes the bytes as they come. */
export async function receive(
  request: FastifyRequest,
  keep: (bytes: Buffer) => Promise<void>,
): Promise<Received> {
  const fields: Record<string, string> = {}
  let file: ReceivedFile | null = null
  let refusal: Refused | null = null
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else if (part.fieldname !== 'file' || file) {
      part.file.resume()
      refusal ??= Refused.field(`/${part.fieldname}`, 'unknown-field')
    } else {
      file = { name: nameOf(part.filename), bytes: 0, sha256: '', head: Buffer.alloc(0), isUtf8: true }
      refusal ??= await readFile(part.file, file, keep)
    }
  }
  if (refusal) throw refusal
  if (!file) throw Refused.field('/file', 'required')
  if (file.bytes === 0) throw emptyFile()
  return { fields, file }
}

export const emptyFile = () => new Refused('unreadable-file', { detail: '文件是空的 / the file is empty' })

const nameOf = (filename: string | undefined) =>
  (filename ?? 'file').split(/[/\\]/).at(-1)!.slice(-200) || 'file'

/** Goes on to the end even after a refusal, so that the sender can hear it. */
async function readFile(
  stream: AsyncIterable<Buffer> & { truncated: boolean },
  file: ReceivedFile,
  keep: (bytes: Buffer) => Promise<void>,
): Promise<Refused | null> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let refusal: Refused | null = null
  const heads: Buffer[] = []
  let headLength = 0
  try {
    for await (const bytes of stream) {
      if (refusal) continue
      if (file.bytes === 0) refusal = foreignKind(bytes)
      file.bytes += bytes.length
      if (headLength < HEAD_BYTES) heads.push(bytes)
      headLength += bytes.length
      if (bytes.includes(0))
        refusal ??= new Refused('unreadable-file', {
          detail:
            '文件含空字节，可能是 UTF-16 或二进制文件，请另存为 UTF-8 的 CSV / the file holds NUL bytes; save it as CSV in UTF-8',
        })
      hash.update(bytes)
      if (file.isUtf8) file.isUtf8 = continuesUtf8(decoder, bytes)
      if (!refusal) await keep(bytes)
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'FST_REQ_FILE_TOO_LARGE') throw error
  }
  if (file.isUtf8) file.isUtf8 = continuesUtf8(decoder, null)
  file.head = Buffer.concat(heads).subarray(0, HEAD_BYTES)
  file.sha256 = hash.digest('hex')
  return stream.truncated ? new Refused('payload-too-large') : refusal
}

function foreignKind(head: Buffer): Refused | null {
  const kind = foreignFormat(head)
  return (
    kind &&
    new Refused('unsupported-media-type', {
      detail: `这是${kind.zh}，请另存为 CSV（UTF-8 或 GB18030）后上传 / this is ${kind.en}; save it as CSV and upload that`,
    })
  )
}

function continuesUtf8(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer | null): boolean {
  try {
    if (bytes) decoder.decode(bytes, { stream: true })
    else decoder.decode()
    return true
  } catch {
    return false
  }
}

/** The head as text, cut at a whole character. */
export function headText(head: Buffer, encoding: Encoding): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
  } catch {
    throw new Refused('unreadable-file', {
      detail: '文件编码不是 UTF-8 或 GB18030 / the file is neither UTF-8 nor GB18030',
    })
  }
}

/** Throws where a file that is not UTF-8 is not GB18030 either. */
export async function assertGb18030(bytes: AsyncIterable<Buffer>): Promise<void> {
  const decoder = new TextDecoder('gb18030', { fatal: true })
  try {
    for await (const piece of bytes) decoder.decode(piece, { stream: true })
    decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Refused('unreadable-file', {
      detail: '文件编码不是 UTF-8 或 GB18030 / the file is neither UTF-8 nor GB18030',
    })
  }
}
