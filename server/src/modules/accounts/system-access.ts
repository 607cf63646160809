import type { Access } from '../../access/access.ts'

/** UUID of nobody: the actor of what happens before anybody is known. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The access of the installation itself: first accounts, the shell. */
export const systemAccess: Access = {
  actorId: NOBODY,
  actorKind: 'system',
  actorName: 'system',
  role: null,
  prefixes: [''],
  county: 0,
  clearance: 'L0',
  purposes: [],
  facility: null,
  address: null,
  requestId: null,
}
