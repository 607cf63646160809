import type { ApiClient } from '@youyu/shared/accounts'
import { prefixOf } from '@youyu/shared/values'

/** A client as its form edits it: one text for the addresses, a civil date for the expiry, a code for the area. */
export type ClientDraft = {
  name: string
  scopes: ApiClient['scopes']
  purposes: ApiClient['purposes']
  divisionCode: string
  wholePlatform: boolean
  organisationId: string
  addresses: string
  requestsPerMinute: number | ''
  expiresOn: string
}

export const emptyClient: ClientDraft = {
  name: '',
  scopes: [],
  purposes: [],
  divisionCode: '',
  wholePlatform: false,
  organisationId: '',
  addresses: '',
  requestsPerMinute: 600,
  expiresOn: '',
}

export function draftOf(client: ApiClient): ClientDraft {
  return {
    name: client.name,
    scopes: [...client.scopes],
    purposes: [...client.purposes],
    divisionCode: client.divisionPrefix === '' ? '' : client.divisionPrefix.padEnd(12, '0'),
    wholePlatform: client.divisionPrefix === '',
    organisationId: client.organisationId ?? '',
    addresses: client.allowedAddresses.join('\n'),
    requestsPerMinute: client.requestsPerMinute,
    expiresOn:
      client.expiresAt === null
        ? ''
        : new Date(new Date(client.expiresAt).getTime() + 8 * 3_600_000).toISOString().slice(0, 10),
  }
}

/** As the contract takes it. An area not chosen stays absent: the empty prefix is the whole platform. */
export function fieldsOf(draft: ClientDraft) {
  const { name, scopes, purposes, divisionCode, wholePlatform, addresses, requestsPerMinute, expiresOn } =
    draft
  const organisationId = draft.organisationId === '' ? null : draft.organisationId
  return {
    name,
    scopes,
    purposes,
    organisationId,
    ...(wholePlatform
      ? { divisionPrefix: '' }
      : divisionCode !== '' && { divisionPrefix: prefixOf(divisionCode) }),
    allowedAddresses: addresses.split(/[\s,，;；]+/).filter((address) => address !== ''),
    ...(requestsPerMinute !== '' && { requestsPerMinute }),
    expiresAt: expiresOn === '' ? null : `${expiresOn}T23:59:59+08:00`,
  }
}
