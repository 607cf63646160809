import type {
  createSession,
  endSession,
  getPreferences,
  refreshSession,
  setPreference,
  signInOptions,
  switchCounty,
} from '@youyu/shared/accounts'
import type { Endpoint } from '@youyu/shared/endpoint'

/**
 * The contracts that the sign-in page and the shell call, without their schemas: 35 KB of zod stay out of the
 * first load, and the other contracts of accounts out of the second.
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
  switchCounty: bare<typeof switchCounty>({
    method: 'PUT',
    url: '/api/v1/sessions/current/county',
    config: { permission: 'signed-in', dataClass: 'L1' },
  }),
  getPreferences: bare<typeof getPreferences>({
    method: 'GET',
    url: '/api/v1/me/preferences',
    config: { permission: 'signed-in', dataClass: 'L0', beforeReady: true },
  }),
  setPreference: bare<typeof setPreference>({
    method: 'PUT',
    url: '/api/v1/me/preferences/:key',
    config: { permission: 'signed-in', dataClass: 'L0', beforeReady: true },
  }),
}
