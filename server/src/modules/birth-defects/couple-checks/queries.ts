import type { CheckKind, CheckParty, RiskLevel } from '@youyu/shared/birth-defects/check-item-sets'
import type { CoupleCheckRow, PremaritalOpinion } from '@youyu/shared/birth-defects/couple-checks'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, insertRow, pageLimit } from '../../../database/statements.ts'

/** The first gate: checks of my facility, and of chains that it takes part in. */
function ofCounty(bound: Bound, access: Access): string {
  return `c.county_code = ${bound.bind(access.county)}
    and (c.facility_id = ${bound.bind(access.facility)} or app.joins(c.county_code, c.chain_id))`
}

export type CoupleNamed = { id: Id; name: string; birthDate: CivilDate } | null
export type ListedCheck = Omit<CoupleCheckRow, 'woman' | 'man' | 'recordedAt' | 'voidedAt'> & {
  woman: CoupleNamed
  man: CoupleNamed
  recordedAt: Date
  voidedAt: Date | null
}
export type KeptCheck = ListedCheck & {
  setOwner: number
  setVersion: number
  herRisk: RiskLevel
  hisRisk: RiskLevel
  divisionCode: DivisionCode
  adviceCipher: Buffer | null
  marriageId: Id | null
  voidReason: string | null
  replaces: Id | null
  replacedBy: Id | null
}

const person = (alias: string) =>
  `case when ${alias}.id is null then null else jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name, 'birthDate', ${alias}.birth_date) end`
const listed = `c.id, c.kind, c.chain_id as "chainId", c.occurred_on as "occurredOn", ${person('w')} as woman, ${person('m')} as man,
  p.came, p.opinions, c.risk, c.reasons, c.counselled, c.advised_on as "advisedOn", c.facility_id as "facilityId", o.name as "facilityName",
  c.recorded_at as "recordedAt", c.voided_at as "voidedAt", c.version`
const around = `left join lateral app.client_of(c.county_code, c.woman_id) w on true
  left join lateral app.client_of(c.county_code, c.man_id) m on true
  left join organisations o on o.id = c.facility_id
  cross join lateral (select coalesce(array_agg(q.party order by q.party), '{}') as came,
      coalesce(array_agg(q.opinion order by q.party) filter (where q.opinion is not null), '{}') as opinions
    from couple_check_parties q where q.county_code = c.county_code and q.check_id = c.id) p`

type CheckQuestion = {
  kind?: CheckKind | undefined
  clientId?: Id | undefined
  risk?: RiskLevel | undefined
  unadvised?: boolean | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  voided?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectChecks(
  tx: Transaction,
  access: Access,
  { clientId, after, ...question }: CheckQuestion,
): Promise<ListedCheck[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access)]
  if (clientId) {
    const id = bound.bind(clientId)
    conditions.push(`(c.woman_id = ${id} or c.man_id = ${id})`)
  } else conditions.push(`c.facility_id = ${bound.bind(access.facility)}`)
  if (!question.voided) conditions.push('c.voided_at is null')
  if (question.kind) conditions.push(`c.kind = ${bound.bind(question.kind)}`)
  if (question.risk) conditions.push(`c.risk = ${bound.bind(question.risk)}`)
  if (question.unadvised) conditions.push(`c.risk = 'HIGH_RISK' and c.advised_on is null`)
  if (question.from) conditions.push(`c.occurred_on >= ${bound.bind(question.from)}`)
  if (question.to) conditions.push(`c.occurred_on <= ${bound.bind(question.to)}`)
  if (after)
    conditions.push(`(c.occurred_on, c.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by c.occurred_on desc, c.id desc'
  const text = `select ${listed} from (select * from couple_checks c where ${conditions.join(' and ')}
    ${inOrder} limit ${pageLimit(question.limit)}) c ${around} ${inOrder}`
  return await ask(tx, text, bound.values)
}

/** One check, voided ones too. */
export async function findCheck(tx: Asking, access: Access, id: Id): Promise<KeptCheck | undefined> {
  const bound = new Bound()
  const text = `select ${listed}, c.set_owner as "setOwner", c.set_version as "setVersion", c.her_risk as "herRisk", c.his_risk as "hisRisk",
    c.division_code as "divisionCode", c.advice_cipher as "adviceCipher", c.marriage_id as "marriageId", c.void_reason as "voidReason",
    c.replaces, (select n.id from couple_checks n where n.county_code = c.county_code and n.replaces = c.id limit 1) as "replacedBy"
    from couple_checks c ${around} where ${ofCounty(bound, access)} and c.id = ${bound.bind(id)}`
  const [found] = await ask<KeptCheck>(tx, text, bound.values)
  return found
}

export type KeptParty = {
  id: Id
  party: CheckParty
  personId: Id
  occurredOn: CivilDate
  infectionConsent: boolean
  itemsDone: string[]
  opinion: PremaritalOpinion | null
  resultsCipher: Buffer
}

export async function selectParties(tx: Asking, { county }: Access, checkId: Id): Promise<KeptParty[]> {
  const text = `select id, party, person_id as "personId", occurred_on as "occurredOn", infection_consent as "infectionConsent",
      items_done as "itemsDone", opinion, results_cipher as "resultsCipher"
    from couple_check_parties where county_code = $1 and check_id = $2 order by party`
  return await ask(tx, text, [county, checkId])
}

/** The check for a change: nobody else changes it meanwhile. */
export async function lockCheck(tx: Asking, { county, facility }: Access, id: Id): Promise<void> {
  const text = `select id from couple_checks where county_code = $1 and id = $2 and facility_id = $3 for no key update`
  await ask(tx, text, [county, id, facility])
}

type CheckRecord = {
  id: Id
  kind: CheckKind
  chainId: Id | null
  womanId: Id | null
  manId: Id | null
  divisionCode: DivisionCode
  occurredOn: CivilDate
  setOwner: number
  setVersion: number
  risk: RiskLevel
  herRisk: RiskLevel
  hisRisk: RiskLevel
  reasons: string[]
  counselled: boolean
  advisedOn: CivilDate | null
  adviceCipher: Buffer | null
  marriageId: Id | null
  replaces: Id | null
}
type PartyRecord = Omit<KeptParty, never> & { chainId: Id | null; divisionCode: DivisionCode }

export async function insertCheck(
  tx: Asking,
  access: Access,
  check: CheckRecord,
  parties: readonly PartyRecord[],
  at: Date,
): Promise<void> {
  const { county: countyCode, facility: facilityId, actorId: recordedBy } = access
  const source = access.actorKind === 'client' ? 'API' : 'MANUAL'
  const made = { recordedAt: at, updatedAt: at, recordedBy, source, version: 1 }
  await insertRow(tx, 'couple_checks', { countyCode, facilityId, ...check, ...made })
  const { id: checkId, kind } = check
  for (const party of parties)
    await insertRow(tx, 'couple_check_parties', { countyCode, facilityId, checkId, kind, ...party })
}

export async function voidCheckRow(
  tx: Asking,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `update couple_checks set voided_at = $3, voided_by = $4, void_reason = $5, updated_at = $3, version = version + 1
    where county_code = $1 and id = $2 and voided_at is null returning id`
  return (await ask(tx, text, [access.county, id, at, access.actorId, reason])).length > 0
}
