import { checkClaims, type ClaimAnswer } from '@youyu/shared/subsidies/claims'
import type { Office } from '../../../office.ts'

/** Another installation that answers about the claimants of its counties. */
export type Peer = Office['config']['CLAIM_PEERS'][number]
/** What leaves this house of a claimant: keyed hashes, nothing else. */
export type Question = { number: string | null; name: string | null; kin: string | null }

const AT_ONCE = 1000
const PATIENCE = 10_000

const place = ({ url }: Peer, path: string) => `${url.replace(/\/$/, '')}${path}`

/** The other county has understood and says no; asked again, it would say the same. */
export class PeerRefusal extends Error {
  readonly code: string

  constructor(code: string) {
    super(`The other county refused: ${code}`)
    this.code = code
  }
}

/** Not now, or not before somebody has mended the way in: to be tried again. */
const laterStatus = [401, 408, 425, 429]

/** A no has a code, of a problem or of OAuth; what answers without one may be anything that stands before the other county. */
async function answered(answer: Response): Promise<unknown> {
  if (answer.ok) return await answer.json()
  if (answer.status < 500 && !laterStatus.includes(answer.status)) {
    const { code, error = code } = ((await answer.json().catch(() => null)) ?? {}) as Record<string, unknown>
    if (typeof error === 'string' && /^[a-z][a-z0-9_-]{1,59}$/.test(error)) throw new PeerRefusal(error)
  }
  throw new Error(`The other county answered ${answer.status}`)
}

async function tokenOf(peer: Peer): Promise<string> {
  const answer = await fetch(place(peer, '/oauth/token'), {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', client_id: peer.clientId, client_secret: peer.clientSecret },
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  })
  const { access_token: token } = (await answered(answer)) as { access_token?: unknown }
  if (typeof token !== 'string') throw new Error('The other county gave no token')
  return token
}

/** Asks a peer about claimants of a programme; answers place by place, or fails as a whole. */
export async function askPeer(
  peer: Peer,
  programme: string,
  questions: readonly Question[],
): Promise<ClaimAnswer[]> {
  const token = await tokenOf(peer)
  const answers: ClaimAnswer[] = []
  for (let start = 0; start < questions.length; start += AT_ONCE) {
    const claims = questions.slice(start, start + AT_ONCE)
    const answer = await fetch(place(peer, checkClaims.url), {
      method: checkClaims.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ programme, claims }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    })
    const told = checkClaims.schema.response[200].safeParse(await answered(answer))
    if (!told.success || told.data.answers.length !== claims.length)
      throw new Error('The other county did not answer place by place')
    answers.push(...told.data.answers)
  }
  return answers
}
