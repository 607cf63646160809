import type { z } from 'zod'
import { maskName } from '@youyu/shared/population/masking'
import type { FeeWaiver, importWaivers, listFeeWaivers } from '@youyu/shared/subsidies/fee-waivers'
import type { ErrorCode } from '@youyu/shared/errors'
import type { CivilDate, Page } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { reading, transaction } from '../../../database/transaction.ts'
import { keyIn, pageOf } from '../../../http/paging.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { csvOf } from '../handed-out.ts'
import * as queries from './queries.ts'

type Asked = z.output<(typeof listFeeWaivers)['schema']['querystring']>

export async function list(
  office: Office,
  access: Access,
  { limit, cursor, ...filter }: Asked,
): Promise<Page<FeeWaiver>> {
  const after = keyIn(cursor, ['string', 'string'])
  const rows = await reading(office.db, access, (tx) =>
    queries.selectWaivers(tx, access, filter, after, limit + 1),
  )
  return pageOf(
    rows,
    limit,
    ({ personId, name, hospitalId, hospital, ...rest }) => ({
      ...rest,
      person: { id: personId, name: maskName(name) },
      hospital: { id: hospitalId, name: hospital },
    }),
    (row) => [row.usedOn, row.id],
  )
}

type Wrong = { field: string; code: ErrorCode }

function wrongOf(row: queries.Judged, today: CivilDate, settled: readonly CivilDate[]): Wrong | null {
  if (row.usedOn > today) return { field: 'usedOn', code: 'invalid-date' }
  if (row.personId === null) return { field: 'entitlement', code: 'not-family-member' }
  if (row.waivedFen === null) return { field: 'item', code: 'not-found' }
  if (row.waivedFen === 0) return { field: 'normalFen', code: 'invalid-value' }
  if (row.isKnown || row.isTwice) return { field: 'receipt', code: 'already-exists' }
  if (settled.includes(`${row.usedOn.slice(0, 7)}-01`)) return { field: 'usedOn', code: 'already-settled' }
  return null
}

type Given = z.output<(typeof importWaivers)['schema']['body']>

/** All of a hospital's list or nothing of it; what is waived follows from the day's share, not from the list. */
export async function load(
  office: Office,
  access: Access,
  { organisationId, rows }: Given,
): Promise<{ loaded: number; waivedFen: number }> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    if (!(await queries.isHospital(tx, access.county, organisationId)))
      throw Refused.field('/organisationId', 'not-found')
    const judged = await queries.judge(tx, access, organisationId, rows)
    const days = judged.map(({ usedOn }) => usedOn)
    const settled = await queries.settledMonths(tx, access.county, organisationId, days)
    const wrong = judged.flatMap((row) => {
      const found = wrongOf(row, todayOf(at), settled)
      return found ? [{ pointer: `/rows/${row.row}/${found.field}`, code: found.code }] : []
    })
    if (wrong.length > 0) throw new Refused('rows-wrong', { errors: wrong.slice(0, 100) })
    const kept = judged.map((row) => ({ ...row, id: newId(at.getTime()) }))
    await queries.insertWaivers(tx, access, organisationId, kept, at)
    await record(
      tx,
      access,
      { action: 'import', entity: 'fee-waiver', entityId: organisationId, rows: kept.length },
      at,
    )
    return { loaded: kept.length, waivedFen: kept.reduce((sum, row) => sum + row.waivedFen!, 0) }
  })
}

/** 减免名单 for designated hospitals: enough to know her by her card, nothing of why she is on it. */
export async function entitlementFile(office: Office, access: Access): Promise<string> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const people = await queries.selectEntitled(tx, access.county)
    const deed = { action: 'export' as const, entity: 'fee-waiver', rows: people.length, fields: ['name'] }
    await record(tx, access, { ...deed, purpose: 'PAYMENT' }, at)
    const rows = people.map(({ entitlement, name, sex, birthMonth, card }) => [
      ...[entitlement, maskName(name), sex, birthMonth, card ?? ''],
    ])
    return csvOf(['entitlement', 'name', 'sex', 'birthMonth', 'greenChannelCard'], rows)
  })
}
