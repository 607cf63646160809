import { getMe } from '@youyu/shared/accounts'
import type { Endpoint, EndpointOutput } from '@youyu/shared/endpoint'
import { addressOf, send } from './call.ts'
import { ApiProblem, problemOf } from './problem.ts'
import { tokenInMemory } from './session.ts'

export type UploadOptions = {
  idempotencyKey: string
  signal: AbortSignal
  /** 0 … 1 of the bytes sent. */
  progress: (share: number) => void
}

/** Sends a large file by contract and tells how far it is, which `fetch` cannot. */
export async function upload<const Contract extends Endpoint & { config: { multipart: true } }>(
  contract: Contract,
  form: FormData,
  { idempotencyKey, signal, progress }: UploadOptions,
): Promise<EndpointOutput<Contract>> {
  // An expired token would be refused only when the whole file is on its way: renew it first.
  await send(getMe, {}, { signal })
  const request = new XMLHttpRequest()
  request.open(contract.method, addressOf(contract))
  request.setRequestHeader('Accept', 'application/json')
  request.setRequestHeader('Authorization', `Bearer ${tokenInMemory()}`)
  request.setRequestHeader('Idempotency-Key', idempotencyKey)
  const stop = () => request.abort()
  signal.addEventListener('abort', stop)
  try {
    const answer = await new Promise<Response>((resolve, reject) => {
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total)
      request.onload = () => resolve(responseOf(request))
      request.onerror = () => reject(new ApiProblem(0, null))
      request.onabort = () => reject(new DOMException('upload stopped', 'AbortError'))
      request.send(form)
    })
    if (!answer.ok) throw await problemOf(answer)
    return (await answer.json()) as EndpointOutput<Contract>
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function responseOf(request: XMLHttpRequest): Response {
  const retryAfter = request.getResponseHeader('retry-after')
  return new Response(request.responseText, {
    status: request.status,
    headers: retryAfter === null ? {} : { 'retry-after': retryAfter },
  })
}
