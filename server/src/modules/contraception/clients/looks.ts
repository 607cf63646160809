import type { Id } from '@youyu/shared/values'
import type { Deed } from '../../../audit/index.ts'
import type { Office } from '../../../office.ts'

/**
 * Under which id the access log keeps what happens to a client's record of care: a keyed hash, so that the log itself tells
 * nobody who is whose client (E8), while she can be told who looked.
 */
export function careKeyOf({ ciphers }: Pick<Office, 'ciphers'>, clientId: Id): Id {
  const hash = ciphers.clinical.blindIndex(`client ${clientId}`).toString('hex')
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20)].join(
    '-',
  )
}

/** A deed to the record of care of a client; `fields` names the parts, never what is in them. */
export function careDeed(
  office: Pick<Office, 'ciphers'>,
  clientId: Id,
  action: Deed['action'],
  entity: string,
  more: Pick<Deed, 'fields' | 'reason'> = {},
): Deed {
  return { action, entity, entityId: careKeyOf(office, clientId), purpose: 'SERVICE', ...more }
}
