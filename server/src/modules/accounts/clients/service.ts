import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { ApiClient, changeApiClient, createApiClient } from '@youyu/shared/accounts'
import { covers, type Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { sha256 } from '../../../crypto/keys.ts'
import type { Statements, Transaction } from '../../../database/connect.ts'
import { transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { assertFuture } from '../grants/service.ts'
import { isOrganisationInside } from '../users/queries.ts'
import {
  endSecrets,
  findClient,
  insertClient,
  insertSecret,
  lockClient,
  toClient,
  updateClient,
} from './queries.ts'

type NewClient = z.output<typeof createApiClient.schema.body>
type Change = z.output<typeof changeApiClient.schema.body>

const REQUESTS_PER_MINUTE = 600

async function seenClient(db: Statements, { prefixes }: Access, id: string, now: Date): Promise<ApiClient> {
  const row = await findClient(db, prefixes, id, now)
  if (!row) throw new Refused('not-found')
  return toClient(row)
}

export async function createClient(
  { db, now }: Office,
  access: Access,
  wanted: NewClient,
): Promise<{ client: ApiClient; secret: string }> {
  assertInside(access, wanted.divisionPrefix)
  assertFuture(wanted.expiresAt, '/expiresAt', now())
  const id = newId(now().getTime())
  const secret = newSecret()
  const {
    purposes = [],
    organisationId = null,
    allowedAddresses = [],
    requestsPerMinute = REQUESTS_PER_MINUTE,
    expiresAt = null,
    ...rest
  } = wanted
  const client = await transaction(db, access, async (tx) => {
    await assertOrganisation(tx, access, organisationId)
    const limits = {
      purposes,
      organisationId,
      allowedAddresses,
      requestsPerMinute,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    }
    await insertClient(tx, {
      ...rest,
      ...limits,
      id,
      status: 'active',
      version: 1,
      createdBy: access.actorId,
      createdAt: now(),
    })
    await insertSecret(tx, {
      id: newId(now().getTime()),
      clientId: id,
      secretHash: sha256(secret),
      createdAt: now(),
    })
    await recordChange(tx, access, id, wanted.divisionPrefix, ['created'], now())
    return await seenClient(tx, access, id, now())
  })
  return { client, secret }
}

export async function changeClient(
  { db, now }: Office,
  access: Access,
  id: string,
  version: number,
  change: Change,
): Promise<ApiClient> {
  if (change.divisionPrefix !== undefined) assertInside(access, change.divisionPrefix)
  assertFuture(change.expiresAt, '/expiresAt', now())
  return await transaction(db, access, async (tx) => {
    const { divisionPrefix } = await lockVersion(tx, access, id, version)
    await assertOrganisation(tx, access, change.organisationId ?? null)
    const { expiresAt, ...rest } = change
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    await updateClient(tx, id, {
      ...given,
      ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : new Date(expiresAt) }),
    })
    await recordChange(tx, access, id, change.divisionPrefix ?? divisionPrefix, Object.keys(change), now())
    return await seenClient(tx, access, id, now())
  })
}

/** A new secret; the old ones stay good for some hours, so that the other side can change over without an outage. */
export async function rotateSecret(
  { db, now }: Office,
  access: Access,
  id: string,
  overlapHours: number,
): Promise<{ secretId: string; secret: string }> {
  const secret = newSecret()
  const secretId = newId(now().getTime())
  await transaction(db, access, async (tx) => {
    const { divisionPrefix } = await lockVersion(tx, access, id)
    await endSecrets(tx, id, null, new Date(now().getTime() + overlapHours * 3_600_000), now())
    await insertSecret(tx, { id: secretId, clientId: id, secretHash: sha256(secret), createdAt: now() })
    await updateClient(tx, id, {})
    await recordChange(tx, access, id, divisionPrefix, ['secrets'], now())
  })
  return { secretId, secret }
}

export async function withdrawSecret(
  { db, now }: Office,
  access: Access,
  id: string,
  secretId: string,
): Promise<void> {
  await transaction(db, access, async (tx) => {
    const { divisionPrefix } = await lockVersion(tx, access, id)
    if ((await endSecrets(tx, id, secretId, now(), now())) === 0) throw new Refused('not-found')
    await updateClient(tx, id, {})
    await recordChange(tx, access, id, divisionPrefix, ['secrets'], now())
  })
}

function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

function assertInside({ prefixes }: Access, divisionPrefix: string): void {
  if (!covers(prefixes, divisionPrefix)) {
    throw new Refused('beyond-own-rights', {
      errors: [{ pointer: '/divisionPrefix', code: 'beyond-own-rights' }],
    })
  }
}

async function assertOrganisation(tx: Transaction, { prefixes }: Access, id: string | null): Promise<void> {
  if (id !== null && !(await isOrganisationInside(tx, id, prefixes)))
    throw Refused.field('/organisationId', 'not-found')
}

async function lockVersion(tx: Transaction, { prefixes }: Access, id: string, version?: number) {
  const client = await lockClient(tx, prefixes, id)
  if (!client) throw new Refused('not-found')
  if (version !== undefined) assertVersion(version, client.version)
  return client
}

async function recordChange(
  tx: Transaction,
  access: Access,
  entityId: string,
  prefix: string,
  fields: string[],
  now: Date,
): Promise<void> {
  await record(
    tx,
    access,
    { action: 'configure', entity: 'api-client', entityId, division: prefix.padEnd(12, '0'), fields },
    now,
  )
}
