import { beforeEach, describe, expect, it } from 'vitest'
import { changeUser, getUser, listUsers } from '@youyu/shared/accounts'
import { applyDivisionChange } from '@youyu/shared/divisions'
import { answer, clerk, problem } from '../ui/testing.ts'
import { addressOf, call, callWithEtag } from './call.ts'
import { ApiProblem } from './problem.ts'
import { beginSession, currentUser, forgetSession, onSessionLost } from './session.ts'

const signedIn = (accessToken: string) => ({ accessToken, expiresAt: '2030-01-01T00:00:00Z', user: clerk })
const id = '01890000-0000-7000-8000-000000000009'

describe('a call', () => {
  beforeEach(() => {
    forgetSession()
    beginSession(signedIn('first'))
  })

  it('fills the path and leaves blank criteria out of the query', () => {
    expect(addressOf(getUser, { params: { id: 'a b' } })).toBe('/api/v1/users/a%20b')
    expect(addressOf(listUsers, { querystring: { q: '', role: undefined, limit: 20 } })).toBe(
      '/api/v1/users?limit=20',
    )
  })

  it('carries the token, the version and an idempotency key', async () => {
    const asked = answer({ 'PATCH /api/v1/users/x': {}, 'POST /api/v1/division-changes': [201, {}] })

    await call(changeUser, { params: { id: 'x' }, body: { status: 'disabled' } }, { ifMatch: 7 })
    await call(applyDivisionChange, {
      body: { kind: 'ABOLISH', from: [], to: [], effectiveOn: '2026-01-01', sourceDocument: '文件' },
    })

    expect(asked[0]?.headers.get('authorization')).toBe('Bearer first')
    expect(asked[0]?.headers.get('if-match')).toBe('"7"')
    expect(asked[0]?.headers.has('idempotency-key')).toBe(false)
    expect(asked[1]?.headers.get('idempotency-key')).toMatch(/^[\w-]{16,}$/)
  })

  it('refreshes an expired session once for all that wait, and sends again', async () => {
    let refreshes = 0
    const asked = answer({
      'POST /api/v1/sessions/refresh': () => {
        refreshes += 1
        return signedIn('second')
      },
      'GET /api/v1/users': (request: Request) =>
        request.headers.get('authorization') === 'Bearer second'
          ? { items: [], nextCursor: null }
          : [401, problem('token-expired', 401)],
    })

    await Promise.all([call(listUsers, {}), call(listUsers, {}), call(listUsers, {})])

    expect(refreshes).toBe(1)
    expect(asked.filter((entry) => entry.path === '/api/v1/users')).toHaveLength(6)
  })

  it('tells that the session is lost when it cannot be refreshed', async () => {
    let lost = 0
    const stop = onSessionLost(() => (lost += 1))
    answer({
      'POST /api/v1/sessions/refresh': [401, problem('session-revoked', 401)],
      'GET /api/v1/users': [401, problem('token-expired', 401)],
    })

    await expect(call(listUsers, {})).rejects.toBeInstanceOf(ApiProblem)

    expect(lost).toBe(1)
    expect(currentUser.value).toBeNull()
    stop()
  })

  it('keeps the session when the server is merely overloaded', async () => {
    answer({
      'POST /api/v1/sessions/refresh': [503, problem('overloaded', 503)],
      'GET /api/v1/users': [401, problem('token-expired', 401)],
    })

    await expect(call(listUsers, {})).rejects.toMatchObject({ code: 'overloaded' })

    expect(currentUser.value?.id).toBe(clerk.id)
  })

  it('throws what the server refused, and says when there was no answer', async () => {
    answer({ 'GET /api/v1/users/x': [403, problem('out-of-area', 403)] })
    await expect(call(getUser, { params: { id: 'x' } })).rejects.toMatchObject({
      status: 403,
      code: 'out-of-area',
    })

    globalThis.fetch = () => Promise.reject(new TypeError('network'))
    await expect(call(getUser, { params: { id } })).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('tells the status where several succeed', async () => {
    answer({ 'POST /api/v1/division-changes': [201, { id }] })

    const { status, data } = await callWithEtag(applyDivisionChange, {
      body: { kind: 'ABOLISH', from: [], to: [], effectiveOn: '2026-01-01', sourceDocument: '文件' },
    })

    expect(status).toBe(201)
    expect(data.id).toBe(id)
  })
})
