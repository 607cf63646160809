import type { DueForOutcome, listDueForOutcome } from '@youyu/shared/population/pregnancies'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { shownRow } from '../pregnancy-row.ts'
import { daysAfter, QUIET_AFTER, QUIET_FOR } from '../rules.ts'
import { selectDue, type DuePregnancy } from './queries.ts'

type Asked = z.output<(typeof listDueForOutcome)['schema']['querystring']>
type Due = z.infer<typeof DueForOutcome>

export async function listDue(
  { db, now }: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<Due>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(now())
  const rows = await reading(db, access, (tx) =>
    selectDue(tx, access, { ...filter, today, after, limit: limit + 1 }),
  )
  return pageOf(
    rows,
    limit,
    (row) => shownDue(row, access),
    (row) => [row.expectedOn, row.id],
  )
}

function shownDue(row: DuePregnancy, access: Access): Due {
  const { organisationId, organisationName, lastVisitOn } = row
  const quietSince = [daysAfter(row.expectedOn, QUIET_AFTER), lastVisitOn ?? ''].sort().at(-1) as string
  return {
    ...shownRow(row, access),
    registeredOrganisation:
      organisationId && organisationName ? { id: organisationId, name: organisationName } : null,
    lastVisitOn,
    dueSince: daysAfter(quietSince, QUIET_FOR),
  }
}
