import type { ProposalBasis, ProposalState } from '@youyu/shared/subsidies/proposals'
import type { CivilDate, DivisionCode, DivisionPrefix, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'

export type ProposalRecord = {
  id: Id
  programme: string
  nameZh: string | null
  nameEn: string | null
  cycle: string
  level: string
  subjectId: Id
  subjectName: string
  subjectBirth: CivilDate
  payeeId: Id | null
  payeeName: string | null
  payeeBirth: CivilDate | null
  divisionCode: DivisionCode
  divisionName: string | null
  asOf: CivilDate
  state: ProposalState
  basis: ProposalBasis
  missing: string[]
  yearFen: number
  proposedAt: Date
  settledOn: CivilDate | null
  applicationId: Id | null
  note: string | null
  versionId: Id
}

export type ProposalFilter = {
  programme?: string | undefined
  state?: ProposalState | undefined
  basis?: ProposalBasis | undefined
  ids?: readonly Id[] | undefined
}

/** The first gate: proposals of villages in the area. */
function inArea(
  bound: Bound,
  { county, prefixes }: Access,
  alias: string,
  division?: DivisionPrefix,
): string {
  const part = division ? ` and ${within(bound, `${alias}.division_code`, [division])}` : ''
  return `${alias}.county_code = ${bound.bind(county)} and ${within(bound, `${alias}.division_code`, prefixes)}${part}`
}

export async function selectProposals(
  tx: Transaction,
  access: Access,
  {
    division,
    after,
    limit,
    ...filter
  }: ProposalFilter & { division?: DivisionPrefix | undefined; after?: unknown[] | undefined; limit: number },
): Promise<ProposalRecord[]> {
  const bound = new Bound()
  const conditions = [inArea(bound, access, 'b', division)]
  if (filter.programme) conditions.push(`b.programme = ${bound.bind(filter.programme)}`)
  if (filter.state) conditions.push(`b.state = ${bound.bind(filter.state)}`)
  if (filter.basis) conditions.push(`b.basis = ${bound.bind(filter.basis)}`)
  if (filter.ids) conditions.push(`b.id = any(${bound.bind(filter.ids)}::uuid[])`)
  if (after)
    conditions.push(`(b.division_code, b.id) > (${bound.bind(after[0])}, ${bound.bind(after[1])}::uuid)`)
  const county = bound.bind(access.county)
  const rows = await ask<ProposalRecord>(
    tx,
    `select b.id, b.programme, p.name_zh as "nameZh", p.name_en as "nameEn", b.cycle, b.level, b.subject_id as "subjectId", s.name as "subjectName",
       s.birth_date as "subjectBirth", y.id as "payeeId", y.name as "payeeName", y.birth_date as "payeeBirth", b.division_code as "divisionCode",
       d.name as "divisionName", b.as_of as "asOf", b.state, b.basis, b.missing, b.year_fen as "yearFen", b.proposed_at as "proposedAt",
       b.settled_on as "settledOn", b.application_id as "applicationId", b.note, b.version_id as "versionId"
     from (select * from benefit_proposals b where ${conditions.join(' and ')} order by b.division_code, b.id limit ${pageLimit(limit)}) b
     join persons s on s.county_code = ${county} and s.id = b.subject_id
     left join persons y on y.county_code = ${county} and y.id = b.payee_id
     left join lateral (select n.name_zh, n.name_en from programmes n where n.code = b.programme and n.owner_county in (0, ${county})
       order by n.owner_county desc limit 1) p on true
     left join lateral (select v.name from divisions v where v.code = b.division_code order by v.valid_from desc limit 1) d on true
     order by b.division_code, b.id`,
    bound.values,
  )
  return rows.map((row) => ({ ...row, yearFen: Number(row.yearFen) }))
}

/** Locks the proposal; whether it is in the area and what state it is in. */
export async function lockProposal(
  tx: Transaction,
  access: Access,
  id: Id,
): Promise<ProposalState | undefined> {
  const bound = new Bound()
  const [row] = await ask<{ state: ProposalState }>(
    tx,
    `select b.state from benefit_proposals b where b.id = ${bound.bind(id)} and ${inArea(bound, access, 'b')} for no key update`,
    bound.values,
  )
  return row?.state
}

export async function settleProposal(
  tx: Transaction,
  access: Access,
  id: Id,
  { state, on, note }: { state: 'PROPOSED' | 'DECLINED'; on: CivilDate | null; note: string | null },
): Promise<void> {
  await ask(
    tx,
    `update benefit_proposals set state = $3, settled_on = $4, settled_by = $5, note = $6 where county_code = $1 and id = $2`,
    [access.county, id, state, on, on === null ? null : access.actorId, note],
  )
}

export type FilingCandidate = {
  id: Id
  programme: string
  cycle: string
  subjectId: Id
  payeeId: Id | null
  level: string
  missing: string[]
  basis: ProposalBasis
}

/** Open proposals to be filed, locked. */
export async function lockOpenProposals(
  tx: Transaction,
  access: Access,
  { division, ids, programme, basis }: ProposalFilter & { division?: DivisionPrefix | undefined },
  limit: number,
): Promise<FilingCandidate[]> {
  const bound = new Bound()
  const conditions = [inArea(bound, access, 'b', division), `b.state = 'PROPOSED'`]
  if (programme) conditions.push(`b.programme = ${bound.bind(programme)}`)
  if (basis) conditions.push(`b.basis = ${bound.bind(basis)}`)
  if (ids) conditions.push(`b.id = any(${bound.bind(ids)}::uuid[])`)
  return await ask(
    tx,
    `select b.id, b.programme, b.cycle, b.subject_id as "subjectId", b.payee_id as "payeeId", b.level, b.missing, b.basis
     from benefit_proposals b where ${conditions.join(' and ')} order by b.division_code, b.id limit ${bound.bind(limit)} for no key update`,
    bound.values,
  )
}

/** What was filed, by subject. */
export async function noteFiled(
  tx: Transaction,
  { county, actorId }: Access,
  filed: readonly { proposalId: Id; applicationId: Id }[],
  on: CivilDate,
): Promise<void> {
  await ask(
    tx,
    `update benefit_proposals b set state = 'FILED', application_id = f."applicationId", settled_on = $3, settled_by = $4
     from jsonb_to_recordset($2::jsonb) as f ("proposalId" uuid, "applicationId" uuid) where b.county_code = $1 and b.id = f."proposalId"`,
    [county, JSON.stringify(filed), on, actorId],
  )
}
