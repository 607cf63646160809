import type { MecPhase } from '@youyu/shared/contraception/mec-editions'
import type { MecMethod } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

export async function insertOverride(
  tx: Asking,
  access: Access,
  override: {
    id: Id
    screenId: Id
    clientId: Id
    occurredOn: CivilDate
    method: MecMethod
    phase: MecPhase
    category: number
    reasonCipher: Buffer
  },
  at: Date,
): Promise<void> {
  const { id, screenId, clientId, occurredOn, method, phase, category, reasonCipher } = override
  const text = `insert into mec_overrides (county_code, id, screen_id, client_id, facility_id, occurred_on, method, phase, category, reason_cipher,
    recorded_at, recorded_by, source) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
  await ask(tx, text, [
    ...[access.county, id, screenId, clientId, access.facility, occurredOn, method, phase, category],
    ...[reasonCipher, at, access.actorId, access.actorKind === 'client' ? 'API' : 'MANUAL'],
  ])
}

type LatestScreen = {
  id: Id
  occurredOn: CivilDate
  initiation: number | null
  isStopped: boolean
  isOverridden: boolean
}

/** The screening that a start rests on: the one named, or her latest up to the day. */
export async function findScreenFor(
  tx: Asking,
  access: Access,
  question: { clientId: Id; method: MecMethod; on: CivilDate; screenId: Id | null },
): Promise<LatestScreen | undefined> {
  const text = `select s.id, s.occurred_on as "occurredOn", (s.categories -> $3::text ->> 0)::int as initiation, $3::text = any(s.stopped) as "isStopped",
    exists (select from mec_overrides o where o.county_code = $1 and o.screen_id = s.id and o.method = $3::text
      and o.phase = 'INITIATION' and o.voided_at is null) as "isOverridden"
  from mec_screens s where s.county_code = $1 and s.client_id = $2 and s.occurred_on <= $4 and s.voided_at is null
    and ($5::uuid is null or s.id = $5::uuid)
  order by s.occurred_on desc, s.recorded_at desc, s.id desc limit 1`
  const { clientId, method, on, screenId } = question
  const [screen] = await ask<LatestScreen>(tx, text, [access.county, clientId, method, on, screenId])
  return screen
}
