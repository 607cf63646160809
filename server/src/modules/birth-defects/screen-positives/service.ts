import type { z } from 'zod'
import type {
  listPositiveCases,
  NewPositiveStep,
  PositiveCase,
  PositiveCaseRow,
} from '@youyu/shared/birth-defects/prenatal-cases'
import { daysAfter } from '@youyu/shared/birth-defects/newborn-rules'
import type { PositiveState } from '@youyu/shared/birth-defects/prenatal-values'
import type { CivilDate, Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { careDeed, careTransaction } from '../../contraception/index.ts'
import { sealed } from '../cells.ts'
import { chainFor, recordLinks, voidLinks, type LinkEvent } from '../chains/index.ts'
import { parametersOn } from '../screening-parameters/index.ts'
import { cases, findDiagnosis, findTermination, selectHolidays, steps, type StepRow } from './queries.ts'
import { dueBy, mayFollow, outcomeFrom } from './rules.ts'
import { shownRow, stepsOf, shown, type Found } from './case-row.ts'

type Asked = z.output<(typeof listPositiveCases)['schema']['querystring']>

export async function listCases(
  office: Office,
  access: Access,
  { limit, cursor, womanId, state, open, overdue }: Asked,
): Promise<Page<PositiveCaseRow>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const isWork = open === true || overdue === true
  const rows = await reading(office.db, access, (tx) =>
    cases.list(tx, access, {
      equal: { womanId, state },
      more: (bound) => [
        open === false && 'r.closed_on is not null',
        isWork && 'r.closed_on is null and r.due_by is not null',
        overdue && `r.due_by < ${bound.bind(today)}::date`,
      ],
      ...{ ofChain: womanId !== undefined, by: isWork ? 'dueBy' : 'openedOn', isAscending: isWork },
      ...{ after, limit: limit + 1 },
    }),
  )
  const page = pageOf(
    rows,
    limit,
    (row) => shownRow(access, row, today),
    (row) => [isWork ? row.dueBy! : row.openedOn, row.id],
  )
  for (const { woman } of page.items)
    office.views.note(access, careDeed(office, woman.id, 'view', 'screen-positive'))
  return page
}

export async function readCase(office: Office, access: Access, id: Id): Promise<PositiveCase> {
  const found = await reading(office.db, access, (tx) => shown(tx, office, access, id))
  office.views.note(access, careDeed(office, found.woman.id, 'view', 'screen-positive'))
  return found
}

/** What a step rests on: a diagnosis that was made, a termination that was done, and the day. */
async function assertGrounds(
  tx: Transaction,
  access: Access,
  before: Found,
  step: NewPositiveStep,
  taken: readonly StepRow[],
): Promise<void> {
  if (step.to === 'DX_DONE') {
    const diagnosis = await findDiagnosis(tx, access, before.womanId, step.diagnosisId)
    if (!diagnosis?.performedOn || diagnosis.chainId !== before.chainId)
      throw Refused.field('/diagnosisId', 'not-found')
  }
  if (step.to === 'TERMINATED_MEDICAL') {
    const termination = await findTermination(tx, access, before.womanId, step.terminationId)
    if (!termination?.performedOn) throw Refused.field('/terminationId', 'not-found')
  }
  if (step.to === 'NORMAL' || step.to === 'ABNORMAL') {
    const diagnosisId = taken.findLast(({ toState }) => toState === 'DX_DONE')?.diagnosisId
    const diagnosis = diagnosisId && (await findDiagnosis(tx, access, before.womanId, diagnosisId))
    const contrary = step.to === 'NORMAL' ? 'ABNORMAL' : 'NORMAL'
    if (diagnosis && diagnosis.result === contrary) throw Refused.field('/to', 'finding-conflict')
  }
}

/** What a step says of the items of the chain. */
function linksOf(id: Id, { chainId, kind }: Found, step: NewPositiveStep): LinkEvent[] {
  const common = { chainId, on: step.on, recordId: id }
  if (step.to === 'DX_OFFERED') return [{ ...common, item: 'DIAGNOSIS', event: 'OFFERED' }]
  if (step.to === 'DX_DECLINED')
    return [{ ...common, item: 'DIAGNOSIS', event: 'DECLINED', reason: step.reason ?? 'NOT_SAID' }]
  if (step.to === 'OUTCOME_RECORDED') return [{ ...common, item: kind, event: 'FOLLOWED' }]
  return []
}

