import type { Access } from '../src/access/access.ts'
import { newId } from '../src/crypto/ids.ts'
import { refusalOf } from '../src/http/problem.ts'

/** The access of somebody whose grants cover these subtrees. */
export function accessTo(...prefixes: string[]): Access {
  const actor = { actorId: newId(), actorKind: 'user', actorName: 'test', role: null } as const
  return {
    ...actor,
    prefixes,
    county: Number((prefixes[0] ?? '0').slice(0, 6)),
    clearance: 'L2',
    purposes: [],
    facility: null,
    address: null,
    requestId: null,
  }
}

/** How something ended: `fine`, or the code that the caller would be told. */
export const codeOf = async (running: Promise<unknown>) =>
  await running.then(
    () => 'fine',
    (error: unknown) => refusalOf(error).code,
  )
