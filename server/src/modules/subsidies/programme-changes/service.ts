import type {
  decideProgrammeChange,
  listProgrammeChanges,
  NewProgrammeChange,
  ProgrammeChange,
  tryProgrammeRule,
} from '@youyu/shared/subsidies/programme-changes'
import { sentenceOf } from '@youyu/shared/subsidies/sentences'
import type { Id, Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../access/access.ts'
import { record, type Deed } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { assertVersion } from '../../../http/conditional.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { countyOfProgrammes } from '../programmes/index.ts'
import {
  findChange,
  insertChange,
  reviseContent,
  selectChanges,
  settleChange,
  type ChangeContent,
  type ChangeRecord,
} from './queries.ts'
import {
  insertVersion,
  isKnown,
  keepProgramme,
  replaceRates,
  replaceShares,
  replaceStacking,
} from './queries-activation.ts'
import { changeFaults, goldenResults } from './rules.ts'

const shown = (access: Access, change: ChangeRecord): ProgrammeChange => {
  const { kind: _, proposedById, proposedAt, decidedAt, ...rest } = change
  return {
    ...rest,
    isOwn: proposedById === access.actorId,
    proposedAt: proposedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
  }
}

const deedOf = (
  access: Access,
  id: Id,
  fields: string[],
  reason: string,
  action: Deed['action'] = 'change',
): Deed => ({
  ...{ action, entity: 'programme-change', entityId: id, division: String(access.county).padEnd(12, '0') },
  ...{ fields, reason },
})

type Asked = z.output<(typeof listProgrammeChanges)['schema']['querystring']>

export async function changesOf(
  office: Office,
  access: Access,
  { limit, cursor, county: asked, ...filter }: Asked,
): Promise<Page<ProgrammeChange>> {
  const county = countyOfProgrammes(access, asked)
  const after = keyIn(cursor, ['string'])
  const rows = await reading(office.db, access, (tx) =>
    selectChanges(tx, { county, ...filter, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shown(access, row),
    ({ id }) => [id],
  )
}

export async function changeOf(
  office: Office,
  access: Access,
  id: Id,
  asked: number | undefined,
): Promise<ProgrammeChange> {
  const county = countyOfProgrammes(access, asked)
  const found = await reading(office.db, access, (tx) => findChange(tx, county, id))
  if (!found) throw new Refused('not-found')
  return shown(access, found)
}

/** What is proposed, looked at as a whole: nothing that cannot be put in force is kept. */
async function examined(
  tx: Transaction,
  access: Access,
  body: NewProgrammeChange,
  at: Date,
): Promise<ChangeContent> {
  if (access.county === 0) throw new Refused('out-of-area')
  const today = todayOf(at)
  const faults = changeFaults(body.payload, body.effectiveOn, today)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  if (body.payload.kind !== 'PROGRAMME' && !(await isKnown(tx, access, body.programme)))
    throw Refused.field('/programme', 'not-found')
  const frame = { county: String(access.county), today }
  const golden =
    body.payload.kind === 'TERMS' ? goldenResults(body.payload.terms, body.payload.golden, frame) : []
  return { ...body, golden }
}

async function told(tx: Transaction, access: Access, id: Id): Promise<ProgrammeChange> {
  return shown(access, (await findChange(tx, access.county, id))!)
}

export async function propose(
  office: Office,
  access: Access,
  body: NewProgrammeChange,
): Promise<ProgrammeChange> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const content = await examined(tx, access, body, at)
    const id = newId(at.getTime())
    await insertChange(tx, access, { ...content, id, at })
    await record(
      tx,
      access,
      deedOf(access, id, [body.programme, body.payload.kind], body.reason, 'create'),
      at,
    )
    return await told(tx, access, id)
  })
}

export async function revise(
  office: Office,
  access: Access,
  id: Id,
  expected: number,
  body: NewProgrammeChange,
): Promise<ProgrammeChange> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const change = await openChange(tx, access, id)
    assertVersion(expected, change.version)
    if (change.proposedById !== access.actorId) throw new Refused('forbidden')
    await reviseContent(tx, access, { ...(await examined(tx, access, body, at)), id, at })
    await record(tx, access, deedOf(access, id, [body.programme, body.payload.kind], body.reason), at)
    return await told(tx, access, id)
  })
}

async function openChange(tx: Transaction, access: Access, id: Id): Promise<ChangeRecord> {
  const change = await findChange(tx, access.county, id, { lock: true })
  if (!change) throw new Refused('not-found')
  if (change.state !== 'DRAFT' && change.state !== 'PROPOSED') throw new Refused('conflict')
  return change
}

type Decision = z.output<(typeof decideProgrammeChange)['schema']['body']>

/** Four eyes: who proposed it may withdraw it; somebody else puts it in force, once its golden cases pass. */
export async function decide(
  office: Office,
  access: Access,
  id: Id,
  { decision, reason: said }: Decision,
): Promise<ProgrammeChange> {
  const at = office.now()
  const reason = said ?? null
  return await transaction(office.db, access, async (tx) => {
    const change = await openChange(tx, access, id)
    const isOwn = change.proposedById === access.actorId
    if (decision === 'WITHDRAW' ? !isOwn : isOwn)
      throw new Refused(decision === 'WITHDRAW' ? 'forbidden' : 'own-draft')
    if (decision !== 'WITHDRAW' && change.state === 'DRAFT') throw new Refused('conflict')
    if (decision === 'REFUSE' && reason === null) throw Refused.field('/reason', 'required')
    if (decision === 'APPROVE') await activate(tx, access, change, at)
    const state = { APPROVE: 'APPROVED', REFUSE: 'REFUSED', WITHDRAW: 'WITHDRAWN' } as const
    await settleChange(tx, access, id, { state: state[decision], reason, at })
    await record(
      tx,
      access,
      deedOf(access, id, [change.programme, state[decision]], reason ?? change.reason),
      at,
    )
    return await told(tx, access, id)
  })
}

async function activate(tx: Transaction, access: Access, change: ChangeRecord, at: Date): Promise<void> {
  const today = todayOf(at)
  const faults = changeFaults(change.payload, change.effectiveOn, today)
  if (faults.length > 0) throw new Refused('invalid-request', { errors: faults })
  const { payload } = change
  if (payload.kind === 'TERMS') {
    const results = goldenResults(payload.terms, payload.golden, { county: String(access.county), today })
    if (results.some(({ passed }) => !passed)) throw new Refused('golden-cases-fail')
    return await insertVersion(tx, access, { ...change, payload }, newId(at.getTime()), at)
  }
  if (payload.kind === 'RATES') return await replaceRates(tx, access, { ...change, payload }, at)
  if (payload.kind === 'SHARES') return await replaceShares(tx, access, { ...change, payload }, at)
  if (payload.kind === 'STACKING') return await replaceStacking(tx, access, { ...change, payload }, at)
  await keepProgramme(tx, access, { ...change, payload })
}

type Trial = (typeof tryProgrammeRule)['schema']

export function tried(
  office: Office,
  access: Access,
  { terms, golden }: z.output<Trial['body']>,
): z.output<Trial['response'][200]> {
  const frame = { county: String(access.county), today: todayOf(office.now()) }
  return {
    golden: goldenResults(terms, golden, frame),
    sentenceZh: sentenceOf(terms.rule, 'zh'),
    sentenceEn: sentenceOf(terms.rule, 'en'),
  }
}
