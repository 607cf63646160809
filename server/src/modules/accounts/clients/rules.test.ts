import { describe, expect, test } from 'vitest'
import { isAllowed } from './addresses.ts'
import { credentialsIn, permissionsOf, scopesFor } from './rules.ts'

const basic = (text: string) => `Basic ${btoa(text)}`
const grant_type = 'client_credentials'

describe('client credentials', () => {
  test.each([
    ['in the header', basic('me:secret'), {}, { id: 'me', secret: 'secret' }],
    ['encoded in the header', basic('m%65:a%3Ab+c'), {}, { id: 'me', secret: 'a:b c' }],
    ['with a colon in the secret', basic('me:a:b'), {}, { id: 'me', secret: 'a:b' }],
    ['in the body', undefined, { client_id: 'me', client_secret: 'secret' }, { id: 'me', secret: 'secret' }],
    ['in both', basic('me:secret'), { client_id: 'me', client_secret: 'secret' }, 'invalid_request'],
    ['of two clients', basic('me:secret'), { client_id: 'you' }, 'invalid_request'],
    ['nowhere', undefined, {}, 'invalid_client'],
    ['half', undefined, { client_id: 'me' }, 'invalid_client'],
    ['of another scheme', 'Bearer x', {}, 'invalid_client'],
    ['without a colon', basic('me'), {}, 'invalid_client'],
    ['badly encoded', basic('me:%zz'), {}, 'invalid_client'],
    ['no base64', 'Basic a', {}, 'invalid_client'],
  ])('%s', (_where, authorization, body, credentials) => {
    expect(credentialsIn(authorization, { grant_type, ...body })).toEqual(credentials)
  })
})

test.each([
  [undefined, ['person.read', 'division.read']],
  ['', ['person.read', 'division.read']],
  ['person.read', ['person.read']],
  ['person.read person.read', ['person.read']],
  ['person.read person.create', 'invalid_scope'],
  ['account.manage', 'invalid_scope'],
])('of two scopes, %j gets %j', (asked, scopes) => {
  expect(scopesFor(asked, ['person.read', 'division.read'])).toEqual(scopes)
})

test('a scope that the client has lost since is not carried', () => {
  expect(permissionsOf(['person.read', 'division.read'], ['division.read'])).toEqual(['division.read'])
})

test.each([
  ['10.1.2.3', [], true],
  ['10.1.2.3', ['10.1.2.3'], true],
  ['10.1.2.4', ['10.1.2.3'], false],
  ['10.1.2.3', ['10.0.0.0/8'], true],
  ['::ffff:10.1.2.3', ['10.0.0.0/8'], true],
  ['11.1.2.3', ['10.0.0.0/8', '2001:db8::/32'], false],
  ['2001:db8::7', ['10.0.0.0/8', '2001:db8::/32'], true],
  ['2001:db9::7', ['2001:db8::/32'], false],
])('%s under %j is allowed: %s', (address, allowed, answer) => {
  expect(isAllowed(address, allowed)).toBe(answer)
})
