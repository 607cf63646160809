import type { getBirthRevisions } from '@youyu/shared/population/indicators'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { reading } from '../../../../database/transaction.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { areaOf } from '../area.ts'
import { monthsAsked } from '../period.ts'
import { relations } from '../values/relations.ts'
import { scopeOf } from '../values/scope.ts'
import { selectRevisions } from './queries.ts'

type Asked = z.output<(typeof getBirthRevisions)['schema']['querystring']>

const MOST_MONTHS = 240

export async function readRevisions({ db, now }: Office, access: Access, asked: Asked) {
  const area = areaOf(access, asked.division)
  const at = now()
  const today = todayOf(at)
  const period = monthsAsked(asked, today, MOST_MONTHS)
  return await reading(db, access, async (tx) => {
    const { population } = asked
    const scope = await scopeOf(tx, access, area, {
      population,
      boundary: today,
      today,
      isParted: false,
      relations,
    })
    return { items: await selectRevisions(tx, scope, period, at) }
  })
}
