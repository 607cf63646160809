import type {
  LocalRule,
  MecCell,
  MecEdition,
  MecEditionChange,
  MecEditionRow,
  NewMecEdition,
} from '@youyu/shared/contraception/mec-editions'
import type { CivilDate } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { rehearsal } from '../../../../database/rehearsal.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused, type WrongField } from '../../../../refused.ts'
import {
  editionInForce,
  findEdition,
  openEdition,
  selectCells,
  selectConditions,
  selectEditions,
  selectLocalRules,
  withdrawEdition,
  type KeptEdition,
} from './queries.ts'

const shown = (edition: KeptEdition, inForce: string | undefined): MecEditionRow => ({
  ...edition,
  isInForce: edition.code === inForce,
  recordedAt: edition.recordedAt.toISOString(),
})

export async function listEditions(office: Office, access: Access): Promise<{ items: MecEditionRow[] }> {
  return await reading(office.db, access, async (tx) => {
    const [editions, inForce] = await Promise.all([
      selectEditions(tx, access),
      editionInForce(tx, access, todayOf(office.now())),
    ])
    return { items: editions.map((edition) => shown(edition, inForce)) }
  })
}

export async function readEditionInForce(
  office: Office,
  access: Access,
  on: CivilDate | undefined,
): Promise<MecEdition> {
  return await reading(office.db, access, async (tx) => {
    const code = await editionInForce(tx, access, on ?? todayOf(office.now()))
    if (!code) throw new Refused('not-found')
    return await wholeEdition(tx, office, access, code)
  })
}

export async function readEdition(office: Office, access: Access, code: string): Promise<MecEdition> {
  return await reading(office.db, access, (tx) => wholeEdition(tx, office, access, code))
}

async function wholeEdition(
  tx: Transaction,
  office: Office,
  access: Access,
  code: string,
): Promise<MecEdition> {
  const [edition, inForce, conditions, cells] = await Promise.all([
    findEdition(tx, access, code),
    editionInForce(tx, access, todayOf(office.now())),
    selectConditions(tx, code),
    selectCells(tx, code),
  ])
  if (!edition) throw new Refused('not-found')
  return { ...shown(edition, inForce), conditions, cells }
}

export async function readLocalRules(
  office: Office,
  access: Access,
  on: CivilDate | undefined,
): Promise<{ items: LocalRule[] }> {
  const day = on ?? todayOf(office.now())
  return { items: await reading(office.db, access, (tx) => selectLocalRules(tx, day)) }
}

export async function previewEdition(
  office: Office,
  access: Access,
  body: NewMecEdition,
): Promise<{ changes: MecEditionChange[] }> {
  return await rehearsal(office.db, access, async (tx) => ({
    changes: await publish(tx, office, access, body),
  }))
}

export async function publishEdition(
  office: Office,
  access: Access,
  body: NewMecEdition,
): Promise<MecEditionRow> {
  return await transaction(office.db, access, async (tx) => {
    await publish(tx, office, access, body)
    return await rowOf(tx, office, access, body.code)
  })
}

async function publish(
  tx: Transaction,
  office: Office,
  access: Access,
  body: NewMecEdition,
): Promise<MecEditionChange[]> {
  const at = office.now()
  if (access.county === 0) throw new Refused('out-of-area')
  refuseFaults(body, todayOf(at))
  const [base, conditions, before] = await Promise.all([
    findEdition(tx, access, body.basedOn),
    selectConditions(tx, body.basedOn),
    selectCells(tx, body.basedOn),
  ])
  if (!base) throw Refused.field('/basedOn', 'not-found')
  const known = new Set(conditions.map(({ code }) => code))
  refuse(
    body.cells.flatMap(({ condition }, index) =>
      known.has(condition)
        ? []
        : [{ pointer: `/cells/${index}/condition`, code: 'invalid-code-value' as const }],
    ),
  )
  await openEdition(tx, access, body, at)
  const deed = {
    action: 'configure',
    entity: 'mec-edition',
    reason: body.reason,
    fields: [body.code],
  } as const
  const [after] = await Promise.all([selectCells(tx, body.code), record(tx, access, deed, at)])
  return differences(before, after)
}

function refuse(errors: WrongField[]): void {
  if (errors.length > 0) throw new Refused('invalid-request', { errors })
}

function refuseFaults(body: NewMecEdition, today: CivilDate): void {
  const twice = body.cells.flatMap(({ condition, method }, index) =>
    body.cells.findIndex((cell) => cell.condition === condition && cell.method === method) < index
      ? [{ pointer: `/cells/${index}`, code: 'already-exists' as const }]
      : [],
  )
  const halves = body.cells.flatMap(({ initiation, continuation }, index) =>
    (initiation === null) === (continuation === null)
      ? []
      : [{ pointer: `/cells/${index}/continuation`, code: 'required' as const }],
  )
  refuse([
    ...(body.effectiveFrom < today ? [{ pointer: '/effectiveFrom', code: 'invalid-date' as const }] : []),
    ...(body.reviewedOn > today ? [{ pointer: '/reviewedOn', code: 'invalid-date' as const }] : []),
    ...twice,
    ...halves,
  ])
}

function differences(before: readonly MecCell[], after: readonly MecCell[]): MecEditionChange[] {
  const keyOf = ({ condition, method }: MecCell) => `${condition} ${method}`
  const [was, is] = [before, after].map((cells) => new Map(cells.map((cell) => [keyOf(cell), cell])))
  const told = (cell: MecCell | undefined) =>
    cell ? { initiation: cell.initiation, continuation: cell.continuation } : null
  return [...new Set([...was!.keys(), ...is!.keys()])].sort().flatMap((key) => {
    const [one, other] = [was!.get(key), is!.get(key)]
    const { condition, method } = (one ?? other)!
    const isSame = one?.initiation === other?.initiation && one?.continuation === other?.continuation
    return isSame ? [] : [{ condition, method, before: told(one), after: told(other) }]
  })
}

export async function takeBackEdition(
  office: Office,
  access: Access,
  code: string,
  reason: string,
): Promise<MecEditionRow> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const edition = await findEdition(tx, access, code)
    if (!edition) throw new Refused('not-found')
    if (edition.county !== access.county) throw new Refused('beyond-own-rights')
    const deed = { action: 'configure', entity: 'mec-edition', reason, fields: [code] } as const
    const [isWithdrawn] = await Promise.all([
      withdrawEdition(tx, access, code, todayOf(at), reason),
      record(tx, access, deed, at),
    ])
    if (!isWithdrawn) throw new Refused('edition-in-force')
    return await rowOf(tx, office, access, code)
  })
}

async function rowOf(tx: Transaction, office: Office, access: Access, code: string): Promise<MecEditionRow> {
  const [edition, inForce] = await Promise.all([
    findEdition(tx, access, code),
    editionInForce(tx, access, todayOf(office.now())),
  ])
  return shown(edition!, inForce)
}
