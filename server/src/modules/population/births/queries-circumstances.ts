import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { Sibling } from './rules.ts'

/** A parent or child as she was on a day. */
export type PersonThen = {
  id: Id
  name: string
  sex: string
  birthDate: CivilDate
  diedOn: CivilDate | null
  ethnicity: string | null
  /** Where she lived and was registered on that day. */
  residence: DivisionCode
  residenceStatus: string
  hukou: DivisionCode
  /** Which of the two are divisions still today. */
  openPlaces: { code: DivisionCode; name: string }[] | null
  motherId: Id | null
  /** The birth that already names her as its child; asked of the child alone. */
  birthId: Id | null
  household: { id: Id; number: string; headBirthDate: CivilDate | null; relation: string | null } | null
}

/** Where somebody was registered on a day: walked back from the present over the hukou moves since. */
export function hukouOn(county: string, on: string): string {
  return `coalesce((select m.from_division from migration_events m where m.county_code = ${county} and m.person_id = p.id
    and m.voided_at is null and m.kind in ('HUKOU_IN', 'HUKOU_OUT') and m.occurred_on > ${on}::date
    order by m.occurred_on, m.recorded_at limit 1), p.hukou_division)`
}

/** The episode of a person that covers a day; looked for only where she moved since, if the caller knows the others. */
export function stayOn(county: string, on: string, { onlyMoved = false } = {}): string {
  const asked = onlyMoved ? `p.residence_since > ${on}::date and ` : ''
  return `select e.division_code, e.status from residence_episodes e where ${asked}e.county_code = ${county} and e.person_id = p.id
    and e.voided_at is null and (e.from_on is null or e.from_on <= ${on}::date) and (e.to_on is null or e.to_on > ${on}::date) limit 1`
}

export type KnownSibling = Sibling & { birthId: Id | null; childId: Id | null }

type Around = { people: PersonThen[] | null; siblings: KnownSibling[] | null }

/** Child and parents as they were on a day, and the mother's other children: births, and children known without one. */
export async function findAround(
  tx: Asking,
  access: Access,
  {
    childId,
    motherId,
    fatherId,
    on,
  }: Record<'childId' | 'motherId' | 'fatherId', Id | null> & { on: CivilDate },
): Promise<{ people: Map<Id, PersonThen>; siblings: KnownSibling[] }> {
  if (!childId && !motherId && !fatherId) return { people: new Map(), siblings: [] }
  const values = [access.county, childId, motherId, fatherId, on]
  const [row] = await ask<{ around: Around }>(
    tx,
    'select app.around_birth($1, $2, $3, $4, $5) as around',
    values,
  )
  const { people, siblings } = row!.around
  return { people: new Map((people ?? []).map((person) => [person.id, person])), siblings: siblings ?? [] }
}

type References = {
  facilityId: Id | null
  pregnancyId: Id | null
  motherId: Id | null
  certificateNumber: string | null
}

/** Whether what a birth refers to is there, and its certificate not yet used for another. Its pregnancy is held: nobody voids it meanwhile. */
export async function findReferences(
  tx: Asking,
  access: Access,
  { facilityId, pregnancyId, motherId, certificateNumber }: References,
  selfId: Id | null,
): Promise<{ hasFacility: boolean; hasPregnancy: boolean; isCertificateUsed: boolean }> {
  if (!facilityId && !pregnancyId && !certificateNumber)
    return { hasFacility: true, hasPregnancy: true, isCertificateUsed: false }
  const text = `select $2::uuid is null or exists (select from organisations o where o.id = $2) as "hasFacility",
    $3::uuid is null or exists (select from pregnancies g where g.county_code = $1 and g.id = $3 and g.woman_id = $4
      and g.voided_at is null for no key update) as "hasPregnancy",
    exists (select from births b where b.county_code = $1 and b.certificate_number = $5 and b.voided_at is null
      and b.id is distinct from $6::uuid) as "isCertificateUsed"`
  const [row] = await ask<Awaited<ReturnType<typeof findReferences>>>(tx, text, [
    access.county,
    facilityId,
    pregnancyId,
    motherId,
    certificateNumber,
    selfId,
  ])
  return row!
}
