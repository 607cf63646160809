import type {
  Avidity,
  Serology,
  TorchAgent,
  TorchMeaning,
  TorchStage,
} from '@youyu/shared/birth-defects/torch'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import type { Asking } from '../../../database/connect.ts'
import { columnsOf, relationOf, type Shape } from '../../../database/column-arrays.ts'
import { ask } from '../../../database/statements.ts'
import type { CaseCourse } from './rules.ts'

export type TestRecord = {
  id: Id
  clientId: Id
  chainId: Id | null
  divisionCode: DivisionCode
  occurredOn: CivilDate
  stage: TorchStage
  isRetest: boolean
  edition: string
  laboratory: string | null
  checkId: Id | null
  orderId: Id | null
  /** Base64, as all ciphers below. */
  noteCipher: string | null
  replaces: Id | null
}
export type ResultRecord = {
  id: Id
  testId: Id
  clientId: Id
  chainId: Id | null
  divisionCode: DivisionCode
  agent: TorchAgent
  igg: Serology | null
  igm: Serology | null
  avidity: Avidity | null
  meaning: TorchMeaning
  isActionable: boolean
  titresCipher: string | null
}
export type CaseRecord = {
  id: Id
  clientId: Id
  chainId: Id | null
  divisionCode: DivisionCode
  agent: TorchAgent
  meaning: TorchMeaning
  isPregnant: boolean
  testId: Id
  foundOn: CivilDate
  stateOn: CivilDate
  retestFrom: CivilDate | null
  retestTo: CivilDate | null
}
export type StepRecord = {
  id: Id
  caseId: Id
  chainId: Id | null
  state: string
  occurredOn: CivilDate
  testId: Id | null
  closing: string | null
  referredTo: string | null
  noteCipher: string | null
}

const shapes = {
  torch_tests: {
    ...{
      id: 'uuid',
      clientId: 'uuid',
      chainId: 'uuid',
      divisionCode: 'text',
      occurredOn: 'date',
      stage: 'text',
    },
    ...{ isRetest: 'boolean', edition: 'text', laboratory: 'text', checkId: 'uuid', orderId: 'uuid' },
    ...{ noteCipher: 'text', replaces: 'uuid' },
  },
  torch_results: {
    ...{ id: 'uuid', testId: 'uuid', clientId: 'uuid', chainId: 'uuid', divisionCode: 'text', agent: 'text' },
    ...{
      igg: 'text',
      igm: 'text',
      avidity: 'text',
      meaning: 'text',
      isActionable: 'boolean',
      titresCipher: 'text',
    },
  },
  torch_cases: {
    ...{
      id: 'uuid',
      clientId: 'uuid',
      chainId: 'uuid',
      divisionCode: 'text',
      agent: 'text',
      meaning: 'text',
    },
    ...{ isPregnant: 'boolean', testId: 'uuid', foundOn: 'date', stateOn: 'date', retestFrom: 'date' },
    ...{ retestTo: 'date' },
  },
  torch_case_steps: {
    ...{ id: 'uuid', caseId: 'uuid', chainId: 'uuid', state: 'text', occurredOn: 'date', testId: 'uuid' },
    ...{ closing: 'text', referredTo: 'text', noteCipher: 'text' },
  },
} satisfies Record<string, Shape>

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const inserts = new Map<string, string>()

function insertOf(table: keyof typeof shapes, fixed: readonly string[]): string {
  const columns = Object.keys(shapes[table])
  const from = columns.map((name) =>
    name.endsWith('Cipher') ? `decode(n."${name}", 'base64')` : `n."${name}"`,
  )
  return `insert into ${table} (${[...columns, ...fixed].map(snake).join(', ')})
    select ${[...from, ...fixed.map((_, index) => `$${columns.length + index + 1}`)].join(', ')}
    from ${relationOf(shapes[table], 1)}`
}

/** Many rows, one statement. */
async function insertMany(
  tx: Asking,
  table: keyof typeof shapes,
  rows: readonly object[],
  fixed: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (rows.length === 0) return
  const text = inserts.get(table) ?? insertOf(table, Object.keys(fixed))
  inserts.set(table, text)
  await ask(tx, text, [...columnsOf(shapes[table], rows), ...Object.values(fixed)])
}

const fact = (access: Access, at: Date) => ({
  countyCode: access.county,
  facilityId: access.facility,
  recordedAt: at,
  recordedBy: access.actorId,
  source: access.actorKind === 'client' ? 'API' : 'MANUAL',
})

export async function insertTests(
  tx: Asking,
  access: Access,
  tests: readonly TestRecord[],
  results: readonly ResultRecord[],
  at: Date,
): Promise<void> {
  const { county: countyCode, facility: facilityId } = access
  await Promise.all([
    insertMany(tx, 'torch_tests', tests, { ...fact(access, at), updatedAt: at, version: 1 }),
    insertMany(tx, 'torch_results', results, { countyCode, facilityId }),
  ])
}

