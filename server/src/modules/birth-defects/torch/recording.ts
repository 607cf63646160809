import { cellOf, type GivenTorchResult, type TorchStage } from '@youyu/shared/birth-defects/torch'
import type { CivilDate, DivisionCode, Id } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import type { Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { voidLinks, type LinkEvent } from '../chains/index.ts'
import { matrixOn } from './matrix.ts'
import * as queries from './queries.ts'
import * as writing from './queries-writing.ts'
import { courseOf, dayAfter, isPregnantAt, type Step } from './rules.ts'

type SampleResult = Pick<GivenTorchResult, 'agent' | 'igg' | 'igm' | 'avidity'> &
  Partial<Pick<GivenTorchResult, 'iggTitre' | 'igmTitre'>>

/** One sample, as a clinician, a check of a couple or a laboratory has it. */
export type Sample = {
  clientId: Id
  chainId: Id | null
  divisionCode: DivisionCode
  occurredOn: CivilDate
  stage: TorchStage
  laboratory: string | null
  results: readonly SampleResult[]
  note?: string | null
  checkId?: Id | null
  orderId?: Id | null
  replaces?: Id | null
  /** Cases of the test that this one corrects: they go on where their agent still calls for it. */
  carried?: readonly { id: Id; agent: string }[]
}

const sealed = (office: Office, access: Access, id: Id, words: string | null | undefined): string | null =>
  words ? office.ciphers.clinical.encipher(words, { county: access.county, id }).toString('base64') : null

export type Written = { testIds: Id[]; kept: ReadonlySet<Id>; links: LinkEvent[] }

/**
 * Writes samples, many at once: tests and results, cases of what the matrix calls for, retests of cases that are open, and
 * the links of the chains.
 */
export async function writeSamples(
  tx: Transaction,
  office: Office,
  access: Access,
  samples: readonly Sample[],
  at: Date,
): Promise<Written> {
  const last = samples.reduce((latest, { occurredOn }) => (occurredOn > latest ? occurredOn : latest), '')
  const clientIds = samples.map(({ clientId }) => clientId)
  const [matrix, open] = await Promise.all([
    matrixOn(tx, office, last),
    queries.lockOpenCases(tx, access, clientIds),
  ])
  if (!matrix) throw new Refused('not-found')
  const made = { tests: [] as writing.TestRecord[], results: [] as writing.ResultRecord[] }
  const cases: writing.CaseRecord[] = []
  const steps: writing.StepRecord[] = []
  const changes: writing.CaseChange[] = []
  const links: LinkEvent[] = []
  const kept = new Set<Id>()
  for (const sample of samples) {
    const { clientId, chainId, divisionCode, occurredOn, stage, carried = [] } = sample
    const testId = newId(at.getTime())
    const isPregnant = isPregnantAt(stage)
    let isRetest = false
    let isPositive = false
    for (const [index, given] of sample.results.entries()) {
      const { agent, igg, igm, avidity } = given
      const cell = cellOf(matrix.cells, { agent, igg, igm, avidity, isPregnant })
      if (!cell) throw Refused.field(`/results/${index}/igg`, 'invalid-value')
      const { meaning, isActionable, retestFromDays, retestToDays } = cell
      const id = newId(at.getTime())
      const titres = given.iggTitre ?? given.igmTitre
      made.results.push({
        ...{ id, testId, clientId, chainId, divisionCode, agent, igg, igm, avidity, meaning, isActionable },
        titresCipher: titres
          ? sealed(office, access, id, JSON.stringify({ igg: given.iggTitre, igm: given.igmTitre }))
          : null,
      })
      const window = {
        retestFrom: retestFromDays === null ? null : dayAfter(occurredOn, retestFromDays),
        retestTo: retestToDays === null ? null : dayAfter(occurredOn, retestToDays),
      }
      const step = { chainId, occurredOn, testId, closing: null, referredTo: null, noteCipher: null }
      const mine = carried.find((each) => each.agent === agent)
      if (mine) {
        if (isActionable) kept.add(mine.id)
        isPositive ||= isActionable
        if (isActionable)
          changes.push(refounded(mine.id, { testId, meaning, isPregnant, occurredOn }, window))
        continue
      }
      const running = open.find(
        (each) => each.clientId === clientId && each.agent === agent && each.foundOn <= occurredOn,
      )
      if (running) {
        isRetest = true
        steps.push({ ...step, id: newId(at.getTime()), caseId: running.id, state: 'RETESTED' })
        const on = occurredOn > running.stateOn ? occurredOn : running.stateOn
        changes.push({
          ...{ id: running.id, state: 'RETESTED', stateOn: on, retestedOn: occurredOn, isPregnant },
          ...{ closedOn: null, closing: null, keepsRetest: false, ...window },
        })
      } else if (isActionable) {
        const caseId = newId(at.getTime())
        isPositive = true
        cases.push({
          ...{ id: caseId, clientId, chainId, divisionCode, agent, meaning, isPregnant, testId },
          ...{ foundOn: occurredOn, stateOn: occurredOn, ...window },
        })
        steps.push({ ...step, id: newId(at.getTime()), caseId, state: 'FOUND' })
      }
    }
    const { laboratory, checkId = null, orderId = null, replaces = null } = sample
    made.tests.push({
      ...{ id: testId, clientId, chainId, divisionCode, occurredOn, stage, isRetest, laboratory },
      ...{ edition: matrix.edition, checkId, orderId, replaces },
      noteCipher: sealed(office, access, testId, sample.note),
    })
    if (chainId === null) continue
    const link = { chainId, item: 'TORCH', on: occurredOn, recordId: testId } as const
    links.push({ ...link, event: 'DONE' })
    if (isPositive) links.push({ ...link, event: 'POSITIVE' })
  }
  const [founded, taken] = [
    changes.filter(({ testId }) => testId !== undefined),
    changes.filter(({ testId }) => testId === undefined),
  ]
  await Promise.all([
    writing.insertTests(tx, access, made.tests, made.results, at),
    writing.insertCases(tx, access, cases, at),
    writing.insertSteps(tx, access, steps, at),
    writing.updateCases(tx, access, taken, at),
  ])
  await refound(tx, access, founded, at)
  return { testIds: made.tests.map(({ id }) => id), kept, links }
}

type Founding = {
  testId: Id
  meaning: writing.CaseRecord['meaning']
  isPregnant: boolean
  occurredOn: CivilDate
}

const refounded = (
  id: Id,
  { testId, meaning, isPregnant, occurredOn }: Founding,
  window: Pick<writing.CaseRecord, 'retestFrom' | 'retestTo'>,
): writing.CaseChange => ({
  ...{ id, testId, meaning, isPregnant, foundOn: occurredOn, ...window, keepsRetest: false },
  ...{ state: 'FOUND', stateOn: occurredOn, retestedOn: null, closedOn: null, closing: null },
})

/** Cases whose founding test was corrected keep the steps taken since. */
async function refound(
  tx: Transaction,
  access: Access,
  changes: readonly writing.CaseChange[],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return
  const steps = await queries.selectSteps(
    tx,
    access,
    changes.map(({ id }) => id),
  )
  const all = changes.map((change) => {
    const taken = steps.filter(({ caseId }) => caseId === change.id)
    return taken.length > 1 ? { ...change, ...courseOf(taken) } : change
  })
  await writing.updateCases(tx, access, all, at)
}

/** Takes a test out of the cases in which it had a part; those it had founded go with it, but for the ones that are kept. */
export async function leaveCases(
  tx: Transaction,
  access: Access,
  testId: Id,
  kept: ReadonlySet<Id>,
  reason: string,
  at: Date,
): Promise<void> {
  const cases = await queries.lockCasesOfTest(tx, access, testId)
  const gone = cases.filter(({ id, isFounding }) => isFounding && !kept.has(id)).map(({ id }) => id)
  const steps = await queries.selectSteps(
    tx,
    access,
    cases.map(({ id }) => id),
  )
  for (const step of steps)
    if (step.state === 'CLOSED' && gone.includes(step.caseId))
      await voidLinks(tx, access, step.id, reason, at)
  await writing.voidCaseRows(tx, access, gone, reason, at)
  for (const { id, isFounding } of cases) {
    if (isFounding) continue
    const mine: Step[] = []
    for (const step of steps.filter(({ caseId }) => caseId === id)) {
      if (step.testId === testId) await writing.voidStepRow(tx, access, step.id, reason, at)
      else mine.push(step)
    }
    await writing.updateCases(tx, access, [{ id, ...courseOf(mine), keepsRetest: true }], at)
  }
}
