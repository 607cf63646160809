import type {
  Avidity,
  Serology,
  TorchAgent,
  TorchCaseRow,
  TorchCaseState,
  TorchCell,
  TorchMeaning,
  TorchTestRow,
} from '@youyu/shared/birth-defects/torch'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { cited } from '../../../citation.ts'
import type { Asking, Transaction } from '../../../database/connect.ts'
import { ask, Bound, pageLimit } from '../../../database/statements.ts'
import type { FiledResults } from '../filing.ts'
import { ofResults } from '../queries-filing.ts'
import type { Step } from './rules.ts'

/** The first gate: records of my facility, and of chains that it takes part in. */
function ofCounty(bound: Bound, access: Access, alias: string): string {
  return `${alias}.county_code = ${bound.bind(access.county)} and (${alias}.facility_id = ${bound.bind(access.facility)}
    or app.joins(${alias}.county_code, ${alias}.chain_id))`
}

const client = `jsonb_build_object('id', w.id, 'name', w.name, 'birthDate', w.birth_date) as client`

export type Edition = { edition: string; effectiveFrom: CivilDate; source: string }

/** In force on a day. */
export async function editionOn(tx: Asking, on: CivilDate): Promise<Edition | undefined> {
  const text = `select e.edition, e.effective_from as "effectiveFrom", e.source
    from torch_editions e order by e.effective_from <= $1 desc, e.effective_from desc, e.edition desc limit 1`
  const [found] = await ask<Edition>(tx, text, [on])
  return found && cited(found)
}

export async function selectCells(tx: Asking, edition: string): Promise<TorchCell[]> {
  const text = `select c.agent, c.igg, c.igm, c.avidity, c.is_pregnant as "isPregnant", c.meaning, c.is_actionable as "isActionable",
      c.retest_from_days as "retestFromDays", c.retest_to_days as "retestToDays", c.advice_zh as "adviceZh", c.advice_en as "adviceEn"
    from torch_cells c where c.edition = $1 order by c.agent, c.is_pregnant, c.igg, c.igm, c.avidity`
  return await ask(tx, text, [edition])
}

export type ListedTest = Omit<TorchTestRow, 'recordedAt' | 'voidedAt'> & {
  recordedAt: Date
  voidedAt: Date | null
}
export type KeptResult = {
  id: Id
  agent: TorchAgent
  igg: Serology | null
  igm: Serology | null
  avidity: Avidity | null
  meaning: TorchMeaning
  isActionable: boolean
  titresCipher: string | null
  adviceCipher: string | null
  caseId: Id | null
}
export type KeptTest = ListedTest & {
  edition: string
  laboratory: string | null
  checkId: Id | null
  orderId: Id | null
  divisionCode: DivisionCode
  confirmedBy: string | null
  noteCipher: Buffer | null
  voidReason: string | null
  replaces: Id | null
  results: KeptResult[]
}

const listed = `t.id, ${client}, t.chain_id as "chainId", t.occurred_on as "occurredOn", t.stage, t.is_retest as "isRetest",
  coalesce((select array_agg(r.agent order by r.agent) from torch_results r
    where r.county_code = t.county_code and r.test_id = t.id and r.is_actionable), '{}') as actionable,
  t.confirmed_on as "confirmedOn", t.facility_id as "facilityId", t.recorded_at as "recordedAt", t.voided_at as "voidedAt", t.version`
const withClient = (alias: string) =>
  `cross join lateral app.client_of(${alias}.county_code, ${alias}.client_id) w`