export async function insertCases(
  tx: Asking,
  access: Access,
  cases: readonly CaseRecord[],
  at: Date,
): Promise<void> {
  const fixed = { ...fact(access, at), state: 'FOUND', updatedAt: at, version: 1 }
  await insertMany(tx, 'torch_cases', cases, fixed)
}

export async function insertSteps(
  tx: Asking,
  access: Access,
  steps: readonly StepRecord[],
  at: Date,
): Promise<void> {
  await insertMany(tx, 'torch_case_steps', steps, fact(access, at))
}

export type CaseChange = { id: Id } & CaseCourse &
  Partial<Pick<CaseRecord, 'testId' | 'meaning' | 'isPregnant' | 'foundOn'>> & {
    /** Null where no retest is asked for; kept where `keepsRetest`. */
    retestFrom?: CivilDate | null
    retestTo?: CivilDate | null
    keepsRetest: boolean
  }

/** Brings cases to what their steps say. */
export async function updateCases(
  tx: Asking,
  { county }: Access,
  cases: readonly CaseChange[],
  at: Date,
): Promise<void> {
  if (cases.length === 0) return
  const text = `update torch_cases c set state = n.state, state_on = n."stateOn", retested_on = n."retestedOn", closed_on = n."closedOn",
      closing = n.closing, test_id = coalesce(n."testId", c.test_id), meaning = coalesce(n.meaning, c.meaning),
      is_pregnant = coalesce(n."isPregnant", c.is_pregnant), found_on = coalesce(n."foundOn", c.found_on),
      retest_from = case when n."keepsRetest" then c.retest_from else n."retestFrom" end,
      retest_to = case when n."keepsRetest" then c.retest_to else n."retestTo" end, updated_at = $3, version = c.version + 1
    from jsonb_to_recordset($2::jsonb) as n (id uuid, state text, "stateOn" date, "retestedOn" date, "closedOn" date, closing text,
      "testId" uuid, meaning text, "isPregnant" boolean, "foundOn" date, "retestFrom" date, "retestTo" date, "keepsRetest" boolean)
    where c.county_code = $1 and c.id = n.id`
  await ask(tx, text, [county, JSON.stringify(cases), at])
}

export async function voidTestRow(
  tx: Asking,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<boolean> {
  const text = `update torch_tests set voided_at = $3, voided_by = $4, void_reason = $5, updated_at = $3, version = version + 1
    where county_code = $1 and id = $2 and voided_at is null returning id`
  return (await ask(tx, text, [access.county, id, at, access.actorId, reason])).length > 0
}

export async function voidCaseRows(
  tx: Asking,
  access: Access,
  ids: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  if (ids.length === 0) return
  const values = [access.county, ids, at, access.actorId, reason]
  const set = 'voided_at = $3, voided_by = $4, void_reason = $5'
  await ask(
    tx,
    `update torch_cases set ${set}, updated_at = $3, version = version + 1 where county_code = $1 and id = any($2) and voided_at is null`,
    values,
  )
  await voidSteps(tx, access, 'case_id = any($2)', ids, reason, at)
}

export async function voidStepRow(
  tx: Asking,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  await voidSteps(tx, access, 'id = any($2)', [id], reason, at)
}

async function voidSteps(
  tx: Asking,
  access: Access,
  which: string,
  ids: readonly Id[],
  reason: string,
  at: Date,
): Promise<void> {
  const text = `update torch_case_steps set voided_at = $3, voided_by = $4, void_reason = $5
    where county_code = $1 and ${which} and voided_at is null`
  await ask(tx, text, [access.county, ids, at, access.actorId, reason])
}

/** A corrected test stands in the place of the one that was voided. */
export async function moveSteps(
  tx: Asking,
  { county }: Access,
  { from, to, on }: { from: Id; to: Id; on: CivilDate },
): Promise<void> {
  const text = `update torch_case_steps set test_id = $3, occurred_on = $4 where county_code = $1 and test_id = $2 and voided_at is null`
  await ask(tx, text, [county, from, to, on])
}

export async function updateConfirmation(
  tx: Asking,
  access: Access,
  id: Id,
  confirmedOn: CivilDate,
  words: readonly { id: Id; adviceCipher: string }[],
  at: Date,
): Promise<void> {
  const text = `update torch_tests set confirmed_on = $3, confirmed_by = $4, updated_at = $5, version = version + 1
    where county_code = $1 and id = $2`
  await ask(tx, text, [access.county, id, confirmedOn, access.actorId, at])
  if (words.length === 0) return
  const said = `update torch_results r set advice_cipher = decode(n."adviceCipher", 'base64')
    from jsonb_to_recordset($2::jsonb) as n (id uuid, "adviceCipher" text) where r.county_code = $1 and r.id = n.id`
  await ask(tx, said, [access.county, JSON.stringify(words)])
}
