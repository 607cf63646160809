import { createHash } from 'node:crypto'
import { maskName } from '@youyu/shared/population/masking'
import type { BenefitRoster, NewRoster, RosterLine } from '@youyu/shared/subsidies/benefit-rosters'
import type { Id, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { rehearsal } from '../../../database/rehearsal.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { csvOf } from '../handed-out.ts'
import * as queries from './queries.ts'
import { readAnswer } from './answer-file.ts'

type PageAsked = { limit: number; cursor?: string | undefined }

function shown(roster: queries.RosterRecord): BenefitRoster {
  const { settlementId, settlementState, madeAt, sentAt, returnedAt, ...rest } = roster
  return {
    ...rest,
    settlement: settlementId === null ? null : { id: settlementId, state: settlementState! },
    madeAt: madeAt.toISOString(),
    sentAt: sentAt?.toISOString() ?? null,
    returnedAt: returnedAt?.toISOString() ?? null,
  }
}

export async function list(
  { db }: Office,
  access: Access,
  { limit, cursor }: PageAsked,
): Promise<Page<BenefitRoster>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(db, access, (tx) => queries.selectRosters(tx, access, after, limit + 1))
  return pageOf(rows, limit, shown, (row) => [row.period, row.id])
}

async function told(tx: Transaction, access: Access, id: Id): Promise<BenefitRoster> {
  const roster = await queries.findRoster(tx, access, id)
  if (!roster) throw new Refused('not-found')
  return shown(roster)
}

export async function read({ db }: Office, access: Access, id: Id): Promise<BenefitRoster> {
  return await reading(db, access, (tx) => told(tx, access, id))
}

const deed = (action: 'create' | 'change' | 'export' | 'import', entityId: Id, rows = 1) => ({
  ...{ action, entity: 'benefit-roster', entityId, rows },
})

async function draw(tx: Transaction, access: Access, body: NewRoster, at: Date): Promise<BenefitRoster> {
  if (!body.period.endsWith('-01')) throw Refused.field('/period', 'invalid-date')
  const id = newId(at.getTime())
  const number = `MC${body.period.slice(0, 7).replace('-', '')}-${id.slice(-8).toUpperCase()}`
  await queries.insertRoster(tx, access, body, { id, number }, at)
  await queries.fillRoster(tx, access.county, { id, ...body })
  const roster = await told(tx, access, id)
  if (roster.people === 0) throw new Refused('nothing-to-settle')
  await record(tx, access, deed('create', id, roster.people), at)
  return roster
}

export async function make(office: Office, access: Access, body: NewRoster): Promise<BenefitRoster> {
  const at = office.now()
  return await transaction(office.db, access, (tx) => draw(tx, access, body, at))
}

export async function rehearse(office: Office, access: Access, body: NewRoster) {
  const at = office.now()
  const { people, totalFen } = await rehearsal(office.db, access, (tx) => draw(tx, access, body, at))
  return { preview: true as const, people, totalFen }
}

export async function listLines(
  office: Office,
  access: Access,
  id: Id,
  { limit, cursor, outcome }: PageAsked & { outcome?: string | undefined },
): Promise<Page<RosterLine>> {
  const after = keyIn(cursor, ['number'])
  const rows = await reading(office.db, access, async (tx) => {
    await told(tx, access, id)
    return await queries.selectLines(tx, access, id, outcome, after, limit + 1)
  })
  office.views.note(access, { action: 'view', entity: 'benefit-roster', entityId: id, rows: rows.length })
  return pageOf(
    rows,
    limit,
    ({ name, code, place, ...rest }) => ({
      ...rest,
      name: maskName(name),
      place: { code, name: place ?? code },
    }),
    (row) => [row.seq],
  )
}

async function changing(
  office: Office,
  access: Access,
  id: Id,
  from: readonly string[],
  work: (tx: Transaction, roster: BenefitRoster, at: Date) => Promise<void>,
): Promise<BenefitRoster> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    await queries.lockRoster(tx, access.county, id)
    const roster = await told(tx, access, id)
    if (!from.includes(roster.state)) throw new Refused('settlement-not-at-this-step')
    await work(tx, roster, at)
    return await told(tx, access, id)
  })
}

export async function send(office: Office, access: Access, id: Id): Promise<BenefitRoster> {
  return await changing(office, access, id, ['DRAFT'], async (tx, _, at) => {
    await queries.send(tx, access.county, id, at)
    await record(tx, access, deed('change', id), at)
  })
}

/** 代发名册: identified, for the department that pays; each handing out is recorded. */
export async function file(office: Office, access: Access, id: Id): Promise<string> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const roster = await told(tx, access, id)
    if (roster.state !== 'SENT' && roster.state !== 'RETURNED')
      throw new Refused('settlement-not-at-this-step')
    const people = await queries.selectIdentified(tx, access.county, id)
    await record(tx, access, { ...deed('export', id, people.length), purpose: 'PAYMENT' }, at)
    const { county } = access
    const rows = people.map(({ seq, personId, name, idNumber, place, amountFen }) => [
      ...[seq, name, idNumber ? office.ciphers.idNumber.decipher(idNumber, { county, id: personId }) : ''],
      ...[place ?? '', roster.period, (amountFen / 100).toFixed(2), '', '', ''],
    ])
    return csvOf(
      ['seq', 'name', 'idNumber', 'village', 'period', 'yuan', 'outcome', 'paidOn', 'reason'],
      rows,
    )
  })
}

/** 回盘: all of the answer or none of it. */
export async function takeBack(
  office: Office,
  access: Access,
  id: Id,
  content: string,
): Promise<BenefitRoster> {
  return await changing(office, access, id, ['SENT'], async (tx, roster, at) => {
    const { answers, wrong } = readAnswer(content, roster.people, todayOf(at))
    if (wrong.length > 0)
      throw new Refused('rows-wrong', {
        errors: wrong
          .slice(0, 100)
          .map(({ row, field, code }) => ({ pointer: `/file/${row}/${field}`, code })),
      })
    const fileHash = createHash('sha256').update(content).digest()
    await queries.applyAnswers(tx, access.county, { id, answers, fileHash }, at)
    await record(tx, access, deed('import', id, answers.length), at)
  })
}

export async function cancel(office: Office, access: Access, id: Id, reason: string): Promise<BenefitRoster> {
  return await changing(office, access, id, ['DRAFT', 'SENT'], async (tx, _, at) => {
    await queries.cancel(tx, access.county, id)
    await record(tx, access, { ...deed('change', id), reason }, at)
  })
}
