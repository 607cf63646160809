import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { ExportColumn, type PersonExport, type requestExport } from '@youyu/shared/population/exports'
import type { PersonFilter } from '@youyu/shared/population/persons'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import type { Transaction } from '../../../database/connect.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { maySeePlainly } from '../persons/person-row.ts'
import { openFile } from './file.ts'
import * as queries from './queries.ts'
import { countPeople } from './queries-stream.ts'
import {
  expiryFrom,
  firstState,
  shownExport,
  stateOf,
  watermarkOf,
  type KeptExport,
  type Reader,
} from './rules.ts'

type Wish = z.output<(typeof requestExport)['schema']['body']>

export async function askForExport(
  { db, config, now }: Office,
  access: Access,
  reader: Reader,
  wish: Wish,
): Promise<PersonExport> {
  if (!access.purposes.includes(wish.purpose))
    throw new Refused('purpose-required', { errors: [{ pointer: '/purpose', code: 'invalid-value' }] })
  if (access.county === 0) throw new Refused('out-of-area')
  const columns = [...new Set(wish.columns ?? ExportColumn.options)]
  const unmasked = [...new Set(wish.unmasked)].filter((field) => columns.includes(field))
  return await transaction(db, access, async (tx) => {
    const at = now()
    const rows = await countPeople(tx, access, {
      filter: wish.filter,
      today: todayOf(at),
      limit: config.EXPORT_MAX_ROWS,
    })
    if (rows > config.EXPORT_MAX_ROWS) throw new Refused('export-too-large')
    const id = newId(at.getTime())
    const division = access.prefixes[0]!.padEnd(12, '0')
    const { format, filter, purpose, reason } = wish
    const state = firstState({ rows, unmasked, approvalRows: config.EXPORT_APPROVAL_ROWS })
    await queries.insertExport(tx, {
      countyCode: access.county,
      id,
      divisionCode: division,
      format,
      columns,
      unmasked,
      filter,
      purpose,
      reason,
      rows,
      state,
      requestedBy: access.actorId,
      requestedAt: at,
      expiresAt: expiryFrom(at),
    })
    await record(
      tx,
      access,
      { action: 'create', entity: 'export', entityId: id, division, fields: unmasked, purpose, reason, rows },
      at,
    )
    return shownExport((await queries.findExport(tx, access, reader, id))!, reader)
  })
}

export async function readExport(
  { db }: Office,
  access: Access,
  reader: Reader,
  id: string,
): Promise<PersonExport> {
  const found = await reading(db, access, (tx) => queries.findExport(tx, access, reader, id))
  if (!found) throw new Refused('not-found')
  return shownExport(found, reader)
}

export async function decideExport(
  { db, now }: Office,
  access: Access,
  reader: Reader,
  id: string,
  { decision, reason }: { decision: 'approved' | 'refused'; reason: string },
): Promise<PersonExport> {
  return await transaction(db, access, async (tx) => {
    const at = now()
    await queries.lockExport(tx, access, id)
    const asked = await queries.findExport(tx, access, reader, id)
    if (!asked) throw new Refused('not-found')
    if (asked.requestedById === access.actorId) throw new Refused('maker-is-checker')
    const state = stateOf(asked, at)
    if (state === 'expired') throw new Refused('expired')
    if (state !== 'awaiting-approval') throw new Refused('already-decided')
    await queries.decide(tx, access, id, {
      state: decision,
      decidedBy: access.actorId,
      decidedAt: at,
      decisionReason: reason,
      expiresAt: expiryFrom(at),
    })
    await record(
      tx,
      access,
      {
        action: 'change',
        entity: 'export',
        entityId: id,
        division: asked.divisionCode,
        fields: [decision],
        reason,
        rows: asked.rows,
      },
      at,
    )
    return shownExport((await queries.findExport(tx, access, reader, id))!, reader)
  })
}

export type Download = { file: Readable; kept: KeptExport; watermark: string }

/**
 * The log says who takes which rows before the first of them leaves: a download given up half-way is in it too. What
 * nobody approved is counted anew; what somebody approved holds no more rows than she was shown.
 */
export async function openDownload(
  office: Office,
  access: Access,
  reader: Reader,
  id: string,
): Promise<Download> {
  const { db, config, now } = office
  const at = now()
  const today = todayOf(at)
  async function countWithoutLeave(tx: Transaction, filter: PersonFilter): Promise<number> {
    const limit = config.EXPORT_APPROVAL_ROWS
    const rows = await countPeople(tx, access, { filter, today, limit })
    if (rows > limit) throw new Refused('approval-required')
    return rows
  }

  const { found: kept, rows } = await transaction(db, access, async (tx) => {
    await queries.lockExport(tx, access, id)
    const found = await queries.findExport(tx, access, reader, id)
    if (!found || found.requestedById !== access.actorId) throw new Refused('not-found')
    const state = stateOf(found, at)
    if (state === 'expired') throw new Refused('expired')
    if (state !== 'approved') throw new Refused('not-approved')
    const rows = found.decidedAt === null ? await countWithoutLeave(tx, found.filter) : found.rows
    await queries.countDownload(tx, access, id)
    const { divisionCode: division, purpose, reason, columns } = found
    await record(
      tx,
      access,
      { action: 'export', entity: 'person', entityId: id, division, fields: columns, purpose, reason, rows },
      at,
    )
    return { found, rows }
  })
  const watermark = watermarkOf(id, access.actorName, today)
  const { format, columns, unmasked, filter, decidedAt } = kept
  const limit = decidedAt === null ? config.EXPORT_APPROVAL_ROWS : kept.rows
  const file = await openFile(
    office,
    access,
    { filter, today, limit, rows },
    { format, columns, unmasked, isPlain: maySeePlainly(access), watermark },
  )
  return { file, kept, watermark }
}
