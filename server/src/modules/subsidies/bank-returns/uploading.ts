import type { FastifyRequest } from 'fastify'
import type { ReturnFile } from '@youyu/shared/subsidies/bank-returns'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { takeReturn, type Arriving } from './taking.ts'

/** The file of a multipart request, taken in as it comes; the request is read to its end whatever becomes of it. */
export async function takeUpload(
  office: Office,
  request: FastifyRequest,
  arriving: Pick<Arriving, 'batch' | 'channel'>,
): Promise<ReturnFile> {
  let taken: ReturnFile | null = null
  let refusal: Error | null = null
  for await (const part of request.parts()) {
    if (part.type === 'field' || part.fieldname !== 'file' || taken || refusal) {
      if (part.type === 'file') part.file.resume()
      refusal ??= Refused.field(`/${part.fieldname}`, 'unknown-field')
      continue
    }
    const name = (part.filename ?? 'return').split(/[/\\]/).at(-1)!.slice(-200) || 'return'
    try {
      taken = await takeReturn(office, request.access, { ...arriving, name, content: part.file })
    } catch (error) {
      refusal = error as Error
      part.file.resume()
    }
    if (part.file.truncated) refusal ??= new Refused('payload-too-large')
  }
  if (refusal) throw refusal
  if (!taken) throw Refused.field('/file', 'required')
  return taken
}