type TestQuestion = {
  clientId?: Id | undefined
  unconfirmed?: boolean | undefined
  from?: CivilDate | undefined
  to?: CivilDate | undefined
  voided?: boolean | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectTests(
  tx: Transaction,
  access: Access,
  { clientId, after, ...question }: TestQuestion,
): Promise<ListedTest[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access, 't')]
  conditions.push(
    clientId ? `t.client_id = ${bound.bind(clientId)}` : `t.facility_id = ${bound.bind(access.facility)}`,
  )
  if (!question.voided) conditions.push('t.voided_at is null')
  if (question.unconfirmed) conditions.push('t.confirmed_on is null')
  if (question.from) conditions.push(`t.occurred_on >= ${bound.bind(question.from)}`)
  if (question.to) conditions.push(`t.occurred_on <= ${bound.bind(question.to)}`)
  if (after)
    conditions.push(`(t.occurred_on, t.id) < (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by t.occurred_on desc, t.id desc'
  const text = `select ${listed} from (select * from torch_tests t where ${conditions.join(' and ')}
    ${inOrder} limit ${pageLimit(question.limit)}) t ${withClient('t')} ${inOrder}`
  return await ask(tx, text, bound.values)
}

/** One test, voided ones too. */
export async function findTest(tx: Asking, access: Access, id: Id): Promise<KeptTest | undefined> {
  const bound = new Bound()
  const text = `select ${listed}, t.edition, t.laboratory, t.check_id as "checkId", t.order_id as "orderId", t.division_code as "divisionCode",
      u.display_name as "confirmedBy", t.note_cipher as "noteCipher", t.void_reason as "voidReason", t.replaces,
      (select jsonb_agg(jsonb_build_object('id', r.id, 'agent', r.agent, 'igg', r.igg, 'igm', r.igm, 'avidity', r.avidity, 'meaning', r.meaning,
        'isActionable', r.is_actionable, 'titresCipher', encode(r.titres_cipher, 'base64'), 'adviceCipher', encode(r.advice_cipher, 'base64'),
        'caseId', (select s.case_id from torch_case_steps s where s.county_code = r.county_code and s.test_id = r.test_id and s.voided_at is null
          and exists (select from torch_cases k where k.county_code = s.county_code and k.id = s.case_id and k.agent = r.agent) limit 1))
        order by array_position(array['TOX', 'RUB', 'CMV', 'HSV'], r.agent))
      from torch_results r where r.county_code = t.county_code and r.test_id = t.id) as results
    from torch_tests t ${withClient('t')} left join users u on u.id = t.confirmed_by
    where ${ofCounty(bound, access, 't')} and t.id = ${bound.bind(id)}`
  const [found] = await ask<KeptTest>(tx, text, bound.values)
  return found
}

export async function lockTest(tx: Asking, { county, facility }: Access, id: Id): Promise<void> {
  const text =
    'select id from torch_tests where county_code = $1 and id = $2 and facility_id = $3 for no key update'
  await ask(tx, text, [county, id, facility])
}

/** Tests of a check that still stand. */
export async function selectTestIds(
  tx: Asking,
  { county, facility }: Access,
  { checkId }: { checkId: Id },
): Promise<{ id: Id }[]> {
  const text = `select id from torch_tests
    where county_code = $1 and facility_id = $2 and check_id = $3 and voided_at is null`
  return await ask(tx, text, [county, facility, checkId])
}

type OpenCase = {
  id: Id
  clientId: Id
  chainId: Id | null
  agent: TorchAgent
  foundOn: CivilDate
  stateOn: CivilDate
  testId: Id
}

/** Open cases of people at the facility, locked. */
export async function lockOpenCases(
  tx: Asking,
  { county, facility }: Access,
  clientIds: readonly Id[],
): Promise<OpenCase[]> {
  const text = `select id, client_id as "clientId", chain_id as "chainId", agent, found_on as "foundOn", state_on as "stateOn", test_id as "testId"
    from torch_cases where county_code = $1 and facility_id = $2 and client_id = any($3) and closed_on is null and voided_at is null
    order by id for no key update`
  return await ask(tx, text, [county, facility, clientIds])
}

/** Cases in which a test has a part: found by it, or retested. */
export async function lockCasesOfTest(
  tx: Asking,
  { county, facility }: Access,
  testId: Id,
): Promise<(OpenCase & { isFounding: boolean })[]> {
  const text = `select c.id, c.client_id as "clientId", c.chain_id as "chainId", c.agent, c.found_on as "foundOn", c.state_on as "stateOn",
      c.test_id as "testId", c.test_id = $3 as "isFounding"
    from torch_cases c where c.county_code = $1 and c.facility_id = $2 and c.voided_at is null and (c.test_id = $3
      or exists (select from torch_case_steps s where s.county_code = c.county_code and s.case_id = c.id and s.test_id = $3 and s.voided_at is null))
    order by c.id for no key update`
  return await ask(tx, text, [county, facility, testId])
}

type KeptStep = Step & {
  caseId: Id
  testId: Id | null
  referredTo: string | null
  noteCipher: Buffer | null
  recordedBy: string | null
}

/** The steps that stand, in the order in which they were entered. */
export async function selectSteps(
  tx: Asking,
  { county }: Access,
  caseIds: readonly Id[],
): Promise<KeptStep[]> {
  const text = `select s.id, s.case_id as "caseId", s.state, s.occurred_on as "occurredOn", s.test_id as "testId", s.closing,
      s.referred_to as "referredTo", s.note_cipher as "noteCipher", u.display_name as "recordedBy"
    from torch_case_steps s left join users u on u.id = s.recorded_by
    where s.county_code = $1 and s.case_id = any($2) and s.voided_at is null order by s.case_id, s.recorded_at, s.id`
  return await ask(tx, text, [county, caseIds])
}

export type KeptCase = Omit<TorchCaseRow, 'days' | 'isOverdue'> & { facilityId: Id }

const ofCase = `c.id, ${client}, c.chain_id as "chainId", c.agent, c.meaning, c.is_pregnant as "isPregnant", c.found_on as "foundOn",
  c.test_id as "testId", c.state, c.state_on as "stateOn", c.retest_from as "retestFrom", c.retest_to as "retestTo",
  c.retested_on as "retestedOn", c.closed_on as "closedOn", c.closing, c.facility_id as "facilityId", c.version`

type CaseQuestion = {
  clientId?: Id | undefined
  isOpen?: boolean | undefined
  state?: TorchCaseState | undefined
  overdueBy?: CivilDate | undefined
  after: readonly [string, string] | null
  limit: number
}

export async function selectCases(
  tx: Transaction,
  access: Access,
  { clientId, isOpen, state, overdueBy, after, limit }: CaseQuestion,
): Promise<KeptCase[]> {
  const bound = new Bound()
  const conditions = [ofCounty(bound, access, 'c'), 'c.voided_at is null']
  conditions.push(
    clientId ? `c.client_id = ${bound.bind(clientId)}` : `c.facility_id = ${bound.bind(access.facility)}`,
  )
  if (isOpen !== undefined) conditions.push(`c.closed_on is ${isOpen ? '' : 'not '}null`)
  if (state) conditions.push(`c.state = ${bound.bind(state)}`)
  if (overdueBy) {
    const day = bound.bind(overdueBy)
    conditions.push(`c.closed_on is null and (c.retest_to < ${day} or c.found_on + 60 < ${day})`)
  }
  if (after)
    conditions.push(`(c.found_on, c.id) > (${bound.bind(after[0])}::date, ${bound.bind(after[1])}::uuid)`)
  const inOrder = 'order by c.found_on, c.id'
  const text = `select ${ofCase} from (select * from torch_cases c where ${conditions.join(' and ')}
    ${inOrder} limit ${pageLimit(limit)}) c ${withClient('c')} ${inOrder}`
  return await ask(tx, text, bound.values)
}

export async function findCase(tx: Asking, access: Access, id: Id): Promise<KeptCase | undefined> {
  const bound = new Bound()
  const text = `select ${ofCase} from torch_cases c ${withClient('c')}
    where ${ofCounty(bound, access, 'c')} and c.voided_at is null and c.id = ${bound.bind(id)}`
  const [found] = await ask<KeptCase>(tx, text, bound.values)
  return found
}

export async function lockCase(tx: Asking, { county, facility }: Access, id: Id): Promise<void> {
  const text =
    'select id from torch_cases where county_code = $1 and id = $2 and facility_id = $3 for no key update'
  await ask(tx, text, [county, id, facility])
}

type LabSample = {
  orderId: Id
  clientId: Id
  chainId: Id | null
  divisionCode: DivisionCode
  collectedOn: CivilDate
  laboratory: string | null
  /** The test that the order was answered with before. */
  standingId: Id | null
  expectedOn: CivilDate | null
  endedOn: CivilDate | null
  /** Flag by analyte, of all results of the order that stand. */
  found: Record<string, string>
}

/** What a laboratory found for orders of my facility, a row a sample. */
export async function selectLabSamples(
  tx: Asking,
  { county, facility }: Access,
  answered: FiledResults,
): Promise<LabSample[]> {
  const [condition, value] = ofResults(answered, '$3')
  const text = `select o.id as "orderId", o.client_id as "clientId", o.chain_id as "chainId", o.division_code as "divisionCode",
      coalesce(o.collected_on, o.ordered_on) as "collectedOn", l.name as laboratory, h.expected_on as "expectedOn",
      coalesce(h.born_on, h.closed_on) as "endedOn", r.found,
      (select t.id from torch_tests t where t.county_code = $1 and t.order_id = o.id and t.facility_id = $2 and t.voided_at is null limit 1)
        as "standingId"
    from (select distinct n.order_id from lab_results n where n.county_code = $1 and n.${condition} and n.facility_id = $2
        and n.panel_code in ('TORCH', 'PRECONCEPTION') and n.analyte_code ~ '^(TOX|RUB|CMV|HSV)_' and n.voided_at is null) b
    join lab_orders o on o.county_code = $1 and o.id = b.order_id
    cross join lateral (select jsonb_object_agg(s.analyte_code, s.flag) as found from lab_results s
      where s.county_code = $1 and s.order_id = o.id and s.flag is not null and s.voided_at is null) r
    left join organisations l on l.id = o.lab_id
    left join chains h on h.county_code = $1 and h.id = o.chain_id
    order by o.id`
  return await ask(tx, text, [county, facility, value])
}
