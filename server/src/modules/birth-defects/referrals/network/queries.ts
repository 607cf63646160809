import type { NewReferralLink, ReferralLink, ReferralPurpose } from '@youyu/shared/birth-defects/referrals'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

const columns = `l.id, jsonb_build_object('id', f.id, 'name', f.name) as "from", jsonb_build_object('id', t.id, 'name', t.name) as "to", l.purposes,
  l.answer_days as "answerDays", l.phone, l.valid_from as "validFrom", l.valid_to as "validTo", l.version`
const around = 'join organisations f on f.id = l.from_id join organisations t on t.id = l.to_id'

type Question = {
  id?: Id | undefined
  fromId?: Id | undefined
  purpose?: ReferralPurpose | undefined
  /** Those that hold on the day; null: all. */
  on: CivilDate | null
}

export async function selectLinks(
  tx: Transaction,
  { county }: Access,
  { id, fromId, purpose, on }: Question,
): Promise<ReferralLink[]> {
  return await ask(
    tx,
    `select ${columns} from referral_links l ${around}
     where l.county_code = $1 and ($2::uuid is null or l.id = $2) and ($3::uuid is null or l.from_id = $3)
       and ($4::text is null or $4 = any(l.purposes))
       and ($5::date is null or (l.valid_from <= $5 and (l.valid_to is null or l.valid_to >= $5)))
     order by f.name, t.name, l.id limit 1000`,
    [county, id ?? null, fromId ?? null, purpose ?? null, on],
  )
}

/** Facilities of the county among those named. */
export async function countFacilities(
  tx: Transaction,
  { county }: Access,
  ids: readonly Id[],
): Promise<number> {
  const [found] = await ask<{ n: number }>(
    tx,
    `select count(*)::int as n from organisations o where o.id = any($2) and left(o.division_code, 6) = lpad($1::text, 6, '0')`,
    [county, ids],
  )
  return found!.n
}

export async function insertLink(
  tx: Transaction,
  { county, actorId }: Access,
  id: Id,
  { fromId, toId, purposes, answerDays, phone, validFrom }: NewReferralLink,
  at: Date,
): Promise<void> {
  await ask(
    tx,
    `insert into referral_links (county_code, id, from_id, to_id, purposes, answer_days, phone, valid_from, recorded_at, recorded_by, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
    [county, id, fromId, toId, purposes, answerDays, phone, validFrom, at, actorId],
  )
}

export async function updateLink(
  tx: Transaction,
  { county }: Access,
  { id, purposes, answerDays, phone, validTo }: ReferralLink,
): Promise<void> {
  await ask(
    tx,
    `update referral_links set purposes = $3, answer_days = $4, phone = $5, valid_to = $6, version = version + 1
     where county_code = $1 and id = $2`,
    [county, id, purposes, answerDays, phone, validTo],
  )
}
