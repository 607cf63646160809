import { describe, expect, it } from 'vitest'
import type { ApiClient } from '@youyu/shared/accounts'
import { draftOf, emptyClient, fieldsOf } from './client-fields.ts'

const client: ApiClient = {
  id: '01890000-0000-7000-8000-000000000001',
  name: '县医院 HIS',
  scopes: ['person.read'],
  purposes: [],
  divisionPrefix: '371121',
  organisationId: null,
  allowedAddresses: ['10.1.2.0/24'],
  requestsPerMinute: 60,
  expiresAt: '2026-12-31T15:59:59.000Z',
  status: 'active',
  secrets: [],
  version: 1,
}

describe('the fields of a machine client', () => {
  it('come back from the form as they went in', () => {
    const { divisionPrefix, allowedAddresses, expiresAt } = fieldsOf(draftOf(client))

    expect({ divisionPrefix, allowedAddresses }).toEqual({
      divisionPrefix: '371121',
      allowedAddresses: ['10.1.2.0/24'],
    })
    expect(expiresAt).toBe('2026-12-31T23:59:59+08:00')
  })

  it('take addresses however they are separated', () => {
    const { allowedAddresses } = fieldsOf({ ...emptyClient, addresses: '10.0.0.1，10.0.0.2; 10.0.0.0/8\n' })

    expect(allowedAddresses).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.0/8'])
  })

  it('do not mean the whole platform while no area is chosen', () => {
    expect(fieldsOf(emptyClient)).not.toHaveProperty('divisionPrefix')
    expect(fieldsOf({ ...emptyClient, wholePlatform: true })).toHaveProperty('divisionPrefix', '')
  })
})
