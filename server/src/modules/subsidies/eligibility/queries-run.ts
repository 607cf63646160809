import type { ProgrammeTerms } from '@youyu/shared/subsidies/programmes'
import type { FactName } from '@youyu/shared/subsidies/facts'
import type { CivilDate, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Transaction } from '../../../database/connect.ts'
import { ask, Bound } from '../../../database/statements.ts'
import { within } from '../../population/index.ts'
import { eligibilityRelation, factsRelation, type KeyedRule } from '../rules/index.ts'

export type OpenProgramme = { code: string; versionId: Id; terms: ProgrammeTerms }

export async function selectOpenProgrammes(
  tx: Transaction,
  { county }: Pick<Access, 'county'>,
  on: CivilDate,
  codes: readonly string[] | null,
): Promise<OpenProgramme[]> {
  return await ask(
    tx,
    `select code, version_id as "versionId", terms from app.programme_terms($1, $2)
     where status = 'OPEN' and ($3::text[] is null or code = any($3)) order by code`,
    [county, on, codes],
  )
}

export type LevelRate = {
  code: string
  level: string
  unit: string
  amountFen: number
}

/** The rates of a day. */
export async function selectRatesOn(
  tx: Transaction,
  { county }: Access,
  on: CivilDate,
): Promise<LevelRate[]> {
  const rows = await ask<LevelRate>(
    tx,
    `select distinct on (code, level) code, level, unit, amount_fen as "amountFen" from app.programme_rates_of($1)
     where from_on <= $2 and coalesce(to_on >= $2, true) order by code, level, from_on desc`,
    [county, on],
  )
  return rows.map((row) => ({ ...row, amountFen: Number(row.amountFen) }))
}

export type RunRule = KeyedRule & {
  programme: string
  basis: 'MET' | 'UNPROVEN'
  versionId: Id
  proposes: boolean
  claimEachYear: boolean
}
export type RunQuestion = {
  runId: Id
  asOf: CivilDate
  rules: readonly RunRule[]
  /** What a year is worth to a person, by programme and level. */
  worths: readonly { programme: string; level: string; fen: number }[]
  at: Date
}

/**
 * Runs the rules over everybody, keeps what was found by programme, level and village, and proposes who neither draws the
 * benefit nor has asked for it. Whoever has declined in this cycle is not proposed again.
 */
