import type { Endpoint } from '@youyu/shared/endpoint'
import { send } from './call.ts'
import type { CallInput } from './call.ts'

function nameIn(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null
}

/** Hands a file to the browser to keep. */
export function keepFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Fetches a file with the session's token and hands it to the browser to keep. */
export async function download<const Contract extends Endpoint>(
  contract: Contract,
  input: CallInput<Contract>,
  fallbackName: string,
): Promise<void> {
  const response = await send(contract, input, {})
  const name = nameIn(response.headers.get('content-disposition')) ?? fallbackName
  keepFile(await response.blob(), name)
}
