import type { Circumstances, KeptAnswer } from '@youyu/shared/contraception/eligibility'
import type { LocalRule, MecPhase } from '@youyu/shared/contraception/mec-editions'
import type { MecMethod } from '@youyu/shared/contraception/methods'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import type { Asking, Transaction } from '../../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../../database/statements.ts'
import type { KeptCategories } from '../tables.ts'

const circumstances = `s.delivered_on as "deliveredOn", s.is_breastfeeding as "isBreastfeeding", s.aborted_on as "abortedOn", s.parity,
  s.menses_ended_on as "mensesEndedOn", s.cavity_depth_millimetres as "cavityDepthMillimetres"`

/** The first gate: screenings of my facility, and those that she lets it read. */
function screensOfCounty(bound: Bound, access: Access): string {
  return `s.county_code = ${bound.bind(access.county)}
    and (s.facility_id = ${bound.bind(access.facility)} or app.shares(s.county_code, s.client_id))`
}

export type ListedScreen = {
  id: Id
  clientId: Id
  clientName: string | null
  facilityId: Id
  occurredOn: CivilDate
  edition: string
  conditions: string[]
  stopped: MecMethod[]
  recordedAt: Date
  voidedAt: Date | null
}

const listed = `s.id, s.client_id as "clientId", s.facility_id as "facilityId", s.occurred_on as "occurredOn", s.edition, s.conditions,
  s.stopped, s.recorded_at as "recordedAt", s.voided_at as "voidedAt"`

const named = `left join persons p on p.county_code = s.county_code and p.id = s.client_id`