export async function runRules(
  tx: Transaction,
  access: Access,
  { runId, asOf, rules, worths, at }: RunQuestion,
): Promise<{ entitled: number; proposed: number }> {
  const { county } = access
  const bound = new Bound()
  const year = Number(asOf.slice(0, 4))
  const relation = eligibilityRelation(bound, { county, asOf, rules })
  const countyText = `${bound.bind(county)}::integer`
  const [run, cycle, yearText] = [
    bound.bind(runId),
    bound.bind(String(year)),
    `${bound.bind(year)}::smallint`,
  ]
  const day = `${bound.bind(asOf)}::date`
  const moment = `${bound.bind(at)}::timestamptz`
  const keys = rules.map(({ key, programme, basis, versionId, proposes, claimEachYear }) => ({
    ...{ key, programme, versionId, proposes, claimEachYear },
    isMet: basis === 'MET',
  }))
  const [counted] = await ask<{ entitled: number; proposed: number }>(
    tx,
    `with keys as (select * from jsonb_to_recordset(${bound.bind(JSON.stringify(keys))}::jsonb)
       as k (key text, programme text, "versionId" uuid, proposes boolean, "claimEachYear" boolean, "isMet" boolean)),
     programmes_run as (select distinct programme, "versionId" as version_id, proposes, "claimEachYear" as each_year from keys),
     worths as (select * from jsonb_to_recordset(${bound.bind(JSON.stringify(worths))}::jsonb) as w (programme text, level text, fen bigint)),
     found as materialized (select r.key, r.subject_id, r.payee_id, r.division_code, r.level from ${relation} r
       where ${within(bound, 'r.division_code', [String(county)])}),
     people as materialized (select k.programme, f.subject_id, f.payee_id, f.division_code,
         max(f.level) filter (where k."isMet") as met, max(f.level) filter (where not k."isMet") as unproven
       from found f join keys k on k.key = f.key group by k.programme, f.subject_id, f.payee_id, f.division_code),
     told as materialized (select p.programme, p.subject_id, p.payee_id, p.division_code, coalesce(p.met, p.unproven) as level, p.met is not null as is_met,
         b.person_id is not null as draws, b.person_id is null and a.subject_id is not null as asks,
         coalesce(d.state = 'DECLINED', false) as declines, d.state is null as is_new, r.version_id, r.proposes, coalesce(w.fen, 0) as fen
       from people p join programmes_run r on r.programme = p.programme
       left join worths w on w.programme = p.programme and w.level = coalesce(p.met, p.unproven)
       left join (select distinct b.programme, b.person_id from beneficiaries b join programmes_run r on r.programme = b.programme
         where b.county_code = ${countyText} and b.state in ('ACTIVE', 'SUSPENDED')
           and (not r.each_year or b.claimed_years is null or ${yearText} = any(b.claimed_years))) b
         on b.programme = p.programme and b.person_id = p.subject_id
       left join (select distinct a.programme, a.subject_id from applications a
         where a.county_code = ${countyText} and a.claim_year in (0, ${yearText})
           and a.state not in ('DRAFT', 'REJECTED', 'UPHELD', 'WITHDRAWN')) a on a.programme = p.programme and a.subject_id = p.subject_id
       left join benefit_proposals d on d.county_code = ${countyText} and d.programme = p.programme and d.subject_id = p.subject_id and d.cycle = ${cycle}),
     counted as (insert into eligibility_counts (county_code, run_id, programme, level, division_code, version_id, entitled, drawing, applied, declined,
         unproven, year_fen)
       select ${countyText}, ${run}::uuid, t.programme, t.level, t.division_code, t.version_id,
         count(*) filter (where t.is_met), count(*) filter (where t.is_met and t.draws), count(*) filter (where t.is_met and t.asks),
         count(*) filter (where t.is_met and t.declines and not t.draws and not t.asks), count(*) filter (where not t.is_met and not t.draws),
         coalesce(sum(t.fen) filter (where t.is_met), 0)
       from told t group by t.programme, t.level, t.division_code, t.version_id returning entitled),
     proposed as (insert into benefit_proposals as b (county_code, id, programme, version_id, cycle, subject_id, payee_id, level, division_code, as_of,
         run_id, state, basis, missing, year_fen, proposed_at)
       select ${countyText}, app.derived_id('proposal ' || ${countyText} || ' ' || t.programme || ' ' || t.subject_id || ' ' || ${cycle}), t.programme, t.version_id,
         ${cycle}, t.subject_id, t.payee_id, t.level, t.division_code, ${day}, ${run}::uuid, 'PROPOSED',
         case when t.is_met then 'MET' else 'UNPROVEN' end, '{}', t.fen, ${moment}
       from told t where t.proposes and not t.draws and not t.asks and not t.declines
       on conflict (county_code, programme, subject_id, cycle) do update set version_id = excluded.version_id, payee_id = excluded.payee_id,
         level = excluded.level, division_code = excluded.division_code, as_of = excluded.as_of, run_id = excluded.run_id, state = 'PROPOSED',
         basis = excluded.basis, year_fen = excluded.year_fen, settled_on = null, settled_by = null
         where b.state in ('PROPOSED', 'LAPSED')
       returning b.id)
     select (select coalesce(sum(c.entitled), 0)::integer from counted c) as entitled,
       (select count(*)::integer from told t where t.is_new and t.proposes and not t.draws and not t.asks) as proposed`,
    bound.values,
  )
  return counted!
}

/** Counties with people of their own in which no run of the day was made, or asked for of the whole county. */
export async function countiesToRun(tx: Transaction, asOf: CivilDate): Promise<number[]> {
  const rows = await ask<{ county: number }>(
    tx,
    `select c.county_code as county from (select distinct county_code from village_counts where residents + registered > 0) c
     where not exists (select from eligibility_runs r where r.county_code = c.county_code and r.as_of = $1 and r.finished_at is not null
       and r.id = app.derived_id('eligibility night ' || r.county_code || ' ' || $1::date))
     order by 1`,
    [asOf],
  )
  return rows.map(({ county }) => county)
}

