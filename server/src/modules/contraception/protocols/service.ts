import type {
  FollowUpProtocol,
  NewProtocolVersion,
  ProtocolPreview,
} from '@youyu/shared/contraception/protocols'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { cited } from '../../../citation.ts'
import type { Transaction } from '../../../database/connect.ts'
import { longRehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { planCounty } from '../follow-up/index.ts'
import { insertSteps, insertVersion, selectInForce, selectVersions, type KeptProtocol } from './queries.ts'
import { protocolFaults } from './rules.ts'

const shown = <Row extends Omit<KeptProtocol, 'next'>>({ recordedAt, ...protocol }: Row) => ({
  ...cited(protocol),
  recordedAt: recordedAt.toISOString(),
})

export async function protocolsOn(
  { db, now }: Office,
  access: Access,
  on: CivilDate | undefined,
): Promise<{ on: CivilDate; items: FollowUpProtocol[] }> {
  const day = on ?? todayOf(now())
  const protocols = await reading(db, access, (tx) => selectInForce(tx, access, day))
  return { on: day, items: protocols.map(shown) }
}

export async function versionsOf(
  { db }: Office,
  access: Access,
  code: string,
): Promise<{ items: Omit<FollowUpProtocol, 'next'>[] }> {
  const versions = await reading(db, access, (tx) => selectVersions(tx, access, code))
  if (versions.length === 0) throw new Refused('not-found')
  return { items: versions.map(shown) }
}

export async function addVersion(
  office: Office,
  access: Access,
  code: string,
  body: NewProtocolVersion,
): Promise<FollowUpProtocol> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const { version } = await writeVersion(tx, access, code, body, at)
    await record(
      tx,
      access,
      {
        action: 'change',
        entity: 'follow-up-protocol',
        fields: [code, String(version)],
        reason: body.reason,
      },
      at,
    )
    const [kept] = (await selectInForce(tx, access, body.effectiveFrom)).filter(
      (found) => found.code === code,
    )
    return shown(kept!)
  })
}

/** What would change of the county's tasks on the day it comes into force; planned in earnest and taken back. */
export async function rehearseVersion(
  office: Office,
  access: Access,
  code: string,
  body: NewProtocolVersion,
): Promise<ProtocolPreview> {
  const at = office.now()
  return await longRehearsal(office.db, access, async (tx) => {
    await planCounty(tx, access, body.effectiveFrom, at)
    await writeVersion(tx, access, code, body, at)
    const { made, redated, ended } = await planCounty(tx, access, body.effectiveFrom, at)
    return { made, redated, ended }
  })
}

async function writeVersion(
  tx: Transaction,
  access: Access,
  code: string,
  body: NewProtocolVersion,
  at: Date,
): Promise<{ version: number }> {
  if (access.county === 0) throw new Refused('out-of-area')
  const [standing] = await selectVersions(tx, access, code)
  if (!standing) throw new Refused('not-found')
  const faults = protocolFaults(body, standing.trigger, todayOf(at))
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const version = await insertVersion(tx, access, { ...body, code, at })
  await insertSteps(tx, access, { code, version, steps: body.steps })
  return { version }
}