/** The case as its standing steps say. */
async function project(
  tx: Transaction,
  access: Access,
  before: Found,
  state: PositiveState,
  stateOn: CivilDate,
  outcome: string | null,
  at: Date,
): Promise<void> {
  const chain = await chainFor(tx, access, { womanId: before.womanId }, stateOn, at)
  const isSame = chain?.chainId === before.chainId
  const expectedOn = (isSame ? chain.expectedOn : null) ?? before.expectedOn
  const [set, holidays] = await Promise.all([
    parametersOn(tx, access, stateOn),
    selectHolidays(tx, stateOn, daysAfter(stateOn, 60)),
  ])
  const standing = { state, stateOn, expectedOn, bornOn: isSame ? chain.bornOn : null }
  const closedOn = state === 'OUTCOME_RECORDED' ? stateOn : null
  await cases.update(
    tx,
    access,
    before.id,
    { state, stateOn, expectedOn, dueBy: dueBy(standing, set, holidays), closedOn, outcome },
    at,
  )
}

export async function stepCase(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  step: NewPositiveStep,
): Promise<PositiveCase> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await cases.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    if (!mayFollow(before.state, step.to)) throw new Refused('step-not-next')
    if (step.on < before.stateOn || step.on > todayOf(at)) throw Refused.field('/on', 'invalid-date')
    const taken = (await stepsOf(tx, access, id)).filter(({ voidedAt }) => voidedAt === null)
    await assertGrounds(tx, access, before, step, taken)
    if (step.to === 'OUTCOME_RECORDED') await assertOutcomeDay(tx, access, before, step, at)
    const stepId = newId(at.getTime())
    await steps.insert(
      tx,
      access,
      {
        ...{
          id: stepId,
          caseId: id,
          chainId: before.chainId,
          womanId: before.womanId,
          ordinal: taken.length + 1,
        },
        ...{ fromState: before.state, toState: step.to, occurredOn: step.on },
        mode: 'mode' in step ? step.mode : null,
        counsellor: 'counsellor' in step ? step.counsellor : null,
        options: 'options' in step ? step.options : [],
        diagnosisId: 'diagnosisId' in step ? step.diagnosisId : null,
        terminationId: 'terminationId' in step ? step.terminationId : null,
        referredTo: 'referredTo' in step ? step.referredTo : null,
        outcome: 'outcome' in step ? step.outcome : null,
        noteCipher: sealed(office, access, stepId, step.note ?? null),
      },
      at,
    )
    await project(tx, access, before, step.to, step.on, 'outcome' in step ? step.outcome : null, at)
    await recordLinks(tx, access, linksOf(stepId, before, step), at)
    await record(
      tx,
      access,
      careDeed(office, before.womanId, 'change', 'screen-positive', { fields: [step.to] }),
      at,
    )
    return await shown(tx, office, access, id)
  })
}

async function assertOutcomeDay(
  tx: Transaction,
  access: Access,
  before: Found,
  step: Extract<NewPositiveStep, { to: 'OUTCOME_RECORDED' }>,
  at: Date,
): Promise<void> {
  const [set, chain] = await Promise.all([
    parametersOn(tx, access, step.on),
    chainFor(tx, access, { womanId: before.womanId }, step.on, at),
  ])
  const bornOn = chain?.chainId === before.chainId ? chain.bornOn : null
  if (step.on < outcomeFrom({ ...before, bornOn }, step.outcome, set))
    throw Refused.field('/on', 'too-early-for-outcome')
}

/** The last step was not what happened: the case stands where it stood before. */
export async function takeBackStep(
  office: Office,
  access: Access,
  id: Id,
  version: number,
  { reason }: { reason: string },
): Promise<PositiveCase> {
  const at = office.now()
  return await careTransaction(office, access, async (tx) => {
    const before = await cases.lock(tx, access, id)
    if (!before) throw new Refused('not-found')
    assertVersion(version, before.version)
    const taken = (await stepsOf(tx, access, id)).filter(({ voidedAt }) => voidedAt === null)
    const last = taken.at(-1)
    if (!last) throw new Refused('step-not-next')
    await steps.void(tx, access, last.id, reason, at)
    await voidLinks(tx, access, last.id, reason, at)
    const standing = taken.at(-2)
    await project(tx, access, before, last.fromState, standing?.occurredOn ?? before.openedOn, null, at)
    await record(
      tx,
      access,
      careDeed(office, before.womanId, 'correct', 'screen-positive', { fields: [last.toState] }),
      at,
    )
    return await shown(tx, office, access, id)
  })
}