/** Nobody is offered what does not go with what she draws. */
export async function lapseBarred(
  tx: Transaction,
  access: Access,
  { runId, asOf }: { runId: Id; asOf: CivilDate },
): Promise<void> {
  const draws = (
    programme: string,
    level: string,
  ) => `exists (select from beneficiaries o where o.county_code = $1 and o.person_id = b.subject_id
    and o.programme = ${programme} and (${level} = '' or o.level = ${level}) and o.state in ('ACTIVE', 'SUSPENDED'))`
  await ask(
    tx,
    `update benefit_proposals b set state = 'LAPSED', settled_on = $3, settled_by = $4 from app.stacking_of($1) k
     where b.county_code = $1 and b.run_id = $2 and b.state = 'PROPOSED' and k.verdict in ('DENY', 'STOP_FIRST')
       and (b.programme = k.first and (k.first_level = '' or k.first_level = b.level) and ${draws('k.second', 'k.second_level')}
         or k.verdict = 'DENY' and b.programme = k.second and (k.second_level = '' or k.second_level = b.level) and ${draws('k.first', 'k.first_level')})`,
    [access.county, runId, asOf, access.actorId],
  )
}

/** Proposals of these programmes that the run no longer makes: she has applied meanwhile, or no longer meets the rule. */
export async function settleProposals(
  tx: Transaction,
  access: Access,
  { runId, asOf, programmes }: { runId: Id; asOf: CivilDate; programmes: readonly string[] },
): Promise<void> {
  await ask(
    tx,
    `update benefit_proposals b set state = case when a.id is null then 'LAPSED' else 'FILED' end, application_id = a.id, settled_on = $3, settled_by = $4
     from (select p.id as proposal_id from benefit_proposals p
       where p.county_code = $1 and p.programme = any($5) and p.state = 'PROPOSED' and p.run_id <> $2) o
     left join lateral (select a.id from benefit_proposals p join applications a on a.county_code = p.county_code and a.programme = p.programme
         and a.subject_id = p.subject_id and a.state not in ('DRAFT', 'REJECTED', 'UPHELD', 'WITHDRAWN')
       where p.county_code = $1 and p.id = o.proposal_id order by a.filed_on desc, a.id desc limit 1) a on true
     where b.county_code = $1 and b.id = o.proposal_id`,
    [access.county, runId, asOf, access.actorId, programmes],
  )
}

export type EvidenceFact = { type: string; fact: FactName | null }

/** Evidence that the register does not hold already: what stands on no fact, and what stands on one that nobody knows. */
export async function noteMissing(
  tx: Transaction,
  access: Access,
  {
    runId,
    asOf,
    programme,
    evidence,
  }: { runId: Id; asOf: CivilDate; programme: string; evidence: readonly EvidenceFact[] },
): Promise<void> {
  const { county } = access
  const facts = [...new Set(evidence.flatMap(({ fact }) => fact ?? []))]
  const always = evidence.flatMap(({ type, fact }) => (fact ? [] : [type]))
  if (facts.length === 0) {
    if (always.length === 0) return
    await ask(
      tx,
      `update benefit_proposals set missing = $4 where county_code = $1 and run_id = $2 and programme = $3 and state = 'PROPOSED'`,
      [county, runId, programme, always],
    )
    return
  }
  const [proposed] = await ask<{ ids: Id[] | null }>(
    tx,
    `select array_agg(subject_id order by subject_id) as ids from benefit_proposals
     where county_code = $1 and run_id = $2 and programme = $3 and state = 'PROPOSED'`,
    [county, runId, programme],
  )
  if (!proposed?.ids) return
  const bound = new Bound()
  const relation = factsRelation(bound, { county, asOf, facts, ids: proposed.ids })
  const parts = evidence.flatMap(({ type, fact }) =>
    fact ? [`case when f.${fact} is null then ${bound.bind(type)}::text end`] : [`${bound.bind(type)}::text`],
  )
  await ask(
    tx,
    `update benefit_proposals b set missing = array_remove(array[${parts.join(', ')}]::text[], null) from ${relation} f
     where b.county_code = ${bound.bind(county)} and b.run_id = ${bound.bind(runId)} and b.programme = ${bound.bind(programme)}
       and b.state = 'PROPOSED' and b.subject_id = f.subject_id`,
    bound.values,
  )
}