export async function selectScreens(
  tx: Transaction,
  access: Access,
  question: {
    clientId?: Id | undefined
    voided?: boolean | undefined
    after: readonly [string, string] | null
    limit: number
  },
): Promise<ListedScreen[]> {
  const bound = new Bound()
  const conditions = [screensOfCounty(bound, access)]
  conditions.push(
    question.clientId
      ? `s.client_id = ${bound.bind(question.clientId)}`
      : `s.facility_id = ${bound.bind(access.facility)}`,
  )
  if (!question.voided) conditions.push('s.voided_at is null')
  if (question.after)
    conditions.push(
      `(s.occurred_on, s.id) < (${bound.bind(question.after[0])}::date, ${bound.bind(question.after[1])}::uuid)`,
    )
  const inOrder = 'order by s.occurred_on desc, s.id desc'
  const text = `select ${listed}, p.name as "clientName" from (select * from mec_screens s where ${conditions.join(' and ')}
    ${inOrder} limit ${pageLimit(question.limit)}) s ${named} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export type KeptScreen = ListedScreen &
  Circumstances & {
    age: number
    answers: KeptAnswer[]
    categories: KeptCategories
    noteCipher: Buffer | null
    divisionCode: string
    recordedBy: string | null
    recorder: string | null
    voidReason: string | null
    replaces: Id | null
    replacedBy: Id | null
    overrides: KeptOverride[]
  }

type KeptOverride = {
  id: Id
  method: MecMethod
  phase: MecPhase
  category: number
  /** base64. */
  reasonCipher: string
  recordedAt: string
  recordedBy: string | null
}

/** One screening with its overrides, voided ones too. */
export async function findScreen(tx: Transaction, access: Access, id: Id): Promise<KeptScreen | undefined> {
  const bound = new Bound()
  const text = `select ${listed}, p.name as "clientName", ${circumstances}, s.age, s.answers, s.categories, s.note_cipher as "noteCipher",
    s.division_code as "divisionCode", s.recorded_by as "recordedBy", u.display_name as recorder, s.void_reason as "voidReason", s.replaces,
    (select n.id from mec_screens n where n.county_code = s.county_code and n.replaces = s.id limit 1) as "replacedBy",
    coalesce((select json_agg(json_build_object('id', o.id, 'method', o.method, 'phase', o.phase, 'category', o.category,
      'reasonCipher', encode(o.reason_cipher, 'base64'), 'recordedAt', o.recorded_at, 'recordedBy', v.display_name) order by o.recorded_at, o.id)
      from mec_overrides o left join users v on v.id = o.recorded_by
      where o.county_code = s.county_code and o.screen_id = s.id and o.voided_at is null), '[]') as overrides
  from mec_screens s ${named} left join users u on u.id = s.recorded_by
  where ${screensOfCounty(bound, access)} and s.id = ${bound.bind(id)}`
  const [screen] = await ask<KeptScreen>(tx, text, bound.values)
  return screen
}

export type Situation = {
  /** The edition in force on the day; null before the first. */
  edition: string | null
  local: LocalRule[]
  /** Her earlier screenings up to the day, as far as they may be read; the latest first. */
  earlier: (Circumstances & { occurredOn: CivilDate; answers: KeptAnswer[] })[]
  bornOn: CivilDate | null
  births: number
  abortedOn: CivilDate | null
}

/**
 * What a screening starts from. Births and abortions are those that the facility itself knows: born here, or cared for here;
 * nobody else's records are opened.
 */
export async function findSituation(
  tx: Asking,
  access: Access,
  {
    clientId,
    on,
    except,
    withEarlier,
  }: { clientId: Id; on: CivilDate; except: Id | null; withEarlier: boolean },
): Promise<Situation> {
  const text = `select
    (select code from mec_editions where owner_county in (0, $1) and effective_from <= $4 and withdrawn_on is null
      order by effective_from desc, owner_county desc, recorded_at desc limit 1) as edition,
    coalesce((select json_agg(json_build_object('code', r.code, 'methods', r.methods, 'measure', r.measure, 'least', r.least, 'most', r.most,
      'isIntervalOnly', r.is_interval_only, 'effect', r.effect, 'nameZh', r.name_zh, 'nameEn', r.name_en, 'source', r.source,
      'validFrom', r.valid_from, 'validTo', r.valid_to) order by r.position, r.code)
      from local_rules r where r.valid_from <= $4 and (r.valid_to is null or r.valid_to > $4)), '[]') as local,
    coalesce((select json_agg(e) from (select s.occurred_on as "occurredOn", s.answers, ${circumstances} from mec_screens s
      where s.county_code = $1 and s.client_id = $2 and s.occurred_on <= $4 and s.voided_at is null and s.id is distinct from $5 and $6
      order by s.occurred_on desc, s.recorded_at desc limit 20) e), '[]') as earlier,
    (select max(x.performed_on) from procedures x where x.county_code = $1 and x.client_id = $2 and x.facility_id = $3
      and x.type in ('P10', 'P11', 'P12', 'P13') and x.performed_on <= $4 and x.voided_at is null) as "abortedOn",
    max(b.occurred_on) as "bornOn", count(*)::int as births
  from births b where b.county_code = $1 and b.mother_id = $2 and b.occurred_on <= $4 and b.voided_at is null and b.sequence = 1
    and (b.facility_id = $3 or exists (select from pregnancies g where g.county_code = $1 and g.id = b.pregnancy_id
      and g.registered_organisation_id = $3 and g.voided_at is null))`
  const values = [access.county, clientId, access.facility, on, except, withEarlier]
  const [situation] = await ask<Situation>(tx, text, values)
  return situation!
}

export type ScreenRecord = Circumstances & {
  id: Id
  clientId: Id
  divisionCode: string
  occurredOn: CivilDate
  edition: string
  age: number
  answers: readonly KeptAnswer[]
  conditions: readonly string[]
  categories: KeptCategories
  stopped: readonly string[]
  noteCipher: Buffer | null
  source: string
  replaces: Id | null
}

export async function insertScreen(
  tx: Asking,
  access: Access,
  screen: ScreenRecord,
  at: Date,
): Promise<void> {
  const text = `insert into mec_screens (county_code, id, client_id, facility_id, division_code, occurred_on, edition, age, answers, conditions,
    delivered_on, is_breastfeeding, aborted_on, parity, menses_ended_on, cavity_depth_millimetres, categories, stopped, note_cipher,
    recorded_at, recorded_by, source, replaces)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`
  await ask(tx, text, [
    ...[access.county, screen.id, screen.clientId, access.facility, screen.divisionCode, screen.occurredOn],
    ...[screen.edition, screen.age, JSON.stringify(screen.answers), screen.conditions, screen.deliveredOn],
    ...[screen.isBreastfeeding, screen.abortedOn, screen.parity, screen.mensesEndedOn],
    ...[screen.cavityDepthMillimetres, JSON.stringify(screen.categories), screen.stopped, screen.noteCipher],
    ...[at, access.actorId, screen.source, screen.replaces],
  ])
}

/** A screening and its overrides are taken back together; false where it was already. */
export async function voidScreenRow(
  tx: Asking,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `with gone as (
    update mec_screens set voided_at = $3, voided_by = $4, void_reason = $5
    where county_code = $1 and id = $2 and voided_at is null returning id),
  overrides as (
    update mec_overrides o set voided_at = $3, voided_by = $4, void_reason = $5
    from gone where o.county_code = $1 and o.screen_id = gone.id and o.voided_at is null)
  select id from gone`
  return (await ask(tx, text, [access.county, id, at, access.actorId, reason])).length > 0
}
