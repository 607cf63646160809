import type { FastifyRequest } from 'fastify'
import type { ImportReview } from '@youyu/shared/population/imports'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import type { Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { nameReadings } from '../../persons/names.ts'
import { notePeople, openPosting, postNoted } from '../posting.ts'
import { settleVillageCounts } from '../persons/queries.ts'
import { openProposals, overwrite } from '../persons/queries-overwriting.ts'
import { findImport } from '../queries.ts'
import { assertMayHandle } from '../wishes.ts'
import {
  closeReviews,
  listReviews,
  lockOpenReviews,
  proposeReviewed,
  type NameOfRow,
  type OpenReview,
} from './queries.ts'

export async function reviewsFor(
  office: Office,
  access: Access,
  id: string,
  asked: { limit: number; cursor?: string | undefined; decision?: ImportReview['decision'] | undefined },
): Promise<Page<ImportReview>> {
  const after = keyIn(asked.cursor, ['number'])?.[0] ?? -1
  return await reading(office.db, access, async (tx) => {
    const kept = await findImport(tx, access, id)
    if (!kept) throw new Refused('not-found')
    const rows = await listReviews(tx, kept, { decision: asked.decision, after, limit: asked.limit + 1 })
    return pageOf(
      rows,
      asked.limit,
      ({ row, personId, proposed, decision, registered }) => ({
        row,
        personId,
        decision,
        differences: Object.entries(proposed).map(([field, file]) => ({
          field,
          registered: registered[field as keyof typeof registered] ?? null,
          file,
        })),
      }),
      ({ row }) => [row],
    )
  })
}

type Decision = { rows: number[]; decision: 'overwritten' | 'skipped'; reason?: string | undefined }

/** Takes the file's values for these rows, or keeps the register's; what was decided before stays as it is. */
export async function decide(
  office: Office,
  { access, actor }: Pick<FastifyRequest, 'access' | 'actor'>,
  id: string,
  { rows, decision, reason }: Decision,
): Promise<{ decided: number }> {
  const now = office.now()
  return await transaction(office.db, access, async (tx) => {
    const kept = await findImport(tx, access, id)
    if (!kept) throw new Refused('not-found')
    assertMayHandle(actor, kept.kind)
    const open = await lockOpenReviews(tx, kept, rows)
    if (open.length === 0) throw new Refused('already-decided')
    if (decision === 'overwritten') {
      await openProposals(tx)
      await proposeReviewed(tx, kept, open.map(nameIn))
      await overwrite(tx, {
        countyCode: kept.countyCode,
        actorId: access.actorId,
        sourceRef: kept.id,
        reason: reason ?? `导入 ${kept.fileName}`,
        now,
      })
      await settleVillageCounts(tx, kept.countyCode, now)
      await openPosting(tx)
      await notePeople(tx, 'select person_id from proposals')
      await postNoted(tx, { county: kept.countyCode, at: now, by: access.actorId }, () => undefined)
    }
    const decided = open.map(({ row }) => row)
    await closeReviews(tx, kept, decided, {
      decision,
      decidedBy: access.actorId,
      decidedAt: now,
      reason: reason ?? null,
    })
    await record(
      tx,
      access,
      {
        action: 'correct',
        entity: 'import',
        entityId: id,
        division: kept.divisionCode,
        fields: [decision],
        rows: decided.length,
      },
      now,
    )
    return { decided: decided.length }
  })
}

function nameIn({ row, proposed }: OpenReview): NameOfRow {
  const name = proposed['name']
  if (!name) return { row, pinyin: null, initials: null, readings: null }
  const { pinyin, initials, others } = nameReadings(name)
  return {
    row,
    pinyin,
    initials,
    readings:
      others.length === 0 ? null : others.map((other) => `${other.pinyin}:${other.initials}`).join(' '),
  }
}
