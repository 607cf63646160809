import type {
  GoldenCase,
  LegalBasis,
  ProgrammeTerms,
  Rate,
  ShareSet,
  Stacking,
} from '@youyu/shared/subsidies/programmes'
import type { CivilDate, Id } from '@youyu/shared/values'
import { citation, cited } from '../../../citation.ts'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'

export type ProgrammeRow = {
  code: string
  nameZh: string
  nameEn: string
  noteZh: string
  noteEn: string
  scope: 'NATIONAL' | 'PROVINCIAL' | 'CITY' | 'COUNTY'
  status: 'OPEN' | 'TEMPLATE' | 'CLOSED' | 'WITHDRAWN'
  legalBasis: LegalBasis[]
  levels: { level: string; zh: string; en: string }[]
  position: number
  isStandard: boolean
  openChanges: number
}

/** The county's own row of a programme before the standard's. */
export async function selectProgrammes(tx: Asking, county: number): Promise<ProgrammeRow[]> {
  const programmes = await ask<ProgrammeRow>(
    tx,
    `select * from (
       select distinct on (p.code) p.code, p.name_zh as "nameZh", p.name_en as "nameEn", p.note_zh as "noteZh", p.note_en as "noteEn", p.scope,
         p.status, p.legal_basis as "legalBasis", p.levels, p.position, p.owner_county = 0 as "isStandard",
         (select count(*)::integer from programme_changes c where c.county_code = $1 and c.programme = p.code and c.state = 'PROPOSED') as "openChanges"
       from programmes p where p.owner_county in (0, $1::integer) order by p.code, p.owner_county desc
     ) p order by p.position, p.code`,
    [county],
  )
  return programmes.map((programme) => ({
    ...programme,
    legalBasis: programme.legalBasis.map((basis) => ({
      ...basis,
      document: citation(basis.document).source,
    })),
  }))
}

export type TermsRow = {
  code: string
  versionId: Id
  terms: ProgrammeTerms
  status: ProgrammeRow['status']
  from: CivilDate
}

/** The terms of every programme in force on a day. */
export async function selectTerms(tx: Asking, county: number, on: CivilDate): Promise<TermsRow[]> {
  return await ask(
    tx,
    `select code, version_id as "versionId", terms, status, from_on as "from" from app.programme_terms($1, $2)`,
    [county, on],
  )
}

type RateRow = Omit<Rate, 'amountFen'> & { code: string; amountFen: string }

export async function selectRates(tx: Asking, county: number): Promise<(Rate & { code: string })[]> {
  const rows = await ask<RateRow>(
    tx,
    `select n.code, n.level, n.unit, n.amount_fen as "amountFen", n.from_on as "from", n.to_on as "to", n.rate_id as id, r.source, r.confidence
     from app.programme_rates_of($1) n join programme_rates r on r.id = n.rate_id order by n.code, n.level, n.from_on desc`,
    [county],
  )
  return rows.map((row) => ({ ...cited(row), amountFen: Number(row.amountFen) }))
}

type ShareRow = { code: string; tier: ShareSet['shares'][number]['tier']; pct: string }

export async function selectSharesOn(
  tx: Asking,
  county: number,
  on: CivilDate,
): Promise<{ code: string; tier: ShareRow['tier']; pct: number }[]> {
  const rows = await ask<ShareRow>(
    tx,
    `select code, tier, pct from app.funding_shares_of($1, $2)
     order by code, array_position(array['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'OTHER'], tier)`,
    [county, on],
  )
  return rows.map(({ pct, ...row }) => ({ ...row, pct: Number(pct) }))
}

/** Every set of shares that concerns a county, the one it has now first. */
export async function selectShareSets(tx: Asking, county: number, code: string): Promise<ShareSet[]> {
  const rows = await ask<Omit<ShareSet, 'shares'> & { shares: { tier: ShareRow['tier']; pct: number }[] }>(
    tx,
    `select s.from_on as "from", min(s.source) as source, min(s.confidence) as confidence,
       json_agg(json_build_object('tier', s.tier, 'pct', s.pct)
         order by array_position(array['CENTRAL', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'OTHER'], s.tier)) as shares
     from programme_shares s
     where s.code = $2 and s.owner_county in (0, $1::integer) and s.superseded_at is null and left($1::text, length(s.area)) = s.area
       and length(s.area) = (select max(length(a.area)) from programme_shares a where a.code = $2 and a.owner_county = s.owner_county
         and a.superseded_at is null and left($1::text, length(a.area)) = a.area)
     group by s.owner_county, s.from_on order by s.owner_county desc, s.from_on desc`,
    [county, code],
  )
  return rows.map(cited)
}

export async function selectStacking(tx: Asking, county: number, code: string | null): Promise<Stacking[]> {
  return await ask(
    tx,
    `select n.first, n.first_level as "firstLevel", n.second, n.second_level as "secondLevel", n.verdict, n.is_local as "isLocal", n.reason,
       n.stacking_id as id, s.owner_county = 0 as "isStandard"
     from app.stacking_of($1) n join programme_stacking s on s.id = n.stacking_id
     where $2::text is null or $2 in (n.first, n.second) order by n.first, n.first_level, n.second, n.second_level`,
    [county, code],
  )
}

export type VersionRow = {
  id: Id
  code: string
  number: number
  isStandard: boolean
  from: CivilDate
  source: string
  confidence: 'FOUND' | 'SEED' | 'HIGH' | 'MEDIUM' | 'LOW' | 'DESIGN' | 'LOCAL'
  reason: string
  recordedAt: Date
  recordedBy: string | null
  approvedBy: string | null
  terms: ProgrammeTerms
  golden: GoldenCase[]
}

/** Versions of one programme, the newest first, the county's own before the standard's; or one by its id. */
export async function selectVersions(
  tx: Asking,
  county: number,
  which: { code: string } | { id: Id },
): Promise<VersionRow[]> {
  const versions = await ask<VersionRow>(
    tx,
    `select v.id, v.code, v.number, v.owner_county = 0 as "isStandard", v.from_on as "from", v.source, v.confidence, v.reason,
       v.recorded_at as "recordedAt", m.display_name as "recordedBy", a.display_name as "approvedBy", v.terms, v.golden
     from programme_versions v left join users m on m.id = v.recorded_by left join users a on a.id = v.approved_by
     where v.owner_county in (0, $1::integer) and ${'code' in which ? 'v.code = $2' : 'v.id = $2::uuid'}
     order by v.owner_county desc, v.from_on desc, v.number desc`,
    [county, 'code' in which ? which.code : which.id],
  )
  return versions.map(cited)
}
