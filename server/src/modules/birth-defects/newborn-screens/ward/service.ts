import type { z } from 'zod'
import type {
  listNewbornRecalls,
  listWard,
  NewbornRecall,
  WardChild,
} from '@youyu/shared/birth-defects/newborn'
import type { Page } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { careDeed } from '../../../contraception/index.ts'
import { ageOnDay, isPreterm } from '../newborn.ts'
import { selectRecalls, selectWard } from './queries.ts'

type Asked = z.output<(typeof listWard)['schema']['querystring']>

export async function readWard(
  office: Office,
  access: Access,
  { limit, cursor, from, to }: Asked,
): Promise<Page<WardChild>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) => selectWard(tx, access, from, to, after, limit + 1))
  const page = pageOf(
    rows,
    limit,
    ({ id, name, birthDate, gestationDays, ...row }): WardChild => ({
      ...row,
      child: { id, name, birthDate },
      ageDays: ageOnDay(row.bornOn, today),
      isPreterm: isPreterm(gestationDays),
    }),
    (row) => [row.bornOn, row.id],
  )
  for (const { child } of page.items) office.views.note(access, careDeed(office, child.id, 'view', 'ward'))
  return page
}

type AskedRecalls = z.output<(typeof listNewbornRecalls)['schema']['querystring']>

export async function readRecalls(
  office: Office,
  access: Access,
  { limit, cursor }: AskedRecalls,
): Promise<Page<NewbornRecall>> {
  const after = keyIn(cursor, ['string', 'string'])
  const today = todayOf(office.now())
  const rows = await reading(office.db, access, (tx) => selectRecalls(tx, access, after, limit + 1))
  const page = pageOf(
    rows,
    limit,
    ({ childId, name, birthDate, ...row }): NewbornRecall => ({
      ...row,
      child: { id: childId, name, birthDate },
      isOverdue: row.dueBy < today,
    }),
    (row) => [row.dueBy, row.id],
  )
  for (const { child } of page.items)
    office.views.note(access, careDeed(office, child.id, 'view', 'newborn-recall'))
  return page
}
