import type { createSession, endSession, refreshSession, signInOptions } from '@youyu/shared/accounts'
import type { Endpoint } from '@youyu/shared/endpoint'

/**
 * The contracts that the sign-in page calls, without their schemas: 35 KB of zod stay out of the first load.
 * Their types are those of shared, so a drift does not compile.
 */
function bare<Contract extends Endpoint>(route: Pick<Contract, 'method' | 'url' | 'config'>): Contract {
  return { ...route, schema: { summary: '', tags: ['accounts'], response: {} } } as unknown as Contract
}

export const entrance = {
  createSession: bare<typeof createSession>({
    method: 'POST',
    url: '/api/v1/sessions',
    config: { permission: 'public', dataClass: 'L1' },
  }),
  refreshSession: bare<typeof refreshSession>({
    method: 'POST',
    url: '/api/v1/sessions/refresh',
    config: { permission: 'public', dataClass: 'L1' },
  }),
  signInOptions: bare<typeof signInOptions>({
    method: 'GET',
    url: '/api/v1/sign-in-options',
    config: { permission: 'public', dataClass: 'L0' },
  }),
  endSession: bare<typeof endSession>({
    method: 'DELETE',
    url: '/api/v1/sessions/current',
    config: { permission: 'signed-in', dataClass: 'L0', beforeReady: true },
  }),
}
