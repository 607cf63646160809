import type { recountBirthDefects } from '@youyu/shared/birth-defects/statistics'
import type { EndpointOutput } from '@youyu/shared/endpoint'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import { longCommand } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { countyAsked, monthsAsked } from '../../../population/index.ts'
import { recountMonths } from './queries.ts'
import { usualMonths } from './rules.ts'

type Body = z.output<(typeof recountBirthDefects)['schema']['body']>

const MOST_MONTHS = 240

/** The counts as the records have them now; who had it done is recorded, with how many changed. */
export async function recount(
  office: Office,
  access: Access,
  asked: Body,
): Promise<EndpointOutput<typeof recountBirthDefects>> {
  const { county, division } = countyAsked(access, asked.division)
  const at = office.now()
  const today = todayOf(at)
  const usual = usualMonths(today)
  const wanted = { from: asked.from ?? usual.from, to: asked.to ?? usual.to }
  const { from, to } = monthsAsked(wanted, today, MOST_MONTHS)
  return await longCommand(office.db, access, async (tx) => {
    const changed = await recountMonths(tx, county, { from, to }, today, at)
    await record(tx, access, { action: 'change', entity: 'birth-defect-counts', division, rows: changed }, at)
    return { changed, from, to, countedOn: today }
  })
}
