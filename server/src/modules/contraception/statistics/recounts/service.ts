import type { recountCare } from '@youyu/shared/contraception/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { longCommand } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { countyAsked } from '../../../population/index.ts'
import { recountCounts } from './queries.ts'

/** The counts as the records have them; who had it done is recorded, with how many were wrong. */
export async function recount(
  office: Office,
  access: Access,
  asked: DivisionCode,
): Promise<EndpointOutput<typeof recountCare>> {
  const { county, division } = countyAsked(access, asked)
  const at = office.now()
  const today = todayOf(at)
  return await longCommand(office.db, access, async (tx) => {
    const corrected = await recountCounts(tx, county, today)
    await record(tx, access, { action: 'change', entity: 'care-counts', division, rows: corrected }, at)
    return { corrected, countedOn: today }
  })
}
