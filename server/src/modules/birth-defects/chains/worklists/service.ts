import type { ChainWork, ChainWorklist, listBirthDefectWork } from '@youyu/shared/birth-defects/worklists'
import type { Page } from '@youyu/shared/values'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading } from '../../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../../http/paging.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { careDeed } from '../../../contraception/index.ts'
import * as queries from './queries.ts'
import { worklists } from './rules.ts'

type Query = z.output<(typeof listBirthDefectWork)['schema']['querystring']>

/** Every woman shown is a look at her record of care. */
export async function worklist(
  office: Office,
  access: Access,
  name: ChainWorklist,
  { limit, cursor, days, item, division }: Query,
): Promise<Page<ChainWork>> {
  const after = keyIn(cursor, ['string', 'string', 'string', 'string']) as readonly string[] | null
  const asked = { item, division, today: todayOf(office.now()), after, limit: limit + 1 }
  const rows = await reading(office.db, access, (tx) => rowsOf(tx, access, name, days, asked))
  const byRecord = worklists[name].kind === 'records'
  const page = pageOf(rows, limit, shown, (row) => [
    ...[row.key, row.chainId, row.item],
    byRecord ? row.recordId : row.subjectId,
  ])
  for (const womanId of new Set(page.items.map(({ woman }) => woman.id)))
    office.views.note(access, careDeed(office, womanId, 'view', 'birth-defect-worklist'))
  return page
}

async function rowsOf(
  tx: Transaction,
  access: Access,
  name: ChainWorklist,
  days: number,
  asked: queries.Asked,
): Promise<queries.WorkRow[]> {
  const list = worklists[name]
  if (list.kind === 'state') return await queries.selectByState(tx, access, list, asked)
  if (list.kind === 'item')
    return await queries.selectByItem(tx, access, list, list.days === 'asked' ? days : list.days, asked)
  return name === 'folic-acid-not-refilled'
    ? await queries.selectNotRefilled(tx, access, asked)
    : await queries.selectUndiagnosedHearing(tx, access, asked)
}

function shown(row: queries.WorkRow): ChainWork {
  const { chainId, subjectId, womanId, womanName, womanBirthDate, womanPhone, divisionCode, divisionName } =
    row
  const { item, state, since, windowFrom, windowTo, expectedOn, bornOn } = row
  return {
    chainId,
    woman: { id: womanId, name: womanName, birthDate: womanBirthDate, phone: womanPhone },
    division: { code: divisionCode, name: divisionName },
    childId: subjectId === chainId ? null : subjectId,
    ...{ item, state, since, windowFrom, windowTo, expectedOn, bornOn },
  }
}
