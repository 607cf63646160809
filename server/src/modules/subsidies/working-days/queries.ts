import type { CivilDate } from '@youyu/shared/values'
import type { Asking } from '../../../database/connect.ts'
import { ask } from '../../../database/statements.ts'
import type { Holidays } from './rules.ts'

/** Holidays and days worked in exchange of some years around a day. */
export async function findHolidays(tx: Asking, around: CivilDate): Promise<Holidays> {
  const text = `select to_char(day, 'YYYY-MM-DD') as day, is_workday as "isWorkday" from holidays
    where day between $1::date - 400 and $1::date + 800`
  const rows = await ask<{ day: CivilDate; isWorkday: boolean }>(tx, text, [around])
  return new Map(rows.map(({ day, isWorkday }) => [day, isWorkday]))
}
