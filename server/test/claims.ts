import { bodyOf } from './register.ts'
import { officerAt, type Officer, type TestOffice } from './office.ts'

/** What counties agree on, so that the keys of a person are the same in all of them. */
export const claimSalt = Buffer.from('a national salt of the tests, long enough')

type Secrets = { clientId: string; clientSecret: string }

/** The machine of another county, let in to ask about the people of its neighbour. */
export async function peerClient({ app, ...rest }: TestOffice): Promise<[Officer, Secrets]> {
  const admin = await rest.officer('sys_admin', null)
  const wanted = {
    name: '外县比对',
    scopes: ['claim.check'],
    purposes: ['BENEFIT'],
    divisionPrefix: '370321',
  }
  const { client: made, secret } = bodyOf<{ client: { id: string }; secret: string }>(
    await admin.post('/api/v1/api-clients', wanted),
    201,
  )
  const token = await app.inject({
    ...{ method: 'POST', url: '/oauth/token' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=client_credentials&client_id=${made.id}&client_secret=${encodeURIComponent(secret)}`,
  })
  const { access_token } = token.json<{ access_token: string }>()
  return [officerAt(app, 'county', access_token), { clientId: made.id, clientSecret: secret }]
}
