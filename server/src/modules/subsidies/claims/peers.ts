import { checkClaims, type ClaimAnswer } from '@youyu/shared/subsidies/claims'
import type { Office } from '../../../office.ts'

/** Another installation that answers about the claimants of its counties. */
export type Peer = Office['config']['CLAIM_PEERS'][number]
/** What leaves this house of a claimant: keyed hashes, nothing else. */
export type Question = { number: string | null; name: string | null; kin: string | null }

const AT_ONCE = 1000
const PATIENCE = 10_000

const place = ({ url }: Peer, path: string) => `${url.replace(/\/$/, '')}${path}`

async function answered(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`The other county answered ${answer.status}`)
  return await answer.json()
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
