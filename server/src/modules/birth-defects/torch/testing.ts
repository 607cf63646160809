import type { CheckResults } from '@youyu/shared/birth-defects/check-item-sets'
import type {
  GivenTorchTest,
  TorchConfirmation,
  TorchTestCorrection,
} from '@youyu/shared/birth-defects/torch'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import type { Transaction } from '../../../database/connect.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, clientOf, keepClient } from '../../contraception/index.ts'
import { openChain, recordLinks, voidLinks } from '../chains/index.ts'
import * as queries from './queries.ts'
import * as writing from './queries-writing.ts'
import { leaveCases, writeSamples, type Sample } from './recording.ts'
import { isPregnantAt, serologyIn, testFaults } from './rules.ts'
import { shownTest } from './test-row.ts'

type Origin = Pick<Sample, 'replaces' | 'carried' | 'checkId' | 'orderId'>

/** Records a test in a running transaction, with the cases and links that follow from it. */
export async function recordTestIn(
  tx: Transaction,
  office: Office,
  access: Access,
  body: GivenTorchTest,
  at: Date,
  origin: Origin = {},
): Promise<{ id: Id; kept: ReadonlySet<Id> }> {
  const { clientId, occurredOn, stage, laboratory = null, note = null, results } = body
  const client = await clientOf(tx, access, clientId)
  const faults = testFaults(body, client.birthDate, todayOf(at))
  if (client.sex === '1') faults.push({ pointer: '/clientId', code: 'invalid-value' })
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const ground = isPregnantAt(stage) ? 'PREGNANCY' : 'PRECONCEPTION'
  const chainId = await openChain(tx, access, { womanId: clientId, ground, on: occurredOn }, at)
  const divisionCode = client.residenceDivision
  const sample = { clientId, chainId, divisionCode, occurredOn, stage, laboratory, note, results }
  const { testIds, kept, links } = await writeSamples(tx, office, access, [{ ...sample, ...origin }], at)
  await recordLinks(tx, access, links, at)
  await keepClient(tx, access, { clientId, on: occurredOn, encounters: 0 })
  await record(tx, access, careDeed(office, clientId, 'create', 'torch-test'), at)
  return { id: testIds[0]!, kept }
}

/** A test of the own facility that still stands, locked for a change. */
async function ownTest(tx: Transaction, access: Access, id: Id): Promise<queries.KeptTest> {
  await queries.lockTest(tx, access, id)
  const test = await queries.findTest(tx, access, id)
  if (!test) throw new Refused('not-found')
  if (test.facilityId !== access.facility) throw new Refused('forbidden')
  if (test.voidedAt) throw new Refused('conflict')
  return test
}

async function voidRow(tx: Transaction, access: Access, id: Id, reason: string, at: Date): Promise<void> {
  if (!(await writing.voidTestRow(tx, access, id, reason, at))) throw new Refused('conflict')
  await voidLinks(tx, access, id, reason, at)
}

export async function voidTestIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  reason: string,
  at: Date,
): Promise<void> {
  const test = await ownTest(tx, access, id)
  await leaveCases(tx, access, id, new Set(), reason, at)
  await voidRow(tx, access, id, reason, at)
  await record(tx, access, careDeed(office, test.client.id, 'correct', 'torch-test'), at)
}

/** Voids a test with the reason and appends what it should have said; cases that it still calls for go on. */
export async function correctTestIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { set, reason }: TorchTestCorrection,
  at: Date,
): Promise<Id> {
  const before = await ownTest(tx, access, id)
  const { occurredOn, stage, laboratory, note, results } = shownTest(office, access, before, [])
  const said = results.map(({ agent, igg, igm, avidity, iggTitre, igmTitre }) => ({
    ...{ agent, igg, igm, avidity, iggTitre, igmTitre },
  }))
  const told = { clientId: before.client.id, occurredOn, stage, laboratory, note, results: said }
  const body = { ...told, ...set } as GivenTorchTest
  const cases = await queries.lockCasesOfTest(tx, access, id)
  const carried = cases.filter(({ isFounding }) => isFounding)
  await voidRow(tx, access, id, reason, at)
  const retested = cases.some(({ isFounding }) => !isFounding)
  if (retested) await leaveCases(tx, access, id, new Set(carried.map((each) => each.id)), reason, at)
  const origin = { replaces: id, carried, checkId: before.checkId, orderId: before.orderId }
  const made = await recordTestIn(tx, office, access, body, at, origin)
  await writing.moveSteps(tx, access, { from: id, to: made.id, on: body.occurredOn })
  await leaveCases(tx, access, id, made.kept, reason, at)
  return made.id
}

export async function confirmTestIn(
  tx: Transaction,
  office: Office,
  access: Access,
  id: Id,
  { confirmedOn, advice }: TorchConfirmation,
  at: Date,
): Promise<void> {
  const test = await ownTest(tx, access, id)
  if (confirmedOn < test.occurredOn || confirmedOn > todayOf(at))
    throw Refused.field('/confirmedOn', 'invalid-date')
  const { county } = access
  const words = advice.map(({ agent, words: said }, index) => {
    const result = test.results.find((each) => each.agent === agent)
    if (!result) throw Refused.field(`/advice/${index}/agent`, 'invalid-value')
    const cipher = office.ciphers.clinical.encipher(said, { county, id: result.id })
    return { id: result.id, adviceCipher: cipher.toString('base64') }
  })
  await writing.updateConfirmation(tx, access, id, confirmedOn, words, at)
  await record(
    tx,
    access,
    careDeed(office, test.client.id, 'change', 'torch-test', { fields: ['advice'] }),
    at,
  )
}

type CheckMade = {
  id: Id
  chainId: Id | null
  client: { id: Id; residenceDivision: DivisionCode }
  occurredOn: CivilDate
  results: CheckResults
}

/** What a preconception check found of rubella, cytomegalovirus and toxoplasma is a test like any other. */
export async function recordTorchOfCheck(
  tx: Transaction,
  office: Office,
  access: Access,
  { id: checkId, chainId, client, occurredOn, results }: CheckMade,
  at: Date,
): Promise<void> {
  const found = serologyIn(results)
  if (found.length === 0) return
  const { id: clientId, residenceDivision: divisionCode } = client
  const sample = {
    clientId,
    chainId,
    divisionCode,
    occurredOn,
    stage: 'PRECONCEPTION',
    laboratory: null,
  } as const
  const { links } = await writeSamples(tx, office, access, [{ ...sample, results: found, checkId }], at)
  await recordLinks(tx, access, links, at)
}

/** A check that never was has no tests. */
export async function voidTorchOfCheck(
  tx: Transaction,
  access: Access,
  checkId: Id,
  reason: string,
  at: Date,
): Promise<void> {
  for (const { id } of await queries.selectTestIds(tx, access, { checkId })) {
    await leaveCases(tx, access, id, new Set(), reason, at)
    await voidRow(tx, access, id, reason, at)
  }
}
